"""Pareto tables of causes, and estimates of what is never complained about."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from operator import attrgetter
from typing import Final, NamedTuple

from bot.complaint.reading import Category
from bot.insight.cohorts import GOOD, invited
from bot.insight.facts import CaseFacts
from bot.insight.frame import Figure, Period, Unit, opened_in

VITAL: Final = Fraction(4, 5)
"""The vital few are the smallest set with this share of the total."""
SPEAKS_UP: Final = 0.05
"""The share of discontented customers who complain (S101)."""
CONTENT_TELLS: Final = (2, 5)
"""People to whom somebody content tells it, at least and at most."""
ANGRY_TELLS: Final = 25
BAD: Final = 2
"""Up to this score of 5 somebody is not content."""
UNNAMED: Final = ("", Category.NONE.value)

Facts = Sequence[CaseFacts]


class By(StrEnum):
    """What the bars of a Pareto table stand for."""

    CAUSE = "cause"
    CATEGORY = "category"
    ISSUE = "issue"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row of a Pareto."""

    name: str
    cases: int
    cents: int
    cumulative: float
    """The share that this row and all before it make up, by what it is sorted by."""
    vital: bool


def pareto(facts: Facts, period: Period, by: By = By.CAUSE, *, cost: bool = False) -> tuple[Bar, ...]:
    """Cases opened in the period by cause (or else), the most frequent, or costliest, first.

    Cases without a name there are left out. Of equals the name decides.
    """
    return _sorted(_sums(opened_in(facts, period), by), cost=cost)


def paretos(facts: Facts, period: Period) -> dict[tuple[By, str], tuple[Bar, ...]]:
    """All Pareto tables, by sort key and by `count` or `cost`."""
    opened = opened_in(facts, period)
    found = {}
    for by in By:
        rows = _sums(opened, by)
        for weight in ("count", "cost"):
            found[by, weight] = _sorted(rows, cost=weight == "cost")
    return found


def _sums(opened: Facts, by: By) -> "list[_Row]":
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    name_of = attrgetter(by.value)
    for one in opened:
        row = sums[name_of(one)]
        row[0] += 1
        if one.given:
            row[1] += one.cost
    return [_Row(str(name), cases, cents) for name, (cases, cents) in sums.items() if name not in UNNAMED]


def _sorted(rows: "list[_Row]", *, cost: bool) -> tuple[Bar, ...]:
    return tuple(_bars(sorted(rows, key=lambda row: (-row.weight(cost=cost), row.name)), cost=cost))


class _Row(NamedTuple):
    name: str
    cases: int
    cents: int

    def weight(self, *, cost: bool) -> int:
        return self.cents if cost else self.cases


def _bars(rows: Sequence[_Row], *, cost: bool) -> Iterator[Bar]:
    total = sum(row.weight(cost=cost) for row in rows)
    run = 0
    for row in rows:
        # it is of the vital few while those before it do not make up the share by themselves
        vital = run < VITAL * total
        run += row.weight(cost=cost)
        share = run / total if total else 0.0
        yield Bar(name=row.name, cases=row.cases, cents=row.cents, cumulative=share, vital=vital)


def iceberg(facts: Facts, period: Period) -> Figure:
    """An estimate of all who were not content, if one in twenty complains."""
    n = len(opened_in(facts, period))
    return Figure(name="iceberg", exact=n / SPEAKS_UP, n=n, unit=Unit.COUNT, estimate=True)


def word_of_mouth(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """Estimates of how many people hear of it, by the outcome scores of the period."""
    scores = [said.outcome for _, said in invited(facts, period) if said.outcome is not None]
    content, angry = sum(one >= GOOD for one in scores), sum(one <= BAD for one in scores)
    rows = (
        ("word_of_mouth_good_least", content * CONTENT_TELLS[0], content),
        ("word_of_mouth_good_most", content * CONTENT_TELLS[1], content),
        ("word_of_mouth_bad", angry * ANGRY_TELLS, angry),
    )
    return tuple(
        Figure(name=name, exact=people, n=n, unit=Unit.COUNT, estimate=True) for name, people, n in rows
    )
