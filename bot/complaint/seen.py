"""What was seen in a case: danger signs, files, and messages with medical or bank data."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from bot.complaint.ids import ChatId, MessageId, UserId
from bot.complaint.reading import Family


class Flag(Struct, frozen=True, kw_only=True):
    """A danger sign, with the words that showed it and their message."""

    family: Family
    cue: str
    at: datetime
    message: MessageId | None = None


class Evidence(Struct, frozen=True, kw_only=True):
    """A file or place that the complainant sent."""

    at: datetime
    kind: str
    file_id: str
    message: MessageId
    unique_id: str = ""


HIDDEN = "🔒"
"""Shown in place of restricted words."""
MEDICAL = "medical"
"""What needs a consent of its own, and is seen by few (R52); so do papers of a bank."""


class Opened(Struct, frozen=True, kw_only=True):
    """A restricted message in a colleague's own chat."""

    by: UserId
    place: str
    """Names what was sent there, by which it is found again."""


class Restricted(Struct, frozen=True, kw_only=True):
    """A message that only a few colleagues may see."""

    at: datetime
    chat: ChatId
    message: MessageId
    what: str
    why: str
    """How that is known: `asked` for, its own `words`, `harm` in the case, or the colleague who said so."""
    shown: bool = False
    """Somebody who may see it found that all may."""
    quoted: tuple[str, ...] = ()
    """What the case quotes of it; the desk reads none of that while the mark stands."""
    gone: datetime | None = None
    """When its owner took back the consent to keep it."""
    opened: tuple[Opened, ...] = ()
    """Who was shown it in their own chat, where it stands until it is recalled."""


class Leave(Struct, frozen=True, kw_only=True):
    """A consent to keep medical or bank data: when asked, when answered, in what words."""

    what: str
    asked_at: datetime
    given: bool | None = None
    """None while nobody has answered."""
    at: datetime | None = None
    words: str = ""


def mark_on(restricted: Iterable[Restricted], chat: int, message: int | None) -> Restricted | None:
    """The restriction of this message, if it has one."""
    marks = (one for one in restricted if (one.chat, one.message) == (chat, message))
    return next((one for one in marks if not one.shown), None)


def leave_of(leaves: Sequence[Leave], what: str) -> Leave | None:
    """The current consent for such data: the one asked for last."""
    return next((one for one in reversed(leaves) if one.what == what), None)
