"""Lists over many cases, for the desk."""

import sqlite3
from collections.abc import Mapping
from typing import Final

from bot.complaint.axes import Queue
from bot.complaint.boards import Board, Filter, Hits
from bot.complaint.ids import UserId
from bot.store.rows import Row
from bot.store.seeking import hit_of, sought, without
from bot.store.sqlite.cabinet import Cabinet

WAITING = """
SELECT case_no, '', '', since, count(*) OVER () FROM (
    SELECT cases.case_no, cases.queue, severity, coalesce(min(escalations.at), opened_at) AS since
    FROM cases INDEXED BY cases_queued
    LEFT JOIN escalations ON escalations.case_no = cases.case_no AND open = 1
    WHERE control = 'queued' AND holder IS NULL AND closed_at IS NULL
        AND (:queue IS NULL OR cases.queue = :queue) /* shown */
    GROUP BY cases.case_no
)
ORDER BY CASE queue WHEN 'safety' THEN 0 WHEN 'legal' THEN 1 WHEN 'conduct' THEN 2 WHEN 'media_pr' THEN 3
    WHEN 'quality' THEN 4
    WHEN 'general' THEN 5 ELSE 6 END, severity, since, case_no
LIMIT :limit OFFSET :offset
"""

WAITING_BY_QUEUE = """
SELECT queue, count(*) FROM cases INDEXED BY cases_queued
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
    FROM cases INDEXED BY cases_held WHERE holder = :person AND holder IS NOT NULL AND closed_at IS NULL
)
ORDER BY min(coalesce(promised, '9'), coalesce(tasked, '9'), coalesce(owed, '9')), case_no
LIMIT :limit OFFSET :offset
"""

TASKS = """
SELECT case_no, id, '', NULL, count(*) OVER ()
FROM tasks INDEXED BY tasks_open JOIN cases USING (case_no)
WHERE state = 'open' AND (
    :person IS NULL OR owner_id = :person OR (owner_id IS NULL AND (holder = :person OR (:legal AND kind = 'notice')))
) /* shown */
ORDER BY due_at, case_no, id LIMIT :limit OFFSET :offset
"""

# An authority's notice is owed as a promise is.
PROMISES = """
SELECT case_no, id, '', NULL, count(*) OVER () FROM (
    SELECT case_no, id, due_at, 0 AS official FROM promises INDEXED BY promises_open WHERE status = 'open'
    UNION ALL
    SELECT case_no, id, due_at, 1 FROM tasks INDEXED BY notices_open WHERE state = 'open' AND kind = 'notice'
) JOIN cases USING (case_no)
WHERE (:person IS NULL OR holder = :person OR (:legal AND official)) /* shown */
ORDER BY due_at, case_no, id LIMIT :limit OFFSET :offset
"""

SUGGESTIONS = """
SELECT case_no, '', '', NULL, count(*) OVER () FROM cases INDEXED BY cases_suggesting
WHERE queue = 'suggestion' AND (:person IS NULL OR NOT CASE
    WHEN json_valid(body) THEN coalesce(json_extract(body, '$.idea.fate'), '') END IN ('declined', 'done')) /* shown */
ORDER BY opened_at DESC, case_no LIMIT :limit OFFSET :offset
"""

# By its number a line is found at once; in the order of cases every line that there ever was would be passed.
FIND = r"""
WITH heard AS MATERIALIZED (
    SELECT case_no, max(id), text FROM timeline NOT INDEXED
    WHERE id > (SELECT max(id) FROM timeline) - :lines AND who IN ('customer', 'agent')
        AND text LIKE :pattern ESCAPE '\'
    GROUP BY case_no
), known AS MATERIALIZED (
    SELECT case_no FROM (SELECT case_no, body FROM cases ORDER BY opened_at DESC, case_no DESC LIMIT :cases)
    WHERE json_extract(body, '$.customer.name') LIKE :pattern ESCAPE '\'
        OR json_extract(body, '$.facts.logged_name') LIKE :pattern ESCAPE '\'
        OR json_extract(body, '$.customer.username') = ltrim(:words, '@') COLLATE NOCASE
        OR json_extract(body, '$.facts.order_no') LIKE :pattern ESCAPE '\'
        OR json_extract(body, '$.facts.order.order_no') LIKE :pattern ESCAPE '\'
        OR (:digits <> '' AND json_extract(body, '$.facts.phone') LIKE '%' || :digits || '%')
)
SELECT cases.case_no, '', coalesce(heard.text, ''), NULL, count(*) OVER ()
FROM cases LEFT JOIN heard ON heard.case_no = cases.case_no
WHERE cases.case_no IN (SELECT case_no FROM known UNION SELECT case_no FROM heard UNION SELECT :number) /* shown */
ORDER BY opened_at DESC, cases.case_no LIMIT :limit OFFSET :offset
"""

CUSTOMERS = """
SELECT customer, max(opened_at) FROM (
    SELECT customer, opened_at, body FROM cases ORDER BY opened_at DESC, case_no DESC LIMIT :cases
)
WHERE json_extract(body, '$.customer.username') = ltrim(:words, '@') COLLATE NOCASE
    OR (:digits <> '' AND json_extract(body, '$.facts.phone') LIKE '%' || :digits)
GROUP BY customer ORDER BY 2 DESC, customer LIMIT 20
"""

_QUERIES: Final[Mapping[Board, str]] = {
    Board.QUEUE: WAITING,
    Board.MINE: MINE,
    Board.FIND: FIND,
    Board.TASKS: TASKS,
    Board.PROMISES: PROMISES,
    Board.SUGGESTIONS: SUGGESTIONS,
}


class BoardCabinet(Cabinet):
    """The lists and searches of the desk."""

    async def search(self, wanted: Filter, *, offset: int, limit: int) -> Hits:
        """See `Store.search`."""
        values = {
            "queue": wanted.queue.value if wanted.queue else None,
            "person": wanted.person,
            "legal": wanted.legal,
            **sought(wanted.words),
            "limit": limit,
            "offset": offset,
        }

        def work(connection: sqlite3.Connection) -> tuple[list[Row], list[Row]]:
            found = connection.execute(without(wanted, _QUERIES[wanted.board]), values).fetchall()
            by_queue = without(wanted, WAITING_BY_QUEUE)
            waiting = connection.execute(by_queue) if wanted.board is Board.QUEUE else ()
            return found, list(waiting)

        found, waiting = await self._reader.run(work)
        return Hits(
            rows=tuple(hit_of(row) for row in found),
            total=found[0][4] if found else 0,
            by_queue={Queue(queue): count for queue, count in waiting},
        )

    async def customers_called(self, words: str) -> list[UserId]:
        """See `Store.customers_called`."""
        return [UserId(row[0]) for row in await self._read(CUSTOMERS, sought(words))]
