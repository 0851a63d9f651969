"""What the bot may do about a wish: grant it in full, propose what it can, or honestly pass it on.

S9, same facts, same remedy: everything is worked out from `Grounds`, and `Grounds` has no place for a threat,
a journalist, a following, abuse or urgency. Those signs decide queue and speed (`bot.policy.triage`); here
they show only in `Settlement.with_people`, which says that people have the case as well.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.complaint.case import Case, Level, Order, Queue, Severity, Wish
from bot.complaint.ids import Cents
from bot.complaint.reading import Category, Family, RemedyKind
from bot.policy import ladder, options
from bot.policy.options import Proposal
from bot.policy.rules import Rules

R = RemedyKind


class Outcome(StrEnum):
    """What became of a wish."""

    GRANT = "grant"
    """Yes, exactly as asked (S97)."""
    NEEDS_ORDER = "needs_order"
    """It may be possible; the order has to be verified first (R35)."""
    OPTIONS = "options"
    """Nothing definite was asked: two or three proposals (S93)."""
    BEYOND = "beyond"
    """Above authority: no amount promised, what can be done now, and somebody who may decide (S98)."""
    WORDS = "words"
    """An apology or an explanation is what they want; no money in it (S4)."""
    WITHDRAW = "withdraw"
    """They want nothing any more; to be confirmed once."""
    UNCLEAR = "unclear"
    """Money was asked and not how much, or nothing that can be decided."""
    PEOPLE = "people"
    """The bot has no authority in this matter at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The facts on which a remedy rests, and nothing else."""

    category: Category
    order: Order | None
    grave: bool
    """Health, counterfeit, leaked data, a whole batch, or our own failure to keep to our word: for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What the bot may do. Only GRANT has an `offer`; OPTIONS and BEYOND have `options`, perhaps none.

    `level` and `queue` say who could decide what is beyond; `level` None then means: nobody alone. `at_once`
    marks a small verified claim, settled without asking for evidence (S80).
    """

    outcome: Outcome
    offer: Proposal | None = None
    options: tuple[Proposal, ...] = ()
    level: Level | None = Level.BOT
    queue: Queue = Queue.GENERAL
    at_once: bool = False
    with_people: bool = False


_GRAVE_FAMILIES = frozenset(
    {
        Family.INJURY,
        Family.SELF_HARM,
        Family.MASS,
        Family.COUNTERFEIT,
        Family.PRIVACY,
        Family.BROKEN_PROMISE,
    }
)
_GRAVE_CATEGORIES = frozenset({Category.FOOD_SAFETY, Category.COUNTERFEIT})
_MATTER_OF: dict[RemedyKind, Queue] = {
    R.MEDICAL: Queue.SAFETY,
    R.LOST_INCOME: Queue.SAFETY,
    R.MULTIPLE: Queue.LEGAL,
    R.MENTAL: Queue.LEGAL,
    R.APOLOGY_PUBLIC: Queue.MEDIA_PR,
    R.RECALL: Queue.QUALITY,
}


def settle(
    wish: Wish, case: Case, rules: Rules, *, goodwill_used: int = 0, rounds: int = 0, review: bool = False
) -> Settlement:
    """Decide what the bot may do about `wish`.

    `goodwill_used` counts gestures to this customer within the cap's period, `rounds` the counter-offers so
    far, `review` says that a person wants to look at this claim first.
    """
    found = _settled(wish, grounds(case), case, rules, goodwill_used)
    if review or (rounds >= rules.caps.rounds and found.outcome in (Outcome.OPTIONS, Outcome.BEYOND)):
        found = replace(found, outcome=Outcome.PEOPLE, offer=None, options=())
    return replace(found, with_people=case.severity <= Severity.SEV2 or found.outcome is Outcome.PEOPLE)


def grounds(case: Case) -> Grounds:
    """The facts of a case that a remedy may depend on."""
    facts = case.facts
    harmed = bool(facts.harmed) or (bool(facts.eaten) and case.category is Category.FOOD_SAFETY)
    return Grounds(
        category=case.category,
        order=facts.order,
        grave=harmed
        or case.category in _GRAVE_CATEGORIES
        or bool(case.families() & _GRAVE_FAMILIES)
        or case.reopened > 0,
    )


def _settled(wish: Wish, ground: Grounds, case: Case, rules: Rules, goodwill_used: int) -> Settlement:
    asked = _wanted(wish)
    if ground.grave:
        return Settlement(outcome=Outcome.PEOPLE, level=Level.A2, queue=_queue(asked))
    if set(asked) == {R.NONE}:
        return Settlement(outcome=Outcome.WITHDRAW)
    if asked and set(asked) <= ladder.WORDS - {R.OPEN}:
        return Settlement(outcome=Outcome.WORDS, offer=Proposal(kinds=asked))
    may_gift = goodwill_used < rules.caps.goodwill_per_customer
    if not asked or R.OPEN in asked or (wish.open_ended and wish.amount is None and wish.amount_most is None):
        return _open(wish, ground, case, rules, may_gift)
    return _definite(wish, asked, ground, case, rules, may_gift)


def _wanted(wish: Wish) -> tuple[RemedyKind, ...]:
    kinds = tuple(dict.fromkeys(wish.kinds))
    return kinds[:1] if wish.conditional else kinds


def _open(wish: Wish, ground: Grounds, case: Case, rules: Rules, may_gift: bool) -> Settlement:
    fair = options.fair(wish, ground.category, ground.order, case, rules, may_gift=may_gift)
    if len(fair) > 1:
        return Settlement(outcome=Outcome.OPTIONS, options=fair)
    if ground.order is None:
        return Settlement(outcome=Outcome.NEEDS_ORDER)
    return Settlement(outcome=Outcome.BEYOND, options=fair, level=Level.A1)


def _definite(
    wish: Wish, asked: tuple[RemedyKind, ...], ground: Grounds, case: Case, rules: Rules, may_gift: bool
) -> Settlement:
    if wish.alternatives and len(asked) > 1:
        return _any_of(wish, asked, ground, case, rules, may_gift)
    if ladder.NOBODY & set(asked) or any(kind in options.NEVER_BOT for kind in asked):
        return _beyond(wish, asked, ground, case, rules, may_gift)
    if wish.currency not in (None, rules.currency):
        return _beyond(wish, asked, ground, case, rules, may_gift)
    if ground.order is None:
        return Settlement(outcome=Outcome.NEEDS_ORDER)
    proposal = options.exactly(wish, asked, ground.order, case, rules, may_gift=may_gift)
    if proposal is options.UNSAID:
        return Settlement(outcome=Outcome.UNCLEAR)
    if proposal is None or not ladder.within(Level.BOT, rules, proposal.kinds, proposal.worth, case):
        return _beyond(wish, asked, ground, case, rules, may_gift)
    return Settlement(
        outcome=Outcome.GRANT, offer=proposal, at_once=proposal.worth <= rules.micro_claim_cents
    )


def _any_of(
    wish: Wish, asked: tuple[RemedyKind, ...], ground: Grounds, case: Case, rules: Rules, may_gift: bool
) -> Settlement:
    ways = [
        _definite(replace(wish, alternatives=False), (kind,), ground, case, rules, may_gift) for kind in asked
    ]
    granted = [way for way in ways if way.outcome is Outcome.GRANT]
    if len(granted) > 1:
        offers = tuple(way.offer for way in granted if way.offer)
        return Settlement(outcome=Outcome.OPTIONS, options=offers[: rules.caps.options])
    return granted[0] if granted else ways[0]


def _beyond(
    wish: Wish, asked: tuple[RemedyKind, ...], ground: Grounds, case: Case, rules: Rules, may_gift: bool
) -> Settlement:
    return Settlement(
        outcome=Outcome.BEYOND,
        options=options.fair(wish, ground.category, ground.order, case, rules, may_gift=may_gift),
        level=_level(wish, asked, case, rules),
        queue=_queue(asked),
    )


def _level(wish: Wish, asked: tuple[RemedyKind, ...], case: Case, rules: Rules) -> Level | None:
    kinds = tuple(kind for kind in asked if kind not in ladder.NOBODY)
    if kinds != asked and not kinds:
        return Level.A2  # nobody may promise it; a supervisor answers for it
    worth = options.claimed(wish, kinds, case.facts.order, rules)
    level = ladder.level_for(rules, kinds, worth, case)
    return Level.A1 if level is Level.BOT else level


def _queue(asked: tuple[RemedyKind, ...]) -> Queue:
    return next((queue for kind, queue in _MATTER_OF.items() if kind in asked), Queue.GENERAL)
