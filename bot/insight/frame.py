"""The basic types: period, filter, and figure with its n; and means, medians, percentiles."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.insight.facts import CaseFacts

FEWEST: Final = 20
"""Below this sample size a rate, time or score is not shown."""
LATE_SHARE: Final = 90
"""The percentile that tells how long the slow ones wait."""
PERCENT: Final = 100
A_SECOND: Final = timedelta(seconds=1)


class Unit(StrEnum):
    """The unit of a figure."""

    SHARE = "share"
    """0 to 1."""
    PERCENT = "percent"
    POINTS = "points"
    """From -100 to 100."""
    MEAN = "mean"
    SECONDS = "seconds"
    CENTS = "cents"
    CENTS_PER_CASE = "cents per case"
    PER_MILLION = "per million"
    PER_TEN_THOUSAND = "per ten thousand"
    TIMES = "times"
    COUNT = "count"


ALWAYS_SHOWN: Final = (Unit.COUNT, Unit.CENTS)
"""Counts and sums are what they are, however few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of a period. `exact` is for arithmetic; what people are shown is `value`."""

    name: str
    of: tuple[str, ...] = ()
    """The subset of the cases: a severity and milestone, a product, a cohort."""
    exact: float | None
    """None where there is nothing to divide by."""
    n: int
    """The denominator, or the number of values."""
    unit: Unit
    estimate: bool = False
    """Reckoned with a rule of thumb, not counted; always told as such."""

    @property
    def hidden(self) -> bool:
        """Whether the sample is too small to be shown."""
        return self.unit not in ALWAYS_SHOWN and self.n < FEWEST

    @property
    def value(self) -> float | None:
        """The value to show; None if there is none, or the sample is too small."""
        return None if self.hidden else self.exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole days in the brand's zone: from the first up to, not including, `until`."""

    first: date
    until: date
    zone: ZoneInfo

    def __post_init__(self) -> None:
        """Refuse an empty period."""
        if not self.first < self.until:
            raise ValueError("period: its first day must lie before the day it runs until")

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), self.zone)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.until, time(), self.zone)

    def moments(self) -> tuple[datetime, datetime]:
        """Start and end in UTC, as facts are."""
        return self.start.astimezone(UTC), self.end.astimezone(UTC)

    def has_day(self, day: date) -> bool:
        """Whether this day belongs to it."""
        return self.first <= day < self.until


class Cases(list[CaseFacts]):
    """The cases of many figures, with cached selections."""

    def __init__(self, facts: Iterable[CaseFacts]) -> None:
        super().__init__(facts)
        self._found: dict[tuple[str, Period], list[CaseFacts]] = {}

    def once(self, what: str, period: Period, look: Callable[[], list[CaseFacts]]) -> list[CaseFacts]:
        """A cached result, computed on first use."""
        key = (what, period)
        if key not in self._found:
            self._found[key] = look()
        return self._found[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Only:
    """A filter on cases; an empty field does not narrow it."""

    brand: str | None = None
    channel: str | None = None
    category: str | None = None
    product: str | None = None

    def of(self, facts: Iterable[CaseFacts]) -> Cases:
        """The cases that count."""
        if isinstance(facts, Cases) and self == Only():
            return facts
        return Cases(
            one
            for one in facts
            if (self.brand is None or one.brand == self.brand)
            and (self.channel is None or one.channel == self.channel)
            and (self.category is None or one.category == self.category)
            and (self.product is None or one.product == self.product)
        )


def opened_in(facts: Iterable[CaseFacts], period: Period) -> list[CaseFacts]:
    """The cases that were opened in it."""
    start, end = period.moments()

    def look() -> list[CaseFacts]:
        return [one for one in facts if start <= one.opened_at < end]

    return facts.once("opened", period, look) if isinstance(facts, Cases) else look()


def closed_in(facts: Iterable[CaseFacts], period: Period) -> list[CaseFacts]:
    """The cases that were closed in it for the first time."""
    start, end = period.moments()

    def look() -> list[CaseFacts]:
        return [
            one for one in facts if one.first_closed_at is not None and start <= one.first_closed_at < end
        ]

    return facts.once("closed", period, look) if isinstance(facts, Cases) else look()


def ratio(
    name: str, part: float, whole: int, unit: Unit = Unit.SHARE, *, of: tuple[str, ...] = (), scale: float = 1
) -> Figure:
    """A part over its whole, in its unit; None over nothing."""
    return Figure(name=name, of=of, exact=part * scale / whole if whole else None, n=whole, unit=unit)


def count(name: str, number: float, *, of: tuple[str, ...] = (), n: int | None = None) -> Figure:
    """A plain number."""
    return Figure(name=name, of=of, exact=number, n=int(number) if n is None else n, unit=Unit.COUNT)


def mean(name: str, values: Sequence[float], *, of: tuple[str, ...] = ()) -> Figure:
    """The mean of what was answered."""
    return ratio(name, sum(values), len(values), Unit.MEAN, of=of)


def spans(name: str, lengths: Iterable[timedelta | None]) -> tuple[Figure, Figure]:
    """Median and P90 of the lengths that are known, in seconds."""
    known = sorted([one / A_SECOND for one in lengths if one is not None])
    half, late = median(known), percentile(known, LATE_SHARE)
    return (
        Figure(name=f"{name}_median", exact=half, n=len(known), unit=Unit.SECONDS),
        Figure(name=f"{name}_p90", exact=late, n=len(known), unit=Unit.SECONDS),
    )


def median(ordered: Sequence[float]) -> float | None:
    """The middle one of ordered values; of an even number the mean of both in the middle."""
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def percentile(ordered: Sequence[float], percent: int) -> float | None:
    """The smallest of ordered values that so many in a hundred do not exceed (nearest rank)."""
    return ordered[-(-percent * len(ordered) // PERCENT) - 1] if ordered else None
