"""The store's part on lessons and on the weekly sample."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Protocol

import msgspec

from bot.complaint.errors import RecordUnreadable
from bot.complaint.lessons import Caused, Lesson, Mark
from bot.store.rows import Row, json_text, stamp, stamp_or_none

_lesson: Final = msgspec.json.Decoder(Lesson)
_mark: Final = msgspec.json.Decoder(Mark)


class Learning(Protocol):
    """The store's calls about lessons and scores."""

    async def lessons(self) -> list[Lesson]:
        """All of them, by number.

        Raises:
            RecordUnreadable: one is not what was written.
        """
        ...

    async def caused(self, since: datetime) -> list[Caused]:
        """How many cases of each cause were opened in each hour, as far as facts are up to date."""
        ...

    async def marks(self, weeks: Iterable[str]) -> list[Mark]:
        """How cases of these weeks' samples were handled.

        Raises:
            RecordUnreadable: one is not what was written.
        """
        ...


def lesson_row(one: Lesson) -> Row:
    """A row of `lessons`: no, state, due_at, ended_at, body."""
    return (one.no, one.state.value, stamp(one.due_at), stamp_or_none(one.ended_at), json_text(one))


def lesson_from(version: int, body: str) -> Lesson:
    """The lesson as it was written.

    Raises:
        RecordUnreadable: it is not what was written.
    """
    try:
        return _lesson.decode(body).evolve(version=version)
    except (msgspec.DecodeError, ValueError) as error:
        raise RecordUnreadable(f"a lesson: {error}") from error


def mark_rows(marks: Iterable[Mark]) -> list[Row]:
    """Rows of `marks`: week, case_no, body; each case once, in its latest state."""
    last = {(one.week, one.case_no): one for one in marks}
    return [(week, no, json_text(one)) for (week, no), one in sorted(last.items())]


def mark_from(body: str) -> Mark:
    """The mark as it was written.

    Raises:
        RecordUnreadable: it is not what was written.
    """
    try:
        return _mark.decode(body)
    except (msgspec.DecodeError, ValueError) as error:
        raise RecordUnreadable(f"a mark: {error}") from error


def caused_from(cause: str, product: str | None, batch: str | None, hour: str, count: int) -> Caused:
    """The cases of one cause in one hour."""
    return Caused(
        cause=cause,
        product=product or "",
        batch=batch or "",
        hour=datetime.fromisoformat(f"{hour}:00:00+00:00"),
        count=count,
    )
