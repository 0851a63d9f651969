"""What the bot may do about a wish."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.case import Case, Facts, Flag, Level, Queue, Severity, Wish
from bot.complaint.errors import AboveAuthority
from bot.complaint.evolving import replace
from bot.complaint.ids import Cents
from bot.complaint.reading import Category, Emotion, Family, RemedyKind
from bot.policy import ladder
from bot.policy.options import Proposal
from bot.policy.rules import Rules
from bot.policy.settlement import Outcome, settle
from tests.policy.matters import KETTLE, MANNERS, NOW, a_case, a_wish, an_order, offers_of

R = RemedyKind
RULES = Rules()


@pytest.mark.practice("S97", "R35")
@pytest.mark.parametrize(
    ("wish", "kinds", "refund"),
    [
        (a_wish(R.REPLACE), (R.REPLACE,), 0),
        (a_wish(R.REFUND_FULL), (R.REFUND_FULL,), 89_00),
        (a_wish(R.RETURN, R.REFUND_FULL, R.POSTAGE), (R.RETURN, R.REFUND_FULL), 89_00),
        (a_wish(R.RETURN), (R.RETURN, R.REFUND_FULL), 89_00),
        (a_wish(R.RETURN, R.VOUCHER), (R.RETURN, R.REFUND_FULL, R.VOUCHER), 89_00),
        (a_wish(R.REFUND_PARTIAL, R.REFUND_FULL, share=0.5), (R.REFUND_FULL,), 89_00),
        (a_wish(R.REFUND_PARTIAL, share=0.5), (R.REFUND_PARTIAL,), 44_50),
        (a_wish(R.REFUND_PARTIAL, amount=20, currency="CNY"), (R.REFUND_PARTIAL,), 20_00),
        (a_wish(R.REFUND_PARTIAL, amount=89), (R.REFUND_FULL,), 89_00),
        (a_wish(R.COMPENSATION, amount=50), (R.REFUND_PARTIAL,), 50_00),
        (a_wish(R.COMPENSATION, amount=50, amount_most=80), (R.REFUND_PARTIAL,), 80_00),
        (a_wish(R.COMPENSATION, amount=50, amount_most=500), (R.REFUND_PARTIAL,), 89_00),
        (a_wish(R.PRICE_DIFF, amount=12), (R.PRICE_DIFF,), 12_00),
        (a_wish(R.RESEND_MISSING), (R.RESEND_MISSING,), 0),
        (a_wish(R.REPAIR), (R.REPAIR,), 0),
        (a_wish(R.VOUCHER), (R.VOUCHER,), 0),
        (a_wish(R.REFUND_FULL, R.APOLOGY), (R.REFUND_FULL, R.APOLOGY), 89_00),
        (a_wish(R.REFUND_FULL, R.MULTIPLE, multiple=10, conditional=True), (R.REFUND_FULL,), 89_00),
    ],
)
def test_what_is_within_authority_is_granted_in_full(wish: Wish, kinds: tuple[R, ...], refund: int) -> None:
    """A verified order of ¥89: what is asked is what is offered, without haggling."""
    found = settle(wish, a_case(), RULES)
    assert found.outcome is Outcome.GRANT
    assert found.offer is not None
    assert (found.offer.kinds, found.offer.refund) == (kinds, refund)


@pytest.mark.practice("S97", "R35")
@pytest.mark.parametrize(
    ("wish", "worth"),
    [
        (a_wish(R.REPLACE), 53_40),
        (a_wish(R.REFUND_FULL, R.VOUCHER), 89_00 + 30_00),
        (a_wish(R.REFUND_FULL, R.VOUCHER, amount=20), 89_00 + 20_00),
        (a_wish(R.REFUND_FULL, R.VOUCHER, amount=89), 89_00 + 30_00),
        (a_wish(R.REFUND_PARTIAL, R.VOUCHER, amount=89), 89_00 + 30_00),
        (a_wish(R.REPLACE, R.VOUCHER), 53_40 + 30_00),
        (a_wish(R.REFUND_PARTIAL, R.VOUCHER, amount=20), 20_00 + 30_00),
        (a_wish(R.APOLOGY), 0),
    ],
)
def test_an_offer_costs_what_its_parts_cost_together(wish: Wish, worth: int) -> None:
    """Refund, goods and voucher add up: the sum is what the limits for one case and one customer are held against."""
    found = settle(wish, a_case(), RULES)
    assert found.offer is not None
    assert found.offer.worth == worth


@pytest.mark.practice("S98")
@pytest.mark.parametrize(
    ("wish", "level", "queue"),
    [
        (a_wish(R.COMPENSATION, amount=3000), Level.A3, Queue.GENERAL),
        (a_wish(R.COMPENSATION, amount=1500), Level.A2, Queue.GENERAL),
        (a_wish(R.COMPENSATION, amount=50_000), None, Queue.GENERAL),
        (a_wish(R.REFUND_FULL, R.MULTIPLE, multiple=10, basis="price"), Level.A3, Queue.LEGAL),
        (a_wish(R.MULTIPLE, multiple=3), Level.A3, Queue.LEGAL),
        (a_wish(R.MENTAL, amount=5000), Level.A3, Queue.LEGAL),
        (a_wish(R.MEDICAL, amount=800), Level.A2, Queue.SAFETY),
        (a_wish(R.LOST_INCOME, amount=600), Level.A3, Queue.SAFETY),
        (a_wish(R.TRAVEL, amount=36), Level.A1, Queue.GENERAL),
        (a_wish(R.POSTAGE, amount=12), Level.A1, Queue.GENERAL),
        (a_wish(R.APOLOGY_PUBLIC), Level.A3, Queue.MEDIA_PR),
        (a_wish(R.RECALL), Level.A3, Queue.QUALITY),
        (a_wish(R.DISCIPLINE), Level.A2, Queue.GENERAL),
        (a_wish(R.REPLACE, R.COMPENSATION, amount=200), Level.A2, Queue.GENERAL),
        (a_wish(R.REFUND_FULL, R.REPLACE), Level.A1, Queue.GENERAL),
        (a_wish(R.VOUCHER, amount=100), Level.A1, Queue.GENERAL),
        (a_wish(R.REFUND_PARTIAL, amount=100), Level.A1, Queue.GENERAL),
        (a_wish(R.VOUCHER, R.GIFT), Level.A1, Queue.GENERAL),
        (a_wish(R.REPAIR, R.REPLACE), Level.A1, Queue.GENERAL),
        (a_wish(R.REFUND_FULL, R.PRICE_DIFF, amount=20), Level.A1, Queue.GENERAL),
        (a_wish(R.RETURN, R.PRICE_DIFF, amount=20), Level.A1, Queue.GENERAL),
        (a_wish(R.REFUND_FULL, R.VOUCHER, R.GIFT), Level.A1, Queue.GENERAL),
        (a_wish(R.REPLACE, R.VOUCHER, amount=50), Level.A1, Queue.GENERAL),
        (a_wish(R.REFUND_PARTIAL, amount=20, currency="USD"), Level.A1, Queue.GENERAL),
    ],
)
def test_what_is_beyond_names_who_may_decide(wish: Wish, level: Level | None, queue: Queue) -> None:
    """No amount is promised; the level is told, and what can be done now, two or three ways."""
    found = settle(wish, a_case(), RULES)
    assert (found.outcome, found.level, found.queue) == (Outcome.BEYOND, level, queue)
    assert found.offer is None
    assert 2 <= len(found.options) <= 3


@pytest.mark.practice("S93", "S99")
def test_the_trade_s_own_example_of_options() -> None:
    """D16, ¥3000 asked for goods of ¥159: the refund, a new one, or the refund with a ¥30 voucher."""
    found = settle(a_wish(R.COMPENSATION, amount=3000), a_case(order=an_order(159)), RULES)
    assert [(one.kinds, one.refund, one.item) for one in found.options] == [
        ((R.REFUND_FULL,), 159_00, None),
        ((R.REPLACE,), 0, None),
        ((R.REFUND_FULL, R.VOUCHER), 159_00, "voucher_30"),
    ]


@pytest.mark.parametrize(
    ("wish", "case", "outcome"),
    [
        (a_wish(R.REPLACE), a_case(order=None), Outcome.NEEDS_ORDER),
        (a_wish(R.OPEN, open_ended=True), a_case(order=None), Outcome.NEEDS_ORDER),
        (a_wish(R.OPEN, open_ended=True), a_case(), Outcome.OPTIONS),
        (a_wish(R.REFUND_FULL, R.REPLACE, alternatives=True), a_case(), Outcome.OPTIONS),
        (a_wish(R.MULTIPLE, R.REPLACE, alternatives=True, multiple=10), a_case(), Outcome.GRANT),
        (a_wish(R.OPEN), a_case(order=an_order(999)), Outcome.BEYOND),
        (a_wish(R.REFUND_FULL), a_case(order=an_order(201)), Outcome.BEYOND),
        (a_wish(R.REFUND_FULL), a_case(order=an_order(200)), Outcome.GRANT),
        (a_wish(R.REFUND_PARTIAL), a_case(), Outcome.UNCLEAR),
        (a_wish(R.COMPENSATION), a_case(), Outcome.UNCLEAR),
        (a_wish(R.COMPENSATION, open_ended=True), a_case(), Outcome.OPTIONS),
        (a_wish(R.APOLOGY), a_case(), Outcome.WORDS),
        (a_wish(R.EXPLANATION, R.APOLOGY), a_case(order=None), Outcome.WORDS),
        (a_wish(R.NONE, R.INVESTIGATE), a_case(), Outcome.WORDS),
        (a_wish(R.NONE), a_case(), Outcome.WITHDRAW),
        (a_wish(R.REPLACE), a_case(category=Category.FOOD_SAFETY), Outcome.PEOPLE),
        (a_wish(R.REPLACE), a_case(Family.INJURY), Outcome.PEOPLE),
        (a_wish(R.REPLACE), a_case(Family.COUNTERFEIT), Outcome.PEOPLE),
        (a_wish(R.REPLACE), a_case(facts=Facts(order=KETTLE, harmed=True)), Outcome.PEOPLE),
        (a_wish(R.REPLACE), a_case(reopened=1), Outcome.PEOPLE),
        (a_wish(R.REPLACE), a_case(severity=Severity.SEV1, queue=Queue.SAFETY), Outcome.PEOPLE),
        (a_wish(R.REPLACE), a_case(severity=Severity.SEV2, queue=Queue.QUALITY), Outcome.PEOPLE),
        (
            a_wish(R.REPLACE),
            a_case(Family.MEDIA, severity=Severity.SEV2, queue=Queue.MEDIA_PR),
            Outcome.GRANT,
        ),
        (a_wish(R.NONE), a_case(Family.INJURY), Outcome.PEOPLE),
    ],
)
def test_every_wish_has_its_outcome(wish: Wish, case: Case, outcome: Outcome) -> None:
    """Open, unclear, unverified, words, withdrawn, or for people alone: each by the rules."""
    assert settle(wish, case, RULES).outcome is outcome


@pytest.mark.practice("S4")
def test_an_apology_is_granted_without_money() -> None:
    """An apology is a remedy of its own, with no money in it."""
    found = settle(a_wish(R.APOLOGY), a_case(order=None), RULES)
    assert found.offer is not None
    assert (found.offer.kinds, found.offer.worth) == ((R.APOLOGY,), 0)


def test_what_they_do_not_want_is_not_offered() -> None:
    """Who said "别给我发券" sees no voucher in any option."""
    found = settle(a_wish(R.COMPENSATION, amount=3000, excludes=(R.VOUCHER,)), a_case(), RULES)
    assert found.options
    assert all(R.VOUCHER not in one.kinds for one in found.options)


@pytest.mark.practice("S17")
def test_who_wants_no_money_is_offered_none() -> None:
    """After "我又不是为了钱" only goods and words are proposed."""
    found = settle(a_wish(R.RECALL, refuses_money=True), a_case(), RULES)
    assert all(one.refund == 0 and one.item is None for one in found.options)


@pytest.mark.practice("S94")
def test_after_two_rounds_people_take_over() -> None:
    """The bot bargains twice at most; what it can grant it still grants."""
    assert settle(a_wish(R.COMPENSATION, amount=3000), a_case(), RULES, rounds=2).outcome is Outcome.PEOPLE
    assert settle(a_wish(R.REPLACE), a_case(), RULES, rounds=2).outcome is Outcome.GRANT


def test_goodwill_is_capped_by_customer_and_by_case() -> None:
    """Two gestures in the period: the third is not the bot's; nor is a second in the same case."""
    wish = a_wish(R.VOUCHER)
    assert settle(wish, a_case(), RULES, goodwill_used=1).outcome is Outcome.GRANT
    assert settle(wish, a_case(), RULES, goodwill_used=2).outcome is Outcome.BEYOND
    agreed = offers_of(Proposal(kinds=(R.VOUCHER,), worth=Cents(10_00), item="voucher_10"), state="agreed")
    assert settle(wish, a_case(offers=agreed), RULES).outcome is Outcome.BEYOND


