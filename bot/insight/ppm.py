"""Complaints in a million units shipped, and in ten thousand active users (S67, S68, S79)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product as pairs_of
from typing import Final

from bot.complaint.ids import CaseNo
from bot.insight.facts import CaseFacts
from bot.insight.frame import Figure, Period, Unit, opened_in, ratio
from bot.insight.volumes import Active, Shipment

MILLION: Final = 1_000_000
TEN_THOUSAND: Final = 10_000

Facts = Sequence[CaseFacts]
Place = tuple[str, ...]
"""A product, or a product and one of its batches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A corrective action: what it removes, and the first day it is in force."""

    product: str
    cause: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A product or batch above its limit, with its cases."""

    ppm: Figure
    limit: float
    cases: tuple[CaseNo, ...]


def ppm(facts: Facts, shipped: Sequence[Shipment], period: Period, *, upheld: bool) -> tuple[Figure, ...]:
    """Defective units by a million shipped: of all, by product, and by batch.

    Units are those of cases opened in the period (`ppm_upheld`: found right; `ppm_all`: all), against what was
    shipped in it. A complaint of a product that no shipment names counts against none: without an answer.
    """
    name = "ppm_upheld" if upheld else "ppm_all"
    defects: dict[Place, int] = defaultdict(int)
    for one in opened_in(facts, period):
        if one.upheld or not upheld:
            for place in _places(one.product, one.batch):
                defects[place] += one.units
    units = _units(shipped, period)
    every = ratio(name, defects[()], units[()], Unit.PER_MILLION, scale=MILLION)
    places = sorted((defects.keys() | units.keys()) - {()})
    parts = (
        ratio(name, defects[place], units[place], Unit.PER_MILLION, of=place, scale=MILLION)
        for place in places
    )
    return (every, *parts)


def _units(shipped: Sequence[Shipment], period: Period) -> dict[Place, int]:
    units: dict[Place, int] = defaultdict(int)
    for one in shipped:
        if period.has_day(one.day):
            for place in _places(one.product, one.batch):
                units[place] += one.units
    return units


def _places(product: str, batch: str) -> Iterator[Place]:
    if not product:
        return
    yield ()
    yield (product,)
    if batch:
        yield (product, batch)


def crossings(
    facts: Facts, figures: Sequence[Figure], limits: Mapping[str, float], period: Period
) -> list[Crossing]:
    """The PPM figures above the limit of their product, with their cases in the order they came in (S68).

    A count of so few units that the figure is hidden crosses nothing.
    """
    above = [(one, limits[one.of[0]]) for one in figures if one.of and _is_above(one, limits)]
    cases: dict[tuple[str, Place], list[CaseNo]] = {(one.name, one.of): [] for one, _ in above}
    # rows come in the order of their last news
    opened = sorted(opened_in(facts, period), key=lambda one: (one.opened_at, one.no)) if above else ()
    for one in opened:
        names = ("ppm_all", "ppm_upheld") if one.upheld else ("ppm_all",)
        for key in pairs_of(names, _places(one.product, one.batch)):
            if key in cases:
                cases[key].append(one.no)
    return [Crossing(ppm=one, limit=limit, cases=tuple(cases[one.name, one.of])) for one, limit in above]


def _is_above(figure: Figure, limits: Mapping[str, float]) -> bool:
    limit = limits.get(figure.of[0])
    return limit is not None and figure.value is not None and figure.value > limit


def complainants(facts: Facts, active: Sequence[Active], period: Period) -> tuple[Figure, ...]:
    """万投比: distinct complainants of the period by ten thousand active users, and its cases by a million.

    Active users are the mean of the counts that lie in the period. A case of nobody known counts as a case
    and as no complainant.
    """
    opened = opened_in(facts, period)
    counts = [one.users for one in active if period.has_day(one.day)]
    users = sum(counts) / len(counts) if counts else 0.0
    people = len({one.customer for one in opened if one.customer})
    rows = (
        ("complainants_per_ten_thousand", people, Unit.PER_TEN_THOUSAND, TEN_THOUSAND),
        ("complaints_per_million", len(opened), Unit.PER_MILLION, MILLION),
    )
    return tuple(
        Figure(name=name, exact=part * scale / users if users else None, n=round(users), unit=unit)
        for name, part, unit, scale in rows
    )


def recurrence(
    facts: Facts, shipped: Sequence[Shipment], fixes: Sequence[Fix], period: Period
) -> tuple[Figure, ...]:
    """After each corrective action of the period: cases of its cause by a million shipped, before and after it.

    `recurrence_change` is after over before: 1 is no change, 0 is gone.
    """
    return tuple(figure for fix in fixes for figure in _recurrence(facts, shipped, fix, period))


def _recurrence(facts: Facts, shipped: Sequence[Shipment], fix: Fix, period: Period) -> Iterator[Figure]:
    if not period.first < fix.since < period.until:
        return
    of = (fix.product, fix.cause)
    hits = [one for one in facts if (one.product, one.cause) == of]
    sides = []
    for name, first, until in (
        ("recurrence_before", period.first, fix.since),
        ("recurrence_after", fix.since, period.until),
    ):
        part = Period(first=first, until=until, zone=period.zone)
        units = sum(one.units for one in shipped if one.product == fix.product and part.has_day(one.day))
        cases = len(opened_in(hits, part))
        sides.append(ratio(name, cases, units, Unit.PER_MILLION, of=of, scale=MILLION))
    before, after = sides
    yield from sides
    change = after.exact / before.exact if before.exact and after.exact is not None else None
    n = min(before.n, after.n)
    yield Figure(name="recurrence_change", of=of, exact=change, n=n, unit=Unit.TIMES)
