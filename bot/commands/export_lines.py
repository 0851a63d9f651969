"""The exported form of one case: the public JSON contract."""

from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from bot.commands.export_tables import Record, Table
from bot.complaint.case import Case, Promise, Task
from bot.complaint.doors import door_of, number_at
from bot.complaint.notices import Notice
from bot.complaint.seen import mark_on
from bot.policy.consents import veiled
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
    "channel",
    "source_ref",
    "incident",
    "on_behalf_of",
    "consent",
    "consent_at",
    "zone",
    "phone_own",
    "notices_open",
    "notice_due",
    "came_by",
    "merged_into",
)
LINK: Final = "came_by_link"
"""The line of history that a link leaves."""


def export_line(case: Case, rows: Sequence[TimelineRow], *, restricted: bool = False) -> Record:
    """One case as the outside reads it: times in ISO 8601 with zone, enums by their value, money in cents.

    `restricted`: with what only a few may see (R52).
    """
    body = msgspec.to_builtins(case if restricted else veiled(case))
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
        "messages": [_covered(_message(row, gone), case, row, shown=restricted) for row in rows],
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
        **_findings(case if restricted else veiled(case)),
        **_origin(case, rows),
    }


def _promise(promise: Promise) -> Record:
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


def _findings(case: Case) -> Record:
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


def _origin(case: Case, rows: Sequence[TimelineRow]) -> Record:
    """By which way it came, for whom, what authorities want of it, and which other cases it belongs with."""
    facts = case.facts
    return {
        "channel": case.channel,
        "door": case.door,
        "source_ref": case.source_ref or None,
        "logged_by": case.logged_by.name if case.logged_by else None,
        "came_by": [found for row in rows if (found := _brought(row))],
        "consent": {
            "on_behalf_of": facts.on_behalf_of,
            "minor": facts.minor,
            "words": facts.consent,
            "at": facts.consent_at.isoformat() if facts.consent_at else None,
        },
        **_restricted(case),
        "logged_name": facts.logged_name,
        "zone": facts.zone,
        "phone_own": facts.phone_own,
        "notices": [_notice(one, one.notice) for one in case.tasks if one.notice is not None],
        "incident": case.incident,
        "links": {
            "merged_into": case.merged_into,
            "merged": list(case.merged),
            "earlier": list(case.earlier),
        },
    }


def _restricted(case: Case) -> Record:
    """Separate consents, and the messages that only a few may see."""
    return {
        "sensitive_consents": [
            {
                "what": one.what,
                "asked_at": one.asked_at.isoformat(),
                "given": one.given,
                "at": one.at.isoformat() if one.at else None,
                "words": one.words,
            }
            for one in case.leaves
        ],
        "restricted_messages": [
            {
                "at": one.at.isoformat(),
                "message_id": number_at(one.message),
                "what": one.what,
                "known_by": one.why,
                "shown_to_all": one.shown,
                "consent_taken_back_at": one.gone.isoformat() if one.gone else None,
            }
            for one in case.restricted
        ],
    }


def _brought(row: TimelineRow) -> Record | None:
    """A link or printed code that opened the chat: when, and where it was found or what it told."""
    entry = row.entry
    name, _, words = entry.text.partition(": ")
    if entry.who != "system" or name != LINK:
        return None
    return {"at": entry.at.isoformat(), "what": words}


def _notice(task: Task, notice: Notice) -> Record:
    """What an authority wants, and by when it gets its answer."""
    return {
        "task": task.id,
        "kind": notice.kind.value,
        "authority": notice.authority,
        "ref": notice.ref,
        "received": notice.received.isoformat(),
        "named": notice.named.isoformat() if notice.named else None,
        "source": notice.source,
        "document": notice.document or None,
        "due_at": task.due_at.isoformat(),
        "state": task.state.value,
        "outcome": task.outcome or None,
        "done_at": task.done_at.isoformat() if task.done_at else None,
    }


def _covered(line: Record, case: Case, row: TimelineRow, *, shown: bool) -> Record:
    """A restricted message; without its words and file unless those are wanted."""
    entry = row.entry
    # a system line about a message of theirs is what a machine wrote down of it
    spoken = entry.who in ("customer", "system")
    mark = mark_on(case.restricted, entry.chat, entry.message) if spoken else None
    if mark is None:
        return line
    media = {"kind": entry.media.get("kind")} if entry.media else None
    hidden: Record = {} if shown else {"text": "", "media": media}
    return {**line, **hidden, "restricted": mark.what}


def without_restricted(case: Case, evidence: Sequence[Record]) -> list[Record]:
    """Evidence without the way to what only a few may see."""
    gone = {
        "file_id": "",
        "file": None,
        "name": None,
        "sha256": None,
        "state": "restricted",
        "reason": "--restricted",
    }
    return [
        {**one, **{name: value for name, value in gone.items() if name in one}, "restricted": mark.what}
        if (mark := mark_on(case.restricted, case.chat, one["message"])) is not None
        else one
        for one in evidence
    ]


def _takes_back(row: TimelineRow) -> bool:
    """Whether a colleague took words back with this line."""
    return (row.entry.media or {}).get("kind") == "taken_back"


def _message(row: TimelineRow, gone: Collection[tuple[int, int | None]]) -> Record:
    entry, delivery = row.entry, row.delivery
    message = entry.message if delivery is None else delivery.message
    spoken = entry.who in {"customer", "agent", "bot"} and not entry.note
    line: Record = {
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


def _shown(line: Record) -> Record:
    words = [one["text"] for one in line["messages"] if one["from"] == "customer" and one["text"]]
    customer, consent = line["customer"], line["consent"]
    notices = [one for one in line["notices"] if one["state"] == "open"]
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
        "on_behalf_of": consent["on_behalf_of"],
        "consent": consent["words"],
        "consent_at": consent["at"],
        "notices_open": len(notices),
        "notice_due": min((one["due_at"] for one in notices), default=None),
        "came_by": " | ".join(one["what"] for one in line["came_by"]),
        "merged_into": line["links"]["merged_into"],
    }


CASES: Final = Table(COLUMNS, _shown)
"""A row for each case."""
