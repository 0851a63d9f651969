"""The changes of a round, as parts of one statement.

Every table is restricted by `= ANY` of a key, so that even a plan made on empty tables uses the index.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import FileWanted
from bot.complaint.ids import CaseNo, ChatId, LetterId
from bot.complaint.letters import Letter, Outcome
from bot.complaint.records import Done, Timer
from bot.store import registers, rows
from bot.store.postgres.bundle import Bundle, Part
from bot.store.rows import Row

NEW_CASE = Part(
    """
INSERT INTO cases (
    case_no, chat, customer, status, control, severity, queue, holder, opened_at, closed_at, body, version
)
SELECT *, 1 FROM unnest(
    $1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::int[], $7::text[], $8::bigint[],
    $9::text[], $10::text[], $11::text[]
)
ON CONFLICT (case_no) DO NOTHING RETURNING 1
""",
    sure="new cases",
)

# Whose case it is and when it was opened never change, so their indexes are left alone.
NEXT_CASE = Part(
    """
UPDATE cases SET status = new.status, control = new.control, severity = new.severity, queue = new.queue,
    holder = new.holder, closed_at = new.closed_at, body = new.body, version = new.version + 1
FROM unnest(
    $1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::int[], $7::text[], $8::bigint[],
    $9::text[], $10::text[], $11::text[], $12::bigint[]
) AS new (
    case_no, chat, customer, status, control, severity, queue, holder, opened_at, closed_at, body, version
)
WHERE cases.case_no = ANY ($1::text[]) AND cases.case_no = new.case_no AND cases.version = new.version
RETURNING 1
""",
    sure="cases",
)

NEW_CONVERSATION = Part(
    """
INSERT INTO conversations (chat, case_no, body, version)
SELECT *, 1 FROM unnest($1::bigint[], $2::text[], $3::text[]) ON CONFLICT (chat) DO NOTHING RETURNING 1
""",
    sure="new talks",
)

NEXT_CONVERSATION = Part(
    """
UPDATE conversations SET case_no = new.case_no, body = new.body, version = new.version + 1
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[]) AS new (chat, case_no, body, version)
WHERE conversations.chat = ANY ($1::bigint[]) AND conversations.chat = new.chat
    AND conversations.version = new.version
RETURNING 1
""",
    sure="talks",
)

DONE = Part(
    """
UPDATE inbox SET outcome = new.outcome, reason = new.reason
FROM unnest($1::bigint[], $2::text[], $3::text[]) AS new (id, outcome, reason)
WHERE inbox.id = ANY ($1::bigint[]) AND inbox.id = new.id AND inbox.outcome IS NULL RETURNING 1
""",
    sure="inbox rows",
)

RELEASE = Part("DELETE FROM claims WHERE chat = ANY ($1::bigint[]) AND owner = $2")

ENTRY = Part("""
INSERT INTO timeline (case_no, at, who, chat, message, text, media, letter, edit, note, "by")
SELECT * FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::bigint[],
    $9::smallint[], $10::smallint[], $11::text[]
)
""")

LETTER = Part("""
INSERT INTO outbox (
    id, kind, chat, line, key, case_no, written_at, not_before, body, outcome, settled_at, reason
)
SELECT * FROM unnest(
    $1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::text[], $12::text[]
)
""")

# Looked up by line and key, one by one.
REPLACE = Part(f"""
UPDATE outbox SET outcome = '{Outcome.REPLACED.value}', settled_at = new.at, reason = 'replaced by ' || new.id
FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) AS new (line, key, id, at)
WHERE outbox.id = ANY (ARRAY(
    SELECT old.id FROM unnest($1::text[], $2::text[], $3::bigint[]) AS later (line, key, id)
    CROSS JOIN LATERAL (
        SELECT id FROM outbox
        WHERE outcome = 'waiting' AND key IS NOT NULL AND line = later.line AND key = later.key
            AND id + 0 < later.id AND attempted_at IS NULL
        OFFSET 0
    ) AS old
)) AND outbox.line = new.line AND outbox.key = new.key AND outcome = 'waiting' AND attempted_at IS NULL
""")  # noqa: S608 - a word of our own

CANCEL = Part("""
DELETE FROM timers USING unnest($1::text[], $2::text[]) AS off (case_no, key)
WHERE timers.case_no = ANY ($1::text[]) AND timers.case_no = off.case_no AND timers.key = off.key
""")

TIMER = Part("""
INSERT INTO timers (case_no, key, kind, due, chat)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
ON CONFLICT (case_no, key) DO UPDATE SET kind = excluded.kind, due = excluded.due, chat = excluded.chat
""")

COLLEAGUE = Part("""
INSERT INTO colleagues (id, role, body) SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[])
ON CONFLICT (id) DO UPDATE SET role = excluded.role, body = excluded.body
""")

FILE_WANTED = Part("""
INSERT INTO files (case_no, unique_id, state, at, size, body)
SELECT case_no, unique_id, 'waiting', at, size, body
FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[])
    AS new (case_no, unique_id, at, size, body)
