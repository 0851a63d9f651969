"""The audit: lines in order, each sealed with the one before; none is ever changed or removed.

Two replicas that write at once take turns: who adds to the audit holds its lock until it is committed.
"""

from collections.abc import AsyncIterator, Collection, Sequence

from bot.complaint.deskwork import Deed, SealedDeed
from bot.complaint.ids import CaseNo, UserId
from bot.store.postgres.bundle import Bundle, Part
from bot.store.postgres.cabinet import Cabinet
from bot.store.postgres.connecting import Connection
from bot.store.rows import Row, found_by, json_text
from bot.store.seals import FIRST_SEAL, deed_from, first_broken, seal_of

PAGE = 500

# A statement of its own: the next one must see what was committed while this one waited.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/audit', 0))"

LAST = "SELECT id, seal FROM deeds ORDER BY id DESC LIMIT 1"

DEED = Part("""
INSERT INTO deeds (id, case_no, at, "by", act, refused, body, seal)
SELECT * FROM unnest(
    $1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[]
)
""")

DEEDS = """
SELECT id, body, seal, case_no, at, "by", act, refused FROM deeds WHERE id > $1 ORDER BY id LIMIT $2
"""

DEEDS_OF = "SELECT id, body, seal FROM deeds WHERE case_no = $3 AND id > $1 ORDER BY id LIMIT $2"


LAST_DEEDS_OF_CASE = """
SELECT id, body, seal FROM deeds WHERE case_no = $1 AND act = ANY ($2::text[]) ORDER BY id DESC LIMIT $3
"""

LAST_DEEDS_BY = """
SELECT id, body, seal FROM deeds WHERE "by" = $1 AND act = ANY ($2::text[]) ORDER BY id DESC LIMIT $3
"""


async def seal_deeds(connection: Connection, bundle: Bundle, deeds: Sequence[Deed]) -> None:
    """Add audit lines to a bundle, after the last one. The present transaction must commit them."""
    if not deeds:
        return
    await connection.fetch(LOCK)
    last = await connection.fetchrow(LAST)
    number, seal = last or (0, FIRST_SEAL)
    values: list[Row] = []
    for place, one in enumerate(deeds, start=number + 1):
        body = json_text(one)
        seal = seal_of(seal, body)
        values.append((place, *found_by(one), body, seal))
    bundle.add(DEED, values)


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
        if case_no is None:
            found = await self._readers.fetch(LAST_DEEDS_BY, by, list(acts), limit)
        else:
            found = await self._readers.fetch(LAST_DEEDS_OF_CASE, case_no, list(acts), limit)
        return [
            SealedDeed(number=number, deed=deed_from(body, number), seal=seal) for number, body, seal in found
        ]

    async def broken_seal(self) -> int | None:
        """See `Store.broken_seal`."""
        return await first_broken(self._lines(None))

    async def _lines(self, case_no: CaseNo | None) -> AsyncIterator[Row]:
        after = 0
        while True:
            if case_no is None:
                page = await self._readers.fetch(DEEDS, after, PAGE)
            else:
                page = await self._readers.fetch(DEEDS_OF, after, PAGE, case_no)
            for row in page:
                yield row
            if len(page) < PAGE:
                return
            after = page[-1][0]
