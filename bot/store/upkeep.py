"""Makes the health figures from rows; the same for every kind of database."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import Lane
from bot.complaint.axes import Queue, Severity
from bot.complaint.upkeep import RECENT, Condition, LaneState, OpenCases, Remains, SetAside
from bot.store.rows import Row, moment_or_none, stamp

NEWEST: Final = 20_000
"""Letters in which those of unknown outcome are looked for."""
LONGEST_FLIGHT: Final = timedelta(minutes=10)
"""A letter that was attempted before that is under way no more."""

OPEN_CASES: Final = """
SELECT queue, severity, count(*) FROM cases WHERE closed_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2
"""


def condition_of(figures: Row, lanes: Iterable[Row], cases: Iterable[Row]) -> Condition:
    """From one row of figures, and those by lane, and by queue and severity."""
    schema, size, inbox, since, aside, promises, overdue, files, files_since, timers = figures
    return Condition(
        schema=schema,
        size=size,
        inbox_waiting=inbox,
        inbox_since=moment_or_none(since),
        set_aside=aside,
        lanes=tuple(
            LaneState(lane=Lane(lane), count=count, since=datetime.fromisoformat(oldest))
            for lane, count, oldest in lanes
            if lane is not None
        ),
        cases=tuple(
            OpenCases(queue=Queue(queue), severity=Severity(severity), count=count)
            for queue, severity, count in cases
        ),
        promises_open=promises,
        promises_overdue=overdue,
        files_waiting=files,
        files_since=moment_or_none(files_since),
        timers=timers,
    )


def moments(now: datetime) -> tuple[int, str, str]:
    """How many letters to look at, since when a doubt counts, and before when a letter was under way."""
    return NEWEST, stamp(now - RECENT), stamp(now - LONGEST_FLIGHT)


def remains_of(aside: Iterable[Row], figures: Row) -> Remains:
    """From the rows of what was set aside, and one row of figures."""
    unknown, missed, topics, gone, lost = figures
    return Remains(
        set_aside=tuple(
            SetAside(source=source, reason=reason, count=count, last=datetime.fromisoformat(last))
            for source, reason, count, last in aside
        ),
        unknown=unknown,
        promises_missed=missed,
        topics_open=topics,
        topics_gone=gone,
        files_lost=lost,
    )
