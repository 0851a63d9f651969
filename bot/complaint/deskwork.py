"""Work at the desk beside talking: tasks, deadlines, approvals, held drafts, files, audit records."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from msgspec import Struct, field

from bot.complaint.axes import Level, Queue, Severity
from bot.complaint.dealings import Part
from bot.complaint.ids import CaseNo, Cents, ChatId, MessageRef, UserId
from bot.complaint.notices import Notice


class Waiting(NamedTuple):
    """A case that waits for a person, as the waiting list shows it."""

    no: CaseNo
    severity: Severity
    since: datetime
    queue: Queue


class TaskKind(StrEnum):
    """Work that people do away from the chat; software prepares, reminds and records (S35, S37, S48, S103)."""

    CALL_BACK = "call_back"
    VISIT = "visit"
    SAMPLE = "sample"
    QUALITY_SAMPLE = "quality_sample"
    PLAYBOOK = "playbook"
    WRITE = "write"
    LISTEN = "listen"
    """To what somebody said aloud: a machine's transcript does not count as heard."""
    TELL = "tell"
    """Words for a complainant who has no chat with us: somebody says them."""
    NOTICE = "notice"
    """The answer that an authority waits for (R49)."""
    OTHER = "other"


class TaskState(StrEnum):
    """The state of a task. No task is done without an outcome."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Custody(Struct, frozen=True, kw_only=True):
    """One link in a sample's chain of custody: who had it, since when, where, and in what state."""

    at: datetime
    by: str
    place: str
    note: str = ""


class Task(Struct, frozen=True, kw_only=True):
    """Something a person does by a time, with an outcome in the end. Its id is `t1`, `t2` and so on."""

    id: str
    kind: TaskKind
    what: str
    owner: str
    """Whose it is, as the desk reads it: a colleague's name, or a queue's."""
    made_at: datetime
    due_at: datetime
    owner_id: UserId | None = None
    """None while it is nobody's in particular."""
    begins: datetime | None = None
    """Where a window was agreed (a call, a visit), its beginning; `due_at` is its end."""
    place: str = ""
    state: TaskState = TaskState.OPEN
    outcome: str = ""
    done_at: datetime | None = None
    promise_id: str | None = None
    """The promise that the complainant was given with it."""
    custody: tuple[Custody, ...] = ()
    lab_result: str = ""
    notice: Notice | None = None
    """The official notice that this answers."""
    reminded: int = 0


class ClockKind(StrEnum):
    """The deadlines every case has by the trade's rules, apart from promises."""

    UPDATE = "update"
    """Words on how it stands, whoever says them (R5)."""
    DECISION = "decision"
    """A verdict, or an offer that was agreed to."""
    SILENCE = "silence"
    """The holder's answer to what the complainant wrote."""
    STOP = "stop"
    """The days on which nobody may let a case lie (R39)."""


class Clock(Struct, frozen=True, kw_only=True):
    """A running deadline and its start; when it is due is worked out by `bot.policy.clocks`."""

    kind: ClockKind
    since: datetime
    warned: bool = False
    missed: bool = False
    paused_at: datetime | None = None
    """Since when it stands still: it is the complainant's turn."""
    lost: timedelta = timedelta()
    """How much of its own time it has stood still before."""


class ApprovalState(StrEnum):
    """The state of a request for a remedy above the requester's limit."""

    OPEN = "open"
    APPROVED = "approved"
    LOWERED = "lowered"
    REFUSED = "refused"
    EVIDENCE = "evidence"
    """More evidence was asked for; it can be asked for again."""
    EXPIRED = "expired"


class Vote(Struct, frozen=True, kw_only=True):
    """The vote of one approver."""

    by: UserId
    name: str
    level: Level
    at: datetime
    says: ApprovalState
    legal: bool = False
    words: str = ""


