"""The inbox: each arrival is kept once and worked in order, a chat by one replica at a time."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.complaint.errors import RecordRefused
from bot.complaint.ids import ChatId
from bot.complaint.records import Arrival, Done, InboxRow, Timer
from bot.store.port import News
from bot.store.postgres.bundle import Bundle, Part, columns
from bot.store.postgres.cabinet import Cabinet
from bot.store.postgres.watchman import spelled
from bot.store.rows import Row, arrival_row, stamp, timer_from

KEEP = Part("""
INSERT INTO inbox (source, key, chat, body, at)
SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[], $5::text[])
ON CONFLICT (source, key) DO NOTHING RETURNING 1
""")

KEEP_ALONE = """
WITH kept AS (
    INSERT INTO inbox (source, key, chat, body, at)
    SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[], $5::text[])
    ON CONFLICT (source, key) DO NOTHING RETURNING 1
)
SELECT count(*), CASE WHEN count(*) > 0 THEN pg_notify('complaint_bot', $6) END FROM kept
"""

# A row that is put off holds back itself and whatever of its chat came later. A chat that somebody else claims
# is left alone while they live. Of two who claim at once the second waits for the first, and finds it taken.
PENDING = """
WITH picked AS MATERIALIZED (
    SELECT id, source, key, chat, body, at, attempts FROM inbox
    WHERE outcome IS NULL
        AND NOT EXISTS (
            SELECT FROM inbox AS late
            WHERE late.chat = inbox.chat AND late.id <= inbox.id AND late.outcome IS NULL
                AND late.not_before IS NOT NULL AND late.not_before > $1
        )
        AND NOT EXISTS (
            SELECT FROM claims LEFT JOIN replicas ON replicas.id = owner
            WHERE claims.chat = inbox.chat AND owner <> $3 AND (until IS NULL OR until > clock_timestamp())
        )
        AND EXISTS (SELECT FROM replicas WHERE id = $3 AND until > clock_timestamp())
    ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
), claimed AS (
    INSERT INTO claims (chat, owner) SELECT DISTINCT chat, $3::bigint FROM picked ORDER BY chat
    ON CONFLICT (chat) DO UPDATE SET owner = excluded.owner
    WHERE claims.owner = excluded.owner
        OR EXISTS (SELECT FROM replicas WHERE id = claims.owner AND until <= clock_timestamp())
    RETURNING chat
)
SELECT id, source, key, picked.chat, body, at, attempts FROM picked JOIN claimed USING (chat) ORDER BY id
"""

KEPT = """
SELECT outcome IS NULL AND not_before IS NULL, id, source, key, chat, body, at, attempts FROM inbox
WHERE source = 'telegram' AND key = ANY ($1::text[])
"""

PUT_OFF = """
WITH late AS (
    UPDATE inbox SET attempts = attempts + 1, not_before = $1, reason = $2
    WHERE id = $3 AND outcome IS NULL RETURNING chat
)
DELETE FROM claims WHERE chat = ANY (ARRAY(SELECT chat FROM late)) AND owner = $4
"""

# Rows come in order of time, so the walk ends at the first that is young enough.
PURGE = """
WITH purged AS (
    DELETE FROM inbox
    WHERE outcome IN ('done', 'skipped')
        AND id < coalesce((SELECT id FROM inbox WHERE at >= $1 ORDER BY id LIMIT 1), 9223372036854775807)
    RETURNING 1
)
SELECT count(*) FROM purged
"""

DUE = "SELECT case_no, key, kind, due, chat FROM timers WHERE due <= $1 ORDER BY due, case_no, key LIMIT $2"

NEXT_DUE = "SELECT min(due) FROM timers"

# Only a timer that still stands as it was read: one that was moved has another moment.
FIRE = """
WITH due AS MATERIALIZED (
    SELECT * FROM unnest(
        $1::text[], $2::text[], $3::text[],
        $4::text[], $5::text[], $6::bigint[], $7::bytea[], $8::text[]
    ) WITH ORDINALITY AS due (case_no, name, moment, source, key, chat, body, at, place)
), fired AS (
    DELETE FROM timers USING due
    WHERE timers.case_no = ANY ($1::text[]) AND timers.case_no = due.case_no AND timers.key = name
        AND timers.due = moment
    RETURNING place
), kept AS (
    INSERT INTO inbox (source, key, chat, body, at)
    SELECT source, key, chat, body, at FROM due WHERE place IN (SELECT place FROM fired) ORDER BY place
    ON CONFLICT (source, key) DO NOTHING RETURNING 1
)
SELECT (SELECT count(*) FROM fired),
    must_be((SELECT count(*) FROM kept), (SELECT count(*) FROM fired), 'timers'' arrivals', 'CB002'),
    pg_notify('complaint_bot', $9)
