"""A report as sections of tables: keys and figures, no words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.insight.figures import Report
from bot.insight.frame import Figure
from bot.insight.overview import Span
from bot.insight.ppm import Crossing

Index = Mapping[tuple[str, tuple[str, ...]], Figure]
"""Figures by their name and what they are of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A key that has a word in each language, and its group."""

    group: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A figure beside that of the period before."""

    now: Figure
    before: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A share given as such."""

    share: float


Cell = Name | Figure | Change | Part | str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns; both named by keys."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the report."""

    key: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A whole report, beside that of the period before."""

    report: Report
    before: Report
    volume: tuple[Figure, ...] = ()
    volume_before: tuple[Figure, ...] = ()
    course: tuple[Span, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)
    """PPM above which a product alarms."""
    shipped: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    def figures(self) -> Index:
        """Every figure by its name and what it is of."""
        return indexed((*self.volume, *self.report.figures))

    def figures_before(self) -> Index:
        """Those of the period before."""
        return indexed((*self.volume_before, *self.before.figures))


def indexed(figures: Iterable[Figure]) -> Index:
    """Figures by their name and what they are of."""
    return {(one.name, one.of): one for one in figures}
