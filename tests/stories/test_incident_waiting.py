"""Many unanswered cases of one incident whose time has come, as chat logs: one line, a person decides."""

from datetime import timedelta

import pytest

from bot.complaint.axes import PromiseStatus
from tests.stories.incident_scene import complain
from tests.stories.stage import Stage

pytestmark = pytest.mark.practice("R39", "S71")
COUNT = 6


async def unanswered(stage: Stage) -> list[str]:
    """Six complain of one thing and are told of it; nobody answers for a week. The lines in General about that."""
    for number in range(1, COUNT + 1):
        await complain(stage, f"客户{number}", "新买的电热壶按键颜色掉漆")
    await stage.do("陈岚在大群", "/incident new 掉漆 " + " ".join(case.no for case, _ in await stage.kept()))
    assert stage.demo.desk.topics == {}
    await stage.live_through(timedelta(days=7, hours=6))
    return lines(stage)


def lines(stage: Stage) -> list[str]:
    """What stands in General about them."""
    said = stage.demo.world.from_bot(stage.demo.desk.id)
    return [one.text for one in said if "还没有人答" in (one.text or "")]


async def test_the_hard_stop_of_many_is_one_line(stage: Stage) -> None:
    """No topic for each; each has a promise with a time, and was told it."""
    *_, line = said = await unanswered(stage)
    assert len(said) < COUNT, "one line a day, and only on days on which something came due"
    assert stage.demo.desk.topics == {}
    assert f"{COUNT} 件到了期限" in line
    assert "每位都约了时间" in line
    for number, (case, _) in enumerate(await stage.kept(), 1):
        (owed,) = [one for one in case.promises if one.status is PromiseStatus.OPEN]
        assert owed.kind == "person_answers"
        stage.speaking = f"客户{number}"
        assert any(one in owed.text or owed.text in one for one in stage.said())


async def test_a_person_opens_them_when_there_are_hands(stage: Stage) -> None:
    """One tap on the line, and every case that still waits has its topic; who was answered meanwhile has none."""
    await unanswered(stage)
    await stage.do("客户1", "转人工")
    assert len(stage.demo.desk.topics) == 1
    await stage.do("陈岚在大群点", "逐件开话题")
    assert len(stage.demo.desk.topics) == COUNT
    await stage.do("陈岚在大群点", "逐件开话题")
    assert len(stage.demo.desk.topics) == COUNT


async def test_one_tap_opens_the_topic_of_one_of_them(stage: Stage) -> None:
    """The first of them have a button each: that one gets its topic, and the line tells of those who still wait."""
    await unanswered(stage)
    first = (await stage.kept())[0][0].no
    await stage.do("陈岚在大群点", first)
    assert [one.name.endswith(first) for one in stage.demo.desk.topics.values()] == [True]
    line = lines(stage)[-1]
    assert f"{COUNT - 1} 件到了期限" in line
    assert first not in line


async def test_who_is_grave_for_the_sake_of_the_batch_waits_on_the_line_and_who_is_hurt_does_not(
    stage: Stage,
) -> None:
    """Hundreds of a grave batch do not hold up the topic of somebody who is hurt; phones ring for the line."""
    await unanswered(stage)
    await stage.do("客户2", "我被烫伤了，起了水泡")
    topics = [one.name for one in stage.demo.desk.topics.values()]
    hurt = (await stage.kept())[1][0].no
    assert [one.endswith(hurt) for one in topics] == [True]
    assert topics[0].startswith("🔴")
