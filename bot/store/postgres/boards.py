"""Lists over many cases, for the desk."""

from collections.abc import Mapping
from typing import Final

from bot.complaint.axes import Queue
from bot.complaint.boards import Board, Filter, Hits
from bot.complaint.ids import UserId
from bot.store.postgres.cabinet import Cabinet
from bot.store.rows import Row
from bot.store.seeking import hit_of, sought, without

WAITING = """
SELECT case_no, '', '', since, count(*) OVER () FROM (
    SELECT cases.case_no, cases.queue, severity, coalesce(min(escalations.at), opened_at) AS since
    FROM cases LEFT JOIN escalations ON escalations.case_no = cases.case_no AND open = 1
    WHERE control = 'queued' AND holder IS NULL AND closed_at IS NULL
        AND ($1::text IS NULL OR cases.queue = $1) /* shown */
    GROUP BY cases.case_no
) AS waiting
ORDER BY CASE queue WHEN 'safety' THEN 0 WHEN 'legal' THEN 1 WHEN 'conduct' THEN 2 WHEN 'media_pr' THEN 3
    WHEN 'quality' THEN 4
    WHEN 'general' THEN 5 ELSE 6 END, severity, since, case_no
LIMIT $2 OFFSET $3
"""

WAITING_BY_QUEUE = """
SELECT queue, count(*) FROM cases
WHERE control = 'queued' AND holder IS NULL AND closed_at IS NULL /* shown */ GROUP BY queue
"""

MINE = """
SELECT case_no, '', '', NULL, count(*) OVER () FROM (
    SELECT case_no,
        (SELECT min(due_at) FROM promises
            WHERE promises.case_no = cases.case_no AND promises.status = 'open') AS promised,
        (SELECT min(due_at) FROM tasks WHERE tasks.case_no = cases.case_no AND state = 'open') AS tasked,
        (SELECT min(due_at) FROM fulfilments
            WHERE fulfilments.case_no = cases.case_no AND done_at IS NULL) AS owed
    FROM cases WHERE holder = $1 AND closed_at IS NULL
) AS held
ORDER BY least(promised, tasked, owed) NULLS LAST, case_no LIMIT $2 OFFSET $3
"""

TASKS = """
SELECT case_no, id, '', NULL, count(*) OVER ()
FROM tasks JOIN cases USING (case_no)
WHERE state = 'open' AND ($1::bigint IS NULL OR owner_id = $1
    OR (owner_id IS NULL AND (holder = $1 OR ($4 AND kind = 'notice')))) /* shown */
ORDER BY due_at, case_no, id LIMIT $2 OFFSET $3
"""

# An authority's notice is owed as a promise is.
PROMISES = """
SELECT case_no, id, '', NULL, count(*) OVER () FROM (
    SELECT case_no, id, due_at, false AS official FROM promises WHERE status = 'open'
    UNION ALL
    SELECT case_no, id, due_at, true FROM tasks WHERE state = 'open' AND kind = 'notice'
) AS owed JOIN cases USING (case_no)
WHERE ($1::bigint IS NULL OR holder = $1 OR ($4 AND official)) /* shown */
ORDER BY due_at, case_no, id LIMIT $2 OFFSET $3
"""

SUGGESTIONS = """
SELECT case_no, '', '', NULL, count(*) OVER () FROM cases
WHERE queue = 'suggestion' AND ($1::bigint IS NULL
    OR coalesce(json_or_null(body) #>> '{idea,fate}', '') NOT IN ('declined', 'done')) /* shown */
ORDER BY opened_at DESC, case_no LIMIT $2 OFFSET $3
"""

