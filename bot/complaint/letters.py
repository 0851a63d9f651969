"""Letters: the rows of the outbox, and the receipts of their delivery."""

from base64 import b64decode
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from msgspec import Struct
from msgspec.structs import replace

from bot.complaint.actions import Lane
from bot.complaint.doors import OWN_CHAT
from bot.complaint.events import Media
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId, MessageRef, ThreadId


class LetterKind(StrEnum):
    """Which call of the Bot API a letter becomes."""

    TEXT = "text"
    COPY = "copy"
    ALBUM = "album"
    EDIT = "edit"
    BUTTONS = "buttons"
    REACT = "react"
    OPEN_TOPIC = "open_topic"
    RENAME_TOPIC = "rename_topic"
    CLOSE_TOPIC = "close_topic"
    REOPEN_TOPIC = "reopen_topic"
    ANSWER_PRESS = "answer_press"
    TYPING = "typing"
    DELETE = "delete"
    DOCUMENT = "document"
    DELETE_TOPIC = "delete_topic"
    READ = "read"


class Outcome(StrEnum):
    """The outcome of a letter. `MAYBE_TWICE`: it was sent again after an attempt whose outcome is unknown."""

    WAITING = "waiting"
    SENT = "sent"
    MAYBE_TWICE = "maybe_twice"
    BLOCKED = "blocked"
    REFUSED = "refused"
    GONE = "gone"
    REPLACED = "replaced"
    MERGED = "merged"
    EXPIRED = "expired"
    SHUT = "shut"


class Key(Struct, frozen=True, kw_only=True):
    """One rendered button: a label with press data, an address, or a request for the contact."""

    label: str
    data: str = ""
    url: str = ""
    contact: bool = False


class Enclosed(Struct, frozen=True, kw_only=True):
    """A file that we generate: name, type and content."""

    name: str
    mime: str
    content: str
    coded: bool = False
    """The content is base64 of what is no text."""

    @property
    def data(self) -> bytes:
        """The file as it is sent."""
        return b64decode(self.content) if self.coded else self.content.encode()


class Letter(Struct, frozen=True, kw_only=True):
    """One message or call to be sent, rendered and addressed.

    `chat` is where it goes; at the desk `topic` names the case whose topic it goes to (the thread is looked
    up when it is sent, since it may not exist yet; None is General). Letters with the same `line` go one
    after another, in order of `id`. `place` names a message that is sent once and edited ever after (the
    card). `source` is the message this one mirrors on the other side.
    """

    id: LetterId
    kind: LetterKind
    chat: ChatId
    lane: Lane
    written_at: datetime
    case_no: CaseNo | None = None
    topic: CaseNo | None = None
    thread: ThreadId | None = None
    """A topic by its own number, where no case's is meant: the one in which something was asked."""
    html: str = ""
    keys: tuple[tuple[Key, ...], ...] = ()
    drop_keyboard: bool = False
    """Take away a contact button that an earlier letter put under the text field."""
    source: MessageRef | None = None
    sources: tuple[MessageRef, ...] = ()
    """For an album: every message of it, in order."""
    part_of: MessageRef | None = None
    """The message of which this is a further part, where its copy took several."""
    bare: bool = False
    """For a copy: without the words under it, which follow in letters of their own."""
    album: str | None = None
    """The album that a copy belongs to: copies of one album that leave together leave as one."""
    caption: bool = False
    """For an edit: the words stand under a picture or file."""
    reply_to: MessageRef | None = None
    """The message answered, as it is on the side it was written; its mirror is looked up when sent."""
    target: MessageId | None = None
    """For edits, reactions, deletions: the message in `chat`."""
    target_of: MessageRef | None = None
    """As `target`, by the other side's message that it mirrors."""
    place: str | None = None
    below: str = ""
    """For a place: what stays under its words whenever they change."""
    key: str | None = None
    """Of several waiting letters with this key, the newest replaces the others."""
    mergeable: bool = False
    """Plain text that may be joined with its neighbours in the same line into one message."""
    aside: bool = False
    """In a line of its own: nothing else waits for it."""
    file: Enclosed | None = None
    """For a document: what is sent; the words stand under it."""
    door: int = OWN_CHAT
    """The door through which it goes to the complainant."""
    choices: tuple[Key, ...] = ()
    """What is to be typed instead of pressed: the words say how."""
    media: Media | None = None
    """For a copy that Telegram does not make for us, from or to an account's chat: what is sent anew."""
    query: str = ""
    alert: bool = False
    emoji: str = ""
    not_before: datetime | None = None
    expires_at: datetime | None = None
    quiet: bool = False
    guarded: bool = False
    """It cannot be forwarded or saved."""
    attempted_at: datetime | None = None
    attempts: int = 0

    @property
    def line(self) -> str:
        """The line of a letter: letters of one line keep their order. Answers to presses have none.

        What calls people in General waits for nothing else that is said there.
        """
        if self.kind in (LetterKind.ANSWER_PRESS, LetterKind.TYPING):
            return f"press:{self.query}"
        apart = "/alarm" if self.lane is Lane.ALARM and self.topic is None else "/aside" if self.aside else ""
        return f"{self.chat}/{self.topic or ''}{apart}"

    def evolve(self, **changes: Any) -> Self:  # noqa: ANN401 - the fields carry the types
        """The same letter with some fields changed."""
        return replace(self, **changes)


class Receipt(Struct, frozen=True, kw_only=True):
    """Telegram's answer to a letter, stored with all its consequences in one transaction."""

    letter: LetterId
    outcome: Outcome
    at: datetime
    message: MessageId | None = None
    messages: tuple[MessageId, ...] = ()
    """For an album: the copies, in order of its `sources`."""
    thread: ThreadId | None = None
    """For OPEN_TOPIC: the new topic."""
    reason: str = ""
    chat: ChatId | None = None
    """Where it went, if not where it was addressed to: the group it was for is shut."""
    retry_at: datetime | None = None
    """With outcome WAITING: not before this moment."""