class Approval(Struct, frozen=True, kw_only=True):
    """A request to give more than the requester may. Its id is `a1`, `a2` and so on.

    `needs` is the level that may decide, `people` how many of them beside the requester must agree, `legal`
    whether one of them must be of the legal trade. The requester never votes (no one approves themselves).
    """

    id: str
    at: datetime
    by: UserId
    name: str
    parts: tuple[Part, ...]
    worth: Cents
    reason: str
    needs: Level
    expires_at: datetime
    people: int = 1
    legal: bool = False
    level: Level = Level.A1
    """The rung of who asked."""
    raised: bool = False
    """It lay too long once, and the level above was called."""
    state: ApprovalState = ApprovalState.OPEN
    votes: tuple[Vote, ...] = ()
    offer_id: str | None = None
    """The offer that went out when it was approved."""
    settled_at: datetime | None = None


class HeldWords(Struct, frozen=True, kw_only=True):
    """An agent's words that are held until somebody decides: what they are, and why they are held."""

    sources: tuple[MessageRef, ...]
    """The message, or every message of an album."""
    by: UserId
    name: str
    at: datetime
    why: str
    """`wording`, `held`, or `order` for a command whose words would be read."""
    found: tuple[dict[str, Any], ...] = ()
    """What speaks against the words of a command, as it was found when it was tried."""
    text: str = ""
    media: dict[str, Any] | None = None
    album: str | None = None
    reply_to: MessageRef | None = None
    formatted: bool = False
    html: str = ""
    edited: bool = False
    """They change words that went out before; those stand until these are let go."""


class CannedLine(Struct, frozen=True, kw_only=True):
    """A ready-made line as it would read in a case; plain text, in the complainant's language."""

    name: str
    title: str
    """A few words for the list, in the desk's language."""
    words: str
    lacks: bool = False
    """The case has not what it tells (a promise, say), so that it cannot be said now; then without words."""


class Quoted(Struct, frozen=True, kw_only=True):
    """The desk message that a command replies to, as the timeline has it."""

    source: MessageRef
    at: datetime
    """When it went to the complainant."""
    by: str
    own: bool
    """Whoever gives the command wrote it."""
    text: str = ""
    taken_back: bool = False


class Theirs(Struct, frozen=True, kw_only=True):
    """A complainant's message as the timeline has it, for whoever opens or marks it."""

    source: MessageRef
    at: datetime
    text: str = ""
    media: Mapping[str, Any] | None = None


class Spoken(Struct, frozen=True, kw_only=True):
    """One line of a transcript: by `customer`, `bot` or `agent`; `thing` is the file that came with it."""

    case_no: CaseNo
    at: datetime
    who: str
    text: str
    thing: str = ""


class Deed(Struct, frozen=True, kw_only=True):
    """One act at the desk, done or refused, for the audit: who, when, on what, before, after, and why (S38).

    `before` and `after` hold what it changed, field by field, in words a reader of the audit understands.
    """

    at: datetime
    by: UserId
    name: str
    act: str
    chat: ChatId
    case_no: CaseNo | None = None
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    refused: str = ""
    """Why it was not allowed, where it was not done."""


class SealedDeed(Struct, frozen=True, kw_only=True):
    """An audit line as stored: its `seal` is a hash over it and the seal before it."""

    number: int
    deed: Deed
    seal: str


class FileWanted(Struct, frozen=True, kw_only=True):
    """A file to be fetched and kept as evidence (at most 20 MB, Telegram's limit for bots)."""

    unique_id: str
    """Telegram's own lasting name of the file."""
    file_id: str
    case_no: CaseNo
    kind: str
    size: int = 0
    name: str = ""
    mime: str = ""
    at: datetime


class KeptFile(Struct, frozen=True, kw_only=True):
    """The state of a file: `waiting`, `kept` (with its hash), `too_big` or `lost` (with a reason)."""

    wanted: FileWanted
    state: str = "waiting"
    sha256: str = ""
    size: int = 0
    kept_at: datetime | None = None
    reason: str = ""
    attempts: int = 0
    """How often Telegram said that it does not have it."""
