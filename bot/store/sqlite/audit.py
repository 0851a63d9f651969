"""The audit: lines in order, each sealed with the one before; none is ever changed or removed."""

import json
import sqlite3
from collections.abc import AsyncIterator, Collection, Sequence

from bot.complaint.deskwork import Deed, SealedDeed
from bot.complaint.errors import RecordUnreadable
from bot.complaint.ids import CaseNo, UserId
from bot.store.rows import Row, found_by, json_text
from bot.store.seals import FIRST_SEAL, deed_from, seal_of
from bot.store.sqlite.cabinet import Cabinet

PAGE = 500

LAST_SEAL = "SELECT seal FROM deeds ORDER BY id DESC LIMIT 1"

DEED = """
INSERT INTO deeds (case_no, at, "by", act, refused, body, seal) VALUES (?, ?, ?, ?, ?, ?, ?)
"""

DEEDS = """
SELECT id, body, seal, case_no, at, "by", act, refused FROM deeds WHERE id > :after ORDER BY id LIMIT :limit
"""

DEEDS_OF = """
SELECT id, body, seal FROM deeds WHERE case_no = :case_no AND id > :after ORDER BY id LIMIT :limit
"""


LAST_DEEDS_OF_CASE = """
SELECT id, body, seal FROM deeds
WHERE case_no = ? AND act IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT ?
"""

LAST_DEEDS_BY = """
SELECT id, body, seal FROM deeds
WHERE "by" = ? AND act IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT ?
"""


def write_deeds(connection: sqlite3.Connection, deeds: Sequence[Deed]) -> None:
    """Add deeds to the audit, in the transaction that does them."""
    if not deeds:
        return
    last: Row | None = connection.execute(LAST_SEAL).fetchone()
    seal = last[0] if last else FIRST_SEAL
    values: list[Row] = []
    for one in deeds:
        body = json_text(one)
        seal = seal_of(seal, body)
        values.append((*found_by(one), body, seal))
    connection.executemany(DEED, values)


class AuditCabinet(Cabinet):
    """Reads and verifies the audit."""

    async def deeds(self, *, case_no: CaseNo | None = None) -> AsyncIterator[SealedDeed]:
        """See `Store.deeds`."""
        async for number, body, seal, *_ in self._lines(case_no):
            yield SealedDeed(number=number, deed=deed_from(body, number), seal=seal)

    async def last_deeds(
        self, *, case_no: CaseNo | None = None, by: UserId | None = None, acts: Collection[str], limit: int
    ) -> list[SealedDeed]:
        """See `Store.last_deeds`."""
        query = LAST_DEEDS_BY if case_no is None else LAST_DEEDS_OF_CASE
        values = (by if case_no is None else case_no, json.dumps(list(acts)), limit)
        return [
            SealedDeed(number=number, deed=deed_from(body, number), seal=seal)
            for number, body, seal in await self._read(query, values)
        ]

    async def broken_seal(self) -> int | None:
        """See `Store.broken_seal`."""
        before, expected = FIRST_SEAL, 1
        async for line in self._lines(None):
            number: int = line[0]
            _, body, seal, *columns = line
            if number != expected or seal != seal_of(before, body):
                return number
            try:
                deed = deed_from(body, number)
            except RecordUnreadable:
                return number
            if tuple(columns) != found_by(deed):
                return number
            before, expected = seal, number + 1
        return None

    async def _lines(self, case_no: CaseNo | None) -> AsyncIterator[Row]:
        after = 0
        while True:
            named = {"after": after, "case_no": case_no, "limit": PAGE}
            page = await self._read(DEEDS if case_no is None else DEEDS_OF, named)
            for row in page:
                yield row
            if len(page) < PAGE:
                return
            after = page[-1][0]