@pytest.mark.practice("S80")
def test_a_small_verified_claim_is_settled_at_once() -> None:
    """Bread for ¥15.80 needs no evidence; a kettle for ¥89 takes the usual way."""
    assert settle(a_wish(R.REFUND_FULL), a_case(order=an_order(15.8)), RULES).at_once
    assert not settle(a_wish(R.REFUND_FULL), a_case(), RULES).at_once


def test_no_bot_offer_in_a_grave_matter_passes_the_last_check() -> None:
    """Even a voucher is people's to offer when somebody was hurt."""
    hurt = a_case(Family.INJURY)
    after = hurt.evolve(offers=offers_of(Proposal(kinds=(R.VOUCHER,), worth=Cents(10_00))))
    with pytest.raises(AboveAuthority):
        ladder.guard(RULES, hurt, after)


amounts = st.one_of(st.none(), st.floats(0, 60_000, allow_nan=False).map(lambda one: round(one, 2)))
wishes: Any = st.builds(
    lambda kinds, **more: a_wish(*kinds, **more),
    kinds=st.lists(st.sampled_from(list(RemedyKind)), max_size=4),
    amount=amounts,
    amount_most=amounts,
    currency=st.sampled_from([None, "CNY", "USD"]),
    share=st.one_of(st.none(), st.floats(0.01, 1, allow_nan=False)),
    multiple=st.one_of(st.none(), st.integers(1, 20).map(float)),
    open_ended=st.booleans(),
    refuses_money=st.booleans(),
    alternatives=st.booleans(),
    conditional=st.booleans(),
    excludes=st.lists(st.sampled_from([R.VOUCHER, R.GIFT, R.REPLACE]), max_size=2).map(tuple),
)
orders: Any = st.one_of(st.none(), st.floats(0.01, 3000, allow_nan=False).map(an_order))
pasts: Any = st.lists(
    st.sampled_from(
        [
            Proposal(kinds=(R.REFUND_PARTIAL,), worth=Cents(80_00)),
            Proposal(kinds=(R.VOUCHER,), worth=Cents(20_00)),
            Proposal(kinds=(R.REPLACE,), worth=Cents(60_00)),
        ]
    ),
    max_size=1,
).map(lambda chosen: offers_of(*chosen, state="agreed"))
cases: Any = st.builds(
    lambda families, **more: a_case(*families, **more),
    families=st.lists(st.sampled_from(list(Family)), max_size=3),
    order=orders,
    category=st.sampled_from(list(Category)),
    offers=pasts,
)


