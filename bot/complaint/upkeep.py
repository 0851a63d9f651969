"""Health figures from the database: what is waiting, since when, and what needs a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import Lane
from bot.complaint.axes import Queue, Severity

RECENT: Final = timedelta(days=3)
"""What went wrong and cannot be marked as seen to needs a person for so long: over a weekend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneState:
    """Waiting letters of one lane; `since` is when the oldest could have been sent."""

    lane: Lane
    count: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCases:
    """How many cases of one queue and severity are open."""

    queue: Queue
    severity: Severity
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Health figures that are cheap to count at any time. They name nobody."""

    schema: int
    size: int
    """Bytes of the database."""
    inbox_waiting: int
    inbox_since: datetime | None
    """When the oldest arrival came that is still to be worked."""
    set_aside: int
    lanes: tuple[LaneState, ...]
    cases: tuple[OpenCases, ...]
    promises_open: int
    promises_overdue: int
    files_waiting: int
    files_since: datetime | None
    """When the oldest file was sent that is still to be fetched."""
    timers: int

    @property
    def letters_waiting(self) -> int:
        """Letters of all lanes."""
        return sum(one.count for one in self.lanes)

    @property
    def letters_since(self) -> datetime | None:
        """From when the oldest letter of any lane might have gone."""
        return min((one.since for one in self.lanes), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Rows of the inbox that could not be used, by source and kind of reason."""

    source: str
    reason: str
    count: int
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Remains:
    """Health figures that are dearer to count, looked up only when somebody asks."""

    set_aside: tuple[SetAside, ...]
    unknown: int
    """Letters that were under way when the house fell, or lately sent again after an unknown outcome."""
    promises_missed: int
    topics_open: int
    topics_gone: int
    """Topics that the next letter of their case opens anew."""
    files_lost: int
