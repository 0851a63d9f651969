"""What was seen in a case: danger signs, files, and messages with medical or bank data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.complaint.ids import ChatId, MessageId
from bot.complaint.reading import Family


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


HIDDEN = "🔒"
"""In the place of words that only a few may see."""
MEDICAL, BANK = "medical", "bank"
"""What needs a consent of its own, and is seen by few (R52)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restricted:
    """A message of the complainant's that only a few may see."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """A consent of its own for medical or bank data: asked when, answered when, and in what words."""

    what: str
    asked_at: datetime
    given: bool | None = None
    """None while nobody has answered."""
    at: datetime | None = None
    words: str = ""


def mark_on(restricted: Iterable[Restricted], chat: int, message: int | None) -> Restricted | None:
    """The mark on this message, if only a few may see it."""
    marks = (one for one in restricted if (one.chat, one.message) == (chat, message))
    return next((one for one in marks if not one.shown), None)


def leave_of(leaves: Sequence[Leave], what: str) -> Leave | None:
    """The consent for such data as it stands: the one asked for last."""
    return next((one for one in reversed(leaves) if one.what == what), None)
