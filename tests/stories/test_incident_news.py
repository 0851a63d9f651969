"""One update to all whom an incident concerns, and one remedy decided for all, as chat logs over the real house."""

from datetime import timedelta

import pytest

from bot.complaint.case import Case
from bot.complaint.ids import Cents
from tests.stories.incident_scene import (
    declared,
    hears,
    in_general,
    incident,
    many_complain,
)
from tests.stories.script import buttons_of
from tests.stories.spots import Spot, from_bot
from tests.stories.stage import Stage

NEWS = "这一批已经下架。没开封的请先别吃，到店可以退。"


async def told(stage: Stage, words: str = NEWS) -> None:
    """The supervisor writes an update and sends it."""
    await stage.do("陈岚在大群", f"/incident update 1 {words}")
    label = next(one for one in labels(stage) if one.startswith("发给"))
    await stage.do("陈岚在大群点", label)
    await stage.live_through(timedelta(minutes=2))


def labels(stage: Stage) -> list[str]:
    """The buttons that stand in General."""
    return [one for said in from_bot(stage.demo, Spot(stage.demo.desk)) for one in buttons_of(said)]


@pytest.mark.practice("S71")
async def test_an_update_reaches_everybody_once(stage: Stage) -> None:
    """Shown first, with how many hear it; sent, each of the five gets it once, and a second press changes nothing."""
    await declared(stage, 5)
    await stage.do("陈岚在大群", f"/incident update 1 {NEWS}")
    preview = stage.demo.world.history(stage.demo.desk.id)[-1].text
    assert preview == f"📣 发给 5 位顾客，每位一条：\n{NEWS}"
    assert [hears(stage, f"客户{number}") for number in range(1, 6)] == [[]] * 5
    await stage.do("陈岚在大群点", "发给 5 位")
    await stage.do("陈岚在大群点", "发给 5 位")
    assert "过期" in stage.notice()
    await stage.live_through(timedelta(minutes=2))
    said = [hears(stage, f"客户{number}") for number in range(1, 6)]
    assert [len(one) for one in said] == [1] * 5
    assert said[0][0] == f"您反映的有虫子这件事（100-0001），有新进展：\n\n{NEWS}"
    lines = [line.entry for _, rows in await stage.kept() for line in rows if NEWS in line.entry.text]
    assert [(one.who, one.by) for one in lines] == [("agent", "陈岚")] * 5
    assert "📣 u1 今天" in in_general(stage)[0]


@pytest.mark.practice("S40", "S115")
async def test_who_may_not_hear_it_is_left_out(stage: Stage) -> None:
    """Who blocked us and who withdrew: counted in the preview, and not written to."""
    await declared(stage, 4)
    stage.demo.world.block(stage.customers["客户1"].id)
    await stage.settle()
    await stage.do("客户2", "/withdraw")
    await stage.do("客户2点", "撤回")
    await stage.do("陈岚在大群", f"/incident update 1 {NEWS}")
    preview = stage.demo.world.history(stage.demo.desk.id)[-1].text
    assert preview.startswith("📣 发给 2 位顾客")
    assert "不发：拉黑的 1 位、撤回的 1 位" in preview
    await stage.do("陈岚在大群点", "发给 2 位")
    await stage.live_through(timedelta(minutes=2))
    assert [len(hears(stage, f"客户{number}")) for number in range(1, 5)] == [0, 0, 1, 1]


async def test_words_are_looked_over_and_can_be_dropped(stage: Stage) -> None:
    """The preview names what speaks against the words; dropped, nobody hears anything."""
    await declared(stage)
    await stage.do("陈岚在大群", "/incident update 1 我们会尽快处理")
    preview = stage.demo.world.history(stage.demo.desk.id)[-1].text
    assert "⚠️ “尽快”" in preview
    await stage.do("陈岚在大群点", "不发")
    assert stage.demo.world.history(stage.demo.desk.id)[-1].text == "没有发，陈岚收回了。"
    await stage.do("陈岚在大群点", "发给 3 位")
    await stage.live_through(timedelta(minutes=2))
    assert hears(stage, "客户1") == []


