"""What a picture is drawn from: the period, its cases, and figures by name."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final

from bot.insight.facts import CaseFacts
from bot.insight.figures import Around
from bot.insight.frame import Figure, Period, Unit
from bot.insight.pictures.words import Words, few, share, whole

BY_DAY: Final = 35
"""Periods of at most this many days are shown by day."""
BY_WEEK: Final = 190


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A period of a brand, or of one of its products, and its cases."""

    facts: Sequence[CaseFacts]
    """All that could count: also cases that were opened before the period."""
    period: Period
    words: Words
    brand: str = ""
    product: str = ""
    """Its name; empty for all products."""
    around: Around = field(default_factory=Around)
    limit: float | None = None
    """Complaints in a million units, above which a product alarms (S68)."""
    limits: Mapping[str, float] = field(default_factory=dict)
    """Of products that have a limit of their own, by name."""
    compared: bool = True
    """Whether the cases of the time before it, of the same length, are there too."""

    @property
    def above(self) -> str:
        """The heading of every picture: brand and days."""
        last = self.period.until - timedelta(days=1)
        known = (self.brand, self.product, self.words.days(self.period.first, last))
        return " · ".join(one for one in known if one)

    @property
    def earlier(self) -> Period:
        """The time before it, of the same length."""
        length = self.period.until - self.period.first
        return Period(first=self.period.first - length, until=self.period.first, zone=self.period.zone)

    def is_above(self, figure: Figure) -> bool:
        """Whether this PPM of a product, or of one of its batches, is above its limit."""
        limit = self.limits.get(figure.of[0], self.limit)
        return limit is not None and figure.value is not None and figure.value > limit

    @cached_property
    def steps(self) -> list[date]:
        """The first days of the parts in which the period is drawn, and the day after its last."""
        days = (self.period.until - self.period.first).days
        if days <= BY_DAY:
            found = [self.period.first + timedelta(days=one) for one in range(days)]
        elif days <= BY_WEEK:
            found = [self.period.first + timedelta(days=one) for one in range(0, days, 7)]
        else:
            found = _months(self.period.first, self.period.until)
        return [*found, self.period.until]

    def counted(self, moments: Iterable[datetime]) -> list[int]:
        """How many of these moments lie in each part."""
        edges = [
            datetime(one.year, one.month, one.day, tzinfo=self.period.zone).astimezone(UTC)
            for one in self.steps
        ]
        counts = [0] * (len(edges) + 1)
        for one in moments:
            counts[bisect_right(edges, one)] += 1
        return counts[1:-1]


def _months(first: date, until: date) -> list[date]:
    found = [first]
    while True:
        last = found[-1]
        following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
        if following >= until:
            return found
        found.append(following)


@dataclass(frozen=True, slots=True)
class Known:
    """Figures by name and subject."""

    figures: Mapping[tuple[str, tuple[str, ...]], Figure]

    def __init__(self, *groups: Iterable[Figure]) -> None:
        found = {(one.name, one.of): one for group in groups for one in group}
        object.__setattr__(self, "figures", found)

    def __getitem__(self, name: str) -> Figure:
        return self.figures[name, ()]

    def of(self, name: str, *of: str) -> Figure | None:
        """The figure of a part; None if there is none."""
        return self.figures.get((name, of))


def told(figure: Figure | None, words: Words) -> str:
    """A figure as text, or that there is none."""
    if figure is None or figure.exact is None or figure.n == 0:
        return words.say("none")
    if figure.value is None:
        return words.say("too_few")
    return spelt(figure.value, figure.unit, words)


def spelt(value: float, unit: Unit, words: Words) -> str:
    """A value in its unit."""
    match unit:
        case Unit.SHARE | Unit.PERCENT:
            return share(value / 100 if unit is Unit.PERCENT else value)
        case Unit.SECONDS:
            return words.span(value)
        case Unit.CENTS | Unit.CENTS_PER_CASE:
            return words.money(value)
        case Unit.COUNT:
            return whole(value)
        case Unit.POINTS:
            return f"{value:+.0f}"
        case _:
            return few(value)


def width_in_days(steps: Sequence[date]) -> int:
    """How many days the longest part has."""
    return max((after - before).days for before, after in pairwise(steps))
