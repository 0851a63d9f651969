"""Which cases belong to one incident: the trade's rules for batch, store and product (S71, R18).

Of one batch with one kind of trouble: 3 in 24 hours, or 5 in 7 days; any two on one batch that hurt somebody.
Where no batch is known: of one store, or of one product in much the same words, more of them. Cases of one
complainant count once.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Self

from msgspec import Struct

from bot.complaint.axes import Severity, Status
from bot.complaint.case import Case
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, bare_code
from bot.complaint.incidents import Alarm, Incident, IncidentState, Matter, Sighting
from bot.complaint.reading import Category, Family
from bot.policy.likeness import likeness, sketch

DAY: Final = timedelta(hours=24)
WEEK: Final = timedelta(days=7)
LONG: Final = timedelta(days=365)
"""How far back somebody hurt by the same batch counts."""
KEPT_SKETCHES: Final = 5
_NOT_TROUBLE: Final = frozenset({Category.NONE, Category.SUGGESTION, Category.ACCOUNT})
_GONE: Final = frozenset({Status.MERGED, Status.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRules:
    """How many cases make an incident; a brand may have its own numbers."""

    batch_day: int = 3
    batch_week: int = 5
    harmed: int = 2
    alike_day: int = 5
    """Where no batch is known: cases of one store, or in much the same words about one product."""
    alike_week: int = 8
    likeness: float = 0.2
    """From which share of common pairs of characters tellings count as alike."""
    quiet_days: int = 7
    """How long a matter that was found to be no incident is not proposed again."""
    later_minutes: int = 120
    """After how long whoever said "later" is asked again."""

    def __post_init__(self) -> None:
        """One case alone is no cluster."""
        if min(self.batch_day, self.batch_week, self.harmed, self.alike_day, self.alike_week) < 2:  # noqa: PLR2004
            raise ValueError("incidents: write at least 2 cases for each rule")
        if not 0 < self.likeness <= 1:
            raise ValueError("incidents: write a likeness above 0, at most 1")

    def doubled(self) -> Self:
        """After a dismissal, twice as many new cases are needed for a new proposal."""
        return replace(
            self,
            batch_day=self.batch_day * 2,
            batch_week=self.batch_week * 2,
            alike_day=self.alike_day * 2,
            alike_week=self.alike_week * 2,
        )


USUAL: Final = ClusterRules()
"""The trade's own numbers."""


class Cluster(Struct, frozen=True, kw_only=True):
    """Cases of one incident, the rule that joined them, and the severity."""

    alarm: Alarm
    matter: Matter
    severity: Severity
    cases: tuple[Sighting, ...] = field(default_factory=tuple)
    """The oldest first."""


def common_ground(case: Case) -> tuple[object, ...]:
    """What a comparison depends on; while it stays the same, no new one is needed."""
    facts = case.facts
    return (
        facts.product,
        facts.batch_no,
        facts.store,
        facts.order,
        case.category,
        facts.harmed,
        _many(case),
    )


def comparable(case: Case) -> bool:
    """Whether this case has anything that others could share."""
    facts = case.facts
    known = facts.product or facts.batch_no or facts.store or facts.order is not None or _many(case)
    return bool(known) and case.category not in _NOT_TROUBLE


def _many(case: Case) -> bool:
    return bool(case.flags) and Family.MASS in case.families()


def sighting_of(
    case: Case, key_of: Callable[[str], str] = lambda name: name, brand: str = ""
) -> Sighting | None:
    """What the case may have in common with others; None if it is no complaint, or nothing is known yet.

    `key_of` gives a product the one name that all its names stand for; `brand` is whose case it is.
    """
    facts, order = case.facts, case.facts.order
    named = facts.product or (order.product if order else "") or ""
    product = folded(key_of(named)) if named else ""
    batch = bare_code(facts.batch_no or "")
    store = folded(facts.store or (order.store if order else "") or "")
    gone = case.status in _GONE or case.retired_at is not None
    if not comparable(case) or gone:
        return None
    return Sighting(
        case_no=case.no,
        at=case.opened_at,
        product=product,
        batch=batch,
        store=store,
        category=case.category,
        harmed=bool(facts.harmed),
        many=_many(case),
        words=sketch((*facts.issue, *case.story)),
        customer=case.customer.id,
        brand=brand,
    )


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def cluster(mine: Sighting, others: Iterable[Sighting], rules: ClusterRules, now: datetime) -> Cluster | None:
    """The gravest cluster that this case is now part of; None if there is none.

    Cases that are a part of an incident already count for no other, and those of another brand never.
    """
    near = tuple(
        one
        for one in others
        if one.case_no != mine.case_no and one.incident is None and one.brand == mine.brand
    )
    found = (
        _harmed(mine, near, rules, now)
        or _of_batch(mine, near, rules, now)
        or _told(mine)
        or _of_store(mine, near, rules, now)
        or _alike(mine, near, rules, now)
    )
    return found and replace(found, matter=replace(found.matter, brand=mine.brand))


def may_be_grave(mine: Sighting) -> bool:
    """Whether any rule could find danger with this case."""
    return bool(mine.batch) or mine.many


def over_limit(product: str, batch: str, cases: Iterable[Sighting], brand: str = "") -> Cluster:
    """A product or batch above its limit of complaints in a million shipped is an incident by that alone (S68)."""
    found = tuple(sorted(cases, key=lambda one: (one.at, one.case_no)))
    hurt = sum(one.harmed for one in found) > 1
    return Cluster(
        alarm=Alarm.PPM,
        matter=Matter(product=folded(product), batch=bare_code(batch), brand=brand),
        severity=Severity.SEV1 if hurt else Severity.SEV2,
        cases=found,
    )


