"""One matter with many complaints, as chat logs over the real house: found, told at the desk, decided, closed."""

from datetime import timedelta

import pytest

from bot.complaint.case import Severity, Status
from bot.complaint.incidents import Alarm, IncidentState
from tests.stories.incident_scene import complain, declared, in_general, incident, many_complain
from tests.stories.spots import Spot, from_bot
from tests.stories.stage import Stage


@pytest.mark.practice("S71", "R18", "R48")
async def test_the_third_of_a_batch_makes_an_incident_of_all(stage: Stage) -> None:
    """Two are two complaints; with the third the desk hears once, with all three, and who must come is called."""
    await many_complain(stage, 2)
    assert in_general(stage) == []
    await complain(stage, "客户3", "你们吐司里有虫子，批号L20260701")
    (card,) = in_general(stage)
    assert card.splitlines()[:4] == [
        "🔴 事件 1 · 疑似 · 3 件",
        "有虫子 · 批号 L20260701 · 食品安全",
        "同批次 24 小时内三件以上",
        "100-0075、100-0038、100-0001",
    ]
    assert "食品一级召回 24 小时 明天10:01前" in card
    assert card.splitlines()[-1] == "陈岚"
    assert [case.severity for case, _ in await stage.kept()] == [Severity.SEV1] * 3
    assert await stage.house.store.linked((await incident(stage)).no) == ["100-0001", "100-0038", "100-0075"]


async def test_one_customer_alone_is_no_incident(stage: Stage) -> None:
    """Cases of one complainant count once, those of other batches not at all."""
    await many_complain(stage, 2)
    await complain(stage, "客户2", "/new")
    await complain(stage, "客户2", "又一袋吐司有虫子，批号L20260701")
    for number, batch in enumerate(("L1111", "L2222", "L3333"), 5):
        await many_complain(stage, 1, first=number, batch=batch)
    assert len(await stage.kept()) == 6
    assert in_general(stage) == []


@pytest.mark.practice("S71")
async def test_later_cases_join_and_their_cards_say_so(stage: Stage) -> None:
    """Declared by a supervisor; the fourth and the fifth join by themselves, and the one card changes in place."""
    await declared(stage)
    await stage.do("客户2", "转人工")
    assert "事件 1 /incident 1" in stage.card()
    await many_complain(stage, 2, first=4)
    (card,) = in_general(stage)
    assert card.startswith("🔴 事件 1 · 已确认 · 5 件")
    assert {case.incident for case, _ in await stage.kept()} == {1}


@pytest.mark.practice("R16")
async def test_only_a_supervisor_decides_what_is_an_incident(stage: Stage) -> None:
    """An agent sees it and decides nothing; a stranger not even that. Both attempts leave a line of the audit."""
    await many_complain(stage, 3)
    await stage.do("林晓在大群点", "确认是事件")
    assert "主管" in stage.notice()
    await stage.do("路人甲在大群点", "确认是事件")
    assert stage.notice() == "只有座席能点。"
    await stage.do("路人甲在大群", "/incident 1")
    await stage.do("林晓在大群", "/incident close 1 甲 | 乙")
    assert (await incident(stage)).state is IncidentState.PROPOSED
    await stage.do("林晓在大群", "/incident")
    assert in_general(stage)[-1].startswith("事件\n🔴 1 有虫子 L20260701 · 疑似 · 3 件")
    deeds = [one.deed async for one in stage.house.store.deeds() if one.deed.act.startswith("incident")]
    assert [(one.act, one.refused) for one in deeds] == [
        ("incident_declare", "no_right"),
        ("incident_close", "no_right"),
    ]


async def test_what_is_none_is_not_asked_again_until_it_doubles(stage: Stage) -> None:
    """Dismissed, further cases of the batch stay alone; six more than were known are asked about anew."""
    await many_complain(stage, 3)
    await stage.do("陈岚在大群点", "不是")
    (card,) = in_general(stage)
    assert card.startswith("🔴 事件 1 · 不是")
    assert {case.incident for case, _ in await stage.kept()} == {None}
    await many_complain(stage, 5, first=4)
    assert len(in_general(stage)) == 1
    await many_complain(stage, 1, first=9)
    assert in_general(stage)[-1].startswith("🔴 事件 2 · 疑似 · 6 件")


async def test_who_says_later_is_asked_again(stage: Stage) -> None:
    """Two hours on the card comes anew, at the end of General where it is seen."""
    await many_complain(stage, 3)
    await stage.do("陈岚在大群点", "过会儿再看")
    (card,) = in_general(stage)
    assert "稍后看" in card
    assert "再提醒" in card
    await stage.pass_time(timedelta(hours=2))
    assert [one.splitlines()[0] for one in in_general(stage)] == ["🔴 事件 1 · 疑似 · 3 件"] * 2
    await stage.do("陈岚在大群点", "确认是事件")
    assert (await incident(stage)).state is IncidentState.DECLARED


