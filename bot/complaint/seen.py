"""What was seen in a complaint: signs of danger in its words, and the files that came with it."""

from dataclasses import dataclass
from datetime import datetime

from bot.complaint.ids import MessageId
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
