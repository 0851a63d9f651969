"""Rows of facts, of which figures are made."""

import json
import secrets
import sqlite3
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final

from bot.store.casework import assemble, unbooked_from
from bot.store.keeping import FactsRow, Unbooked
from bot.store.rows import Row, stamp
from bot.store.sqlite.cabinet import Cabinet
from bot.store.sqlite.casework import CASES, register_rows
from bot.store.sqlite.figures import TIMELINES

PAGE: Final = 1000
SECRET: Final = 32

# A mark is used once: a case that was struck off and comes back is not taken for what it was.
UNBOOK: Final = """
INSERT INTO unbooked (case_no, mark, due) VALUES (?, random(), ?)
ON CONFLICT (case_no) DO UPDATE SET mark = excluded.mark, due = excluded.due
"""

ON_THE_LIST: Final = """
SELECT unbooked.case_no, mark, facts.body FROM unbooked LEFT JOIN facts USING (case_no)
WHERE due <= ? ORDER BY unbooked.case_no LIMIT ?
"""

BOOK: Final = """
INSERT INTO facts (case_no, opened_at, last_at, form, body) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (case_no) DO UPDATE SET last_at = excluded.last_at, form = excluded.form, body = excluded.body
"""

FORGET: Final = "DELETE FROM facts WHERE case_no = ?"

STRIKE_OFF: Final = "DELETE FROM unbooked WHERE case_no = ? AND mark = ?"

AGAIN: Final = "UPDATE unbooked SET due = ? WHERE case_no = ? AND mark = ?"

OTHERS: Final = """
INSERT INTO unbooked (case_no, mark, due) SELECT case_no, random(), '' FROM facts
WHERE form < :form OR form > :form
ON CONFLICT (case_no) DO NOTHING
"""

# In the order of their last news: what has been at rest for long is passed over.
BOOKED: Final = """
SELECT case_no, last_at, body FROM facts
WHERE (last_at, case_no) > (?, ?) AND opened_at < ? ORDER BY last_at, case_no LIMIT ?
"""


class KeepingCabinet(Cabinet):
    """Rows of facts."""

    async def unbooked(self, now: datetime, limit: int) -> list[Unbooked]:
        """See `Keeping.unbooked`."""
        values = (stamp(now), limit)

        def work(connection: sqlite3.Connection) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
            listed = connection.execute(ON_THE_LIST, values).fetchall()
            names = json.dumps([row[0] for row in listed])
            found = connection.execute(CASES, (names,)).fetchall()
            lines = connection.execute(TIMELINES, (names,)).fetchall()
            return listed, found, register_rows(connection, names), lines

        listed, found, registers, lines = await self._reader.run(work)
        cases, _ = assemble(found, registers)
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

        def work(connection: sqlite3.Connection) -> None:
            for statement, values in ((BOOK, written), (FORGET, gone), (STRIKE_OFF, done), (AGAIN, again)):
                connection.executemany(statement, values)

        await self._writer.run(work)

    async def unbook_others(self, form: str) -> int:
        """See `Keeping.unbook_others`."""
        return await self._writer.run(lambda connection: connection.execute(OTHERS, {"form": form}).rowcount)

    async def booked(self, since: datetime, until: datetime) -> AsyncIterator[list[str]]:
        """See `Keeping.booked`."""
        told: set[str] = set()
        last_at, last_no = stamp(since), ""
        while page := await self._read(BOOKED, (last_at, last_no, stamp(until), PAGE)):
            last_no, last_at, _ = page[-1]
            # what is written to meanwhile comes once more
            yield [body for no, _, body in page if no not in told]
            told.update(no for no, _, _ in page)

    async def unbooked_count(self, now: datetime) -> int:
        """See `Keeping.unbooked_count`."""
        ((count,),) = await self._read("SELECT count(*) FROM unbooked WHERE due <= ?", (stamp(now),))
        return int(count)

    async def facts_key(self) -> bytes:
        """See `Keeping.facts_key`."""
        fresh = secrets.token_hex(SECRET)

        def work(connection: sqlite3.Connection) -> str:
            connection.execute("INSERT INTO facts_key VALUES (1, ?) ON CONFLICT DO NOTHING", (fresh,))
            (secret,) = connection.execute("SELECT secret FROM facts_key").fetchone()
            return str(secret)

        return bytes.fromhex(await self._writer.run(work))
