"""How many cases there were: in all, by kind, and over time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.insight.facts import CaseFacts
from bot.insight.frame import Figure, Period, closed_in, count, opened_in

DAYS_APART: Final = 45
"""Up to this many days a period is shown by day …"""
WEEKS_APART: Final = 190
"""… up to this many by week, and longer ones by month."""
KINDS: Final = ("category", "severity", "channel", "product", "brand")

Facts = Sequence[CaseFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A day, a week or a month of the period."""

    first: date
    until: date
    opened: int
    closed: int
    first_reply: float | None
    """Median seconds to a person's first answer, by the working clock."""


def volume(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """Cases opened and closed in the period, and open at its end; then those opened by each kind."""
    end = period.moments()[1]
    opened = opened_in(facts, period)
    still = sum(one.opened_at < end and (one.closed_at is None or one.closed_at >= end) for one in facts)
    return (
        count("opened", len(opened)),
        count("closed", len(closed_in(facts, period))),
        count("open_at_end", still),
        *(figure for kind in KINDS for figure in _kinds(opened, kind)),
    )


def _kinds(opened: Facts, kind: str) -> Iterator[Figure]:
    sizes: Counter[str] = Counter()
    for one in opened:
        value = getattr(one, kind)
        sizes[f"sev{value.value}" if kind == "severity" else str(value)] += 1
    if kind == "brand" and len(sizes) == 1:
        # of one brand alone nobody wants to read its name
        return
    ordered = sorted(sizes.items(), key=lambda row: (row[0] if kind == "severity" else -row[1], row[0]))
    for name, size in ordered:
        yield count(f"opened_by_{kind}", size, of=(name,))


def course(facts: Facts, period: Period) -> tuple[Span, ...]:
    """Cases opened and closed, span by span."""
    spans = list(_spans(period))
    places = {span: place for place, span in enumerate(spans)}
    by_day = {
        day: places[span]
        for span in spans
        for day in (span[0] + timedelta(days=n) for n in range((span[1] - span[0]).days))
    }
    opened, closed = [0] * len(spans), [0] * len(spans)
    waits: list[list[float]] = [[] for _ in spans]
    for one in opened_in(facts, period):
        place = by_day[one.opened_at.astimezone(period.zone).date()]
        opened[place] += 1
        if one.human_reply is not None:
            waits[place].append(one.human_reply.total_seconds())
    for one in closed_in(facts, period):
        if one.first_closed_at is not None:
            closed[by_day[one.first_closed_at.astimezone(period.zone).date()]] += 1
    return tuple(
        Span(first=first, until=until, opened=opened[n], closed=closed[n], first_reply=_middle(waits[n]))
        for n, (first, until) in enumerate(spans)
    )


def _middle(waits: list[float]) -> float | None:
    return sorted(waits)[len(waits) // 2] if waits else None


def _spans(period: Period) -> Iterator[tuple[date, date]]:
    length = (period.until - period.first).days
    first = period.first
    while first < period.until:
        until = min(_next(first, length), period.until)
        yield first, until
        first = until


def _next(first: date, length: int) -> date:
    if length <= DAYS_APART:
        return first + timedelta(days=1)
    if length <= WEEKS_APART:
        return first + timedelta(days=7 - first.weekday())
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