"""


class Inbox(Cabinet):
    """The inbox, and the timers that feed it."""

    def _free_after(self, done: Sequence[Done]) -> list[ChatId]:
        """The chats of these rows of which the clerk was handed no other row."""
        rows = {one.row for one in done}
        busy = {chat for row, chat in self._handed.items() if row not in rows}
        return sorted({self._handed[row] for row in rows if row in self._handed} - busy)

    async def keep(self, arrivals: Sequence[Arrival]) -> int:
        """See `Store.keep`."""
        if not arrivals:
            return 0
        values = columns([arrival_row(arrival) for arrival in arrivals])
        news = spelled(self._watchman.me, News(arrivals=True))
        ((count, _),) = await self._book.change(KEEP_ALONE, *values, news)
        return int(count)

    async def pending(self, limit: int, *, now: datetime) -> list[InboxRow]:
        """See `Store.pending`."""
        await self._watchman.present()
        rows = await self._readers.fetch(PENDING, stamp(now), limit, self._watchman.me)
        self._handed = {row[0]: row[3] for row in rows}
        return [_inbox_row(row) for row in rows]

    async def kept(self, updates: Collection[int]) -> dict[int, InboxRow | None]:
        """See `Sharing.kept`."""
        found = await self._readers.fetch(KEPT, [str(one) for one in updates])
        # worked with the others of its chat, its chat is free after it
        self._handed |= {row[1]: row[4] for row in found if row[0]}
        return {int(row[3]): _inbox_row(row[1:]) if row[0] else None for row in found}

    async def put_off(self, row: int, until: datetime, reason: str) -> None:
        """See `Store.put_off`."""
        await self._book.change(PUT_OFF, stamp(until), reason, row, self._watchman.me)

    async def purge(self, before: datetime) -> int:
        """See `Store.purge`."""
        ((count,),) = await self._book.change(PURGE, stamp(before))
        return int(count)

    async def due(self, now: datetime, limit: int = 500) -> list[Timer]:
        """See `Store.due`."""
        return [timer_from(row) for row in await self._readers.fetch(DUE, stamp(now), limit)]

    async def next_due(self) -> datetime | None:
        """See `Store.next_due`."""
        ((moment,),) = await self._readers.fetch(NEXT_DUE)
        return None if moment is None else datetime.fromisoformat(moment)

    async def fire(self, timers: Sequence[Timer], arrivals: Sequence[Arrival]) -> int:
        """See `Store.fire`."""
        rows: dict[Row, Row] = {
            (timer.case_no, timer.key, stamp(timer.due)): arrival_row(arrival)
            for timer, arrival in zip(timers, arrivals, strict=True)
        }
        if not rows:
            return 0
        values = columns([(*timer, *arrival) for timer, arrival in rows.items()])
        news = spelled(self._watchman.me, News(arrivals=True))
        try:
            ((count, *_),) = await self._book.change(FIRE, *values, news)
        except RecordRefused as error:
            raise RecordRefused("A timer's arrival has a key that was used before.") from error
        return int(count)


def put_in(bundle: Bundle, arrivals: Sequence[Arrival]) -> None:
    """Keep arrivals with what a bundle changes."""
    bundle.add(KEEP, [arrival_row(arrival) for arrival in arrivals])


def _inbox_row(row: Row) -> InboxRow:
    number, source, key, chat, body, at, attempts = row
    arrival = Arrival(source=source, key=key, chat=ChatId(chat), body=body, at=datetime.fromisoformat(at))
    return InboxRow(id=number, arrival=arrival, attempts=attempts)
