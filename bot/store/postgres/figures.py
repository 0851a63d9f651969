"""Queries over many cases, for the dialogue and the watch, and for the export."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from bot.complaint.boards import Selection
from bot.complaint.case import Case, Queue, Severity
from bot.complaint.deskwork import Waiting
from bot.complaint.ids import CaseNo, UserId
from bot.complaint.reading import RemedyKind
from bot.store.casework import CasePage, by_pages, told_cases
from bot.store.port import TimelineRow
from bot.store.postgres.cabinet import Cabinet
from bot.store.postgres.casework import gathered, with_registers
from bot.store.rows import Row, stamp
from bot.store.selecting import asked_of

PAGE = 50
"""Cases that the export reads at a time: few enough that nobody waits behind it."""

GOODWILL = [kind.value for kind in (RemedyKind.VOUCHER, RemedyKind.GIFT, RemedyKind.DISCOUNT)]

WAITING_FOR_PEOPLE = """
SELECT cases.case_no, severity, min(escalations.at) AS since, cases.queue
FROM cases JOIN escalations ON escalations.case_no = cases.case_no AND open = 1
WHERE control = 'queued' AND holder IS NULL AND closed_at IS NULL
GROUP BY cases.case_no ORDER BY severity, since, cases.case_no
"""

GOODWILL_SINCE = """
SELECT count(*) FROM offers
WHERE case_no = ANY (ARRAY(SELECT case_no FROM cases WHERE customer = $1)) AND state = 'agreed'
    AND at >= $2 AND kinds::jsonb ?| $3::text[]
"""

CASES_OF = with_registers("""
SELECT case_no, version, body FROM cases
WHERE customer = $1 AND (closed_at IS NULL OR opened_at >= $2) ORDER BY opened_at DESC, case_no
""")

NEXT_PAGE = """
SELECT case_no, opened_at FROM cases WHERE (opened_at, case_no) > ($1, $2) ORDER BY opened_at, case_no LIMIT $3
"""

CASES = with_registers("""
SELECT case_no, version, body FROM cases JOIN unnest($1::text[]) WITH ORDINALITY AS asked (case_no, turn)
    USING (case_no) WHERE case_no = ANY ($1::text[]) ORDER BY turn
""")

SELECTED = """
SELECT case_no, customer FROM cases
WHERE opened_at >= $1 AND opened_at < $2 AND $3::text IN ('', queue) AND $4::text IN ('', status)
    AND $5::bigint IN (0, customer) AND ($6::text = '[]'
        OR json_or_null(body) #>> '{facts,product}' IN (SELECT json_array_elements_text($6::text::json))
        OR json_or_null(body) #>> '{facts,order,product}' IN (SELECT json_array_elements_text($6::text::json)))
ORDER BY opened_at, case_no
"""

TIMELINES = """
SELECT timeline.case_no, at, who, timeline.chat, timeline.message, text, media, letter, edit, note, "by",
    outcome, carried.message, settled_at
FROM timeline LEFT JOIN LATERAL (
    SELECT outcome, outbox.message, settled_at FROM outbox WHERE outbox.id = letter OFFSET 0
) AS carried ON true
WHERE timeline.case_no = ANY ($1::text[]) ORDER BY timeline.id
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
        return [
            Waiting(no, Severity(severity), datetime.fromisoformat(since), Queue(queue))
            for no, severity, since, queue in await self._readers.fetch(WAITING_FOR_PEOPLE)
        ]

    async def goodwill_since(self, customer: UserId, since: datetime) -> int:
        """See `Store.goodwill_since`."""
        ((count,),) = await self._readers.fetch(GOODWILL_SINCE, customer, stamp(since), GOODWILL)
        return int(count)

    async def cases_of(self, customer: UserId, since: datetime) -> list[Case]:
        """See `Store.cases_of`."""
        cases, _ = gathered(await self._readers.fetch(CASES_OF, customer, stamp(since)))
        return list(cases.values())

    async def counts(self) -> dict[str, int]:
        """See `Store.counts`."""
        return {name: count for name, count in await self._readers.fetch(COUNTS)}  # noqa: C416 - rows are untyped

    async def selected(self, wanted: Selection) -> list[tuple[CaseNo, UserId]]:
        """See `Selecting.selected`."""
        found = await self._readers.fetch(SELECTED, *asked_of(wanted).values())
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
        while page := await self._readers.fetch(NEXT_PAGE, *after, PAGE):
            yield [number for number, _ in page]
            after = (page[-1][1], page[-1][0])

    async def _page(self, numbers: Sequence[str]) -> CasePage:
        """Cases and their timelines, as they are at one moment."""
        async with (
            self._readers.borrowed() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            found = await connection.fetch(CASES, numbers)
            lines = await connection.fetch(TIMELINES, numbers)
        cases, unreadable = gathered(found)
        timelines: dict[CaseNo, list[Row]] = defaultdict(list)
        for line in lines:
            timelines[line[0]].append(line)
        return cases, timelines, list(unreadable.values())
