"""Offers by people on the ladder: counted by their parts, over all cases, and who must agree."""

import pytest

from bot.complaint.case import Case, Facts, Level, Offer, Order, Part
from bot.complaint.deskwork import Approval, ApprovalState, Vote
from bot.complaint.errors import AboveAuthority
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, Cents, UserId
from bot.complaint.reading import RemedyKind
from bot.policy.granted import granted_before
from bot.policy.ladder import Need, guard, required
from bot.policy.lowering import lower_to, lowered_amounts
from bot.policy.merging import merged
from bot.policy.rules import Rules
from tests.policy.matters import KETTLE, NOW, a_case

R = RemedyKind
RULES = Rules()
ALONE = 0


def parts(*rows: tuple[RemedyKind, float]) -> tuple[Part, ...]:
    return tuple(Part(kind=kind, cents=Cents(round(yuan * 100))) for kind, yuan in rows)


def offered(given: tuple[Part, ...], *, state: str = "agreed", level: Level = Level.A1, **more: str) -> Offer:
    return Offer(
        id="o1",
        at=NOW,
        kinds=tuple(one.kind for one in given),
        worth=Cents(sum(one.cents for one in given)),
        by="Li",
        level=level,
        valid_until=NOW,
        state=state,
        parts=given,
        approval_id=more.get("approval_id"),
    )


def another(given: tuple[Part, ...], order: Order | None = None) -> Case:
    return a_case(facts=Facts(order=order)).evolve(no=CaseNo("583-0000"), offers=(offered(given),))


def dear(yuan: float) -> Order:
    return Order(order_no="HS-DEAR", product="x", price=Cents(round(yuan * 100)))


@pytest.mark.practice("S17", "R35")
@pytest.mark.parametrize(
    ("maker", "given", "need"),
    [
        (Level.A1, parts((R.REFUND_FULL, 89), (R.VOUCHER, 30)), Need(level=Level.A1)),
        (Level.A1, parts((R.POSTAGE, 60)), Need(level=Level.A1)),
        (Level.A1, parts((R.VOUCHER, 201)), Need(level=Level.A2, people=1)),
        (Level.A2, parts((R.VOUCHER, 201)), Need(level=Level.A2)),
        (Level.A1, parts((R.COMPENSATION, 50)), Need(level=Level.A2, people=1)),
        (Level.A2, parts((R.COMPENSATION, 50)), Need(level=Level.A2, people=1)),
        (Level.A3, parts((R.COMPENSATION, 2_001)), Need(level=Level.A3, people=1)),
        (Level.A1, parts((R.COMPENSATION, 20_001)), Need(level=Level.A3, people=2, legal=True)),
        (Level.A3, parts((R.MULTIPLE, 267)), Need(level=Level.A3, people=2, legal=True)),
        (Level.A1, parts((R.APOLOGY_PUBLIC, 0)), Need(level=Level.A3, people=1)),
        (Level.A1, parts((R.APOLOGY, 0), (R.CALLBACK, 0)), Need(level=Level.A1)),
        # goods beside their price back are money above the price
        (Level.A1, parts((R.REFUND_FULL, 89), (R.REPLACE, 53.4)), Need(level=Level.A1)),
        (Level.A1, parts((R.REFUND_FULL, 89), (R.REPLACE, 120)), Need(level=Level.A2, people=1)),
    ],
)
def test_the_trades_table_says_who_must_agree(maker: Level, given: tuple[Part, ...], need: Need) -> None:
    """The trade's table: what one may give alone, what needs a second person, a manager, the legal trade."""
    assert required(RULES, maker, given, a_case()) == need


def test_limits_count_over_the_complainants_other_cases() -> None:
    """What another case took up is taken off; a price that was paid back there is no money here."""
    given = parts((R.VOUCHER, 150))
    assert required(RULES, Level.A1, given, a_case(), (another(given),)).people == 1
    back = another(parts((R.REFUND_FULL, 300)), dear(300))
    assert required(RULES, Level.A1, parts((R.REFUND_FULL, 89)), a_case(), (back,)).people == ALONE


def test_one_order_in_two_cases_is_paid_back_once() -> None:
    """The same order's price, given back in another case, is money above the price here."""
    again = another(parts((R.REFUND_PARTIAL, 80)), KETTLE)
    assert required(RULES, Level.A1, parts((R.PRICE_DIFF, 89)), a_case(), (again,)) == Need(level=Level.A1)
    twice = another(parts((R.REFUND_PARTIAL, 89), (R.REPLACE, 60)), KETTLE)
    assert required(RULES, Level.A1, parts((R.PRICE_DIFF, 60)), a_case(), (twice,)).people == 1


