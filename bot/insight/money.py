"""What remedies cost, and whether threats get more (S9)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean, pstdev
from typing import Final

from bot.insight.facts import CaseFacts
from bot.insight.frame import Figure, Period, Unit, closed_in, ratio

WITH: Final = "with_threat"
WITHOUT: Final = "without_threat"

Facts = Sequence[CaseFacts]
Cell = tuple[str, int]


def remedies(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """What the remedies of cases closed in the period cost: in all, a case, of the price, by level and by kind.

    The ratio to the price is of cases whose price is known; their costs alone stand above it.
    """
    closed = closed_in(facts, period)
    total = sum(one.cost for one in closed)
    priced = [(one.cost, one.price) for one in closed if one.price]
    paid = sum(price for _, price in priced)
    share = sum(cost for cost, _ in priced) / paid if paid else None
    return (
        Figure(name="remedy_cost", exact=total, n=len(closed), unit=Unit.CENTS),
        ratio("remedy_cost_per_case", total, len(closed), Unit.CENTS_PER_CASE),
        Figure(name="remedy_cost_of_price", exact=share, n=len(priced), unit=Unit.SHARE),
        *_split("level", closed),
        *_split("kind", closed),
    )


def _split(by: str, closed: Facts) -> Iterator[Figure]:
    sums: dict[str, list[int]] = defaultdict(list)
    for case in closed:
        for one in case.given:
            sums[one.level.value if by == "level" else one.kind.value].append(one.cents)
    for name, cents in sorted(sums.items()):
        yield Figure(name=f"remedy_cost_by_{by}", of=(name,), exact=sum(cents), n=len(cents), unit=Unit.CENTS)


def consistency(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """Remedy as a share of the price, with and without a threat, in like cases (S9).

    For each pair of cells that has cases on both sides: the mean and the spread (standard deviation) of both.
    The difference of means, each pair weighted by its threatened cases, must be about nothing.
    """
    cells: dict[Cell, dict[str, list[float]]] = defaultdict(lambda: {WITH: [], WITHOUT: []})
    for one in closed_in(facts, period):
        if one.price and (one.accepted or one.verdict is not None):
            side = WITH if one.threatened else WITHOUT
            cells[one.category.value, int(one.severity)][side].append(one.cost / one.price)
    both = {cell: sides for cell, sides in sorted(cells.items()) if sides[WITH] and sides[WITHOUT]}
    parts = (figure for cell, sides in both.items() for figure in _cell(cell, sides))
    return (_difference(list(both.values())), *parts)


def _cell(cell: Cell, sides: Mapping[str, Sequence[float]]) -> Iterator[Figure]:
    for side, shares in sides.items():
        of = (cell[0], f"sev{cell[1]}", side)
        yield Figure(name="remedy_share", of=of, exact=fmean(shares), n=len(shares), unit=Unit.SHARE)
        yield Figure(name="remedy_spread", of=of, exact=pstdev(shares), n=len(shares), unit=Unit.SHARE)


def _difference(both: Sequence[Mapping[str, Sequence[float]]]) -> Figure:
    threatened = sum(len(sides[WITH]) for sides in both)
    more = sum(len(sides[WITH]) * (fmean(sides[WITH]) - fmean(sides[WITHOUT])) for sides in both)
    # n is the smaller side: one calm case beside a hundred threats says nothing
    calm = sum(len(sides[WITHOUT]) for sides in both)
    exact = more / threatened if threatened else None
    return Figure(name="threat_difference", exact=exact, n=min(threatened, calm), unit=Unit.SHARE)
