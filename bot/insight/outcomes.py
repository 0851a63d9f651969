"""How cases end: upheld, reopened, repeated, taken outside (domain (g))."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from bot.complaint.axes import Verdict
from bot.insight.facts import CaseFacts
from bot.insight.frame import Figure, Period, closed_in, opened_in, ratio
from bot.insight.times import opened_again

REOPEN_DAYS: Final = timedelta(days=30)
REPEAT_DAYS: Final = timedelta(days=90)
DECIDED: Final = frozenset(Verdict)
"""Whatever was found: that nothing can be found out is a decision too."""

Facts = Sequence[CaseFacts]


def upheld(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """Upheld and partly upheld, of cases decided in the period."""
    start, end = period.moments()
    found: dict[str, list[bool]] = defaultdict(list)
    for one in facts:
        if one.verdict in DECIDED and one.decided_at is not None and start <= one.decided_at < end:
            found[one.category.value].append(one.upheld)
    every = [right for some in found.values() for right in some]
    parts = (ratio("upheld", sum(some), len(some), of=(name,)) for name, some in sorted(found.items()))
    return (ratio("upheld", sum(every), len(every)), *parts)


def overturned(facts: Facts, period: Period) -> Figure:
    """Decisions changed outside, of external cases opened in the period with a known result."""
    outside = [one for one in opened_in(facts, period) if one.external and one.overturned is not None]
    return ratio("overturned", sum(one.overturned is True for one in outside), len(outside))


def reopened(facts: Facts, period: Period) -> Figure:
    """Opened again within 30 days, of cases closed in the period."""
    closed = closed_in(facts, period)
    return ratio("reopened", sum(opened_again(one, REOPEN_DAYS) for one in closed), len(closed))


def repeat(facts: Facts, period: Period) -> Figure:
    """Complainants who came again within 90 days, of those with a case in the period.

    One came again whose case of the period has another of theirs at most 90 days before it, be that one older
    than the period.
    """
    start, end = period.moments()
    cases: dict[str, list[datetime]] = defaultdict(list)
    for one in facts:
        if one.customer and start - REPEAT_DAYS <= one.opened_at < end:
            cases[one.customer].append(one.opened_at)
    came = [sorted(moments) for moments in cases.values() if max(moments) >= start]
    return ratio("repeat", sum(_again(moments, start) for moments in came), len(came))


def _again(moments: Sequence[datetime], start: datetime) -> bool:
    """Whether any moment from `start` on has another one within 90 days before it."""
    return any(later >= start and later - earlier <= REPEAT_DAYS for earlier, later in pairwise(moments))


def ways_out(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """Handed over to people, in deadlock, and outside: each of cases opened in the period."""
    opened = opened_in(facts, period)
    return (
        ratio("escalation", sum(bool(one.transfers) for one in opened), len(opened)),
        ratio("deadlock", sum(one.deadlock for one in opened), len(opened)),
        ratio("external", sum(one.external for one in opened), len(opened)),
    )
