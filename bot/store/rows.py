"""Records as rows, the same for every kind of database.

Bodies are JSON. Columns that the body leaves out are put back before it is decoded, in one strict step, so
that what was written is what is read, or an error.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

import msgspec
from msgspec.structs import fields

from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import Deed, FileWanted
from bot.complaint.errors import RecordRefused, RecordUnreadable
from bot.complaint.ids import CaseNo, ChatId, MessageRef
from bot.complaint.letters import Letter, LetterKind
from bot.complaint.moments import aware
from bot.complaint.records import Arrival, Entry, Round, Timer

REGISTERS = ("promises", "offers", "escalations", "fulfilments", "surveys", "approvals", "tasks")
"""The parts of a case that have tables of their own."""

Row = tuple[Any, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The part of a letter that says what it leaves behind when it is delivered."""

    kind: LetterKind
    chat: ChatId
    case_no: CaseNo | None
    topic: CaseNo | None
    html: str
    source: MessageRef | None
    sources: tuple[MessageRef, ...]
    place: str | None
    part_of: MessageRef | None = None
    below: str = ""


_encode = msgspec.json.Encoder().encode
_case = msgspec.json.Decoder(Case)
_conversation = msgspec.json.Decoder(Conversation)
_letter = msgspec.json.Decoder(Letter)
_trace = msgspec.json.Decoder(Trace)
_media = msgspec.json.Decoder(dict[str, Any])
_colleague = msgspec.json.Decoder(Colleague)


@lru_cache(maxsize=4096)
def stamp(moment: datetime) -> str:
    """The moment as fixed-width text in UTC, so that text order is time order."""
    return aware(moment).astimezone(UTC).isoformat(timespec="microseconds")


def stamp_or_none(moment: datetime | None) -> str | None:
    """As `stamp`, for a moment that may not have come."""
    return None if moment is None else stamp(moment)


def moment_or_none(text: str | None) -> datetime | None:
    """The moment that `stamp_or_none` wrote."""
    return None if text is None else datetime.fromisoformat(text)


def json_text(value: object) -> str:
    """Anything of ours as JSON.

    Raises:
        RecordRefused: it holds half a character (a lone surrogate), which no text can carry.
    """
    try:
        return _encode(value).decode()
    except UnicodeEncodeError as error:
        raise RecordRefused(f"{error}.") from error


class _Body:
    """The body of a record type: every field but those with a column of their own.

    Empty fields are written too: leaving them out makes bodies half as long, but reading them dearer by as
    much as the shorter pages save.
    """

    def __init__(self, kind: type, elsewhere: Iterable[str]) -> None:
        kept_elsewhere = set(elsewhere)
        self._names = [field.name for field in fields(kind) if field.name not in kept_elsewhere]
        self._values = attrgetter(*self._names)

    def of(self, record: object) -> str:
        return json_text(dict(zip(self._names, self._values(record), strict=True)))


_case_body = _Body(Case, (*REGISTERS, "version"))
_conversation_body = _Body(Conversation, ("version",))


def _decoded(decoder: msgspec.json.Decoder[T], body: str, what: str) -> T:
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, ValueError) as error:
        raise RecordUnreadable(f"{what}: {error}") from error


def case_row(case: Case) -> Row:
    """A row of `cases`: case_no, chat, … closed_at, body (the version is the writer's)."""
    return (
        case.no,
        case.chat,
        case.customer.id,
        case.status.value,
        case.control.value,
        int(case.severity),
        case.queue.value,
        case.holder.id if case.holder else None,
        stamp(case.opened_at),
        stamp_or_none(case.closed_at),
        _case_body.of(case),
    )


def case_from(case_no: str, version: int, body: str, registers: dict[str, list[str]]) -> Case:
    """The case as it was written, its registers put back in their order.

    Raises:
        RecordUnreadable: some part of it is not what was written.
    """
    parts = [f'"version":{version}', *(f'"{name}":[{",".join(rows)}]' for name, rows in registers.items())]
    return _decoded(_case, f"{body[:-1]},{','.join(parts)}}}", f"case {case_no}")


def conversation_row(conversation: Conversation) -> Row:
    """A row of `conversations`: chat, case_no, body."""
    return (conversation.chat, conversation.case_no, _conversation_body.of(conversation))