@pytest.mark.practice("S17", "S93")
@given(wish=wishes, case=cases, used=st.integers(0, 3), rounds=st.integers(0, 3))
def test_no_offer_is_ever_above_authority(wish: Wish, case: Case, used: int, rounds: int) -> None:
    """Whatever is asked, all that the bot may offer passes the last check, beside what was agreed before."""
    found = settle(wish, case, RULES, goodwill_used=used, rounds=rounds)
    offered = [*found.options, *([found.offer] if found.offer else [])]
    new = [
        replace(one, at=NOW + timedelta(hours=1), id=f"new{n}") for n, one in enumerate(offers_of(*offered))
    ]
    ladder.guard(RULES, case, case.evolve(offers=(*case.offers, *new)))
    for one in offered:
        assert not set(one.kinds) & set(wish.excludes) or one is found.offer
        assert one.refund <= (case.facts.order.price if case.facts.order else 0)
        assert not (one.item and used >= RULES.caps.goodwill_per_customer)


@pytest.mark.practice("S9", "S72", "R45")
@given(
    wish=wishes,
    case=cases,
    manners=st.lists(st.sampled_from(MANNERS), min_size=1, max_size=5),
    severity=st.sampled_from([Severity.SEV2, Severity.SEV3, Severity.SEV4]),
    emotion=st.sampled_from(list(Emotion)),
    queue=st.sampled_from([Queue.LEGAL, Queue.MEDIA_PR, Queue.GENERAL]),
)
def test_the_same_facts_get_the_same_remedy_loud_or_quiet(
    wish: Wish, case: Case, manners: list[Family], severity: Severity, emotion: Emotion, queue: Queue
) -> None:
    """Threats, media, followers, insults and urgency change queue and speed, never a cent of what is offered."""
    flags = (*case.flags, *(Flag(family=one, cue="x", at=NOW) for one in manners))
    loud = case.evolve(flags=flags, severity=severity, emotion=emotion, queue=queue, evidence_hold=True)
    quiet, heard = settle(wish, case, RULES), settle(wish, loud, RULES)
    assert replace(heard, with_people=quiet.with_people) == quiet


@given(wish=wishes, case=cases)
def test_options_are_never_take_it_or_leave_it(wish: Wish, case: Case) -> None:
    """Where options are the answer, there are two or three."""
    found = settle(wish, case, RULES)
    if found.outcome is Outcome.OPTIONS:
        assert 2 <= len(found.options) <= 3