@pytest.mark.practice("S115")
async def test_an_update_sent_at_night_waits_for_the_morning(stage: Stage) -> None:
    """Sent at night it waits for the morning, and the preview says so."""
    await declared(stage)
    await stage.live_through(timedelta(hours=12))
    await stage.do("陈岚在大群", f"/incident update 1 {NEWS}")
    assert "（明天9:00起，夜里不打扰）" in stage.demo.world.history(stage.demo.desk.id)[-1].text
    await stage.do("陈岚在大群点", "发给 3 位")
    await stage.live_through(timedelta(hours=10))
    assert hears(stage, "客户1") == []
    await stage.live_through(timedelta(hours=2))
    assert len(hears(stage, "客户1")) == 1


async def test_who_is_taken_out_meanwhile_hears_nothing(stage: Stage) -> None:
    """An update that waits for the morning is not told to a case that turned out to be another matter."""
    await declared(stage)
    await stage.live_through(timedelta(hours=12))
    await stage.do("陈岚在大群", f"/incident update 1 {NEWS}")
    await stage.do("陈岚在大群点", "发给 3 位")
    await stage.do("陈岚在大群", "/incident unlink 1 100-0038")
    await stage.live_through(timedelta(hours=12))
    assert [len(hears(stage, f"客户{number}")) for number in (1, 2, 3)] == [1, 0, 1]


async def test_nothing_goes_out_before_it_is_declared(stage: Stage) -> None:
    """A mere suspicion is told to nobody."""
    await many_complain(stage, 3)
    await stage.do("陈岚在大群", f"/incident update 1 {NEWS}")
    assert stage.demo.world.history(stage.demo.desk.id)[-1].text == "先确认是事件，再群发或定方案。"


async def test_fifty_hear_it_once_each(stage: Stage) -> None:
    """A whole delivery: one card, one message at the desk for all of it, fifty messages to fifty people."""
    await declared(stage, 3)
    for number in range(4, 51):
        await stage.do(f"客户{number}", "吐司有虫子，批号L20260701")
    await stage.pass_time(timedelta(seconds=30))
    assert in_general(stage)[0].startswith("🔴 事件 1 · 已确认 · 50 件")
    await told(stage)
    assert {len(hears(stage, f"客户{number}")) for number in range(1, 51)} == {1}
    assert (await incident(stage)).updates[0].to == 50


@pytest.mark.practice("S31", "S97")
async def test_one_remedy_is_decided_once_for_all(stage: Stage) -> None:
    """A manager decides; each case gets its own offer with the decision's number, on the same ladder."""
    await declared(stage)
    await stage.do("陈岚在大群", "/incident remedy 1 券 30 | 东西不能吃")
    assert "经理" in stage.demo.world.history(stage.demo.desk.id)[-1].text
    await stage.do("赵铭在大群", "/incident remedy 1 券 30 | 东西不能吃")
    shown = stage.demo.world.history(stage.demo.desk.id)[-1].text
    assert shown.startswith("🤝 事件 1 · d1 券 30\n3 位，最多共 ¥90")
    await stage.do("赵铭在大群点", "提给 3 位")
    await stage.live_through(timedelta(minutes=2))
    cases: list[Case] = [case for case, _ in await stage.kept()]
    assert [one.offers[-1].worth for one in cases] == [Cents(3000)] * 3
    assert {one.approvals[-1].reason for one in cases} == {"incident 1 d1: 东西不能吃"}
    await stage.do("客户2点", "同意")
    agreed = [case.agreement is not None for case, _ in await stage.kept()]
    assert agreed == [False, True, False]


async def test_what_is_too_much_in_all_needs_others(stage: Stage) -> None:
    """Nobody splits a sum over many cases: above a manager's limit in all, two more must agree, one of them legal."""
    await declared(stage)
    await stage.do("赵铭在大群", "/incident remedy 1 补偿 9000 | 住院了")
    shown = stage.demo.world.history(stage.demo.desk.id)[-1].text
    assert "还要 2 人同意，其中有法务" in shown
    await stage.do("赵铭在大群点", "同意")
    assert (await incident(stage)).decisions[0].votes == ()
    await stage.do("陈岚在大群点", "同意")
    assert (await incident(stage)).decisions[0].state == "open"
    await stage.do("方宁在大群点", "同意")
    assert (await incident(stage)).decisions[0].state == "decided"
    await stage.do("赵铭在大群点", "提给 3 位")
    await stage.live_through(timedelta(minutes=2))
    assert [case.offers[-1].worth for case, _ in await stage.kept()] == [Cents(900_000)] * 3
