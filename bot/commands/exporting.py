"""`complaint-bot export`: cases with everything that belongs to them, for people, tables and other programs."""

import csv
import getpass
import io
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from bot.commands.evidence import audit_line, evidence_lines, write_files
from bot.complaint.case import Case, Promise
from bot.complaint.deskwork import Deed
from bot.complaint.errors import SettingsWrong
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.complaint.records import Round
from bot.reading.privacy import masked
from bot.store import open_store
from bot.store.port import Store, TimelineRow

Line = dict[str, Any]
LONGEST_CELL: Final = 32_767
"""Characters in a cell of a table, as Excel has it."""
_CALCULATES: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""What a formula, or a call of another program, begins with; in some places the wide signs do too."""
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no table can hold."""
COLUMNS: Final = (
    "case_no",
    "status",
    "control",
    "severity",
    "queue",
    "flags",
    "language",
    "category",
    "opened_at",
    "closed_at",
    "customer_id",
    "customer_name",
    "messages",
    "first_words",
    "remedies_requested",
    "agreement",
    "promises_open",
)


async def export_cases(
    database: str, kind: str, case_no: str | None, out: Path | None, files: Path | None = None
) -> None:
    """Write the cases of a database, and into the folder `files` what was kept as evidence.

    Raises:
        SettingsWrong: xlsx without a file to write it to, a place that cannot be written, or no such case.
        StoreUnusable: the database cannot be read.
        EvidenceSpoiled: a file is not what was kept.
    """
    if kind == "xlsx" and out is None:
        raise SettingsWrong("an Excel file needs a name: add --out cases.xlsx.")
    store = await open_store(database, create=False)
    try:
        lines = [line async for line in _lines(store, case_no)]
        if case_no is not None and not lines:
            raise SettingsWrong(f"there is no case {case_no}.")
        await _note(store, case_no, kind, files is not None)
        _write_out(kind, lines, out)
        if files is not None:
            await write_files(store, lines, files)
    finally:
        await store.close()


async def _note(store: Store, case_no: str | None, kind: str, files: bool) -> None:  # noqa: FBT001 - one caller
    """Who takes personal data out of the house is written down before they have it."""
    told = {"asked": f"export {kind}{' with files' if files else ''}"}
    line = Deed(
        at=datetime.now(UTC),
        by=UserId(0),
        name=getpass.getuser(),
        act="export",
        chat=ChatId(0),
        case_no=CaseNo(case_no) if case_no else None,
        after=told,
    )
    await store.write(Round(at=line.at, deeds=[line]))


def _write_out(kind: str, lines: Sequence[Line], out: Path | None) -> None:
    try:
        _write(kind, lines, out)
    except (OSError, FileCreateError) as wrong:
        if out is None:
            raise
        raise SettingsWrong(
            f"--out: {out} cannot be written ({_reason(wrong)}). Name another place."
        ) from None


def _write(kind: str, lines: Sequence[Line], out: Path | None) -> None:
    if kind == "xlsx" and out is not None:
        _write_xlsx(out, lines)
        return
    with _sink(out) as sink:
        if kind == "csv":
            _write_csv(sink, lines)
        else:
            sink.writelines(msgspec.json.encode(line) + b"\n" for line in lines)


def _reason(wrong: Exception) -> str:
    """What the system says, also from within xlsxwriter's own error."""
    cause = wrong.args[0] if isinstance(wrong, FileCreateError) and wrong.args else wrong
    return (cause.strerror if isinstance(cause, OSError) else None) or type(cause).__name__


async def _lines(store: Store, case_no: str | None) -> Any:  # noqa: ANN401 - an asynchronous stream of lines
    async for case, rows in store.cases(case_no=case_no):  # type: ignore[arg-type]
        files = (await store.files_of([case.no])).get(case.no, [])
        audit = [audit_line(one) async for one in store.deeds(case_no=case.no)]
        yield {**export_line(case, rows), "evidence": evidence_lines(case, files), "audit": audit}


@contextmanager
def _sink(out: Path | None) -> Iterator[BinaryIO]:
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        with out.open("wb") as file:
            yield file


