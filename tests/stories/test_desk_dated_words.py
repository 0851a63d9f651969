"""Dated words that reach a customer by another way than a line in an open case bind as well."""

from datetime import timedelta

import pytest

from bot.complaint.case import Promise, PromiseStatus
from tests.stories.incident_scene import declared
from tests.stories.stage import Stage
from tests.stories.test_incident_news import told
from tests.stories.test_tasks import HELD

TOMORROW = "这一批已经下架。明天18:00前告诉您检测结果。"


async def promises(stage: Stage) -> list[list[Promise]]:
    """What was promised in somebody's own words, case by case."""
    cases = [case for case, _ in await stage.kept()]
    return [[one for one in case.promises if one.kind == "own_words"] for case in cases]


@pytest.mark.practice("R22", "S71", "S53")
async def test_a_time_in_an_update_is_a_promise_in_every_case(stage: Stage) -> None:
    """The preview says so before it goes; whoever sent it owns it; and no topic gets a line of it."""
    await declared(stage, 3)
    topics = len(stage.demo.world.topics(stage.demo.desk.id))
    await stage.do("陈岚在大群", f"/incident update 1 {TOMORROW}")
    preview = stage.demo.world.history(stage.demo.desk.id)[-1].text
    assert "⏰ “明天18:00前告诉您检测结果”：每个案子记一条承诺，算 陈岚 的，明天18:00前。" in preview
    await told(stage, TOMORROW)
    assert [[(one.owner, one.text) for one in made] for made in await promises(stage)] == [
        [("陈岚", "明天18:00前告诉您检测结果")]
    ] * 3
    assert len(stage.demo.world.topics(stage.demo.desk.id)) == topics


@pytest.mark.practice("R22", "S71")
async def test_the_next_update_keeps_what_the_last_one_promised(stage: Stage) -> None:
    """Named anew before its time it is put off; told, it is kept: nobody has to keep it case by case."""
    await declared(stage, 3)
    await told(stage, TOMORROW)
    await told(stage, "检测还差一项，后天18:00前告诉您结果。")
    await told(stage, "检测做完了：这一批不合格，到店可以退。")
    states = [[one.status for one in made] for made in await promises(stage)]
    assert states == [[PromiseStatus.RENEGOTIATED, PromiseStatus.KEPT]] * 3


@pytest.mark.practice("R22", "S88")
async def test_what_an_update_promised_and_nobody_did_is_missed_in_the_open(stage: Stage) -> None:
    """Its time comes as that of any promise: the customers hear that it was missed."""
    await declared(stage, 3)
    await told(stage, TOMORROW)
    await stage.live_through(timedelta(hours=34))
    assert [[one.status for one in made] for made in await promises(stage)] == [[PromiseStatus.LATE]] * 3


@pytest.mark.practice("R22", "S84")
async def test_these_two_days_and_every_day_are_times(stage: Stage) -> None:
    """Within two days is a promise; of every day the first is booked, and the writer is told that it is one."""
    await stage.play(f"""
        {HELD}
        林晓: 这两天给您答复
        机器人: 这两天给您答复
        群: 记下承诺 p2：“这两天给您答复”，7月3日(周五)10:00前。…
        林晓: 以后每天18:00前给您更新进展
        机器人: 以后每天18:00前给您更新进展
        群: 记下承诺 p3：“以后每天18:00前给您更新进展”，今天18:00前。…每天的只记这一次，后面的到时再写时间。
    """)
