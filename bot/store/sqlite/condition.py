"""Health figures: counts of what is open, each by an index of what is open only."""

import sqlite3
from datetime import datetime

from bot.complaint.errors import StoreUnusable
from bot.complaint.upkeep import Condition, Remains
from bot.store.rows import stamp
from bot.store.sqlite.cabinet import Cabinet
from bot.store.sqlite.owning import OpenFile
from bot.store.upkeep import OPEN_CASES, condition_of, moments, remains_of

FIGURES = """
SELECT
    (SELECT coalesce(max(version), 0) FROM schema_version),
    (SELECT page_count FROM pragma_page_count()) * (SELECT page_size FROM pragma_page_size()),
    (SELECT count(*) FROM inbox WHERE outcome IS NULL),
    (SELECT at FROM inbox WHERE outcome IS NULL ORDER BY id LIMIT 1),
    (SELECT count(*) FROM inbox WHERE outcome = 'set_aside'),
    (SELECT count(*) FROM promises WHERE status = 'open'),
    (SELECT count(*) FROM promises WHERE status = 'open' AND due_at < :now),
    (SELECT count(*) FROM files WHERE state = 'waiting'),
    (SELECT min(at) FROM files WHERE state = 'waiting'),
    (SELECT count(*) FROM timers)
"""

LANES = """
SELECT body ->> 'lane', count(*), min(coalesce(not_before, written_at)) FROM outbox
WHERE outcome = 'waiting' AND (not_before IS NULL OR not_before <= :now) GROUP BY 1 ORDER BY 1
"""

# Of a reason only the sort of fault: what follows the colon may quote somebody.
SET_ASIDE = """
SELECT source, substr(reason, 1, instr(reason || ':', ':') - 1), count(*), max(at) FROM inbox
WHERE outcome = 'set_aside' GROUP BY 1, 2 ORDER BY 4 DESC
"""

REMAINS = """
SELECT
    (SELECT count(*) FROM (SELECT outcome, attempted_at, settled_at FROM outbox ORDER BY id DESC LIMIT :newest)
        WHERE (outcome = 'maybe_twice' AND settled_at >= :since)
            OR (outcome = 'waiting' AND attempted_at < :under_way)),
    (SELECT count(*) FROM promises WHERE status IN ('late', 'broken')),
    (SELECT count(*) FROM topics WHERE open = 1),
    (SELECT count(*) FROM topics WHERE thread < 0),
    (SELECT count(*) FROM files WHERE state = 'lost')
"""


# Says the same as before, and has to get through to the disk.
WRITTEN = "UPDATE schema_version SET applied_at = applied_at WHERE version = 1"


class ConditionCabinet(Cabinet):
    """Health figures of the database."""

    file: OpenFile | None = None
    """The file; a database in memory has none."""

    async def check_writable(self) -> None:
        """See `Store.check_writable`."""
        self._look_at_file()
        if self.file is not None and not self.file.has_room():
            raise StoreUnusable("The disk is full; make room.")
        await self._writer.run(lambda connection: connection.execute(WRITTEN).close())

    def _look_at_file(self) -> None:
        """Refuse all work from now on if the file is no longer where it was: what is written has no name any more."""
        if self.file is not None and self.file.is_gone():
            for book in (self._writer, self._reader):
                book.refuse(StoreUnusable(self.file.loss))

    async def condition(self, now: datetime) -> Condition:
        """See `Store.condition`."""
        self._look_at_file()
        named = {"now": stamp(now)}

        def work(connection: sqlite3.Connection) -> Condition:
            (figures,) = connection.execute(FIGURES, named).fetchall()
            lanes = connection.execute(LANES, named).fetchall()
            return condition_of(figures, lanes, connection.execute(OPEN_CASES).fetchall())

        return await self._reader.run(work)

    async def remains(self, now: datetime) -> Remains:
        """See `Store.remains`."""
        named = dict(zip(("newest", "since", "under_way"), moments(now), strict=True))

        def work(connection: sqlite3.Connection) -> Remains:
            aside = connection.execute(SET_ASIDE).fetchall()
            (figures,) = connection.execute(REMAINS, named).fetchall()
            return remains_of(aside, figures)

        return await self._reader.run(work)
