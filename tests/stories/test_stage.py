"""The stage itself: several groups, replies, presses and private words, as a log writes them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.complaint.axes import Queue
from bot.complaint.colleagues import Role, Specialty
from tests.stories.raising import raise_stage
from tests.stories.script import StoryBroken, who_where_deed
from tests.stories.stage import Stage

CALLED = """
    客户: 转人工，电热壶不通电
    机器人: …
"""


@pytest.fixture
async def two_groups(tmp_path: Path) -> AsyncIterator[Stage]:
    """A house whose safety queue has a group of its own."""
    async with raise_stage(tmp_path, desks={Queue.SAFETY: "安全群"}) as ready:
        yield ready


@pytest.mark.parametrize(
    ("who", "meant"),
    [
        ("林晓", ("林晓", "", "")),
        ("陈岚点", ("陈岚", "", "点")),
        ("陈岚在大群点", ("陈岚", "大群", "点")),
        ("方宁在安全群", ("方宁", "安全群", "")),
        ("方宁在安全群发图", ("方宁", "安全群", "发图")),
        ("林晓私聊", ("林晓", "私聊", "")),
        ("Chen Lan presses", ("Chen Lan", "", "点")),
        ("Chen Lan in General", ("Chen Lan", "大群", "")),
    ],
)
def test_a_line_says_who_acts_where_and_how(who: str, meant: tuple[str, str, str]) -> None:
    """The place stands before the deed, and neither is needed."""
    assert who_where_deed(who, ["安全群"]) == meant


async def test_the_demo_desk_is_on_the_roster(stage: Stage) -> None:
    """Five colleagues, each with the rights that the log's words rely on; a stranger is not among them."""
    by_name = {one.name: one for one in stage.rules.roster()}
    assert {name: one.role for name, one in by_name.items()} == {
        "林晓": Role.AGENT,
        "王珂": Role.AGENT,
        "陈岚": Role.SUPERVISOR,
        "赵铭": Role.MANAGER,
        "方宁": Role.AGENT,
    }
    assert by_name["方宁"].specialties == (Specialty.LEGAL,)


async def test_a_queue_with_its_own_group_gets_its_topics_there(two_groups: Stage) -> None:
    """The log follows the case into whichever group its topic is in."""
    stage = two_groups
    own = stage.demo.group("安全群")
    assert stage.rules.queues[Queue.SAFETY].desk == own.id
    topic = stage.demo.world.open_topic(stage.demo.world.bot.id, own.id, "🔴 100-0009 · 漏电")
    await stage.play("话题: 100-0009")
    assert (stage.spot.group.id, stage.thread) == (own.id, topic.id)
    with pytest.raises(StoryBroken, match="no topic for 100-0001"):
        await stage.play("话题: 100-0001")


async def test_replies_deletions_and_talk_in_any_group_are_played(two_groups: Stage) -> None:
    """Who replies points at the message; what is said in a group's General stands there and nowhere else."""
    stage = two_groups
    await stage.play(f"""
        {CALLED}
        林晓点: 我来接
        机器人: …
        林晓: // 先看批次
        林晓回: 先看批次 > // 看过了
        王珂在大群: 中午吃什么
        王珂在大群回: 中午吃什么 > // 面
        方宁在安全群: 早
        方宁在安全群删: 早
    """)
    world = stage.demo.world
    note = next(one for one in world.history(stage.demo.desk.id) if "看过了" in one.text)
    assert note.body["reply_to_message"]["text"] == "// 先看批次"
    noodles = next(one for one in world.history(stage.demo.desk.id) if one.text == "// 面")
    assert (noodles.thread_id, noodles.reply_to is not None) == (None, True)
    assert [one for one in world.history(stage.demo.group("安全群").id) if one.text == "早"] == []


async def test_a_colleague_may_complain_in_private(stage: Stage) -> None:
    """In their own chat with the bot an agent who says so is a customer like any other."""
    await stage.play("""
        王珂私聊: /start
        机器人: …工作群…
        王珂私聊点: 我要投诉
        机器人: …
        王珂私聊: 转人工，我买的电热壶不通电
        机器人: …已为您转人工…
    """)
    case = await stage.case()
    assert case.chat == stage.demo.agents[1].id


async def test_time_may_pass_from_one_thing_to_the_next(stage: Stage) -> None:
    """What is due on the way happens when it is due, and the clock ends where the log says."""
    await stage.play(CALLED)
    before = stage.clock.now()
    await stage.play(".. 2分钟")
    assert (stage.clock.now() - before).total_seconds() == 120
