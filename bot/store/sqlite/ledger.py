"""Reads the state that a round of the clerk starts from, and writes the round in one transaction."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.errors import RecordUnreadable, SomeoneWasFirst
from bot.complaint.ids import CaseNo, ChatId, ThreadRef
from bot.complaint.letters import Outcome
from bot.complaint.records import Round, Topic
from bot.store import registers, rows
from bot.store.accounts import account_rows
from bot.store.casework import assemble
from bot.store.port import State
from bot.store.rows import Row
from bot.store.sqlite.accounts import ACCOUNT
from bot.store.sqlite.audit import write_deeds
from bot.store.sqlite.cabinet import Cabinet
from bot.store.sqlite.casework import register_rows
from bot.store.sqlite.files import FILE_WANTED
from bot.store.sqlite.incidents import changes
from bot.store.sqlite.joining import join
from bot.store.sqlite.keeping import UNBOOK
from bot.store.sqlite.learning import learned
from bot.store.sqlite.moving import move_desk
from bot.store.sqlite.retiring import retire, shed
from bot.store.sqlite.roster import COLLEAGUE
from bot.store.traces import leaves_nothing

CONVERSATIONS = """
SELECT chat, version, body FROM conversations WHERE chat IN (SELECT value FROM json_each(?))
"""

# The cases named, those talked about in the chats, and those that sit in the threads.
CASES_CONCERNED = """
SELECT case_no, version, body FROM cases WHERE case_no IN (
    SELECT value FROM json_each(:cases)
    UNION SELECT case_no FROM conversations WHERE chat IN (SELECT value FROM json_each(:chats))
    UNION SELECT case_no FROM topics
    WHERE (chat, thread) IN (SELECT value ->> 0, value ->> 1 FROM json_each(:threads))
)
"""

THREADS = """
SELECT case_no, chat, thread, open, name FROM topics
WHERE (chat, thread) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))
"""

NEW_CASE = """
INSERT INTO cases (
    case_no, chat, customer, status, control, severity, queue, holder, opened_at, closed_at, body, version
)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (case_no) DO NOTHING
"""

# Whose case it is and when it was opened never change, so their indexes are left alone.
NEXT_CASE = """
UPDATE cases SET status = ?4, control = ?5, severity = ?6, queue = ?7, holder = ?8, closed_at = ?10,
    body = ?11, version = ?12 + 1
