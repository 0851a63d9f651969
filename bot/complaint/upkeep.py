"""Health figures from the database: what is waiting, since when, and what needs a person."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from bot.complaint.actions import Lane
from bot.complaint.axes import Queue, Severity

RECENT: Final = timedelta(days=3)
"""What went wrong and cannot be marked as seen to needs a person for so long: over a weekend."""


class LaneState(Struct, frozen=True, kw_only=True):
    """Waiting letters of one lane; `since` is when the oldest could have been sent."""

    lane: Lane
    count: int
    since: datetime


class OpenCases(Struct, frozen=True, kw_only=True):
    """How many cases of one queue and severity are open."""

    queue: Queue
    severity: Severity
    count: int


class Condition(Struct, frozen=True, kw_only=True):
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


class SetAside(Struct, frozen=True, kw_only=True):
    """Rows of the inbox that could not be used, by source and kind of reason."""

    source: str
    reason: str
    count: int
    last: datetime


class Remains(Struct, frozen=True, kw_only=True):
    """Health figures that are dearer to count, looked up only when somebody asks."""

    set_aside: tuple[SetAside, ...]
    unknown: int
    """Letters that were under way when the house fell, or lately sent again after an unknown outcome."""
    promises_missed: int
    topics_open: int
    topics_gone: int
    """Topics that the next letter of their case opens anew."""
    files_lost: int
