"""The outbox: letters that wait, and what their receipts change."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime

from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageRef
from bot.complaint.letters import Letter, LetterKind, Outcome, Receipt
from bot.complaint.records import Arrival, Topic
from bot.store.casework import readable
from bot.store.port import NO_LETTER, SentToGroup
from bot.store.rows import Row, arrival_row, moment_or_none, stamp, stamp_or_none
from bot.store.sqlite.book import Book
from bot.store.sqlite.cabinet import Cabinet
from bot.store.sqlite.inbox import put_in
from bot.store.traces import ARRIVED, Traces, first_message, followed

WAITING = """
SELECT id, not_before, attempted_at, attempts, body FROM outbox
WHERE outcome = 'waiting' AND id > ? ORDER BY id LIMIT ?
"""

UNTRIED = """
SELECT id, not_before, attempted_at, attempts, body FROM outbox
WHERE outcome = 'waiting' AND id > ? AND attempted_at IS NULL ORDER BY id LIMIT ?
"""

ATTEMPT = """
UPDATE outbox SET attempted_at = ?, attempts = attempts + 1
WHERE id IN (SELECT value FROM json_each(?)) AND outcome = 'waiting' RETURNING id
"""

WRITTEN = "SELECT id, body FROM outbox WHERE id IN (SELECT value FROM json_each(?))"

# What was joined to another, replaced or dropped has not left.
SENT_TO_GROUPS = """
SELECT chat, kind, max(1, coalesce(json_array_length(body, '$.sources'), 1)), settled_at FROM outbox
WHERE chat < 0 AND settled_at >= ?1 AND outcome NOT IN ('merged', 'replaced', 'expired')
UNION ALL SELECT chat, kind, max(1, coalesce(json_array_length(body, '$.sources'), 1)), NULL FROM outbox
WHERE outcome = 'waiting' AND chat < 0 AND attempted_at >= ?1
"""

SETTLE = """
UPDATE outbox SET outcome = ?, settled_at = ?, message = ?, reason = ?, chat = coalesce(?, chat)
WHERE id = ? AND outcome = 'waiting'
"""

POSTPONE = """
UPDATE outbox SET not_before = ?, reason = ?, attempted_at = NULL WHERE id = ? AND outcome = 'waiting'
"""

# The newest copy of a message is its mirror; of several messages behind one copy, the first.
LINK = """
INSERT INTO links (chat_a, message_a, chat_b, message_b) VALUES (?, ?, ?, ?)
ON CONFLICT (chat_a, message_a) DO UPDATE SET chat_b = excluded.chat_b, message_b = excluded.message_b
"""

LINK_BACK = """
INSERT INTO links (chat_a, message_a, chat_b, message_b) VALUES (?, ?, ?, ?)
ON CONFLICT (chat_a, message_a) DO NOTHING
"""

PLACE = """
INSERT INTO places (name, chat, message, topic, below) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (name) DO UPDATE SET chat = excluded.chat, message = excluded.message, topic = excluded.topic,
    below = CASE WHEN excluded.below = '' AND excluded.chat = places.chat THEN places.below ELSE excluded.below END
