"""What a brand learns: corrective actions, outcomes of suggestions, and scores of handled cases."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NewType, Self

from msgspec import Struct, field
from msgspec.structs import replace

from bot.complaint.ids import CaseNo, UserId

LessonNo = NewType("LessonNo", int)
"""1, 2, 3 …: only the desk ever sees it."""


class LessonState(StrEnum):
    """The state of a corrective action."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Lesson(Struct, frozen=True, kw_only=True):
    """A corrective action: who removes which cause by when, and the proof (S65, R18)."""

    no: LessonNo
    cause: str
    """The code of the brand's list."""
    product: str = ""
    """By the brand's key; empty: whatever the product."""
    batch: str = ""
    what: str
    owner: str
    owner_id: UserId | None = None
    made_at: datetime
    by: str
    due_at: datetime
    case_no: CaseNo
    """The case in which it was thought of."""
    state: LessonState = LessonState.OPEN
    proof: str = ""
    """What shows that it was done; of one that was dropped, why."""
    ended_at: datetime | None = None
    in_force: date | None = None
    """The first day on which it held: cases opened from then on are recurrences."""
    reminded: int = 0
    version: int = 0
    """The number of writes; a write based on an older version is refused."""

    def evolve(self, **changes: Any) -> Self:  # noqa: ANN401 - the fields carry the types
        """The same lesson with some fields changed."""
        return replace(self, **changes)


class Caused(Struct, frozen=True, kw_only=True):
    """The number of cases of one cause opened in one hour."""

    cause: str
    product: str
    batch: str
    hour: datetime
    count: int


class Fate(StrEnum):
    """The outcome of a suggestion (S100)."""

    NEW = "new"
    REVIEW = "review"
    ADOPTED = "adopted"
    DECLINED = "declined"
    DONE = "done"


class Idea(Struct, frozen=True, kw_only=True):
    """A suggestion that somebody is looking at."""

    fate: Fate
    at: datetime
    owner: str = ""
    owner_id: UserId | None = None
    why: str = ""
    """Why it was declined; what is now done."""


class Mark(Struct, frozen=True, kw_only=True):
    """The score of one case of the weekly sample, point by point (S103)."""

    case_no: CaseNo
    week: str
    """As `2026-W45`."""
    agent: UserId | None
    """Whose handling it is; None is the bot's."""
    by: str
    at: datetime
    points: Mapping[str, bool] = field(default_factory=dict)
    done: bool = False
    """All of it was looked at."""
