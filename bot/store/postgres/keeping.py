"""Rows of facts, of which figures are made."""

import secrets
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final

from bot.store.casework import unbooked_from
from bot.store.keeping import FactsRow, Unbooked
from bot.store.postgres.bundle import Part, columns
from bot.store.postgres.cabinet import Cabinet
from bot.store.postgres.casework import gathered
from bot.store.postgres.connecting import Connection
from bot.store.postgres.figures import CASES, TIMELINES
from bot.store.rows import stamp

PAGE: Final = 1000
SECRET: Final = 32
MARK: Final = "(random() * 9007199254740991)::bigint"

# A mark is used once: a case that was struck off and comes back is not taken for what it was.
UNBOOK: Final = Part(f"""
INSERT INTO unbooked (case_no, mark, due) SELECT case_no, {MARK}, due FROM unnest($1::text[], $2::text[])
    AS new (case_no, due)
ON CONFLICT (case_no) DO UPDATE SET mark = excluded.mark, due = excluded.due
""")  # noqa: S608 - words of our own

ON_THE_LIST: Final = """
SELECT unbooked.case_no, mark, (SELECT body FROM facts WHERE facts.case_no = unbooked.case_no) FROM unbooked
WHERE due <= $1 ORDER BY unbooked.case_no LIMIT $2
"""

BOOK: Final = """
INSERT INTO facts (case_no, opened_at, last_at, form, body)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
ON CONFLICT (case_no) DO UPDATE SET last_at = excluded.last_at, form = excluded.form, body = excluded.body
"""

FORGET: Final = "DELETE FROM facts WHERE case_no = ANY ($1::text[])"

STRIKE_OFF: Final = """
DELETE FROM unbooked USING unnest($1::text[], $2::bigint[]) AS done (case_no, mark)
WHERE unbooked.case_no = ANY ($1::text[]) AND unbooked.case_no = done.case_no AND unbooked.mark = done.mark
"""

AGAIN: Final = """
UPDATE unbooked SET due = later.due FROM unnest($1::text[], $2::text[], $3::bigint[]) AS later (due, case_no, mark)
WHERE unbooked.case_no = ANY ($2::text[]) AND unbooked.case_no = later.case_no AND unbooked.mark = later.mark
"""

OTHERS: Final = f"""
INSERT INTO unbooked (case_no, mark, due)
SELECT case_no, {MARK}, '' FROM facts WHERE form < $1 OR form > $1 ON CONFLICT (case_no) DO NOTHING RETURNING 1
"""  # noqa: S608 - words of our own

# In the order of their last news: what has been at rest for long is passed over.
BOOKED: Final = """
SELECT case_no, last_at, body FROM facts
WHERE (last_at, case_no) > ($1, $2) AND opened_at < $3 ORDER BY last_at, case_no LIMIT $4
"""


class KeepingCabinet(Cabinet):
    """Rows of facts."""

    async def unbooked(self, now: datetime, limit: int) -> list[Unbooked]:
        """See `Keeping.unbooked`."""
        async with (
            self._readers.borrowed() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            listed = await connection.fetch(ON_THE_LIST, stamp(now), limit)
            numbers = [row[0] for row in listed]
            found = await connection.fetch(CASES, numbers) if numbers else []
            lines = await connection.fetch(TIMELINES, numbers) if numbers else []
        cases, _ = gathered(found)
        return unbooked_from(listed, cases, lines)

    async def book(self, rows: Sequence[FactsRow]) -> None:
        """See `Keeping.book`."""
        written = [
            (one.no, stamp(one.opened_at), stamp(one.last_at), one.form, one.body)
            for one in rows
            if one.body is not None
        ]
        gone = [(one.no,) for one in rows if one.body is None]
        done = [(one.no, one.mark) for one in rows if one.again_at is None]
        again = [(stamp(one.again_at), one.no, one.mark) for one in rows if one.again_at is not None]

        async def work(connection: Connection) -> None:
            for statement, values in ((BOOK, written), (FORGET, gone), (STRIKE_OFF, done), (AGAIN, again)):
                if values:
                    await connection.fetch(statement, *columns(values))

        await self._book.run(work)

    async def unbook_others(self, form: str) -> int:
        """See `Keeping.unbook_others`."""
        return len(await self._book.change(OTHERS, form))

    async def booked(self, since: datetime, until: datetime) -> AsyncIterator[list[str]]:
        """See `Keeping.booked`."""
        told: set[str] = set()
        last_at, last_no = stamp(since), ""
        while page := await self._readers.fetch(BOOKED, last_at, last_no, stamp(until), PAGE):
            last_no, last_at, _ = page[-1]
            # what is written to meanwhile comes once more
            yield [body for no, _, body in page if no not in told]
            told.update(no for no, _, _ in page)

    async def unbooked_count(self, now: datetime) -> int:
        """See `Keeping.unbooked_count`."""
        rows = await self._readers.fetch("SELECT count(*) FROM unbooked WHERE due <= $1", stamp(now))
        return int(rows[0][0])

    async def facts_key(self) -> bytes:
        """See `Keeping.facts_key`."""
        fresh = secrets.token_hex(SECRET)
        await self._book.change("INSERT INTO facts_key VALUES (1, $1) ON CONFLICT DO NOTHING", fresh)
        ((secret,),) = await self._readers.fetch("SELECT secret FROM facts_key")
        return bytes.fromhex(secret)