"""

OPENED = """
INSERT INTO topics (case_no, chat, thread, name, open) VALUES (?, ?, ?, ?, 1)
ON CONFLICT (case_no, chat) DO UPDATE SET thread = excluded.thread, name = excluded.name, open = 1
"""

TURNED = "UPDATE topics SET open = ? WHERE case_no = ? AND chat = ?"

FORGET_TOPIC = "DELETE FROM topics WHERE case_no = ? AND chat = ?"

FORGET_PLACES = "DELETE FROM places WHERE topic = ? AND chat = ?"

RENAMED = "UPDATE topics SET name = ? WHERE case_no = ? AND chat = ?"

MIRRORS = """
SELECT chat_a, message_a, chat_b, message_b FROM links
WHERE (chat_a, message_a) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))
"""

COPIES = """
SELECT chat_b, message_b, chat_a, message_a FROM links
WHERE (chat_b, message_b) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?)) ORDER BY message_a
"""

PLACES = "SELECT name, chat, message FROM places WHERE name IN (SELECT value FROM json_each(?))"

BENEATH = "SELECT name, below FROM places WHERE name IN (SELECT value FROM json_each(?)) AND below <> ''"

# What we sent is found by its message; what they wrote, in the timeline of their few open cases.
CASE_OF_MESSAGE = """
SELECT case_no FROM (
    SELECT case_no, 0 AS place, id FROM outbox
    WHERE chat = :chat AND message = :message AND case_no IN (SELECT value FROM json_each(:cases))
    UNION ALL SELECT case_no, 1, id FROM timeline
    WHERE case_no IN (SELECT value FROM json_each(:cases)) AND chat = :chat AND message = :message
) AS known ORDER BY place, id DESC LIMIT 1
"""

TOPICS = """
SELECT case_no, chat, thread, open, name FROM topics
WHERE case_no IN (SELECT value FROM json_each(?))
"""


class Outbox(Cabinet):
    """Letters, and what they left in Telegram: mirrors, places, topics."""

    def __init__(self, writer: Book, reader: Book, *, last_letter: int) -> None:
        super().__init__(writer, reader)
        self._last_letter = last_letter

    def letter_ids(self, count: int) -> list[LetterId]:
        """See `Store.letter_ids`."""
        first = self._last_letter + 1
        self._last_letter += count
        return [LetterId(number) for number in range(first, first + count)]

    async def waiting(
        self, *, after: LetterId = NO_LETTER, limit: int = 1000, untried: bool = False
    ) -> list[Letter]:
        """See `Store.waiting`."""
        return readable(await self._read(UNTRIED if untried else WAITING, (after, limit)))

    async def attempting(self, letters: Collection[LetterId], at: datetime) -> frozenset[LetterId]:
        """See `Store.attempting`."""
        values = (stamp(at), json.dumps(list(letters)))
        rows = await self._writer.run(lambda connection: connection.execute(ATTEMPT, values).fetchall())
        return frozenset(number for (number,) in rows)

    async def settle(self, receipts: Sequence[Receipt], arrivals: Sequence[Arrival] = ()) -> None:
        """See `Store.settle`."""
        followers = [arrival_row(arrival) for arrival in arrivals]
        arrived = {one.letter: one for one in receipts if one.outcome in ARRIVED}
        traced = {number: one for number, one in arrived.items() if number not in self._traceless}

        def work(connection: sqlite3.Connection) -> None:
            _settle(connection, receipts, traced)
            put_in(connection, followers)

        await self._writer.run(work)
        self._traceless.difference_update(
            one.letter for one in receipts if one.outcome is not Outcome.WAITING
        )

    async def sent_to_groups(self, since: datetime) -> list[SentToGroup]:
        """See `Store.sent_to_groups`."""
        rows = await self._read(SENT_TO_GROUPS, (stamp(since),))
        return [
            SentToGroup(chat=chat, kind=LetterKind(kind), parts=parts, at=moment_or_none(at))
            for chat, kind, parts, at in rows
        ]

    async def mirrors(self, refs: Collection[MessageRef]) -> dict[MessageRef, MessageRef]:
        """See `Store.mirrors`."""
        names = json.dumps([[ref.chat, ref.message] for ref in refs])
        rows = await self._read(MIRRORS, (names,))
        return {MessageRef(chat_a, one): MessageRef(chat_b, other) for chat_a, one, chat_b, other in rows}

    async def case_of_message(self, ref: MessageRef, cases: Collection[CaseNo]) -> CaseNo | None:
        """See `Store.case_of_message`."""
        named = {"chat": ref.chat, "message": ref.message, "cases": json.dumps(list(cases))}
        found = await self._reader.run(
            lambda connection: connection.execute(CASE_OF_MESSAGE, named).fetchall()
        )
        return CaseNo(found[0][0]) if found else None

    async def copies(self, refs: Collection[MessageRef]) -> dict[MessageRef, tuple[MessageRef, ...]]:
        """See `Store.copies`."""
        names = json.dumps([[ref.chat, ref.message] for ref in refs])
        rows = await self._read(COPIES, (names,))
        found: dict[MessageRef, tuple[MessageRef, ...]] = {}
        for chat, message, chat_of_copy, copy in rows:
            original = MessageRef(chat, message)
            found[original] = (*found.get(original, ()), MessageRef(chat_of_copy, copy))
        return found

    async def places(self, names: Collection[str]) -> dict[str, MessageRef]:
        """See `Store.places`."""
        rows = await self._read(PLACES, (json.dumps(list(names)),))
        return {name: MessageRef(chat, message) for name, chat, message in rows}

    async def beneath(self, names: Collection[str]) -> dict[str, str]:
        """See `Store.beneath`."""
        return dict(await self._read(BENEATH, (json.dumps(list(names)),)))

    async def topics(self, cases: Collection[CaseNo]) -> dict[tuple[CaseNo, ChatId], Topic]:
        """See `Store.topics`."""
        rows = await self._read(TOPICS, (json.dumps(list(cases)),))
        return {
            (case_no, chat): Topic(case_no=case_no, chat=chat, thread=thread, open=bool(is_open), name=name)
            for case_no, chat, thread, is_open, name in rows
        }

    async def forget_topic(self, case_no: CaseNo, chat: ChatId) -> None:
        """See `Store.forget_topic`."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(FORGET_TOPIC, (case_no, chat))
            connection.execute(FORGET_PLACES, (case_no, chat))

        await self._writer.run(work)


def _pair(one: MessageRef, other: MessageRef) -> Row:
    return (one.chat, one.message, other.chat, other.message)


def _leave(connection: sqlite3.Connection, traces: Traces) -> None:
    """Store what delivered letters leave behind."""
    for statement, values in (
        (LINK, [_pair(*both) for both in traces.links.items()]),
        (LINK_BACK, [_pair(*both) for both in traces.backward.items()]),
        (PLACE, [(name, *where) for name, where in traces.places.items()]),
        (OPENED, [(*topic, *made) for topic, made in traces.opened.items()]),
        (TURNED, [(int(is_open), *topic) for topic, is_open in traces.turned.items()]),
        (RENAMED, [(name, *topic) for topic, name in traces.renamed.items()]),
    ):
        if values:
            connection.executemany(statement, values)


def _settle(
    connection: sqlite3.Connection, receipts: Sequence[Receipt], traced: dict[LetterId, Receipt]
) -> None:
    if traced:
        written = connection.execute(WRITTEN, (json.dumps(list(traced)),)).fetchall()
        _leave(connection, followed(written, traced))
    settled = [
        (one.outcome.value, stamp(one.at), first_message(one), one.reason, one.chat, one.letter)
        for one in receipts
        if one.outcome is not Outcome.WAITING
    ]
    connection.executemany(SETTLE, settled)
    postponed = [
        (stamp_or_none(one.retry_at), one.reason, one.letter)
        for one in receipts
        if one.outcome is Outcome.WAITING
    ]
    if postponed:
        connection.executemany(POSTPONE, postponed)