ON CONFLICT (case_no, unique_id) DO NOTHING
""")


def _register(table: str, kinds: dict[str, str]) -> Part:
    """New and changed rows of a register; unchanged ones are not even locked."""
    names = ", ".join(kinds)
    arrays = ", ".join(f"${place}::{kind}[]" for place, kind in enumerate(kinds.values(), start=1))
    renewed = ", ".join(f"{name} = excluded.{name}" for name in kinds if name not in ("case_no", "id"))
    return Part(f"""
INSERT INTO {table} ({names})
SELECT {names} FROM unnest({arrays}) AS new ({names})
WHERE NOT EXISTS (
    SELECT FROM {table} AS old
    WHERE old.case_no = ANY ($1::text[]) AND old.case_no = new.case_no AND old.id = new.id
        AND old.place = new.place AND old.body = new.body
)
ON CONFLICT (case_no, id) DO UPDATE SET {renewed}
""")  # noqa: S608 - names of our own


def _columns(**more: str) -> dict[str, str]:
    return {"case_no": "text", "id": "text", "place": "int", **more, "body": "text"}


REGISTERS: tuple[tuple[str, Part, Callable[[str, int, Any], Row]], ...] = tuple(
    (table, _register(table, kinds), row_of)
    for table, kinds, row_of in (
        (
            "promises",
            _columns(kind="text", owner="text", made_at="text", due_at="text", status="text"),
            registers.promise_row,
        ),
        ("offers", _columns(at="text", kinds="text", worth="bigint", state="text"), registers.offer_row),
        (
            "escalations",
            _columns(at="text", queue="text", open="smallint", answered_at="text"),
            registers.escalation_row,
        ),
        (
            "fulfilments",
            _columns(kind="text", owner="text", due_at="text", done_at="text"),
            registers.fulfilment_row,
        ),
        ("surveys", _columns(asked_at="text"), registers.survey_row),
        (
            "approvals",
            _columns(at="text", needs="text", state="text", expires_at="text"),
            registers.approval_row,
        ),
        ("tasks", _columns(kind="text", owner_id="bigint", due_at="text", state="text"), registers.task_row),
    )
)


def write_cases(bundle: Bundle, cases: Iterable[Case]) -> None:
    """Cases with their registers, in one fixed order, so that two writers cannot deadlock."""
    in_order = sorted(cases, key=lambda case: case.no)
    bundle.add(NEW_CASE, [rows.case_row(case) for case in in_order if not case.version])
    known = [(*rows.case_row(case), case.version) for case in in_order if case.version]
    bundle.add(NEXT_CASE, known)
    for name, part, row_of in REGISTERS:
        values = [
            row_of(case.no, place, one) for case in in_order for place, one in enumerate(getattr(case, name))
        ]
        bundle.add(part, values)


def write_conversations(bundle: Bundle, talks: Iterable[Conversation]) -> None:
    """Talks, new and known."""
    in_order = sorted(talks, key=lambda talk: talk.chat)
    bundle.add(NEW_CONVERSATION, [rows.conversation_row(talk) for talk in in_order if not talk.version])
    known = [(*rows.conversation_row(talk), talk.version) for talk in in_order if talk.version]
    bundle.add(NEXT_CONVERSATION, known)


def write_done(bundle: Bundle, done: Sequence[Done], free: Sequence[ChatId], me: int) -> None:
    """Inbox rows that are done with, and the chats of which nothing is left."""
    bundle.add(DONE, [(one.row, one.outcome, one.reason) for one in done])
    bundle.add(RELEASE, [(chat,) for chat in free], me)


def write_letters(bundle: Bundle, letters: Sequence[Letter], at: str) -> None:
    """New letters, and the end of those that they replace."""
    newest: dict[tuple[str, str], LetterId] = {}
    for letter in letters:
        if letter.key is not None:
            place = (letter.line, letter.key)
            newest[place] = max(letter.id, newest.get(place, letter.id))
    values: list[Row] = []
    for letter in letters:
        later = letter.id if letter.key is None else newest[letter.line, letter.key]
        end = (
            (Outcome.WAITING.value, None, "")
            if later == letter.id
            else (Outcome.REPLACED.value, at, f"replaced by {later}")
        )
        values.append((*rows.letter_row(letter), *end))
    bundle.add(LETTER, values)
    bundle.add(REPLACE, [(line, key, number, at) for (line, key), number in newest.items()])


def write_timers(bundle: Bundle, timers: Iterable[Timer], cancelled: Iterable[tuple[CaseNo, str]]) -> None:
    """Timers that are off, and those that are set; what is both is set."""
    values = {(timer.case_no, timer.key): rows.timer_row(timer) for timer in timers}
    bundle.add(CANCEL, [(case_no, key) for case_no, key in cancelled if (case_no, key) not in values])
    bundle.add(TIMER, [values[name] for name in sorted(values)])


def write_colleagues(bundle: Bundle, colleagues: Iterable[Colleague]) -> None:
    """Whose standing was changed: as it was changed last."""
    values = {one.id: rows.colleague_row(one) for one in colleagues}
    bundle.add(COLLEAGUE, [values[one] for one in sorted(values)])


def write_files(bundle: Bundle, files: Iterable[FileWanted]) -> None:
    """Files that are to be fetched."""
    bundle.add(FILE_WANTED, [rows.file_row(one) for one in files])
