"""The authority ladder: who may give what, over the whole case, and the last check before an offer is written."""

import pytest

from bot.complaint.case import Level
from bot.complaint.errors import AboveAuthority
from bot.complaint.ids import Cents
from bot.complaint.reading import RemedyKind
from bot.policy import ladder
from bot.policy.options import Proposal
from bot.policy.rules import Rules
from tests.policy.matters import a_case, an_order, offers_of

R = RemedyKind
RULES = Rules()


@pytest.mark.practice("S31")
def test_the_last_check_names_no_limit() -> None:
    """An offer above authority is refused without telling how far authority goes."""
    case = a_case(order=an_order(500))
    after = case.evolve(offers=offers_of(Proposal(kinds=(R.REFUND_FULL,), worth=Cents(500_00))))
    with pytest.raises(AboveAuthority) as refused:
        ladder.guard(RULES, case, after)
    assert "200" not in str(refused.value)


@pytest.mark.parametrize(
    ("level", "kinds", "yuan", "allowed"),
    [
        (Level.BOT, (R.REFUND_FULL,), 200, True),
        (Level.BOT, (R.REFUND_FULL,), 201, False),
        (Level.BOT, (R.REPLACE,), 100, True),
        (Level.BOT, (R.REPLACE,), 101, False),
        (Level.BOT, (R.VOUCHER,), 30, True),
        (Level.BOT, (R.VOUCHER,), 31, False),
        (Level.BOT, (R.COMPENSATION,), 1, False),
        (Level.BOT, (R.CALLBACK,), 0, True),
        (Level.A1, (R.REFUND_FULL,), 1000, True),
        (Level.A1, (R.REFUND_FULL,), 1001, False),
        (Level.A1, (R.REPLACE,), 900, True),
        (Level.A1, (R.GIFT,), 200, True),
        (Level.A1, (R.GIFT,), 201, False),
        (Level.A1, (R.POSTAGE,), 100, True),
        (Level.A1, (R.POSTAGE,), 101, False),
        (Level.A1, (R.COMPENSATION,), 50, False),
        (Level.A2, (R.COMPENSATION,), 2000, True),
        (Level.A2, (R.COMPENSATION,), 2001, False),
        (Level.A2, (R.MEDICAL,), 2000, True),
        (Level.A2, (R.VOUCHER,), 1000, True),
        (Level.A2, (R.MULTIPLE,), 500, False),
        (Level.A3, (R.MULTIPLE,), 20_000, True),
        (Level.A3, (R.MULTIPLE,), 20_001, False),
        (Level.A3, (R.REFUND_FULL,), 90_000, True),
        (Level.A3, (R.DISCIPLINE,), 0, False),
    ],
)
def test_each_level_gives_what_the_trades_table_says(
    level: Level, kinds: tuple[R, ...], yuan: int, *, allowed: bool
) -> None:
    """The trade's table of who may give how much of what."""
    case = a_case(order=an_order(100_000))
    assert ladder.within(level, RULES, kinds, Cents(yuan * 100), case) is allowed


def test_nothing_is_split_to_slip_under_a_limit() -> None:
    """An agreed refund of ¥150 leaves room for ¥50 and not for ¥51; alternatives of one breath count once."""
    agreed = offers_of(Proposal(kinds=(R.REFUND_PARTIAL,), worth=Cents(150_00)), state="agreed")
    case = a_case(order=an_order(1000), offers=agreed)
    assert ladder.within(Level.BOT, RULES, (R.REFUND_PARTIAL,), Cents(50_00), case)
    assert not ladder.within(Level.BOT, RULES, (R.REFUND_PARTIAL,), Cents(51_00), case)
    beside = Proposal(kinds=(R.REFUND_PARTIAL,), worth=Cents(140_00))
    twins = offers_of(Proposal(kinds=(R.REFUND_PARTIAL,), worth=Cents(150_00)), beside)
    assert ladder.committed(a_case(offers=twins)).refund == 150_00


def test_goods_and_their_price_back_is_money_above_the_price() -> None:
    """A refund beside a replacement is more than was paid, so it is not the bot's."""
    replaced = offers_of(Proposal(kinds=(R.REPLACE,), worth=Cents(53_40)), state="agreed")
    case = a_case(offers=replaced)
    assert not ladder.within(Level.BOT, RULES, (R.REFUND_FULL,), Cents(89_00), case)
