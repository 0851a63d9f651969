"""The condition of the house: counts over what is open, each by an index of what is open only."""

from datetime import datetime, timedelta

from bot.complaint.actions import Lane
from bot.complaint.axes import Queue, Severity
from bot.complaint.upkeep import RECENT, Condition, LaneState, OpenCases, Remains, SetAside
from bot.store.postgres.room import Room
from bot.store.rows import moment_or_none, stamp

NEWEST = 20_000
"""Letters in which those of unknown outcome are looked for."""
LONGEST_FLIGHT = timedelta(minutes=10)
"""A letter that was attempted before that is under way no more."""

FIGURES = """
SELECT
    (SELECT coalesce(max(version), 0) FROM schema_version),
    pg_database_size(current_database()),
    (SELECT count(*) FROM inbox WHERE outcome IS NULL),
    (SELECT at FROM inbox WHERE outcome IS NULL ORDER BY id LIMIT 1),
    (SELECT count(*) FROM inbox WHERE outcome = 'set_aside'),
    (SELECT count(*) FROM promises WHERE status = 'open'),
    (SELECT count(*) FROM promises WHERE status = 'open' AND due_at < $1),
    (SELECT count(*) FROM files WHERE state = 'waiting'),
    (SELECT min(at) FROM files WHERE state = 'waiting'),
    (SELECT count(*) FROM timers)
"""

LANES = r"""
SELECT substring(body FROM '"lane":(\d+)')::int, count(*), min(coalesce(not_before, written_at)) FROM outbox
WHERE outcome = 'waiting' AND (not_before IS NULL OR not_before <= $1) GROUP BY 1 ORDER BY 1
"""

OPEN_CASES = """
SELECT queue, severity, count(*) FROM cases WHERE closed_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2
"""

# Of a reason only the sort of fault: what follows the colon may quote somebody.
SET_ASIDE = """
SELECT source, split_part(reason, ':', 1), count(*), max(at) FROM inbox
WHERE outcome = 'set_aside' GROUP BY 1, 2 ORDER BY 4 DESC
"""

REMAINS = """
SELECT
    (SELECT count(*) FROM (SELECT outcome, attempted_at, settled_at FROM outbox ORDER BY id DESC LIMIT $1) AS newest
        WHERE (outcome = 'maybe_twice' AND settled_at >= $2)
            OR (outcome = 'waiting' AND attempted_at < $3)),
    (SELECT count(*) FROM promises WHERE status IN ('late', 'broken')),
    (SELECT count(*) FROM topics WHERE open = 1),
    (SELECT count(*) FROM topics WHERE thread < 0),
    (SELECT count(*) FROM files WHERE state = 'lost')
"""

# Takes a number and gives it to nobody: what cannot write cannot do this.
WRITABLE = "SELECT nextval('letter_blocks')"


class ConditionRoom(Room):
    """Questions about the house itself."""

    async def check_writable(self) -> None:
        """See `Store.check_writable`."""
        await self._book.change(WRITABLE)

    async def condition(self, now: datetime) -> Condition:
        """See `Store.condition`."""
        moment = stamp(now)
        async with (
            self._readers.borrowed() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            (figures,) = await connection.fetch(FIGURES, moment)
            lanes = await connection.fetch(LANES, moment)
            cases = await connection.fetch(OPEN_CASES)
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

    async def remains(self, now: datetime) -> Remains:
        """See `Store.remains`."""
        aside = await self._readers.fetch(SET_ASIDE)
        ((unknown, missed, topics, gone, lost),) = await self._readers.fetch(
            REMAINS, NEWEST, stamp(now - RECENT), stamp(now - LONGEST_FLIGHT)
        )
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