async def test_a_case_counts_once_whatever_more_it_tells(stage: Stage) -> None:
    """Of a matter that nobody has declared yet too: the batch comes later, and five stay five."""
    for number in range(1, 6):
        await complain(stage, f"客户{number}", "上周买的电热壶壶底一直漏水")
    assert (await incident(stage)).count == 5
    await complain(stage, "客户1", "批号L20260701")
    assert (await incident(stage)).count == 5


@pytest.mark.practice("S71")
async def test_one_who_tells_of_many_is_enough(stage: Stage) -> None:
    """E15: a whole class is ill, and nobody waits for the others to write."""
    await complain(stage, "客户1", "我们班十几个孩子吃了你们的吐司都拉肚子")
    assert (await incident(stage)).alarm is Alarm.TOLD
    assert "顾客说不止一个人" in in_general(stage)[0]


async def test_an_incident_is_made_by_hand(stage: Stage) -> None:
    """In a case's topic a supervisor makes one of it; cases are linked by number, taken out again, and join by rule."""
    await stage.do("客户1", "转人工，吐司有虫子，批号L20260701")
    await stage.pass_time(timedelta(seconds=30))
    await many_complain(stage, 1, first=2, batch="L9")
    await stage.do("陈岚", "/incident new 吐司生虫")
    await stage.do("陈岚在大群", "/incident link 1 100-0038")
    assert in_general(stage)[-1] == "事件 1：加了 1 件，共 2 件。"
    await many_complain(stage, 1, first=3)
    assert (await incident(stage)).count == 3
    await stage.do("陈岚在大群", "/incident unlink 1 1000038")
    assert in_general(stage)[-1] == "事件 1：移出 1 件，还有 2 件。"
    assert [case.incident for case, _ in await stage.kept()] == [1, None, 1]


@pytest.mark.practice("R18", "S65")
async def test_an_incident_ends_with_its_cause_and_what_was_done(stage: Stage) -> None:
    """Without both it does not close; closed, nobody joins any more, and its cases go on by themselves."""
    await declared(stage)
    await stage.do("陈岚在大群", "/incident close 1 封口不严")
    assert "结束事件要写原因和做了什么" in in_general(stage)[-1]
    await stage.do("陈岚在大群", "/incident close 1 封口不严 | 换了封口机，复检三批")
    card = in_general(stage)[0]
    assert card.startswith("🔴 事件 1 · 已结束 · 3 件")
    assert "原因 封口不严\n做了 换了封口机，复检三批" in card
    await many_complain(stage, 1, first=4)
    kept = [case for case, _ in await stage.kept()]
    assert [case.incident for case in kept] == [1, 1, 1, None]
    assert Status.CLOSED not in {case.status for case in kept}


@pytest.mark.practice("S53")
async def test_an_order_that_is_not_complete_is_answered(stage: Stage) -> None:
    """Without a reason, a title or a number: each is told how it is written, and nothing is set aside."""
    await declared(stage)
    for words, told in (
        ("/incident remedy 1 退款 + 券 30", "这样写：/incident remedy 1 退款 39 + 券 30 | 理由"),
        ("/incident remedy", "这样写：/incident remedy"),
        ("/incident update", "这样写：/incident update"),
        ("/incident new", "/incident new"),
        ("/incident close 1", "/incident close 1"),
        ("/incident 9", "9"),
    ):
        before = len(from_bot(stage.demo, Spot(stage.demo.desk)))
        await stage.do("赵铭在大群", words)
        answers = from_bot(stage.demo, Spot(stage.demo.desk))[before:]
        assert [told in one.text for one in answers] == [True], words


@pytest.mark.practice("S71")
async def test_what_cannot_be_done_with_an_incident_says_why(stage: Stage) -> None:
    """A refund without verified orders needs a sum; one that is over is not told to be declared."""
    await declared(stage)

    async def answer(words: str) -> str:
        await stage.do("赵铭在大群", words)
        return from_bot(stage.demo, Spot(stage.demo.desk))[-1].text

    assert "写上数目" in await answer("/incident remedy 1 补偿 | 虫子")
    assert "倍数要有核实过的订单" in await answer("/incident remedy 1 十倍 | 虫子")
    assert "已结束" in await answer("/incident close 1 封口不严 | 换了封口机")
    for words in ("/incident update 1 大家好", "/incident remedy 1 券 30 | 虫子"):
        told = await answer(words)
        assert "事件 1 已经结束" in told
        assert "先确认" not in told
