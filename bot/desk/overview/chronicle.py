"""The history of a case in time order: said, offered, promised, decided, done."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from bot.complaint.case import Case, Fulfilment, Offer, Promise, PromiseStatus
from bot.complaint.deskwork import Deed
from bot.complaint.records import Entry
from bot.complaint.seen import mark_on
from bot.desk.discretion import discreet, hushed
from bot.desk.notes import is_note, note_words
from bot.desk.overview.boards import address
from bot.desk.overview.overseeing import Places, case_row
from bot.desk.rights import Right

TOLD: Final = tuple(
    one.value
    for one in (
        Right.CLAIM,
        Right.TAKE_OVER,
        Right.RELEASE,
        Right.TRANSFER,
        Right.ASSIGN,
        Right.SEVERITY,
        Right.APPROVE,
        Right.HOLD,
        Right.LIFT_HOLD,
        Right.LEGAL_HOLD,
        Right.LIFT_LEGAL_HOLD,
        Right.TO_BOT,
        Right.REOPEN,
        Right.CAUSE,
    )
)
"""Acts of colleagues that are a step of the case; what else they did stands in its words and registers."""
CLOSED: Final = "restricted"
"""Shown in place of restricted words."""
_CHANGES: Final = ("holder", "queue", "severity", "cause")
_SPEAKERS: Final = frozenset({"customer", "bot", "agent"})
Lines = Iterable[tuple[Entry, bool]]
"""Lines of a timeline, each with whether it failed to arrive."""


def heading(case: Case, places: Places, now: datetime) -> dict[str, Any]:
    """What stands over the timeline: the case as it is now, and who complains."""
    told = discreet(case)
    return {
        **case_row(case, places, now),
        "customer": told.customer.name,
        "phone": told.facts.phone or "",
        "channel": case.channel,
        "language": case.language.value,
        "severity_why": told.severity_why,
        "emotion": case.emotion.name.lower(),
        "product": case.facts.product or "",
        "order_no": case.facts.order_no or "",
        "closed_at": case.closed_at,
        "reopened": case.reopened,
        "verdict": case.verdict.value if case.verdict else "",
        "owed": [_promise(one, now) for one in case.open_promises],
        "retired": case.retired_at is not None,
        "url": address(places.get(case.no)),
    }


def chronicle(case: Case, lines: Lines, deeds: Sequence[Deed], now: datetime) -> list[dict[str, Any]]:
    """Everything that happened, the earliest first."""
    told = [
        *_words(case, lines),
        *({"kind": "offer", "at": one.at, **_offer(one)} for one in case.offers),
        *({"kind": "promise", "at": one.made_at, **_promise(one, now)} for one in case.promises),
        *_kept(case),
        *_agreed(case),
        *({"kind": "done", "at": one.done_at, **_done(one)} for one in case.fulfilments if one.done_at),
        *_found(case),
        *(_deed(one) for one in deeds if not one.refused),
    ]
    # a list keeps its order where moments are the same: words come before what they brought about
    return sorted(told, key=lambda one: one["at"])


def _words(case: Case, lines: Lines) -> Iterator[dict[str, Any]]:
    for entry, lost in lines:
        if entry.who not in _SPEAKERS:
            continue
        media = entry.media or {}
        text = note_words(entry.text) if entry.note and is_note(entry.text) else entry.text
        closed = mark_on(case.restricted, entry.chat, entry.message) is not None
        yield {
            "kind": "words",
            "at": entry.at,
            "who": entry.who,
            "by": entry.by,
            "text": "" if closed else (hushed(text) if case.is_private else text),
            "media": CLOSED if closed else str(media.get("kind", "")),
            "detail": str(media.get("detail", "")) if media.get("kind") == "reaction" else "",
            "edited": entry.edit,
            "note": entry.note,
            "lost": lost,
        }


def _offer(one: Offer) -> dict[str, Any]:
    return {
        "remedies": [kind.value for kind in one.kinds],
        "cents": sum(part.cents for part in one.parts) if one.parts else one.refund,
        "by": one.by,
        "level": one.level.value,
        "state": one.state,
    }


def _promise(one: Promise, now: datetime) -> dict[str, Any]:
    is_open = one.status is PromiseStatus.OPEN
    return {
        "what": one.kind,
        "due": one.due_at,
        "state": one.status.value,
        "late": one.status is PromiseStatus.LATE or (is_open and one.due_at < now),
    }


def _kept(case: Case) -> Iterator[dict[str, Any]]:
    """What became of promises, at the moment it did."""
    for one in case.promises:
        if one.settled_at is not None:
            yield {"kind": "promise_end", "at": one.settled_at, "what": one.kind, "state": one.status.value}


def _agreed(case: Case) -> Iterator[dict[str, Any]]:
    if case.agreement is not None:
        yield {"kind": "agreement", "at": case.agreement.confirmed_at}


def _done(one: Fulfilment) -> dict[str, Any]:
    return {"remedies": [one.kind.value], "cents": one.worth, "proof": one.proof or ""}


def _found(case: Case) -> Iterator[dict[str, Any]]:
    """The verdict, and the end."""
    if case.verdict is not None and case.decided_at is not None:
        by = case.decided_by.name if case.decided_by else ""
        found = {"verdict": case.verdict.value, "finding": case.finding, "by": by}
        yield {"kind": "verdict", "at": case.decided_at, **found}
    if case.closed_at is not None:
        yield {"kind": "closed", "at": case.closed_at, "state": case.status.value}


def _deed(one: Deed) -> dict[str, Any]:
    # a holder stands there as "name (id)"
    changed = {
        name: one.after[name].rpartition(" (")[0] or one.after[name]
        for name in _CHANGES
        if one.after.get(name)
    }
    return {"kind": "deed", "at": one.at, "act": one.act, "by": one.name, "changed": changed, "why": one.why}
