"""Decides what the bot may do about a wish: grant it, propose options, or pass it on.

S9 holds by construction: `settle` is the only function here that sees the case. It distils `Grounds` and
what is already promised; everything below works on a `Plea`, which cannot hold a threat, a journalist or a
following. Those signs show in `Settlement.with_people` alone, which says that people have the case as well.
"""

from enum import StrEnum

from msgspec import Struct

from bot.complaint.case import Case, Level, Queue, Severity, Wish
from bot.complaint.evolving import replace
from bot.complaint.reading import RemedyKind
from bot.policy import ladder, options
from bot.policy.grounds import grounds
from bot.policy.options import Plea, Proposal
from bot.policy.remedy_kinds import NEVER_BOT, NOBODY, WORDS
from bot.policy.rules import Rules

R = RemedyKind


class Outcome(StrEnum):
    """The outcome of a wish."""

    GRANT = "grant"
    """Yes, exactly as asked (S97)."""
    NEEDS_ORDER = "needs_order"
    """It may be possible; the order has to be verified first (R35)."""
    OPTIONS = "options"
    """Nothing definite was asked, or one thing or another: two or three options (S93)."""
    BEYOND = "beyond"
    """Above authority: no amount promised, what can be done now, and somebody who may decide (S98)."""
    WORDS = "words"
    """An apology or an explanation is what they want; no money in it (S4)."""
    WITHDRAW = "withdraw"
    """They want nothing any more; to be confirmed once."""
    UNCLEAR = "unclear"
    """A sum was meant and not said."""
    PEOPLE = "people"
    """The bot has no authority in this matter at all."""


class Settlement(Struct, frozen=True, kw_only=True):
    """What the bot may do: an `offer` for GRANT and WORDS, `options` for OPTIONS, and perhaps for BEYOND.

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


_MATTER_OF: dict[RemedyKind, Queue] = {
    R.MEDICAL: Queue.SAFETY,
    R.LOST_INCOME: Queue.SAFETY,
    R.MULTIPLE: Queue.LEGAL,
    R.MENTAL: Queue.LEGAL,
    R.APOLOGY_PUBLIC: Queue.MEDIA_PR,
    R.RECALL: Queue.QUALITY,
}


def settle(wish: Wish, case: Case, rules: Rules, *, goodwill_used: int = 0, rounds: int = 0) -> Settlement:
    """Decide what the bot may do about `wish`.

    `goodwill_used` counts gestures to this customer within the cap's period, `rounds` the counter-offers so far.
    """
    plea = Plea(
        wish=wish,
        asked=_asked(wish),
        ground=grounds(case),
        taken=ladder.committed(case),
        rules=rules,
        may_gift=goodwill_used < rules.caps.goodwill_per_customer,
    )
    found = _settled(plea)
    if rounds >= rules.caps.rounds and found.outcome in (Outcome.OPTIONS, Outcome.BEYOND):
        found = replace(found, outcome=Outcome.PEOPLE, options=())
    return replace(found, with_people=case.severity <= Severity.SEV2 or found.outcome is Outcome.PEOPLE)


def _asked(wish: Wish) -> tuple[RemedyKind, ...]:
    kinds = tuple(dict.fromkeys(wish.kinds))
    return kinds[:1] if wish.conditional else kinds


def _settled(plea: Plea) -> Settlement:
    asked = set(plea.asked)
    if plea.ground.grave:
        return _for_people(plea)
    if asked == {R.NONE}:
        return Settlement(outcome=Outcome.WITHDRAW)
    if asked and asked <= WORDS - {R.OPEN}:
        return Settlement(outcome=Outcome.WORDS, offer=Proposal(kinds=plea.asked))
    if not asked or R.OPEN in asked:
        return _open(plea)
    if plea.wish.alternatives and len(plea.asked) > 1:
        return _any_of(plea)
    return _definite(plea)


def _for_people(plea: Plea) -> Settlement:
    return Settlement(outcome=Outcome.PEOPLE, level=_level(plea), queue=_queue(plea))


def _open(plea: Plea) -> Settlement:
    fair = options.fair(plea)
    if len(fair) > 1:
        return Settlement(outcome=Outcome.OPTIONS, options=fair)
    if plea.ground.order is None:
        return Settlement(outcome=Outcome.NEEDS_ORDER)
    return Settlement(outcome=Outcome.BEYOND, level=Level.A1)


def _definite(plea: Plea) -> Settlement:
    foreign_money = plea.wish.currency not in (None, plea.rules.currency)
    if NEVER_BOT & set(plea.asked) or foreign_money:
        return _beyond(plea)
    if plea.ground.order is None:
        return Settlement(outcome=Outcome.NEEDS_ORDER)
    wanted = options.exactly(plea, plea.ground.order)
    if wanted is options.UNSAID:
        return _open(plea) if plea.wish.open_ended else Settlement(outcome=Outcome.UNCLEAR)
    if wanted is None or not plea.allows(wanted):
        return _beyond(plea)
    small = wanted.worth <= plea.rules.micro_claim_cents
    return Settlement(outcome=Outcome.GRANT, offer=wanted, at_once=small)


def _any_of(plea: Plea) -> Settlement:
    ways = [_definite(replace(plea, asked=(kind,))) for kind in plea.asked]
    granted = [way for way in ways if way.outcome is Outcome.GRANT]
    if len(granted) > 1:
        offers = tuple(way.offer for way in granted if way.offer)
        return Settlement(outcome=Outcome.OPTIONS, options=offers[: plea.rules.caps.options])
    return granted[0] if granted else ways[0]


def _beyond(plea: Plea) -> Settlement:
    return Settlement(
        outcome=Outcome.BEYOND, options=options.fair(plea), level=_level(plea), queue=_queue(plea)
    )


def _level(plea: Plea) -> Level | None:
    """Who could decide it: never less than an agent, since it has left the bot's hands."""
    kinds = tuple(kind for kind in plea.asked if kind not in NOBODY)
    if not kinds:
        return Level.A2  # nobody may promise it; a supervisor answers for it
    worth = options.claimed(plea, kinds)
    level = ladder.level_for(plea.rules, kinds, worth, plea.ground.order, plea.taken)
    return Level.A1 if level is Level.BOT else level


def _queue(plea: Plea) -> Queue:
    return next((queue for kind, queue in _MATTER_OF.items() if kind in plea.asked), Queue.GENERAL)
