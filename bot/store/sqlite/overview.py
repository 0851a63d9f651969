"""Everything that is open and everything that is owed, for supervisors."""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from bot.complaint.boards import Hits, Outlook, Tally
from bot.complaint.ids import CaseNo, UserId
from bot.store.overview import tally_of
from bot.store.rows import stamp
from bot.store.seeking import besides, hit_of
from bot.store.sqlite.cabinet import Cabinet

OPEN_CASES: Final = """
SELECT case_no, '', '', NULL, count(*) OVER () FROM (
    SELECT case_no, severity, opened_at,
        (SELECT min(due_at) FROM promises
            WHERE promises.case_no = cases.case_no AND promises.status = 'open') AS due
    FROM cases INDEXED BY cases_open
    WHERE closed_at IS NULL /* besides */ AND (:queue IS NULL OR queue = :queue) AND CASE :show
        WHEN 'waiting' THEN control = 'queued' AND holder IS NULL
        WHEN 'grave' THEN severity <= 2
        WHEN 'mine' THEN holder = :person
        ELSE 1 END
)
WHERE :show <> 'late' OR due < :now
ORDER BY severity, coalesce(due, '9'), opened_at, case_no LIMIT :limit OFFSET :offset
"""

TALLY: Final = """
SELECT queue, control, holder IS NOT NULL, count(*),
    sum(EXISTS (SELECT 1 FROM promises WHERE promises.case_no = cases.case_no
        AND promises.status = 'open' AND due_at < :now)),
    sum(severity <= 2), sum(holder IS NOT NULL AND holder = :person)
FROM cases INDEXED BY cases_open WHERE closed_at IS NULL /* besides */ GROUP BY 1, 2, 3
"""

# An authority's notice is owed as a promise is.
OWED_BETWEEN: Final = """
SELECT (
    SELECT count(*) FROM promises INDEXED BY promises_open
    WHERE status = 'open' AND due_at >= :since AND due_at < :until /* besides */
) + (
    SELECT count(*) FROM tasks INDEXED BY notices_open
    WHERE state = 'open' AND kind = 'notice' AND due_at >= :since AND due_at < :until /* besides */
)
"""

OWED: Final = f"""
SELECT case_no, id, '', due_at, ({OWED_BETWEEN}) FROM (
    SELECT case_no, id, due_at FROM promises INDEXED BY promises_open
    WHERE status = 'open' AND due_at >= :since AND due_at < :until /* besides */
    UNION ALL
    SELECT case_no, id, due_at FROM tasks INDEXED BY notices_open
    WHERE state = 'open' AND kind = 'notice' AND due_at >= :since AND due_at < :until /* besides */
)
ORDER BY due_at, case_no, id LIMIT :limit OFFSET :offset
"""  # noqa: S608 - words of our own


# Few bodies name anybody: those alone are in the index, and taken apart.
ABOUT: Final = """
SELECT case_no FROM cases INDEXED BY cases_about
WHERE closed_at IS NULL AND instr(body, '"about":[') > 0
    AND EXISTS (SELECT 1 FROM json_each(body, '$.about') WHERE value = :person)
ORDER BY case_no
"""


class OverviewCabinet(Cabinet):
    """What supervisors look at."""

    async def open_cases(self, wanted: Outlook, *, offset: int, limit: int) -> Hits:
        """See `Overview.open_cases`."""
        rows = await self._read(
            besides(wanted.besides, OPEN_CASES), {**_values(wanted), "limit": limit, "offset": offset}
        )
        return Hits(rows=tuple(hit_of(row) for row in rows), total=rows[0][4] if rows else 0)

    async def tally(self, wanted: Outlook) -> Tally:
        """See `Overview.tally`."""
        return tally_of(await self._read(besides(wanted.besides, TALLY), _values(wanted)))

    async def about(self, person: UserId) -> tuple[CaseNo, ...]:
        """See `Overview.about`."""
        return tuple(CaseNo(row[0]) for row in await self._read(ABOUT, {"person": person}))

    async def owed(
        self,
        since: datetime | None,
        until: datetime,
        *,
        offset: int,
        limit: int,
        but: Collection[CaseNo] = (),
    ) -> Hits:
        """See `Overview.owed`."""
        ends = {"since": stamp(since) if since else "", "until": stamp(until)}
        rows = await self._read(besides(but, OWED), {**ends, "limit": limit, "offset": offset})
        return Hits(rows=tuple(hit_of(row) for row in rows), total=rows[0][4] if rows else 0)

    async def owed_between(self, bounds: Sequence[datetime], but: Collection[CaseNo] = ()) -> list[int]:
        """See `Overview.owed_between`."""
        marks = ["", *(stamp(one) for one in bounds)]

        def work(connection: sqlite3.Connection) -> list[int]:
            spans = ({"since": since, "until": until} for since, until in pairwise(marks))
            return [int(connection.execute(besides(but, OWED_BETWEEN), ends).fetchone()[0]) for ends in spans]

        return await self._reader.run(work)


def _values(wanted: Outlook) -> dict[str, object]:
    return {
        "queue": wanted.queue.value if wanted.queue else None,
        "show": wanted.show.value,
        "person": wanted.person,
        "now": stamp(wanted.now),
    }