# Reading a body costs fifty times what looking it through does: only what holds the words somewhere is read. In a body
# quotes and backslashes look otherwise than they were written, and so does the one character that it cannot hold.
FIND = r"""
WITH heard AS MATERIALIZED (
    SELECT DISTINCT ON (case_no) case_no, text FROM timeline
    WHERE id > (SELECT max(id) FROM timeline) - $4 AND who IN ('customer', 'agent')
        AND text ILIKE $1 ESCAPE '\'
    ORDER BY case_no, id DESC
), recent AS MATERIALIZED (
    SELECT case_no, json_or_null(body) AS body FROM (
        SELECT case_no, body, lower(replace(body, '\u0000', '')) AS plain
        FROM cases ORDER BY opened_at DESC, case_no DESC LIMIT $5
    ) AS newest
    WHERE plain LIKE lower($1) ESCAPE '\' OR strpos(plain, lower(ltrim($2, '@'))) > 0
        OR ($3 <> '' AND strpos(plain, $3) > 0) OR $2 ~ '["\\]'
), known AS (
    SELECT case_no FROM recent
    WHERE body #>> '{customer,name}' ILIKE $1 ESCAPE '\'
        OR body #>> '{facts,logged_name}' ILIKE $1 ESCAPE '\'
        OR lower(body #>> '{customer,username}') = lower(ltrim($2, '@'))
        OR body #>> '{facts,order_no}' ILIKE $1 ESCAPE '\'
        OR body #>> '{facts,order,order_no}' ILIKE $1 ESCAPE '\'
        OR ($3 <> '' AND body #>> '{facts,phone}' LIKE '%' || $3 || '%')
)
SELECT cases.case_no, '', coalesce(heard.text, ''), NULL, count(*) OVER ()
FROM cases LEFT JOIN heard ON heard.case_no = cases.case_no
WHERE cases.case_no = ANY (ARRAY(
    SELECT case_no FROM known UNION SELECT case_no FROM heard UNION SELECT $6::text
)) /* shown */
ORDER BY opened_at DESC, cases.case_no LIMIT $7 OFFSET $8
"""

CUSTOMERS = """
SELECT customer FROM (
    SELECT customer, opened_at, json_or_null(body) AS body FROM (
        SELECT customer, opened_at, body FROM cases ORDER BY opened_at DESC, case_no DESC LIMIT $3
    ) AS newest
    WHERE strpos(lower(body), lower(ltrim($1, '@'))) > 0 OR ($2 <> '' AND strpos(body, $2) > 0)
) AS recent
WHERE lower(body #>> '{customer,username}') = lower(ltrim($1, '@'))
    OR ($2 <> '' AND body #>> '{facts,phone}' LIKE '%' || $2)
GROUP BY customer ORDER BY max(opened_at) DESC, customer LIMIT 20
"""

_OF_PERSON: Final[Mapping[Board, str]] = {
    Board.MINE: MINE,
    Board.TASKS: TASKS,
    Board.PROMISES: PROMISES,
    Board.SUGGESTIONS: SUGGESTIONS,
}
_WITH_NOTICES: Final = (Board.TASKS, Board.PROMISES)


class BoardCabinet(Cabinet):
    """The lists and searches of the desk."""

    async def search(self, wanted: Filter, *, offset: int, limit: int) -> Hits:
        """See `Store.search`."""
        waiting: list[Row] = []
        if wanted.board is Board.QUEUE:
            queue = wanted.queue.value if wanted.queue else None
            found = await self._readers.fetch(without(wanted, WAITING), queue, limit, offset)
            waiting = await self._readers.fetch(without(wanted, WAITING_BY_QUEUE))
        elif wanted.board is Board.FIND:
            found = await self._find(wanted, offset, limit)
        else:
            legal = (wanted.legal,) if wanted.board in _WITH_NOTICES else ()
            found = await self._readers.fetch(
                without(wanted, _OF_PERSON[wanted.board]), wanted.person, limit, offset, *legal
            )
        return Hits(
            rows=tuple(hit_of(row) for row in found),
            total=found[0][4] if found else 0,
            by_queue={Queue(queue): count for queue, count in waiting},
        )

    async def customers_called(self, words: str) -> list[UserId]:
        """See `Store.customers_called`."""
        what = sought(words)
        rows = await self._readers.fetch(CUSTOMERS, what["words"], what["digits"], what["cases"])
        return [UserId(customer) for (customer,) in rows]

    async def _find(self, wanted: Filter, offset: int, limit: int) -> list[Row]:
        what = sought(wanted.words)
        names = ("pattern", "words", "digits", "lines", "cases", "number")
        sql = without(wanted, FIND)
        return await self._readers.fetch(sql, *(what[name] for name in names), limit, offset)
