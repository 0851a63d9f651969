"""Goods that go back, and remedies asked together: what is agreed is whole, and nothing is given twice."""

import pytest

from bot.complaint.reading import RemedyKind
from tests.stories.offering import HELD
from tests.stories.stage import Stage

TOLD = """
    客户: 上周买的电热壶不通电
    机器人: …编号 100-0001…
    -- 6秒
    机器人: 谢谢您告诉我们。…订单号是多少？…
    客户: 订单8841
    机器人: 找到了：…您觉得怎么处理比较合适？…
"""


@pytest.mark.practice("S97", "S95", "S53")
async def test_whoever_sends_it_back_is_promised_the_money_too(stage: Stage) -> None:
    """The word return says what becomes of the kettle; that the price goes back is understood, written and owed."""
    await stage.play(f"""
        {TOLD}
        客户: 我要退货
        机器人: 可以，就这么办。…①东西由快递上门取走，运费我们付，…②全额退款¥89，原路退回，7月6日…前退出，…
        客户点: 同意
        机器人: 好，都登记上了，…
    """)
    case = await stage.case()
    assert [(one.kind, one.worth) for one in case.fulfilments] == [
        (RemedyKind.RETURN, 0),
        (RemedyKind.REFUND_FULL, 89_00),
    ]


@pytest.mark.practice("S97", "R35")
async def test_a_new_one_and_a_voucher_are_granted_together(stage: Stage) -> None:
    """Each is within its own limit, so both are granted: a small voucher brings no exchange to people."""
    await stage.play(f"""
        {TOLD}
        客户: 换个新的，再给张券
        机器人: 可以，就这么办。…①寄出一件新的1.7升电热壶，…②¥30 无门槛券，…这样可以吗？
        客户点: 同意
        机器人: 好，都登记上了，…
    """)
    assert [one.kind for one in (await stage.case()).fulfilments] == [RemedyKind.REPLACE, RemedyKind.VOUCHER]


@pytest.mark.practice("S98", "R35")
async def test_two_ways_to_mend_one_kettle_are_for_people(stage: Stage) -> None:
    """Repaired and replaced at once, nobody can mean: the bot does not promise both, and offers what it can do."""
    await stage.play(f"""
        {TOLD}
        客户: 把坏的修一下，再给我换个新的
        机器人: …
    """)
    case = await stage.case()
    assert not case.fulfilments
    assert all(len({RemedyKind.REPAIR, RemedyKind.REPLACE} & set(one.kinds)) < 2 for one in case.offers)


@pytest.mark.practice("S95", "S97")
async def test_what_is_fetched_is_not_said_to_stay(stage: Stage) -> None:
    """A part of the price alone leaves the kettle with them; beside a new one the old is fetched."""
    await stage.play(f"""
        {TOLD}
        客户: 换个新的，再退我20块
        机器人: 可以，就这么办。…①寄出一件新的1.7升电热壶，旧的由快递上门取走，…②退款¥20，原路退回，7月6日…
        客户点: 同意
        机器人: 好，都登记上了，…
    """)
    assert [(one.kind, one.worth) for one in (await stage.case()).fulfilments] == [
        (RemedyKind.REPLACE, 0),
        (RemedyKind.REFUND_PARTIAL, 20_00),
    ]


@pytest.mark.practice("S97")
async def test_whoever_asks_twenty_back_is_granted_twenty(stage: Stage) -> None:
    """What is asked is what is offered: a sum that is asked back is no wish for the whole price."""
    await stage.play(f"""
        {TOLD}
        客户: 退我20块就行
        机器人: 可以，就这么办。…退款¥20，原路退回，东西您留着…这样可以吗？
        客户点: 同意
        机器人: 好，都登记上了，…
    """)
    assert [one.worth for one in (await stage.case()).fulfilments] == [20_00]


@pytest.mark.practice("S97", "S98")
@pytest.mark.parametrize(("sum_", "offered"), [("89", [RemedyKind.REFUND_FULL]), ("100", None)])
async def test_the_price_is_the_whole_and_more_than_it_is_for_people(
    stage: Stage, sum_: str, offered: list[RemedyKind] | None
) -> None:
    """Of a kettle that cost 89, 89 is everything; 100 is more than the bot may give, and not quietly made 89."""
    await stage.play(f"""
        {TOLD}
        客户: 退我{sum_}块
        机器人: …
    """)
    chosen = [list(one.kinds) for one in (await stage.case()).offers if one.state == "chosen"]
    assert chosen == ([offered] if offered else [])


@pytest.mark.practice("S97", "S95")
async def test_a_return_that_a_colleague_offers_brings_the_price_too(stage: Stage) -> None:
    """Whoever sends goods back for nothing else gets their price: no colleague has to think of writing it."""
    await stage.play(f"""
        {HELD}
        林晓: /offer 退货
        机器人: 同事给您的方案：…①东西由快递上门取走，…②全额退款¥89…
    """)
    assert [one.kind for one in (await stage.case()).offers[-1].parts] == [
        RemedyKind.RETURN,
        RemedyKind.REFUND_FULL,
    ]