def conversation_from(chat: int, version: int, body: str) -> Conversation:
    """The talk as it was written.

    Raises:
        RecordUnreadable: it is not what was written.
    """
    return _decoded(_conversation, f'{body[:-1]},"version":{version}}}', f"the talk in chat {chat}")


def letter_row(letter: Letter) -> Row:
    """A row of `outbox`: id, kind, chat, line, key, case_no, …, not_before, body."""
    return (
        letter.id,
        letter.kind.value,
        letter.chat,
        letter.line,
        letter.key,
        letter.case_no,
        stamp(letter.written_at),
        stamp_or_none(letter.not_before),
        json_text(letter),
    )


def letter_from(
    number: int, not_before: str | None, attempted_at: str | None, attempts: int, body: str
) -> Letter:
    """The letter as it now stands.

    Raises:
        RecordUnreadable: it is not what was written.
    """
    letter = _decoded(_letter, body, f"letter {number}")
    if not attempts and moment_or_none(not_before) == letter.not_before:
        return letter
    return letter.evolve(
        not_before=moment_or_none(not_before), attempted_at=moment_or_none(attempted_at), attempts=attempts
    )


def trace_from(number: int, body: str) -> Trace:
    """What the letter with this body leaves behind.

    Raises:
        RecordUnreadable: it is not what was written.
    """
    return _decoded(_trace, body, f"letter {number}")


def arrival_row(arrival: Arrival) -> Row:
    """A row of `inbox`: source, key, chat, body, at."""
    return (arrival.source, arrival.key, arrival.chat, arrival.body, stamp(arrival.at))


def entry_row(entry: Entry) -> Row:
    """A row of `timeline`: case_no, at, who, chat, message, text, … edit, note, by."""
    media = None if entry.media is None else json_text(entry.media)
    return (
        entry.case_no,
        stamp(entry.at),
        entry.who,
        entry.chat,
        entry.message,
        entry.text,
        media,
        entry.letter,
        int(entry.edit),
        int(entry.note),
        entry.by,
    )


def entry_from(row: Row) -> Entry:
    """The line as it was written.

    Raises:
        RecordUnreadable: its media are not what was written.
    """
    case_no, at, who, chat, message, text, media, letter, edit, note, by = row
    return Entry(
        case_no=case_no,
        at=datetime.fromisoformat(at),
        who=who,
        chat=chat,
        message=message,
        text=text,
        media=None if media is None else _decoded(_media, media, f"a line of case {case_no}"),
        letter=letter,
        edit=bool(edit),
        note=bool(note),
        by=by,
    )


def timer_row(timer: Timer) -> Row:
    """A row of `timers`: case_no, key, kind, due, chat."""
    return (timer.case_no, timer.key, timer.kind, stamp(timer.due), timer.chat)


def timer_from(row: Row) -> Timer:
    """The timer as it was set."""
    case_no, key, kind, due, chat = row
    return Timer(case_no=case_no, key=key, kind=kind, due=datetime.fromisoformat(due), chat=chat)


def colleague_row(colleague: Colleague) -> Row:
    """A row of `colleagues`: id, role, body."""
    return (colleague.id, colleague.role.value, json_text(colleague))


def colleague_from(body: str) -> Colleague:
    """The colleague as they were written down.

    Raises:
        RecordUnreadable: it is not what was written.
    """
    return _decoded(_colleague, body, "a colleague")


def unbooked_rows(round: Round) -> list[Row]:  # noqa: A002 - a round of the clerk is called a round
    """Rows of `unbooked`: each case that a round changes, and when."""
    at = stamp(round.at)
    touched = {case.no for case in round.cases} | {entry.case_no for entry in round.entries}
    return [(no, at) for no in sorted(touched)]


def file_row(wanted: FileWanted) -> Row:
    """A row of `files` for a file to be fetched: case_no, unique_id, at, size, body."""
    return (wanted.case_no, wanted.unique_id, stamp(wanted.at), wanted.size, json_text(wanted))


def found_by(deed: Deed) -> Row:
    """The search columns of an audit line: case_no, at, by, act, refused. They repeat the sealed body."""
    return (deed.case_no, stamp(deed.at), deed.by, deed.act, deed.refused)
