"""The inbox: each arrival is kept once and worked in order."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime

from bot.complaint.errors import RecordRefused
from bot.complaint.ids import ChatId
from bot.complaint.records import Arrival, InboxRow, Timer
from bot.store.rows import Row, arrival_row, stamp, timer_from
from bot.store.sqlite.cabinet import Cabinet

KEEP = """
INSERT INTO inbox (source, key, chat, body, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (source, key) DO NOTHING
"""

# A row that is put off holds back itself and whatever of its chat came later.
PENDING = """
SELECT inbox.id, source, key, inbox.chat, body, at, attempts
FROM inbox
LEFT JOIN (
    SELECT chat, min(id) AS id FROM inbox
    WHERE outcome IS NULL AND not_before IS NOT NULL AND not_before > :now GROUP BY chat
) AS held ON held.chat = inbox.chat AND held.id <= inbox.id
WHERE outcome IS NULL AND held.id IS NULL
ORDER BY inbox.id LIMIT :limit
"""

KEPT = """
SELECT outcome IS NULL AND not_before IS NULL, id, source, key, chat, body, at, attempts FROM inbox
WHERE source = 'telegram' AND key IN (SELECT value FROM json_each(?))
"""

PUT_OFF = """
UPDATE inbox SET attempts = attempts + 1, not_before = ?, reason = ? WHERE id = ? AND outcome IS NULL
"""

# Rows come in order of time, so the walk ends at the first that is young enough.
PURGE = """
DELETE FROM inbox
WHERE outcome IN ('done', 'skipped')
    AND id < coalesce((SELECT id FROM inbox WHERE at >= :before ORDER BY id LIMIT 1), 9223372036854775807)
"""

DUE = "SELECT case_no, key, kind, due, chat FROM timers WHERE due <= ? ORDER BY due, case_no, key LIMIT ?"

NEXT_DUE = "SELECT min(due) FROM timers"

# Only a timer that still stands as it was read: one that was moved has another moment.
FIRE = """
DELETE FROM timers
WHERE (case_no, key, due) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))
RETURNING case_no, key
"""


def put_in(connection: sqlite3.Connection, rows: Sequence[Row]) -> int:
    """Keep arrivals within a transaction that is under way; how many were new."""
    return connection.executemany(KEEP, rows).rowcount if rows else 0


class Inbox(Cabinet):
    """The inbox, and the timers that feed it."""

    async def keep(self, arrivals: Sequence[Arrival]) -> int:
        """See `Store.keep`."""
        rows = [arrival_row(arrival) for arrival in arrivals]
        if not rows:
            return 0
        return await self._writer.run(lambda connection: put_in(connection, rows))

    async def pending(self, limit: int, *, now: datetime) -> list[InboxRow]:
        """See `Store.pending`."""
        named = {"limit": limit, "now": stamp(now)}
        return [_inbox_row(row) for row in await self._read(PENDING, named)]

    async def kept(self, updates: Collection[int]) -> dict[int, InboxRow | None]:
        """See `Sharing.kept`."""
        found = await self._read(KEPT, (json.dumps([str(one) for one in updates]),))
        return {int(row[3]): _inbox_row(row[1:]) if row[0] else None for row in found}

    async def put_off(self, row: int, until: datetime, reason: str) -> None:
        """See `Store.put_off`."""
        values = (stamp(until), reason, row)
        await self._writer.run(lambda connection: connection.execute(PUT_OFF, values).close())

    async def purge(self, before: datetime) -> int:
        """See `Store.purge`."""
        named = {"before": stamp(before)}
        return await self._writer.run(lambda connection: connection.execute(PURGE, named).rowcount)

    async def due(self, now: datetime, limit: int = 500) -> list[Timer]:
        """See `Store.due`."""
        return [timer_from(row) for row in await self._read(DUE, (stamp(now), limit))]

    async def next_due(self) -> datetime | None:
        """See `Store.next_due`."""
        ((moment,),) = await self._read(NEXT_DUE)
        return None if moment is None else datetime.fromisoformat(moment)

    async def fire(self, timers: Sequence[Timer], arrivals: Sequence[Arrival]) -> int:
        """See `Store.fire`."""
        rows = {
            (timer.case_no, timer.key): arrival_row(arrival)
            for timer, arrival in zip(timers, arrivals, strict=True)
        }
        names = json.dumps([[timer.case_no, timer.key, stamp(timer.due)] for timer in timers])

        def work(connection: sqlite3.Connection) -> int:
            fired = [rows[case_no, key] for case_no, key in connection.execute(FIRE, (names,)).fetchall()]
            if put_in(connection, fired) != len(fired):
                raise RecordRefused("A timer's arrival has a key that was used before.")
            return len(fired)

        return await self._writer.run(work) if rows else 0


def _inbox_row(row: Row) -> InboxRow:
    number, source, key, chat, body, at, attempts = row
    arrival = Arrival(source=source, key=key, chat=ChatId(chat), body=body, at=datetime.fromisoformat(at))
    return InboxRow(id=number, arrival=arrival, attempts=attempts)
