"""A case that nobody takes grows louder, as chat logs: its team, the supervisors, the manager; and then no more."""

from datetime import time
from pathlib import Path

import pytest

from bot.complaint.case import Queue
from bot.complaint.evolving import replace
from bot.config import load_rules
from bot.policy.hours import Hours
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage

CALLED = """
    客户: 转人工，电热壶不通电
    机器人: …最晚今天14:00前有人答复您…
"""


def called(stage: Stage, title: str = "大群") -> list[list[str]]:
    """Who was called in each line of General, by name, in such a way that their phones ring."""
    group = stage.demo.desk if title == "大群" else stage.demo.group(title)
    people = {agent.id: agent.name for agent in stage.demo.agents}
    lines = [one for one in stage.demo.world.from_bot(group.id) if one.thread_id is None]
    return [
        [people[entity["user"]["id"]] for entity in one.body.get("entities", ()) if "user" in entity]
        for one in lines
    ]


@pytest.mark.practice("S2", "S51")
async def test_a_case_that_nobody_takes_rings_three_times_and_never_more(stage: Stage) -> None:
    """At half of the term the agents, at four fifths the supervisor, at the end the manager; then it is quiet."""
    await stage.play(f"""
        {CALLED}
        .. 2小时
        群: 🔔 还没人接，今天14:00前要答复顾客。…林晓 王珂
        .. 75分钟
        机器人: …
        群: 🔔 快到点了还没人接…主管请安排。…陈岚
        大群: 🔔 100-0001…今天14:00前要答复。…陈岚
        .. 50分钟
        机器人: …
        群: ❗ 到点还没人接…改约…经理请安排。…赵铭
        大群: ❗ 100-0001…到点还没人接。…赵铭
    """)
    case = await stage.case()
    assert case.rung == 3
    assert called(stage) == [["陈岚"], ["赵铭"]]


@pytest.mark.practice("S2")
async def test_a_case_that_is_taken_goes_silent(stage: Stage) -> None:
    """Whoever takes it ends the calls; given back, they begin anew with the new promise."""
    await stage.play(f"""
        {CALLED}
        .. 2小时
        群: 🔔 还没人接…
        林晓点: 我来接
        机器人: …
        林晓: 您好，在查
        机器人: 您好，在查
        .. 100分钟
    """)
    assert (await stage.case()).rung == 0
    assert called(stage) == []


@pytest.mark.practice("R6", "S2")
async def test_danger_rings_by_its_own_minutes(tmp_path: Path) -> None:
    """In danger the manager is called after fifteen minutes, and the team that covers joins in its own group."""
    async with raise_stage(tmp_path, desks={Queue.SAFETY: "安全群", Queue.QUALITY: "质量群"}) as stage:
        await stage.play("""
            客户: 孩子吃了你们的饼干，嘴肿起来了
            机器人: …
            安全群: 🔴 100-0001…
            .. 16分钟
            机器人: …
            机器人: 说好的答复没按时做到…
        """)
        lines = [one for one in called(stage, "安全群") if one]
        assert lines[0] == ["林晓", "王珂"]
        assert [one for one in lines if one != lines[0]] == [["陈岚"], ["赵铭"]]
        general = stage.demo.world.from_bot(stage.demo.group("质量群").id)
        assert any("安全没人接，质量请接手" in one.text for one in general)
        assert (await stage.case()).watchers == (Queue.QUALITY,)


@pytest.mark.practice("R30")
async def test_a_team_that_is_closed_says_when_it_is_back(tmp_path: Path) -> None:
    """Opening hours are those of the case's own queue, not the brand's."""
    rules = load_rules()
    late = Hours(opens=time(14, 0), closes=time(18, 0))
    queues = dict(rules.queues) | {Queue.GENERAL: replace(rules.queue(Queue.GENERAL), hours=late)}
    async with raise_stage(tmp_path, rules=replace(rules, queues=queues)) as stage:
        await stage.play("""
            客户: 转人工，电热壶不通电
            机器人: …已为您转人工，同事今天14:00上班，…前有人答复您…
            客户: 转人工
            机器人: 已经在帮您转了，同事今天14:00上班，最晚…
        """)