def export_line(case: Case, rows: Sequence[TimelineRow]) -> Line:
    """One case as the outside reads it: times in ISO 8601 with zone, enums by their value, money in cents."""
    body = msgspec.to_builtins(case)
    gone = {(row.entry.chat, row.entry.message) for row in rows if _takes_back(row)}
    return {
        "case_no": case.no,
        "status": case.status.value,
        "control": case.control.value,
        "severity": int(case.severity),
        "queue": case.queue.value,
        "flags": sorted({flag.family.value for flag in case.flags}),
        "language": case.language.value,
        "category": case.category.value,
        "opened_at": case.opened_at.isoformat(),
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "customer": {"telegram_id": case.customer.id, "name": case.customer.name},
        "messages": [_message(row, gone) for row in rows],
        "remedies_requested": body["wishes"],
        "offers": body["offers"],
        "agreement": body["agreement"],
        "promises": [_promise(one) for one in case.promises],
        "escalations": body["escalations"],
        "fulfilments": body["fulfilments"],
        "surveys": body["surveys"],
        "facts": body["facts"],
        "emotions": body["emotions"],
        "signs": body["flags"],
        "machine_reading": body["machine"],
        "corrections": body["corrections"],
        **_findings(case),
    }


def _promise(promise: Promise) -> Line:
    return {
        "id": promise.id,
        "kind": promise.kind,
        "text": promise.text,
        "owner": promise.owner,
        "made_at": promise.made_at.isoformat(),
        "due_at": promise.due_at.isoformat(),
        "status": promise.status.value,
        "settled_at": promise.settled_at.isoformat() if promise.settled_at else None,
    }


def _findings(case: Case) -> Line:
    return {
        "severity_why": case.severity_why,
        "holder": case.holder.name if case.holder else None,
        "verdict": case.verdict.value if case.verdict else None,
        "finding": case.finding,
        "prevention": case.prevention,
        "reopened": case.reopened,
        "legal_hold": case.legal_hold,
        "follow_up_consent": case.follow_up_consent,
        "follow_up_at": case.follow_up_at.isoformat() if case.follow_up_at else None,
        "adopted": case.adopted,
        "erase_asked": case.erase_asked.isoformat() if case.erase_asked else None,
        "retired_at": case.retired_at.isoformat() if case.retired_at else None,
    }


def _takes_back(row: TimelineRow) -> bool:
    """Whether a colleague took words back with this line."""
    return (row.entry.media or {}).get("kind") == "taken_back"


def _message(row: TimelineRow, gone: Collection[tuple[int, int | None]]) -> Line:
    entry, delivery = row.entry, row.delivery
    went_out = entry.who == "agent" and not entry.note
    line: Line = {
        "at": entry.at.isoformat(),
        "from": entry.who,
        "chat_id": entry.chat,
        "message_id": entry.message if delivery is None else delivery.message,
        "text": masked(entry.text).text,
        "media": entry.media,
        "edited": entry.edit,
        "deleted": went_out and (entry.chat, entry.message) in gone,
        "note": entry.note,
        "by": entry.by or None,
    }
    if delivery is not None:
        sent = delivery.sent_at.isoformat() if delivery.sent_at else None
        line |= {"delivery": delivery.outcome.value, "sent_at": sent}
    return line


def _flat(line: Line) -> list[Any]:
    words = [one["text"] for one in line["messages"] if one["from"] == "customer" and one["text"]]
    customer = line["customer"]
    shown = {
        **line,
        "flags": " ".join(line["flags"]),
        "customer_id": customer["telegram_id"],
        "customer_name": customer["name"],
        "messages": len(line["messages"]),
        "first_words": words[0] if words else "",
        "remedies_requested": " | ".join(one["verbatim"] for one in line["remedies_requested"]),
        "agreement": line["agreement"]["text"] if line["agreement"] else "",
        "promises_open": sum(one["status"] == "open" for one in line["promises"]),
    }
    return [_harmless(shown[name]) for name in COLUMNS]


def _harmless(value: Any) -> Any:  # noqa: ANN401 - a cell
    """A cell that begins like a formula is shown, never calculated; what is too long for one is cut, not left out."""
    if not isinstance(value, str):
        return value
    cell = _NO_XML.sub("", value)
    begins = cell.lstrip(" \u00a0\u3000\ufeff")[:1]
    cell = f"'{cell}" if begins in _CALCULATES and begins else cell
    return cell if len(cell) <= LONGEST_CELL else f"{cell[: LONGEST_CELL - 1]}…"


def _write_csv(sink: BinaryIO, lines: Sequence[Line]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_flat(line) for line in lines)
    # the mark tells spreadsheet programs that this is UTF-8
    sink.write(text.getvalue().encode("utf-8-sig"))


def _write_xlsx(out: Path, lines: Sequence[Line]) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(out), options) as book:
        sheet = book.add_worksheet("cases")
        sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, line in enumerate(lines, 1):
            sheet.write_row(number, 0, _flat(line))