def _harmed(mine: Sighting, others: Sequence[Sighting], rules: ClusterRules, now: datetime) -> Cluster | None:
    if not (mine.batch and mine.harmed):
        return None
    found = _people(mine, (one for one in others if one.harmed and same_batch(one, mine)), now - LONG)
    if len(found) < rules.harmed:
        return None
    matter = Matter(product=mine.product, batch=mine.batch)
    return Cluster(alarm=Alarm.HARMED, matter=matter, severity=Severity.SEV1, cases=found)


def _of_batch(
    mine: Sighting, others: Sequence[Sighting], rules: ClusterRules, now: datetime
) -> Cluster | None:
    if not mine.batch:
        return None
    same = [one for one in others if same_batch(one, mine) and one.category is mine.category]
    matter = Matter(product=mine.product, batch=mine.batch, category=mine.category)
    day, week = _people(mine, same, now - DAY), _people(mine, same, now - WEEK)
    if len(day) >= rules.batch_day:
        return Cluster(alarm=Alarm.BATCH_DAY, matter=matter, severity=Severity.SEV1, cases=week)
    if len(week) >= rules.batch_week:
        return Cluster(alarm=Alarm.BATCH_WEEK, matter=matter, severity=Severity.SEV2, cases=week)
    return None


def _told(mine: Sighting) -> Cluster | None:
    """E15: one complainant speaks for many; that makes an incident without waiting for the others."""
    if not mine.many:
        return None
    matter = Matter(product=mine.product, batch=mine.batch, store=mine.store, category=mine.category)
    ill = mine.harmed or mine.category is Category.FOOD_SAFETY
    severity = Severity.SEV1 if ill else Severity.SEV2
    return Cluster(alarm=Alarm.TOLD, matter=matter, severity=severity, cases=(mine,))


def _of_store(
    mine: Sighting, others: Sequence[Sighting], rules: ClusterRules, now: datetime
) -> Cluster | None:
    if not mine.store:
        return None
    same = [one for one in others if one.store == mine.store and one.category is mine.category]
    matter = Matter(store=mine.store, category=mine.category)
    return _enough(mine, same, matter, (Alarm.STORE_DAY, Alarm.STORE_WEEK), rules, now)


def _alike(mine: Sighting, others: Sequence[Sighting], rules: ClusterRules, now: datetime) -> Cluster | None:
    if not (mine.product and mine.words):
        return None
    same = [
        one
        for one in others
        if one.product == mine.product
        and one.category is mine.category
        and likeness(one.words, mine.words) >= rules.likeness
    ]
    matter = Matter(product=mine.product, category=mine.category)
    return _enough(mine, same, matter, (Alarm.ALIKE_DAY, Alarm.ALIKE_WEEK), rules, now)


def _enough(
    mine: Sighting,
    same: Sequence[Sighting],
    matter: Matter,
    alarms: tuple[Alarm, Alarm],
    rules: ClusterRules,
    now: datetime,
) -> Cluster | None:
    day, week = _people(mine, same, now - DAY), _people(mine, same, now - WEEK)
    for alarm, enough in zip(
        alarms, (len(day) >= rules.alike_day, len(week) >= rules.alike_week), strict=True
    ):
        if enough:
            return Cluster(alarm=alarm, matter=matter, severity=Severity.SEV2, cases=week)
    return None


def _people(mine: Sighting, others: Iterable[Sighting], since: datetime) -> tuple[Sighting, ...]:
    """The sightings that are new enough, one per complainant, the oldest first."""
    known: dict[object, Sighting] = {mine.customer or mine.case_no: mine}
    for one in others:
        if one.at > since:
            known.setdefault(one.customer or one.case_no, one)
    return tuple(sorted(known.values(), key=lambda one: (one.at, one.case_no)))


def same_batch(one: Sighting | Matter, other: Sighting) -> bool:
    """Whether both are of one batch: a number that is a date may stand on two products."""
    products = {one.product, other.product} - {""}
    return bool(one.batch) and one.batch == other.batch and len(products) <= 1


def belongs(mine: Sighting, incident: Incident, rules: ClusterRules) -> bool:
    """Whether a case belongs to this incident: by batch, else store, else similarity."""
    matter = incident.matter
    if matter.brand != mine.brand:
        return False
    if matter.category is not Category.NONE and matter.category is not mine.category:
        return False
    if matter.batch:
        return same_batch(matter, mine)
    if matter.store:
        return matter.store == mine.store and matter.product in ("", mine.product)
    if not matter.product or matter.product != mine.product:
        return False
    return any(likeness(one, mine.words) >= rules.likeness for one in incident.sketches)


def home_of(
    mine: Sighting, incidents: Iterable[Incident], rules: ClusterRules, now: datetime
) -> Incident | None:
    """The incident that a case joins: a live one, or one dismissed a short while ago."""
    quiet = now - timedelta(days=rules.quiet_days)
    for one in sorted(incidents, key=lambda each: (not each.live, each.no)):
        lately = one.state is IncidentState.DISMISSED and (one.changed_at or one.opened_at) > quiet
        if (one.live or lately) and belongs(mine, one, rules):
            return one
    return None


def numbers(cases: Iterable[Sighting]) -> tuple[CaseNo, ...]:
    """Their numbers, the newest first."""
    return tuple(one.case_no for one in sorted(cases, key=lambda one: one.at, reverse=True))
