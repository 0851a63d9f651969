"""Incidents: many complaints with one cause, announced, decided on and answered together (S71, R18)."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NewType, Self

from msgspec import Struct
from msgspec.structs import replace

from bot.complaint.axes import Level, Severity
from bot.complaint.deskwork import Vote
from bot.complaint.ids import CaseNo, Cents, UserId
from bot.complaint.reading import Category

IncidentNo = NewType("IncidentNo", int)
"""1, 2, 3 …: only the desk ever sees it."""

NOBODY = UserId(0)
FIRST = IncidentNo(1)
LATEST_SHOWN = 6
"""How many of its newest cases an incident lists itself."""


class Alarm(StrEnum):
    """The rule by which an incident was found, or that a person made it."""

    BATCH_DAY = "batch_day"
    BATCH_WEEK = "batch_week"
    HARMED = "harmed"
    STORE_DAY = "store_day"
    STORE_WEEK = "store_week"
    ALIKE_DAY = "alike_day"
    ALIKE_WEEK = "alike_week"
    TOLD = "told"
    """One complainant tells of many (E15)."""
    PPM = "ppm"
    BY_HAND = "by_hand"


class IncidentState(StrEnum):
    """The state of an incident."""

    PROPOSED = "proposed"
    LATER = "later"
    """Put off: somebody will look at it again."""
    DISMISSED = "dismissed"
    """It is no incident; for a while the same matter is not proposed again."""
    DECLARED = "declared"
    CLOSED = "closed"


LIVE = frozenset({IncidentState.PROPOSED, IncidentState.LATER, IncidentState.DECLARED})
"""States in which further cases are added."""


class Matter(Struct, frozen=True, kw_only=True):
    """What an incident is about; an empty field does not narrow it."""

    product: str = ""
    batch: str = ""
    store: str = ""
    category: Category = Category.NONE
    brand: str = ""
    """Whose it is: the name of a brand with an account of its own; empty is the brand of the common file."""


class Sighting(Struct, frozen=True, kw_only=True):
    """The comparable features of a case. It names nobody and quotes nothing."""

    case_no: CaseNo
    at: datetime
    product: str = ""
    batch: str = ""
    store: str = ""
    category: Category = Category.NONE
    harmed: bool = False
    many: bool = False
    """The complainant tells of many others."""
    words: tuple[int, ...] = ()
    """A sketch of what was told, by which likeness is reckoned."""
    brand: str = ""
    """As `Matter.brand`."""
    customer: UserId = NOBODY
    """Whose case it is, as the case itself has it: several of one complainant count once."""
    incident: IncidentNo | None = None
    """The incident that it is a part of."""


class News(Struct, frozen=True, kw_only=True):
    """One update to everybody concerned. Its id is `u1`, `u2` and so on."""

    id: str
    text: str
    by: UserId
    name: str
    at: datetime
    state: str = "draft"
    """`draft`, `sent` or `dropped`."""
    sent_at: datetime | None = None
    to: int = 0
    """How many it was written to."""
    left_out: tuple[tuple[str, int], ...] = ()
    """How many were not written to, by why."""


class Decision(Struct, frozen=True, kw_only=True):
    """One remedy for all cases, decided once (`d1`, `d2` …). Each case's offer carries its id."""

    id: str
    words: str
    """The remedy as it was written."""
    reason: str
    by: UserId
    name: str
    level: Level
    at: datetime
    worth: Cents
    """All of it together, at most."""
    needs: Level
    people: int = 0
    """How many others must agree."""
    legal: bool = False
    votes: tuple[Vote, ...] = ()
    state: str = "open"
    """`open`, `decided`, `sent` or `refused`."""
    to: int = 0


class Crossed(Struct, frozen=True, kw_only=True):
    """A product or batch with more complaints in a million shipped than its limit (S68)."""

    product: str
    """Its key."""
    batch: str = ""
    ppm: float
    limit: float
    units: int
    """How many were shipped in these days."""
    days: int
    count: int
    """How many cases there are."""
    cases: tuple[CaseNo, ...] = ()
    """The newest of them; none once it stands on an incident, which has them."""
    said: tuple[tuple[str, int], ...] = ()
    """What people said most, and how often."""
    at: datetime | None = None
    """When the desk was told."""
    brand: str = ""
    """As `Matter.brand`."""

    @property
    def place(self) -> tuple[str, str, str]:
        """What it is about."""
        return self.product, self.batch, self.brand


class Incident(Struct, frozen=True, kw_only=True):
    """Many cases with one cause. Frozen: `evolve` gives the next version."""

    no: IncidentNo
    matter: Matter
    alarm: Alarm
    opened_at: datetime
    state: IncidentState = IncidentState.PROPOSED
    severity: Severity = Severity.SEV2
    title: str = ""
    """What people call it; empty: its matter says it."""
    sketches: tuple[tuple[int, ...], ...] = ()
    """What was told in its first cases: others join by their likeness."""
    count: int = 0
    """How many cases are linked to it."""
    harmed: int = 0
    """In how many of them somebody was hurt or ill."""
    newest: tuple[CaseNo, ...] = ()
    """The newest of them, the last one first."""
    changed_at: datetime | None = None
    """When somebody last decided about it."""
    by: str = ""
    """Who declared or dismissed it."""
    declared_at: datetime | None = None
    again_at: datetime | None = None
    """When somebody who said "later" is asked again."""
    food: bool = False
    """The product is food: the recall clocks of food run."""
    updates: tuple[News, ...] = ()
    decisions: tuple[Decision, ...] = ()
    crossed: tuple[Crossed, ...] = ()
    """The limits that were crossed by it, in the order in which the desk was told."""
    unanswered: tuple[CaseNo, ...] = ()
    """Its cases without a topic in which something came due; they stand on one line in General."""
    shown: int = 0
    """How many cases its card told of when it was last edited because of them."""
    shown_unanswered: int = 0
    """How many its line told of."""
    card_due: datetime | None = None
    """When card and line are edited for what has come since."""
    cause: str = ""
    done: str = ""
    closed_at: datetime | None = None
    version: int = 0
    """The number of writes; a write based on an older version is refused."""

    def evolve(self, **changes: Any) -> Self:  # noqa: ANN401 - the fields carry the types
        """The same incident with some fields changed."""
        return replace(self, **changes)

    @property
    def live(self) -> bool:
        """Whether further cases are added to it."""
        return self.state in LIVE

    def joined(self, case: CaseNo, *, harmed: bool) -> Self:
        """The incident with one case more."""
        newest = (case, *(one for one in self.newest if one != case))[:LATEST_SHOWN]
        return self.evolve(count=self.count + 1, harmed=self.harmed + harmed, newest=newest)

    def update(self, name: str) -> News | None:
        """The update of this name."""
        return next((one for one in self.updates if one.id == name), None)

    def decision(self, name: str) -> Decision | None:
        """The decision of this name."""
        return next((one for one in self.decisions if one.id == name), None)


class Linked(Struct, frozen=True, kw_only=True):
    """A case is added to an incident, or (`on` False) removed from it."""

    incident: IncidentNo
    case_no: CaseNo
    at: datetime
    on: bool = True
