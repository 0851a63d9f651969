"""Everything that is open and everything that is owed, for supervisors."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from bot.complaint.boards import Hits, Outlook, Tally
from bot.complaint.ids import CaseNo, UserId
from bot.store.overview import tally_of
from bot.store.postgres.cabinet import Cabinet
from bot.store.rows import stamp
from bot.store.seeking import besides, hit_of

OPEN_CASES: Final = """
SELECT case_no, '', '', NULL, count(*) OVER () FROM (
    SELECT case_no, severity, opened_at,
        (SELECT min(due_at) FROM promises
            WHERE promises.case_no = cases.case_no AND promises.status = 'open') AS due
    FROM cases
    WHERE closed_at IS NULL /* besides */ AND ($1::text IS NULL OR queue = $1) AND CASE $2::text
        WHEN 'waiting' THEN control = 'queued' AND holder IS NULL
        WHEN 'grave' THEN severity <= 2
        WHEN 'mine' THEN holder = $3::bigint
        ELSE true END
) AS looked_at
WHERE $2 <> 'late' OR due < $4::text
ORDER BY severity, due NULLS LAST, opened_at, case_no LIMIT $5 OFFSET $6
"""

TALLY: Final = """
SELECT queue, control, held, count(*), count(*) FILTER (WHERE late), count(*) FILTER (WHERE severity <= 2),
    count(*) FILTER (WHERE mine)
FROM (
    SELECT queue, control, severity, holder IS NOT NULL AS held, holder = $1::bigint AS mine,
        EXISTS (SELECT 1 FROM promises WHERE promises.case_no = cases.case_no
            AND promises.status = 'open' AND due_at < $2::text) AS late
    FROM cases WHERE closed_at IS NULL /* besides */
) AS looked_at
GROUP BY 1, 2, 3
"""

# An authority's notice is owed as a promise is.
OWED: Final = """
SELECT case_no, id, '', due_at, count(*) OVER () FROM (
    SELECT case_no, id, due_at FROM promises
    WHERE status = 'open' AND due_at >= $1::text AND due_at < $2::text /* besides */
    UNION ALL
    SELECT case_no, id, due_at FROM tasks
    WHERE state = 'open' AND kind = 'notice' AND due_at >= $1::text AND due_at < $2::text /* besides */
) AS owed
ORDER BY due_at, case_no, id LIMIT $3 OFFSET $4
"""

OWED_BETWEEN: Final = """
SELECT (SELECT count(*) FROM promises WHERE status = 'open' AND due_at >= since AND due_at < until /* besides */)
    + (SELECT count(*) FROM tasks
        WHERE state = 'open' AND kind = 'notice' AND due_at >= since AND due_at < until /* besides */)
FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS spans (since, until, place) ORDER BY place
"""


# Few bodies name anybody: only those are taken apart.
ABOUT: Final = """
SELECT case_no FROM cases
WHERE closed_at IS NULL AND strpos(body, '"about":[') > 0
    AND json_or_null(body) #> '{about}' @> to_jsonb($1::bigint)
ORDER BY case_no
"""


class OverviewCabinet(Cabinet):
    """What supervisors look at."""

    async def open_cases(self, wanted: Outlook, *, offset: int, limit: int) -> Hits:
        """See `Overview.open_cases`."""
        queue = wanted.queue.value if wanted.queue else None
        named = (queue, wanted.show.value, wanted.person, stamp(wanted.now), limit, offset)
        rows = await self._readers.fetch(besides(wanted.besides, OPEN_CASES), *named)
        return Hits(rows=tuple(hit_of(row) for row in rows), total=rows[0][4] if rows else 0)

    async def tally(self, wanted: Outlook) -> Tally:
        """See `Overview.tally`."""
        return tally_of(
            await self._readers.fetch(besides(wanted.besides, TALLY), wanted.person, stamp(wanted.now))
        )

    async def about(self, person: UserId) -> tuple[CaseNo, ...]:
        """See `Overview.about`."""
        return tuple(CaseNo(row[0]) for row in await self._readers.fetch(ABOUT, person))

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
        first = stamp(since) if since else ""
        rows = await self._readers.fetch(besides(but, OWED), first, stamp(until), limit, offset)
        return Hits(rows=tuple(hit_of(row) for row in rows), total=rows[0][4] if rows else 0)

    async def owed_between(self, bounds: Sequence[datetime], but: Collection[CaseNo] = ()) -> list[int]:
        """See `Overview.owed_between`."""
        marks = ["", *(stamp(one) for one in bounds)]
        rows = await self._readers.fetch(besides(but, OWED_BETWEEN), marks[:-1], marks[1:])
        return [int(count) for (count,) in rows]
