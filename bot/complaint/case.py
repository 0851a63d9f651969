"""The case: one complaint, from first word to close.

Four axes that never mix: `status` is the life of the complaint, `control` says who speaks, `severity` how bad
it is, `queue` with `flags` who must look at it.
"""

from datetime import datetime
from typing import Any, Self

from msgspec import Struct
from msgspec.structs import replace

from bot.complaint.axes import Control, Level, PromiseStatus, Queue, Severity, Status, Verdict
from bot.complaint.corrections import Correction, MachineReading
from bot.complaint.dealings import (
    Agreement,
    Ending,
    Escalation,
    Fulfilment,
    HandedOn,
    Offer,
    Part,
    Pause,
    Promise,
    Survey,
    Wish,
)
from bot.complaint.deskwork import (
    Approval,
    ApprovalState,
    Clock,
    Task,
    TaskState,
)
from bot.complaint.ids import CaseNo, Cents, ChatId, UserId
from bot.complaint.incidents import IncidentNo
from bot.complaint.lessons import Idea
from bot.complaint.reading import Category, Emotion, Family, Language
from bot.complaint.seen import Evidence, Flag, Leave, Restricted
from bot.complaint.visitors import Following, Inquiry

__all__ = [
    "Agreement",
    "Approval",
    "Case",
    "Control",
    "Correction",
    "Ending",
    "Escalation",
    "Evidence",
    "Facts",
    "Flag",
    "Fulfilment",
    "HandedOn",
    "Level",
    "MachineReading",
    "Offer",
    "Order",
    "Part",
    "Person",
    "Promise",
    "PromiseStatus",
    "Queue",
    "Severity",
    "Status",
    "Survey",
    "Task",
    "Verdict",
    "Wish",
]


class Person(Struct, frozen=True, kw_only=True):
    """Somebody on Telegram: complainant or agent."""

    id: UserId
    name: str
    username: str | None = None
    language_code: str | None = None


class Order(Struct, frozen=True, kw_only=True):
    """A verified order, as the brand's order book has it."""

    order_no: str
    product: str
    price: Cents
    bought_on: str = ""
    store: str = ""


class Facts(Struct, frozen=True, kw_only=True):
    """What is known about the matter; a known fact is never asked for again (S13)."""

    product: str | None = None
    issue: tuple[str, ...] = ()
    order_no: str | None = None
    order: Order | None = None
    store: str | None = None
    bought: str | None = None
    batch_no: str | None = None
    storage: str | None = None
    eaten: bool | None = None
    harmed: bool | None = None
    foreign_object: bool | None = None
    item_kept: bool | None = None
    phone: str | None = None
    best_time: str | None = None
    call_from: datetime | None = None
    call_until: datetime | None = None
    on_behalf_of: str | None = None
    """For whom somebody else writes, as `Reading.behalf` has it."""
    phone_own: bool | None = None
    """Telegram itself said that the number is theirs."""
    zone: str | None = None
    """Their time zone, if known and not the brand's own."""
    consent: str | None = None
    """In what words that person's consent was given; `guardian` where a child's guardian speaks."""
    consent_at: datetime | None = None
    minor: bool | None = None
    """They are under fourteen: a guardian is needed before anything personal is asked (R52)."""
    press: str | None = None
    """What somebody of the press wrote about themselves, verbatim."""
    inquiry: Inquiry | None = None
    following: Following | None = None
    logged_name: str | None = None
    """What a colleague wrote as their name, where they call themselves otherwise in their own chat."""
    contact: str | None = None
    """How to reach them where it is no phone: an address, a name on another platform."""


