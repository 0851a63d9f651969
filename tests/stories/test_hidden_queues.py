"""Lists hold what is in the groups that their asker belongs to: a health matter is not for everybody's eyes."""

from pathlib import Path

import pytest

from bot.complaint.case import Queue
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage


async def asked(stage: Stage, who: str, words: str) -> str:
    """What General answers to somebody's command."""
    before = len(stage.demo.world.from_bot(stage.demo.desk.id))
    await stage.do(f"{who}在大群", words)
    return "\n".join(one.text for one in stage.demo.world.from_bot(stage.demo.desk.id)[before:])


@pytest.mark.practice("R52", "S110")
async def test_who_is_not_in_a_queues_group_sees_none_of_its_cases(tmp_path: Path) -> None:
    """Queue, tasks, promises and search leave them out, with their numbers; members of the group see all as before."""
    async with raise_stage(tmp_path, desks={Queue.SAFETY: "安全群"}) as stage:
        world = stage.demo.world
        (group,) = stage.demo.groups
        await stage.do("客户", "孩子吃了面包嘴肿起来了，喘")
        await stage.do("客户2", "转人工，电热壶不通电")
        away = next(one for one in stage.demo.agents if one.name == "王珂")
        world.leave(away.id, group.id)

        for command in ("/queue", "/promises all", "/find 面包"):
            assert "100-0001" in await asked(stage, "林晓", command), command
            assert "100-0001" not in await asked(stage, "王珂", command), command
        seen = await asked(stage, "王珂", "/queue")
        assert "100-0038" in seen
        assert "安全" not in seen
