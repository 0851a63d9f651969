"""Limits of complaints in a million units shipped, and when crossing one is reported (S67, S68)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final

from bot.complaint.ids import CaseNo, bare_code
from bot.complaint.incidents import Crossed, Incident, IncidentNo
from bot.policy.clusters import folded
from bot.policy.digests import Digests
from bot.policy.hours import Hours

DOUBLED: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PpmLimits:
    """The limits of products, in complaints per million units shipped."""

    limit: float = 100.0
    products: Mapping[str, float] = field(default_factory=dict)
    """The limits of products that have their own, by product key."""
    days: int = 30
    """Days over which complaints and shipments are compared."""
    cases: int = 2
    """The fewest cases for which a limit is reported."""

    def __post_init__(self) -> None:
        """Refuse limits of zero or less, which would alarm every day."""
        if min((self.limit, *self.products.values())) <= 0:
            raise ValueError("ppm: write limits above 0")
        if self.days < 1 or self.cases < 1:
            raise ValueError("ppm: write at least 1 day and 1 case")

    def of(self, product: str) -> float:
        """The limit of this product, by its key."""
        return self.products.get(product, self.limit)


USUAL_LIMITS: Final = PpmLimits()
"""100 in a million, the trade's own limit (S68)."""


def looks_at(digests: Digests, hours: Hours) -> time:
    """The daily time of the check: that of the daily digest, or when the desk opens."""
    return digests.daily_at or hours.opens


def is_news(crossed: Crossed, incidents: Iterable[Incident], limits: PpmLimits, now: datetime) -> bool:
    """Whether the desk is told: the first time, once the figure has doubled, or when its period is over."""
    if crossed.count < limits.cases:
        return False
    before = [one for incident in incidents for one in incident.crossed if one.place == crossed.place]
    last = max(before, key=lambda one: one.at or now, default=None)
    if last is None or last.at is None:
        return True
    return crossed.ppm >= last.ppm * DOUBLED or now >= last.at + timedelta(days=last.days)


def free_of(crossed: Crossed, parts: Mapping[CaseNo, IncidentNo]) -> tuple[CaseNo, ...]:
    """Its cases that belong to no incident."""
    return tuple(one for one in crossed.cases if one not in parts)


def home_for(
    crossed: Crossed, live: Iterable[Incident], parts: Mapping[CaseNo, IncidentNo], limits: PpmLimits
) -> Incident | None:
    """The live incident under which it is reported; None if it needs one of its own.

    That is the one about the same batch or product. Else, where what is free of other incidents would be below
    the limit, the one that most of its cases are a part of.
    """
    known = {one.no: one for one in live}
    own = (one for one in known.values() if _same(one, crossed))
    found = next(own, None)
    if found is not None or stands_alone(crossed, parts, limits):
        return found
    counts: dict[IncidentNo, int] = {}
    for case in crossed.cases:
        if parts.get(case) in known:
            counts[parts[case]] = counts.get(parts[case], 0) + 1
    return known[max(counts, key=lambda no: counts[no])] if counts else None


def stands_alone(crossed: Crossed, parts: Mapping[CaseNo, IncidentNo], limits: PpmLimits) -> bool:
    """Whether the cases outside any incident are above the limit by themselves."""
    free = len(free_of(crossed, parts)) + crossed.count - len(crossed.cases)
    return free >= limits.cases and crossed.ppm * free / crossed.count > crossed.limit


def _same(incident: Incident, crossed: Crossed) -> bool:
    matter = incident.matter
    if matter.brand != crossed.brand:
        return False
    if crossed.batch:
        products = {matter.product, folded(crossed.product)} - {""}
        return matter.batch == bare_code(crossed.batch) and len(products) <= 1
    return not matter.batch and not matter.store and matter.product == folded(crossed.product)
