"""Queries over many cases, for the dialogue and the watch, and for the export."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from bot.complaint.boards import Selection
from bot.complaint.case import Case, Queue, Severity
from bot.complaint.deskwork import Waiting
from bot.complaint.ids import CaseNo, UserId
from bot.complaint.reading import RemedyKind
from bot.store.casework import CasePage, assemble, by_pages, told_cases
from bot.store.port import TimelineRow
from bot.store.rows import Row, json_text, stamp
from bot.store.selecting import asked_of
from bot.store.sqlite.cabinet import Cabinet
from bot.store.sqlite.casework import CASES, register_rows

PAGE = 50
"""Cases that the export reads at a time: few enough that nobody waits behind it."""

GOODWILL = json_text((RemedyKind.VOUCHER, RemedyKind.GIFT, RemedyKind.DISCOUNT))

WAITING_FOR_PEOPLE = """
SELECT cases.case_no, severity, min(escalations.at) AS since, cases.queue
FROM cases INDEXED BY cases_queued JOIN escalations ON escalations.case_no = cases.case_no AND open = 1
WHERE control = 'queued' AND holder IS NULL AND closed_at IS NULL
GROUP BY cases.case_no ORDER BY severity, since, cases.case_no
"""

GOODWILL_SINCE = """
SELECT count(*) FROM offers JOIN cases USING (case_no)
WHERE customer = ? AND state = 'agreed' AND at >= ?
    AND EXISTS (SELECT 1 FROM json_each(kinds) WHERE value IN (SELECT value FROM json_each(?)))
"""

CASES_OF = """
SELECT case_no, version, body FROM cases
WHERE customer = ? AND (closed_at IS NULL OR opened_at >= ?) ORDER BY opened_at DESC, case_no
"""

NEXT_PAGE = """
SELECT case_no, opened_at FROM cases WHERE (opened_at, case_no) > (?, ?) ORDER BY opened_at, case_no LIMIT ?
"""

SELECTED = """
SELECT case_no, customer FROM cases
WHERE opened_at >= :since AND opened_at < :until AND :queue IN ('', queue) AND :status IN ('', status)
    AND :customer IN (0, customer) AND (:products = '[]'
        OR json_extract(body, '$.facts.product') IN (SELECT value FROM json_each(:products))
        OR json_extract(body, '$.facts.order.product') IN (SELECT value FROM json_each(:products)))
ORDER BY opened_at, case_no
"""

TIMELINES = """
SELECT timeline.case_no, at, who, timeline.chat, timeline.message, text, media, letter, edit, note, "by",
    outcome, outbox.message, settled_at
FROM timeline LEFT JOIN outbox ON outbox.id = letter
WHERE timeline.case_no IN (SELECT value FROM json_each(?)) ORDER BY timeline.id
"""

COUNTS = """
SELECT 'inbox_pending', count(*) FROM inbox WHERE outcome IS NULL
UNION ALL SELECT 'set_aside', count(*) FROM inbox WHERE outcome = 'set_aside'
UNION ALL SELECT 'letters_waiting', count(*) FROM outbox WHERE outcome = 'waiting'
UNION ALL SELECT 'open_cases', count(*) FROM cases WHERE closed_at IS NULL
UNION ALL SELECT 'timers', count(*) FROM timers
"""


class Figures(Cabinet):
    """Queries over many cases."""

    async def waiting_for_people(self) -> list[Waiting]:
        """See `Store.waiting_for_people`."""
        rows = await self._read(WAITING_FOR_PEOPLE)
        return [
            Waiting(no, Severity(severity), datetime.fromisoformat(since), Queue(queue))
            for no, severity, since, queue in rows
        ]

    async def goodwill_since(self, customer: UserId, since: datetime) -> int:
        """See `Store.goodwill_since`."""
        ((count,),) = await self._read(GOODWILL_SINCE, (customer, stamp(since), GOODWILL))
        return int(count)

    async def cases_of(self, customer: UserId, since: datetime) -> list[Case]:
        """See `Store.cases_of`."""

        def work(connection: sqlite3.Connection) -> tuple[list[Row], list[Row]]:
            found = connection.execute(CASES_OF, (customer, stamp(since))).fetchall()
            return found, register_rows(connection, json.dumps([row[0] for row in found])) if found else []

        cases, _ = assemble(*await self._reader.run(work))
        return list(cases.values())

    async def counts(self) -> dict[str, int]:
        """See `Store.counts`."""
        return {name: count for name, count in await self._read(COUNTS)}  # noqa: C416 - rows are untyped tuples

    async def selected(self, wanted: Selection) -> list[tuple[CaseNo, UserId]]:
        """See `Selecting.selected`."""
        found = await self._read(SELECTED, asked_of(wanted))
        return [(CaseNo(case_no), UserId(customer)) for case_no, customer in found]

    async def cases(
        self, *, case_no: CaseNo | None = None, numbers: Sequence[CaseNo] | None = None
    ) -> AsyncIterator[tuple[Case, list[TimelineRow]]]:
        """See `Selecting.cases`."""
        named = [case_no] if case_no is not None else numbers
        pages = self._all_numbers() if named is None else by_pages(named, PAGE)
        async for told in told_cases(pages, self._page):
            yield told

    async def _all_numbers(self) -> AsyncIterator[list[str]]:
        after = ("", "")
        while page := await self._read(NEXT_PAGE, (*after, PAGE)):
            yield [number for number, _ in page]
            after = (page[-1][1], page[-1][0])

    async def _page(self, numbers: Sequence[str]) -> CasePage:
        names = json.dumps(numbers)

        def work(connection: sqlite3.Connection) -> tuple[list[Row], list[Row], list[Row]]:
            return (
                connection.execute(CASES, (names,)).fetchall(),
                register_rows(connection, names),
                connection.execute(TIMELINES, (names,)).fetchall(),
            )

        found, registers, lines = await self._reader.run(work)
        places = {number: place for place, number in enumerate(numbers)}
        cases, unreadable = assemble(sorted(found, key=lambda row: places[row[0]]), registers)
        timelines: dict[CaseNo, list[Row]] = defaultdict(list)
        for line in lines:
            timelines[line[0]].append(line)
        return cases, timelines, list(unreadable.values())
