"""The outbox: letters that wait, what came of them, and what follows from that."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from bot.complaint.errors import RecordUnreadable
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId, MessageRef, ThreadId
from bot.complaint.letters import Letter, LetterKind, Outcome, Receipt
from bot.complaint.records import Arrival, Topic
from bot.store.casework import readable
from bot.store.port import NO_LETTER, SentToGroup
from bot.store.rows import Row, Trace, arrival_row, moment_or_none, stamp, stamp_or_none, trace_from
from bot.store.sqlite.book import Book
from bot.store.sqlite.inbox import put_in
from bot.store.sqlite.room import Room

WAITING = """
SELECT id, not_before, attempted_at, attempts, body FROM outbox
WHERE outcome = 'waiting' AND id > ? ORDER BY id LIMIT ?
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
INSERT INTO places (name, chat, message, topic) VALUES (?, ?, ?, ?)
ON CONFLICT (name) DO UPDATE SET chat = excluded.chat, message = excluded.message, topic = excluded.topic
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

_ARRIVED = (Outcome.SENT, Outcome.MAYBE_TWICE, Outcome.MERGED)

_log = structlog.get_logger(__name__)


class Outbox(Room):
    """Letters and what they left behind in Telegram: mirrors, places, topics."""

    def __init__(self, writer: Book, reader: Book, *, last_letter: int) -> None:
        super().__init__(writer, reader)
        self._last_letter = last_letter

    def letter_ids(self, count: int) -> list[LetterId]:
        """See `Store.letter_ids`."""
        first = self._last_letter + 1
        self._last_letter += count
        return [LetterId(number) for number in range(first, first + count)]

    async def waiting(self, *, after: LetterId = NO_LETTER, limit: int = 1000) -> list[Letter]:
        """See `Store.waiting`."""
        return readable(await self._read(WAITING, (after, limit)))

    async def attempting(self, letters: Collection[LetterId], at: datetime) -> frozenset[LetterId]:
        """See `Store.attempting`."""
        values = (stamp(at), json.dumps(list(letters)))
        rows = await self._writer.run(lambda connection: connection.execute(ATTEMPT, values).fetchall())
        return frozenset(number for (number,) in rows)

    async def settle(self, receipts: Sequence[Receipt], arrivals: Sequence[Arrival] = ()) -> None:
        """See `Store.settle`."""
        followers = [arrival_row(arrival) for arrival in arrivals]

        def work(connection: sqlite3.Connection) -> None:
            _settle(connection, receipts)
            put_in(connection, followers)

        await self._writer.run(work)

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


@dataclass(slots=True)
class _Traces:
    """What letters that arrived leave behind, as rows."""

    links: list[Row] = field(default_factory=list)
    backward: list[Row] = field(default_factory=list)
    places: list[Row] = field(default_factory=list)
    opened: list[Row] = field(default_factory=list)
    turned: list[Row] = field(default_factory=list)
    renamed: list[Row] = field(default_factory=list)

    def follow(self, letter: Trace, receipt: Receipt) -> None:
        if receipt.chat is not None:
            letter = replace(letter, chat=receipt.chat)
        copies = receipt.messages or ((receipt.message,) if receipt.message is not None else ())
        originals = letter.sources or ((letter.source,) if letter.source is not None else ())
        for original, copy in zip(originals, copies, strict=False):
            self._link(original, letter.chat, copy)
        if letter.part_of is not None:
            # the first part stands for the whole; from each part the way back is known
            whole = letter.part_of
            self.backward += [(letter.chat, copy, whole.chat, whole.message) for copy in copies]
        if letter.place is not None and copies:
            self.places.append((letter.place, letter.chat, copies[0], letter.topic))
        self._topic(letter, receipt.thread)

    def _link(self, original: MessageRef, chat: ChatId, copy: MessageId) -> None:
        self.links.append((original.chat, original.message, chat, copy))
        self.backward.append((chat, copy, original.chat, original.message))

    def _topic(self, letter: Trace, thread: ThreadId | None) -> None:
        case_no = letter.topic or letter.case_no
        if letter.kind is LetterKind.OPEN_TOPIC and thread is not None:
            self.opened.append((case_no, letter.chat, thread, letter.html))
        elif letter.kind in (LetterKind.CLOSE_TOPIC, LetterKind.REOPEN_TOPIC):
            self.turned.append((int(letter.kind is LetterKind.REOPEN_TOPIC), case_no, letter.chat))
        elif letter.kind is LetterKind.RENAME_TOPIC:
            self.renamed.append((letter.html, case_no, letter.chat))

    def leave(self, connection: sqlite3.Connection) -> None:
        for statement, values in (
            (LINK, self.links),
            (LINK_BACK, self.backward),
            (PLACE, self.places),
            (OPENED, self.opened),
            (TURNED, self.turned),
            (RENAMED, self.renamed),
        ):
            if values:
                connection.executemany(statement, values)


def _settle(connection: sqlite3.Connection, receipts: Sequence[Receipt]) -> None:
    arrived = {one.letter: one for one in receipts if one.outcome in _ARRIVED}
    if arrived:
        traces = _Traces()
        written = connection.execute(WRITTEN, (json.dumps(list(arrived)),)).fetchall()
        for number, body in sorted(written):
            try:
                traces.follow(trace_from(number, body), arrived[number])
            except RecordUnreadable as error:
                _log.error("letter_unreadable", letter=number, why=error.detail)
        traces.leave(connection)
    settled = [
        (one.outcome.value, stamp(one.at), _first_message(one), one.reason, one.chat, one.letter)
        for one in receipts
        if one.outcome is not Outcome.WAITING
    ]
    connection.executemany(SETTLE, settled)
    postponed = [
        (stamp_or_none(one.retry_at), one.reason, one.letter)
        for one in receipts
        if one.outcome is Outcome.WAITING
    ]
    connection.executemany(POSTPONE, postponed)


def _first_message(receipt: Receipt) -> MessageId | None:
    return receipt.messages[0] if receipt.messages else receipt.message