class Case(Struct, frozen=True, kw_only=True):
    """One complaint with everything that belongs to it. Frozen: `evolve` gives the next version."""

    no: CaseNo
    chat: ChatId
    customer: Person
    opened_at: datetime
    language: Language = Language.ZH
    channel: str = "telegram_private"
    door: int = 0
    """The account through which it came: 0 is the bot's own chat."""
    logged_by: Person | None = None
    """Who wrote it down, where it did not come through a chat (S120)."""
    guests: tuple[Person, ...] = ()
    """Who opened the link to a case that was logged, until somebody says whether it is theirs."""
    source_ref: str = ""
    """Its number where it came from: at 12315, on another platform."""
    status: Status = Status.RECEIVED
    control: Control = Control.BOT
    severity: Severity = Severity.SEV4
    severity_why: str = ""
    queue: Queue = Queue.GENERAL
    flags: tuple[Flag, ...] = ()
    category: Category = Category.NONE
    emotion: Emotion = Emotion.CALM
    emotions: tuple[tuple[datetime, Emotion], ...] = ()
    facts: Facts = Facts()
    steps: tuple[str, ...] | None = None
    """Which of the steps that only words show replies of ours did; None on cases from before it was kept."""
    story: tuple[str, ...] = ()
    """The complainant's points, verbatim and in order, for the card and the read-back."""
    evidence: tuple[Evidence, ...] = ()
    restricted: tuple[Restricted, ...] = ()
    """Messages that only a few may see (R52)."""
    leaves: tuple[Leave, ...] = ()
    """Separate consents for medical and bank data, as they were asked for and answered."""
    wishes: tuple[Wish, ...] = ()
    offers: tuple[Offer, ...] = ()
    agreement: Agreement | None = None
    promises: tuple[Promise, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    fulfilments: tuple[Fulfilment, ...] = ()
    surveys: tuple[Survey, ...] = ()
    approvals: tuple[Approval, ...] = ()
    tasks: tuple[Task, ...] = ()
    verdict: Verdict | None = None
    finding: str = ""
    prevention: str = ""
    cause: str = ""
    """The code of the root cause, out of the brand's list; an upheld case does not close without (S65)."""
    excused: str = ""
    """Why a case of danger may end without a finding; a supervisor's words (R7)."""
    decided_by: Person | None = None
    decided_at: datetime | None = None
    considered: str = ""
    """A finding against the complainant that waits for its second look (S81): both its halves, with `|` between."""
    holder: Person | None = None
    held_since: datetime | None = None
    handed_on: HandedOn | None = None
    about: tuple[UserId, ...] = ()
    """Colleagues whom the complaint is about: they may do nothing to it (R58)."""
    decided: bool = False
    """A person set queue or severity: only new facts change them automatically from then on (S54)."""
    watchers: tuple[Queue, ...] = ()
    rung: int = 0
    """How many of the three calls for an unclaimed case were made."""
    renames: int = 0
    """How often its topic was given another name."""
    held_before: UserId | None = None
    """Who had it when it was closed: reopened, it goes to somebody else (D18)."""
    waiting_since: datetime | None = None
    """Since when the complainant waits for the holder's answer; None while it is their turn to speak."""
    progress_at: datetime | None = None
    """When something last moved: words of a person, a decision, a remedy carried out."""
    clocks: tuple[Clock, ...] = ()
    at_desk: bool = False
    """Whether the case has a topic at the desk, or one is being opened."""
    desk: ChatId | None = None
    """The group where that topic is; None is the common desk."""
    pauses: tuple[Pause, ...] | None = None
    """When those clocks stood still for the complainant; None on cases from before it was kept."""
    card_mark: str = ""
    card_due: datetime | None = None
    """Fingerprint of the card as it was sent last, and when it is edited for what has changed since, if anything."""
    earlier: tuple[CaseNo, ...] = ()
    """The complainant's cases before this one, the newest first: its card tells what became of them."""
    merged_into: CaseNo | None = None
    merged: tuple[CaseNo, ...] = ()
    """Cases that turned out to be this one, with their histories."""
    incident: IncidentNo | None = None
    """The incident that it is a part of, once that is declared or grave."""
    machine: MachineReading | None = None
    """What the machine read by itself; None on cases from before it was kept."""
    corrections: tuple[Correction, ...] = ()
    """What people said of that reading, in the order of time; the last of a field holds."""
    evidence_hold: bool = False
    legal_hold: bool = False
    """Nothing of it is deleted or made anonymous while the law needs it; a supervisor's word."""
    erase_asked: datetime | None = None
    """When the complainant asked to have it deleted, and something held it."""
    retired_at: datetime | None = None
    """When it was made anonymous: figures are left, and nobody can be found by them."""
    follow_up_consent: bool = False
    follow_up_at: datetime | None = None
    """When that was said, or taken back, in this case (S40)."""
    adopted: str = ""
    """The outcome of their suggestion, in the desk's words (S100)."""
    adopted_at: datetime | None = None
    idea: Idea | None = None
    """Who looks at their suggestion, and its outcome; None if nobody has yet (S100)."""
    thanked_at: datetime | None = None
    """When they were told of that outcome."""
    reopened: int = 0
    closed_at: datetime | None = None
    endings: tuple[Ending, ...] = ()
    """Every close and what came after it; none on cases from before they were kept."""
    overturned: bool | None = None
    """Whether somebody outside changed our decision; None where nobody has told."""
    version: int = 0
    """The number of writes; a write based on an older version is refused."""

    def evolve(self, **changes: Any) -> Self:  # noqa: ANN401 - the fields carry the types
        """A copy with some fields changed."""
        return replace(self, **changes)

    @property
    def is_open(self) -> bool:
        """Whether the case is open."""
        return self.closed_at is None

    @property
    def is_private(self) -> bool:
        """Kept only because the law requires it: agents no longer see how to reach the complainant."""
        return self.erase_asked is not None and not self.is_open

    @property
    def open_escalation(self) -> Escalation | None:
        """The one hand-over that is not answered yet, if any."""
        return next((one for one in self.escalations if one.open), None)

    @property
    def open_promises(self) -> tuple[Promise, ...]:
        """Promises neither kept nor broken yet, the next due first."""
        due = [one for one in self.promises if one.status is PromiseStatus.OPEN]
        return tuple(sorted(due, key=lambda one: one.due_at))

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """Tasks without an outcome, the next due first."""
        waiting = [one for one in self.tasks if one.state is TaskState.OPEN]
        return tuple(sorted(waiting, key=lambda one: one.due_at))

    @property
    def open_approvals(self) -> tuple[Approval, ...]:
        """Requests that wait for somebody who may decide."""
        return tuple(one for one in self.approvals if one.state is ApprovalState.OPEN)

    def families(self) -> frozenset[Family]:
        """Every risk family seen in this case."""
        return frozenset(flag.family for flag in self.flags)
