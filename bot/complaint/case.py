"""The case: one complaint, from first word to close.

Four axes that never mix: `status` is the life of the complaint, `control` says who speaks, `severity` how bad
it is, `queue` with `flags` who must look at it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, Self

from bot.complaint.ids import CaseNo, Cents, ChatId, MessageId, UserId
from bot.complaint.moments import aware
from bot.complaint.reading import Category, Emotion, Family, Language, RemedyKind


class Status(StrEnum):
    """Where the complaint stands in its life."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    COLLECTING = "collecting"
    AWAITING_CUSTOMER = "awaiting_customer"
    ASSESSING = "assessing"
    PROPOSING = "proposing"
    AGREED = "agreed"
    FULFILLING = "fulfilling"
    FULFILLED = "fulfilled"
    FOLLOW_UP = "follow_up"
    SUGGESTION_LOGGED = "suggestion_logged"
    NOT_UPHELD_TOLD = "not_upheld_told"
    DEADLOCK = "deadlock"
    EXTERNAL = "external"
    DORMANT = "dormant"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    REOPENED = "reopened"
    CLOSED = "closed"
    CLOSED_UNACCEPTED = "closed_unaccepted"
    CLOSED_NO_RESPONSE = "closed_no_response"


class Control(StrEnum):
    """Who speaks to the complainant."""

    BOT = "bot"
    QUEUED = "queued"
    HUMAN = "human"
    PAUSED = "paused"


class Severity(IntEnum):
    """One is the most urgent. It rises by itself and falls only by a named person with a reason (S54)."""

    SEV1 = 1
    SEV2 = 2
    SEV3 = 3
    SEV4 = 4


class Queue(StrEnum):
    """Whose desk it goes to, in order of precedence."""

    SAFETY = "safety"
    LEGAL = "legal"
    MEDIA_PR = "media_pr"
    QUALITY = "quality"
    GENERAL = "general"
    SUGGESTION = "suggestion"


class PromiseStatus(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    RENEGOTIATED = "renegotiated"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What was found."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    UNDETERMINED = "undetermined"


class Level(StrEnum):
    """A rung of the authority ladder."""

    BOT = "bot"
    A1 = "agent"
    A2 = "supervisor"
    A3 = "manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on Telegram: complainant or agent."""

    id: UserId
    name: str
    username: str | None = None
    language_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A commitment: a row with an owner and a due time, written with the words that made it (S53).

    `kind` names the template family that tells it (`person_answers`, `call_back`, `ship`, `refund`, …);
    `text` is the sentence the complainant was given.
    """

    id: str
    kind: str
    text: str
    owner: str
    made_at: datetime
    due_at: datetime
    status: PromiseStatus = PromiseStatus.OPEN
    settled_at: datetime | None = None
    warned: bool = False
    """The complainant was told before the miss."""

    def __post_init__(self) -> None:
        """A promise without a zone, or due before it was made, is no promise."""
        if aware(self.due_at) < aware(self.made_at):
            raise ValueError("a promise is due after it is made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A remedy that the complainant asked for, verbatim and as read. Amounts are whole units of currency."""

    at: datetime
    verbatim: str
    kinds: tuple[RemedyKind, ...]
    amount: float | None = None
    amount_most: float | None = None
    currency: str | None = None
    share: float | None = None
    multiple: float | None = None
    basis: str | None = None
    open_ended: bool = False
    refuses_money: bool = False
    excludes: tuple[RemedyKind, ...] = ()
    alternatives: bool = False
    """Any one of `kinds` would do."""
    conditional: bool = False
    """The first kind is what is wanted now; the rest only if it is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something offered to the complainant: by whom, on whose authority, for how much at most."""

    id: str
    at: datetime
    kinds: tuple[RemedyKind, ...]
    worth: Cents
    by: str
    level: Level
    valid_until: datetime
    state: str = "open"
    """`open`, `chosen`, `agreed`, `refused`, `replaced` or `expired`."""
    note: str = ""
    """The name of the reply fragment that words it."""
    refund: Cents = Cents(0)
    """The money that goes back: all that a reply may name."""
    item: str | None = None
    """A gesture of the brand's catalogue, by its key."""
    pickup: bool = False
    """We fetch the goods and pay for it."""
    words: str = ""
    """The card in which its details were repeated, as the complainant read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What both sides settled, confirmed by the complainant's explicit yes to the card (S95)."""

    offer_id: str
    text: str
    confirmed_at: datetime
    message: MessageId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A hand-over to people: why, to whom, and until when somebody answers."""

    id: str
    at: datetime
    reason: str
    queue: Queue
    promise_id: str
    open: bool = True
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilment:
    """A remedy to be carried out: owner, due time, and in the end the proof."""

    id: str
    kind: RemedyKind
    owner: str
    due_at: datetime
    worth: Cents = Cents(0)
    """The money that goes back, where money does."""
    proof: str | None = None
    done_at: datetime | None = None
    promise_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What the complainant thought of it afterwards. Scores run from 1 to 5."""

    asked_at: datetime
    handling: int | None = None
    outcome: int | None = None
    would_buy_again: bool | None = None
    words: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A verified order, as the brand's order book has it."""

    order_no: str
    product: str
    price: Cents
    bought_on: str = ""
    store: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about the matter; a fact once known is never asked again (S13)."""

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
    press: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A sign that was seen, with the words that showed it and the message they stood in."""

    family: Family
    cue: str
    at: datetime
    message: MessageId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file or place that the complainant gave."""

    at: datetime
    kind: str
    file_id: str
    message: MessageId
    unique_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One complaint with everything that belongs to it. It never changes: `evolve` gives the next one."""

    no: CaseNo
    chat: ChatId
    customer: Person
    opened_at: datetime
    language: Language = Language.ZH
    channel: str = "telegram_private"
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
    story: tuple[str, ...] = ()
    """The complainant's points, verbatim and in order, for the card and the read-back."""
    evidence: tuple[Evidence, ...] = ()
    wishes: tuple[Wish, ...] = ()
    offers: tuple[Offer, ...] = ()
    agreement: Agreement | None = None
    promises: tuple[Promise, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    fulfilments: tuple[Fulfilment, ...] = ()
    surveys: tuple[Survey, ...] = ()
    verdict: Verdict | None = None
    finding: str = ""
    prevention: str = ""
    holder: Person | None = None
    at_desk: bool = False
    card_mark: str = ""
    """Fingerprint of the card as it was sent last: one that has not changed costs the group nothing."""
    """The case has a topic at the desk, or one is on its way."""
    evidence_hold: bool = False
    follow_up_consent: bool = False
    reopened: int = 0
    closed_at: datetime | None = None
    version: int = 0
    """Counts writes; the ledger refuses to write over a change it has not seen."""

    def evolve(self, **changes: Any) -> Self:  # noqa: ANN401 - the fields carry the types; mypy checks replace
        """The same case with some fields changed."""
        return replace(self, **changes)

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes something here."""
        return self.closed_at is None

    @property
    def open_escalation(self) -> Escalation | None:
        """The one hand-over that waits for an answer, if any."""
        return next((one for one in self.escalations if one.open), None)

    @property
    def open_promises(self) -> tuple[Promise, ...]:
        """Promises neither kept nor broken yet, the next due first."""
        due = [one for one in self.promises if one.status is PromiseStatus.OPEN]
        return tuple(sorted(due, key=lambda one: one.due_at))

    def families(self) -> frozenset[Family]:
        """Every family of risk that this case has shown."""
        return frozenset(flag.family for flag in self.flags)