WHERE case_no = ?1 AND version = ?12
"""

NEW_CONVERSATION = """
INSERT INTO conversations (chat, case_no, body, version) VALUES (?, ?, ?, 1) ON CONFLICT (chat) DO NOTHING
"""

NEXT_CONVERSATION = """
UPDATE conversations SET case_no = ?2, body = ?3, version = ?4 + 1 WHERE chat = ?1 AND version = ?4
"""

DONE = "UPDATE inbox SET outcome = ?, reason = ? WHERE id = ? AND outcome IS NULL"

PROMISE = """
INSERT INTO promises (case_no, id, place, kind, owner, made_at, due_at, status, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (case_no, id) DO UPDATE SET place = excluded.place, kind = excluded.kind, owner = excluded.owner,
    made_at = excluded.made_at, due_at = excluded.due_at, status = excluded.status, body = excluded.body
WHERE place <> excluded.place OR body <> excluded.body
"""

OFFER = """
INSERT INTO offers (case_no, id, place, at, kinds, worth, state, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (case_no, id) DO UPDATE SET place = excluded.place, at = excluded.at, kinds = excluded.kinds,
    worth = excluded.worth, state = excluded.state, body = excluded.body
WHERE place <> excluded.place OR body <> excluded.body
"""

ESCALATION = """
INSERT INTO escalations (case_no, id, place, at, queue, open, answered_at, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (case_no, id) DO UPDATE SET place = excluded.place, at = excluded.at, queue = excluded.queue,
    open = excluded.open, answered_at = excluded.answered_at, body = excluded.body
WHERE place <> excluded.place OR body <> excluded.body
"""

FULFILMENT = """
INSERT INTO fulfilments (case_no, id, place, kind, owner, due_at, done_at, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (case_no, id) DO UPDATE SET place = excluded.place, kind = excluded.kind, owner = excluded.owner,
    due_at = excluded.due_at, done_at = excluded.done_at, body = excluded.body
WHERE place <> excluded.place OR body <> excluded.body
"""

SURVEY = """
INSERT INTO surveys (case_no, id, place, asked_at, body) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (case_no, id) DO UPDATE SET asked_at = excluded.asked_at, body = excluded.body
WHERE body <> excluded.body
"""

ENTRY = """
INSERT INTO timeline (case_no, at, who, chat, message, text, media, letter, edit, note, "by")
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

LETTER = """
INSERT INTO outbox (id, kind, chat, line, key, case_no, written_at, not_before, body, outcome)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')
"""

REPLACE = f"""
UPDATE outbox SET outcome = '{Outcome.REPLACED.value}', settled_at = ?4, reason = 'replaced by ' || ?3
WHERE outcome = 'waiting' AND key IS NOT NULL AND line = ?1 AND key = ?2 AND id < ?3 AND attempted_at IS NULL
"""  # noqa: S608 - a word of our own

CANCEL = "DELETE FROM timers WHERE case_no = ? AND key = ?"

TIMER = """
INSERT INTO timers (case_no, key, kind, due, chat) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (case_no, key) DO UPDATE SET kind = excluded.kind, due = excluded.due, chat = excluded.chat
"""

APPROVAL = """
INSERT INTO approvals (case_no, id, place, at, needs, state, expires_at, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (case_no, id) DO UPDATE SET place = excluded.place, state = excluded.state, body = excluded.body
WHERE place <> excluded.place OR body <> excluded.body
"""

TASK = """
INSERT INTO tasks (case_no, id, place, kind, owner_id, due_at, state, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (case_no, id) DO UPDATE SET place = excluded.place, owner_id = excluded.owner_id,
    due_at = excluded.due_at, state = excluded.state, body = excluded.body
WHERE place <> excluded.place OR body <> excluded.body
"""

_REGISTERS: tuple[tuple[str, str, Callable[[str, int, Any], Row]], ...] = (
    ("promises", PROMISE, registers.promise_row),
    ("offers", OFFER, registers.offer_row),
    ("escalations", ESCALATION, registers.escalation_row),
    ("fulfilments", FULFILMENT, registers.fulfilment_row),
    ("surveys", SURVEY, registers.survey_row),
    ("approvals", APPROVAL, registers.approval_row),
    ("tasks", TASK, registers.task_row),
)


@dataclass(slots=True)
class _Sheet:
    """The statements of a transaction in order. A `sure` one must change as many rows as it has."""

    lines: list[tuple[str, list[Row], str]] = field(default_factory=list)

    def add(self, statement: str, values: list[Row], *, sure: str = "") -> None:
        if values:
            self.lines.append((statement, values, sure))

    def carry_out(self, connection: sqlite3.Connection) -> None:
        for statement, values, sure in self.lines:
            touched = connection.executemany(statement, values).rowcount
            if sure and touched != len(values):
                raise SomeoneWasFirst(f"{len(values) - touched} of {len(values)} {sure} had changed.")


class Ledger(Cabinet):
    """Reads the state and writes rounds."""

    async def state(
        self,
        *,
        chats: Collection[ChatId],
        cases: Collection[CaseNo],
        threads: Collection[ThreadRef],
    ) -> State:
        """See `Store.state`."""
        named = {
            "chats": json.dumps(list(chats)),
            "cases": json.dumps(list(cases)),
            "threads": json.dumps([[one.chat, one.thread] for one in threads]),
        }

        def work(connection: sqlite3.Connection) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
            talks = connection.execute(CONVERSATIONS, (named["chats"],)).fetchall()
            found = connection.execute(CASES_CONCERNED, named).fetchall()
            registers = register_rows(connection, json.dumps([row[0] for row in found])) if found else []
            topics = connection.execute(THREADS, (named["threads"],)).fetchall() if threads else []
            return talks, found, registers, topics

        return _state(*await self._reader.run(work))

    async def write(self, round: Round) -> None:  # noqa: A002 - the port's word
        """See `Store.write`."""
        sheet = _Sheet()
        _write_cases(sheet, round.cases)
        _write_conversations(sheet, round.conversations)
        sheet.add(DONE, [(one.outcome, one.reason, one.row) for one in round.done], sure="inbox rows")
        sheet.add(ENTRY, [rows.entry_row(entry) for entry in round.entries])
        sheet.add(LETTER, [rows.letter_row(letter) for letter in round.letters])
        at = rows.stamp(round.at)
        keyed = [(one.line, one.key, one.id, at) for one in round.letters if one.key is not None]
        sheet.add(REPLACE, keyed)
        sheet.add(CANCEL, [tuple(name) for name in round.cancelled])
        sheet.add(TIMER, [rows.timer_row(timer) for timer in round.timers])
        sheet.add(COLLEAGUE, [rows.colleague_row(one) for one in round.colleagues])
        sheet.add(FILE_WANTED, [rows.file_row(one) for one in round.files])
        sheet.add(ACCOUNT, account_rows(round.accounts))
        sheet.add(UNBOOK, rows.unbooked_rows(round))
        for statement, values, sure in (*changes(round), *learned(round)):
            sheet.add(statement, values, sure=sure)
        moved = round.desk_moved

        def work(connection: sqlite3.Connection) -> None:
            sheet.carry_out(connection)
            write_deeds(connection, round.deeds)
            if moved is not None:
                move_desk(connection, *moved)
            join(connection, round.joined)
            shed(connection, round.shed)
            if round.retired:
                retire(connection, round.retired)

        await self._writer.run(work)
        self._traceless.update(one.id for one in round.letters if leaves_nothing(one))


def _write_cases(sheet: _Sheet, cases: Iterable[Case]) -> None:
    new = [rows.case_row(case) for case in cases if not case.version]
    sheet.add(NEW_CASE, new, sure="new cases")
    known = [(*rows.case_row(case), case.version) for case in cases if case.version]
    sheet.add(NEXT_CASE, known, sure="cases")
    for name, statement, row_of in _REGISTERS:
        values = [
            row_of(case.no, place, one) for case in cases for place, one in enumerate(getattr(case, name))
        ]
        sheet.add(statement, values)


def _write_conversations(sheet: _Sheet, talks: Iterable[Conversation]) -> None:
    new = [rows.conversation_row(talk) for talk in talks if not talk.version]
    sheet.add(NEW_CONVERSATION, new, sure="new talks")
    known = [(*rows.conversation_row(talk), talk.version) for talk in talks if talk.version]
    sheet.add(NEXT_CONVERSATION, known, sure="talks")


def _state(talks: list[Row], found: list[Row], registers: list[Row], topics: list[Row]) -> State:
    cases, unreadable_cases = assemble(found, registers)
    conversations: dict[ChatId, Conversation] = {}
    unreadable_conversations: dict[ChatId, str] = {}
    for chat, version, body in talks:
        try:
            conversations[chat] = rows.conversation_from(chat, version, body)
        except RecordUnreadable as error:
            unreadable_conversations[chat] = error.detail
    return State(
        conversations=conversations,
        cases=cases,
        threads={
            ThreadRef(chat, thread): Topic(
                case_no=case_no, chat=chat, thread=thread, open=bool(is_open), name=name
            )
            for case_no, chat, thread, is_open, name in topics
        },
        unreadable_conversations=unreadable_conversations,
        unreadable_cases=unreadable_cases,
    )
