"""Health figures: counts of what is open, each by an index of what is open only."""

from datetime import datetime

from bot.complaint.upkeep import Condition, Remains
from bot.store.postgres.cabinet import Cabinet
from bot.store.rows import stamp
from bot.store.upkeep import OPEN_CASES, condition_of, moments, remains_of

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
SELECT substring(body FROM '"lane":(-?\d+)')::int, count(*), min(coalesce(not_before, written_at)) FROM outbox
WHERE outcome = 'waiting' AND (not_before IS NULL OR not_before <= $1) GROUP BY 1 ORDER BY 1
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


class ConditionCabinet(Cabinet):
    """Health figures of the database."""

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
        return condition_of(figures, lanes, cases)

    async def remains(self, now: datetime) -> Remains:
        """See `Store.remains`."""
        aside = await self._readers.fetch(SET_ASIDE)
        (figures,) = await self._readers.fetch(REMAINS, *moments(now))
        return remains_of(aside, figures)
