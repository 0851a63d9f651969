"""One flat row per case, from which all figures are made; nothing in it identifies the complainant."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.complaint.axes import Level, PromiseStatus, Severity, Status, Verdict
from bot.complaint.ids import CaseNo, UserId
from bot.complaint.reading import Category, RemedyKind


class Milestone(StrEnum):
    """What a case has deadlines for."""

    FIRST_HUMAN = "first_human"
    UPDATE = "update"
    DECISION = "decision"
    FULFIL = "fulfil"
    CALL_BACK = "call_back"


class Duty(StrEnum):
    """The seven steps of handling a complaint (S18 to S24), in order."""

    RECORDED = "recorded"
    THANKED = "thanked"
    SORRY = "sorry"
    CAUSES = "causes"
    WISH = "wish"
    PLAN = "plan"
    PARTED = "parted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A milestone: by when, and when it was met."""

    what: Milestone
    due_at: datetime
    met_at: datetime | None = None

    @property
    def met(self) -> bool:
        """Whether it was met in time."""
        return self.met_at is not None and self.met_at <= self.due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A promise: its due time and outcome."""

    due_at: datetime
    status: PromiseStatus
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A hand-over to people. `answered_at` is a person's first message after it."""

    at: datetime
    answered_at: datetime | None = None
    worked: timedelta | None = None
    """The working time between both."""
    repeated: bool = False
    """The complainant had to say something again afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """An invitation to say what they thought of it, and the answers."""

    asked_at: datetime
    handling: int | None = None
    outcome: int | None = None
    again: bool | None = None
    """Whether they would buy again."""
    recommend: int | None = None
    """0 to 10."""
    ease: int | None = None
    """1 to 7."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A remedy that was carried out, and what it cost in cents."""

    kind: RemedyKind
    level: Level
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """One case as figures see it. Moments are in UTC; an empty string means unknown."""

    no: CaseNo
    opened_at: datetime
    status: Status = Status.RECEIVED
    brand: str = ""
    channel: str = ""
    category: Category = Category.NONE
    product: str = ""
    batch: str = ""
    issue: str = ""
    cause: str = ""
    severity: Severity = Severity.SEV4
    customer: str = ""
    """A token that is the same for all cases of one complainant."""
    agent: UserId | None = None
    """The colleague who had it last."""
    units: int = 1
    """Defective pieces; a case counts one where nobody said how many."""
    bot_reply: timedelta | None = None
    human_reply: timedelta | None = None
    """On the working clock."""
    transfers: tuple[Transfer, ...] = ()
    told_at: datetime | None = None
    """When a verdict was given or an offer agreed to."""
    fulfilled_at: datetime | None = None
    awaited: timedelta | None = None
    """How long it stood still for the complainant, until all was carried out; None where it is not known."""
    awaited_told: timedelta | None = None
    """The same, until it was told."""
    sessions: int = 1
    """Talks with more than four hours between them, up to the settlement."""
    accepted: bool = False
    first_closed_at: datetime | None = None
    closed_at: datetime | None = None
    reopened_at: datetime | None = None
    """The first reopening."""
    reopened: int = 0
    milestones: tuple[Due, ...] = ()
    promises: tuple[Pledge, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    verdict: Verdict | None = None
    decided_at: datetime | None = None
    deadlock: bool = False
    external: bool = False
    overturned: bool | None = None
    """Whether somebody outside changed our decision; None where it is not known."""
    price: int | None = None
    """The price paid, in cents."""
    given: tuple[Given, ...] = ()
    threatened: bool = False
    """It named the press, the law, an authority or followers."""
    turns: int = 0
    """How often the complainant took the word."""
    unanswered: int = 0
    questions: int = 0
    """How often the bot asked something."""
    asked_again: int = 0
    lint_hits: int | None = None
    """Sentences that the tone check found; None where nobody kept count."""
    danger_missed: bool = False
    """A person made it SEV1 where the machine had read less."""
    duties: frozenset[Duty] = frozenset()
    """The steps that were done."""
    judged: frozenset[Duty] = frozenset()
    """The steps of which the record can tell whether they were done."""

    @property
    def upheld(self) -> bool:
        """Found right, in whole or in part."""
        return self.verdict in (Verdict.UPHELD, Verdict.PARTLY)

    @property
    def cost(self) -> int:
        """All that its remedies cost, in cents."""
        return sum([one.cents for one in self.given]) if self.given else 0

    @property
    def solved_at(self) -> datetime | None:
        """When it was resolved for the complainant: carried out, or else told; None if it was not."""
        return (self.fulfilled_at or self.told_at or self.first_closed_at) if self.accepted else None
