"""Assembles records from their rows; a damaged one affects only itself."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

import msgspec
import structlog

from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import FileWanted, KeptFile
from bot.complaint.errors import RecordUnreadable
from bot.complaint.ids import CaseNo
from bot.complaint.letters import Letter, Outcome
from bot.store.answers import Delivery, TimelineRow
from bot.store.keeping import Unbooked
from bot.store.ordering import as_they_said_it
from bot.store.rows import Row, case_from, conversation_from, entry_from, letter_from, moment_or_none

_wanted: Final = msgspec.json.Decoder(FileWanted)
_log = structlog.get_logger(__name__)


def assemble(cases: Iterable[Row], registers: Iterable[Row]) -> tuple[dict[CaseNo, Case], dict[CaseNo, str]]:
    """The cases of these rows in order, and the unreadable ones with their reasons.

    A case's row is its number, version and body; a register's its name, the case, its place and body, in
    order of place.
    """
    parts: dict[str, dict[str, list[str]]] = {}
    for name, case_no, _, body in registers:
        parts.setdefault(case_no, {}).setdefault(name, []).append(body)
    whole: dict[CaseNo, Case] = {}
    unreadable: dict[CaseNo, str] = {}
    for case_no, version, body in cases:
        try:
            whole[case_no] = case_from(case_no, version, body, parts.get(case_no, {}))
        except RecordUnreadable as error:
            unreadable[case_no] = error.detail
    return whole, unreadable


def readable_talks(rows: Iterable[Row]) -> list[Conversation]:
    """Talks of rows (chat, version, body), without those that cannot be read."""
    found: list[Conversation] = []
    for chat, version, body in rows:
        try:
            found.append(conversation_from(chat, version, body))
        except RecordUnreadable as error:
            _log.error("talk_unreadable", why=error.detail)
    return found


def told_lines(rows: Iterable[Row]) -> list[TimelineRow]:
    """The lines of one case, in the order in which they were said.

    A row is what an entry's is, then the outcome of its letter, its message, and when that was known.

    Raises:
        RecordUnreadable: one of them is not what was written.
    """
    return as_they_said_it([_timeline_row(row) for row in rows])


CasePage: TypeAlias = tuple[dict[CaseNo, Case], dict[CaseNo, list[Row]], list[str]]
"""Some cases, the rows of their timelines, and why others cannot be read."""


async def told_cases(
    pages: AsyncIterator[list[str]], read: Callable[[Sequence[str]], Awaitable[CasePage]]
) -> AsyncIterator[tuple[Case, list[TimelineRow]]]:
    """The cases of these pages of numbers, each with its timeline.

    Raises:
        RecordUnreadable: at the very end, after all others: these cases could not be read.
    """
    unreadable: list[str] = []
    async for page in pages:
        cases, timelines, reasons = await read(page)
        unreadable += reasons
        for number, case in cases.items():
            try:
                lines = told_lines(timelines[number])
            except RecordUnreadable as error:
                unreadable.append(error.detail)
                continue
            yield case, lines
    if unreadable:
        raise RecordUnreadable("; ".join(unreadable))


async def by_pages(numbers: Sequence[CaseNo], size: int) -> AsyncIterator[list[str]]:
    """These numbers in pages of at most `size`."""
    for first in range(0, len(numbers), size):
        yield list(numbers[first : first + size])


def _timeline_row(row: Row) -> TimelineRow:
    *entry, outcome, message, settled_at = row
    delivery = None
    if outcome is not None:
        delivery = Delivery(outcome=Outcome(outcome), message=message, sent_at=moment_or_none(settled_at))
    return TimelineRow(entry=entry_from(tuple(entry)), delivery=delivery)


def unbooked_from(
    listed: Iterable[Row], cases: Mapping[CaseNo, Case], lines: Iterable[Row]
) -> list[Unbooked]:
    """The unbooked cases in the order of a list of (number, mark, existing row)."""
    timelines: dict[str, list[Row]] = {}
    for line in lines:
        timelines.setdefault(line[0], []).append(line)
    found = []
    for no, mark, body in listed:
        case, told = cases.get(no), []
        try:
            told = told_lines(timelines.get(no, ()))
        except RecordUnreadable:
            case = None
        found.append(Unbooked(no=no, mark=mark, case=case, lines=told, body=body))
    return found


def readable(rows: Iterable[Row]) -> list[Letter]:
    """The letters of these rows; a damaged one is logged and left out."""
    letters = []
    for row in rows:
        try:
            letters.append(letter_from(*row))
        except RecordUnreadable as error:
            _log.error("letter_unreadable", letter=row[0], why=error.detail)
    return letters


def readable_files(rows: Iterable[Row]) -> tuple[list[KeptFile], list[tuple[CaseNo, str, str]]]:
    """The files of these rows, and the unreadable ones: case, name and reason.

    A row is case_no, unique_id, state, sha256, size, kept_at, reason, attempts, body.
    """
    found: list[KeptFile] = []
    spoiled: list[tuple[CaseNo, str, str]] = []
    for case_no, unique_id, state, sha256, size, kept_at, reason, attempts, body in rows:
        try:
            wanted = _wanted.decode(body)
        except (msgspec.DecodeError, ValueError) as error:
            spoiled.append((case_no, unique_id, str(error)))
            continue
        found.append(
            KeptFile(
                wanted=wanted,
                state=state,
                sha256=sha256,
                size=size,
                kept_at=moment_or_none(kept_at),
                reason=reason,
                attempts=attempts,
            )
        )
    return found, spoiled