def granted(*votes: Vote, state: ApprovalState = ApprovalState.APPROVED, cents: int = 500_00) -> Case:
    given = parts((R.COMPENSATION, 500))
    request = Approval(
        id="a1",
        at=NOW,
        by=UserId(1),
        name="Li",
        parts=tuple(Part(kind=one.kind, cents=Cents(cents)) for one in given),
        worth=Cents(cents),
        reason="x",
        needs=Level.A2,
        expires_at=NOW,
        state=state,
        votes=votes,
    )
    offer = offered(given, state="chosen", level=Level.A2, approval_id="a1")
    return a_case().evolve(approvals=(request,), offers=(offer,), about=(UserId(9),))


def vote(by: int, level: Level = Level.A2, says: ApprovalState = ApprovalState.APPROVED) -> Vote:
    return Vote(by=UserId(by), name="x", level=level, at=NOW, says=says)


def test_what_somebody_else_approved_passes_the_last_check() -> None:
    """Somebody of the level, and not who asked: then it may be written."""
    guard(RULES, a_case(), granted(vote(2)))


@pytest.mark.parametrize(
    "case",
    [
        granted(),
        granted(vote(1)),
        granted(vote(9)),
        granted(vote(2, Level.A1)),
        granted(vote(2, says=ApprovalState.REFUSED)),
        granted(vote(2), state=ApprovalState.OPEN),
        granted(vote(2), cents=400_00),
        granted(vote(2)).evolve(approvals=()),
    ],
)
def test_the_last_check_refuses_what_nobody_else_approved(case: Case) -> None:
    """No vote, the asker's own, one of somebody it is about, too low, a no, undecided, another sum, no request."""
    with pytest.raises(AboveAuthority):
        guard(RULES, a_case(), case)


def test_an_offer_that_ran_out_does_not_come_back_by_itself() -> None:
    """What no longer bound us is measured anew before it binds again."""
    given = parts((R.VOUCHER, 900))
    before = a_case().evolve(offers=(offered(given, state="expired"),))
    with pytest.raises(AboveAuthority):
        guard(RULES, before, before.evolve(offers=(offered(given, state="chosen"),)))


def test_what_goes_over_with_a_merged_case_is_counted_once() -> None:
    """An offer that moves with its case is still within its maker's limits, and keeps the name on its buttons."""
    lying = replace(offered(parts((R.VOUCHER, 150)), state="chosen"), ref="583-0000.o1")
    source = a_case().evolve(no=CaseNo("583-0000"), offers=(lying,))
    target = a_case()
    joined = merged(source, target, NOW, RULES)
    guard(RULES, target, joined.target, (joined.source,))
    assert [one.ref for one in joined.target.offers] == ["583-0000.o1"]
    with pytest.raises(AboveAuthority):
        guard(RULES, target, joined.target, (source,))


def test_the_same_remedy_for_the_same_order_is_found_wherever_it_was_given() -> None:
    """In this case or another of the same order; another order, or words, are another matter."""
    given = another(parts((R.REFUND_FULL, 89)), KETTLE)
    assert granted_before((R.REFUND_FULL,), a_case(), (given,)) == (R.REFUND_FULL, given.no)
    assert granted_before((R.REFUND_PARTIAL,), a_case(), (given,)) == (R.REFUND_PARTIAL, given.no)
    assert granted_before((R.VOUCHER,), a_case(), (given,)) is None
    assert granted_before((R.REFUND_FULL,), a_case(), (another(given.offers[0].parts, dear(300)),)) is None
    assert granted_before((R.APOLOGY,), a_case(), (another(parts((R.APOLOGY, 0)), KETTLE),)) is None


def test_cash_gives_way_first_and_never_to_more() -> None:
    """Lowered is the cash, else the gesture, else the price; to less only, and 0 leaves it out."""
    whole = parts((R.REFUND_FULL, 89), (R.COMPENSATION, 200), (R.VOUCHER, 30))
    assert lower_to(whole, Cents(150_00)) == parts(
        (R.REFUND_FULL, 89), (R.COMPENSATION, 150), (R.VOUCHER, 30)
    )
    assert lower_to(whole, Cents(0)) == parts((R.REFUND_FULL, 89), (R.VOUCHER, 30))
    assert lower_to(whole, Cents(200_00)) is None
    assert lower_to(parts((R.COMPENSATION, 200)), Cents(0)) is None
    assert lower_to(parts((R.CALLBACK, 0)), Cents(0)) is None


def test_the_sums_to_choose_from_are_half_and_what_one_may_give_alone() -> None:
    """An agent's voucher of ¥900 may be lowered to half, or to the ¥200 an agent may give; cash only to none."""
    case = a_case()

    def alone(given: object) -> bool:
        assert isinstance(given, tuple)
        return not required(RULES, Level.A1, given, case).people

    assert lowered_amounts(parts((R.VOUCHER, 900)), alone) == (450_00, 200_00)
    assert lowered_amounts(parts((R.REFUND_FULL, 89), (R.COMPENSATION, 300)), alone) == (150_00, 0)
