"""The rows that the clerk reads before a round, and writes in one transaction at its end."""

from datetime import datetime
from typing import Any

from msgspec import Struct, field

from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import Deed, FileWanted
from bot.complaint.doors import Account
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId, ThreadId, UserId
from bot.complaint.incidents import Incident, Linked, Sighting
from bot.complaint.lessons import Lesson, Mark
from bot.complaint.letters import Letter


class Arrival(Struct, frozen=True, kw_only=True):
    """A row for the inbox: a raw update from Telegram, or an event of our own.

    (`source`, `key`) is unique, so a thing that arrives twice is kept once: `telegram` with the update id,
    `watch` with the timer's name, `courier` with the letter's number. `chat` is what order is kept by.
    """

    source: str
    key: str
    chat: ChatId
    body: bytes
    at: datetime


class InboxRow(Struct, frozen=True, kw_only=True):
    """A row of the inbox that the clerk has not worked yet."""

    id: int
    arrival: Arrival
    attempts: int = 0


class Done(Struct, frozen=True, kw_only=True):
    """The outcome of an inbox row: `done`, `skipped` (not for us) or `set_aside` (unusable)."""

    row: int
    outcome: str = "done"
    reason: str = ""


class Entry(Struct, frozen=True, kw_only=True):
    """One line of a case's timeline. Every version of a customer's words is an entry of its own.

    `who` is `customer`, `bot`, `agent` or `system`. For what we send, `letter` leads to how it was delivered.
    """

    case_no: CaseNo
    at: datetime
    who: str
    chat: ChatId
    text: str = ""
    message: MessageId | None = None
    media: dict[str, Any] | None = None
    letter: LetterId | None = None
    edit: bool = False
    note: bool = False
    """An internal note: the customer never sees it."""
    by: str = ""


class Timer(Struct, frozen=True, kw_only=True):
    """A moment at which a case is to be looked at again."""

    case_no: CaseNo
    kind: str
    key: str
    due: datetime
    chat: ChatId


class Joined(Struct, frozen=True, kw_only=True):
    """A logged case moves to its complainant's own chat; `before` was its stand-in."""

    case_no: CaseNo
    before: ChatId
    chat: ChatId
    customer: UserId


class Round(Struct, kw_only=True):
    """Everything one round of the clerk changes: written in one transaction or not at all."""

    at: datetime
    done: list[Done] = field(default_factory=list)
    conversations: list[Conversation] = field(default_factory=list)
    """As they now are; `version` is the one that was read (0: new). The store writes version + 1."""
    cases: list[Case] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    cancelled: list[tuple[CaseNo, str]] = field(default_factory=list)
    desk_moved: tuple[ChatId, ChatId] | None = None
    deeds: list[Deed] = field(default_factory=list)
    """For the audit, in order."""
    colleagues: list[Colleague] = field(default_factory=list)
    """Whose standing at the desk was changed in the chat."""
    files: list[FileWanted] = field(default_factory=list)
    """To be fetched; one that is known already is left alone."""
    shed: list[tuple[CaseNo, str]] = field(default_factory=list)
    """Files by case and `unique_id` whose owner took the consent back: all that leads to them is deleted."""
    retired: list[CaseNo] = field(default_factory=list)
    """Cases of this round that became anonymous: with them goes all that is kept of the complainant beside them."""
    joined: list[Joined] = field(default_factory=list)
    """Cases of this round that came into a chat: all their rows go there with it."""
    sightings: list[Sighting] = field(default_factory=list)
    """What cases have in common with others, as it now is."""
    incidents: list[Incident] = field(default_factory=list)
    """As they now are; `version` is the one that was read (0: new). The store writes version + 1."""
    linked: list[Linked] = field(default_factory=list)
    """Cases that became a part of an incident, or are none any more; of several of one case the last counts."""

    lessons: list[Lesson] = field(default_factory=list)
    """As they now are; `version` is the one that was read (0: new). The store writes version + 1."""
    marks: list[Mark] = field(default_factory=list)
    """Of several of one case and week the last counts."""
    accounts: list[Account] = field(default_factory=list)
    """The brand's own accounts that changed; of several with one door the last counts."""


class Topic(Struct, frozen=True, kw_only=True):
    """A case's topic in one of the desk's groups; a case that moved has had several."""

    case_no: CaseNo
    chat: ChatId
    thread: ThreadId
    """Below zero it is no more (its group became another one): the next letter opens it anew, by its name."""
    open: bool = True
    name: str = ""
