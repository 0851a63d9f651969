"""What the outside reads of a case."""

from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from bot.commands.export_tables import Line, Table
from bot.complaint.case import Case, Promise
from bot.complaint.doors import door_of, number_at
from bot.reading.privacy import masked
from bot.store.port import TimelineRow

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
    message = entry.message if delivery is None else delivery.message
    spoken = entry.who in {"customer", "agent", "bot"} and not entry.note
    line: Line = {
        "at": entry.at.isoformat(),
        "from": entry.who,
        "chat_id": entry.chat,
        "message_id": None if message is None else number_at(message),
        "door": 0 if message is None else door_of(message),
        "text": masked(entry.text).text,
        "media": entry.media,
        "edited": entry.edit,
        "deleted": spoken and message is not None and (entry.chat, message) in gone,
        "note": entry.note,
        "by": entry.by or None,
    }
    if delivery is not None:
        sent = delivery.sent_at.isoformat() if delivery.sent_at else None
        line |= {"delivery": delivery.outcome.value, "sent_at": sent}
    return line


def _shown(line: Line) -> Line:
    words = [one["text"] for one in line["messages"] if one["from"] == "customer" and one["text"]]
    customer = line["customer"]
    return {
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


CASES: Final = Table(COLUMNS, _shown)
"""A row for each case."""
