"""Template fields of lists and profiles: a case per line, with its topic and what is due next."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from bot.complaint.boards import Board, Hit
from bot.complaint.case import Case, Queue, Severity
from bot.complaint.colleagues import Roster
from bot.complaint.ids import ThreadRef
from bot.complaint.shortening import cut
from bot.desk.discretion import discreet, hushed
from bot.desk.learning.suggestions import fate_of
from bot.desk.overview.enquiries import PAGE, Ask, Found
from bot.policy.promise_names import called
from bot.reading.deskwords import means_all

SIGNS: Final = {Severity.SEV1: "🔴", Severity.SEV2: "🟠", Severity.SEV3: "🟡", Severity.SEV4: "⚪"}
_MATTER: Final = 24
_SNIPPET: Final = 40
_GIVEN: Final = 3
_MOST_COLLEAGUES: Final = 40
_SUPERGROUP: Final = "-100"
"""The prefix of a supergroup's id, which links to its messages leave out."""
_MINUTES: Final = (("days", 1440), ("hours", 60), ("minutes", 1))


def board_fields(ask: Ask, found: Found, now: datetime) -> dict[str, Any]:
    """The fields of `desk/board`: a page of a list."""
    counts = found.hits.by_queue
    return {
        "kind": ask.kind,
        "asked": "" if (everybodys := _is_everybodys(ask)) else ask.argument,
        "everybodys": everybodys,
        "total": found.hits.total,
        "page": found.page + 1,
        "pages": pages_of(found),
        "queues": [{"queue": one.value, "count": counts[one]} for one in Queue if one in counts],
        "rows": [_row(ask, hit, found, now) for hit in found.hits.rows if hit.case_no in found.cases],
    }


def _is_everybodys(ask: Ask) -> bool:
    """Whether it is a list of one's own things that was asked for everybody's."""
    return ask.kind in (Board.TASKS, Board.PROMISES) and means_all(ask.argument)


def pages_of(found: Found) -> int:
    """How many pages there are; one if there is nothing."""
    return max(1, -(-found.hits.total // PAGE))


def _row(ask: Ask, hit: Hit, found: Found, now: datetime) -> dict[str, Any]:
    case = found.cases[hit.case_no]
    what, group, due = _due(ask, hit, case)
    return {
        **_heading(case, found.places.get(case.no)),
        "queue": case.queue.value,
        "status": case.status.value,
        "holder": case.holder.name if case.holder else None,
        "wait": _span(hit.since, now),
        "what": what,
        "group": group,
        "due": due,
        "late": due is not None and due < now,
        "words": ""
        if case.restricted
        else cut(hushed(hit.words) if case.is_private else hit.words, _SNIPPET),
        **_task(hit, case),
        "fate": fate_of(case).value if ask.kind == Board.SUGGESTIONS else "",
        "idea": (case.adopted or (case.idea.why if case.idea else ""))
        if ask.kind == Board.SUGGESTIONS
        else "",
    }


def _heading(case: Case, place: ThreadRef | None) -> dict[str, Any]:
    """How a case is called on every list: sign, number with the way to its topic, and the matter."""
    return {
        "no": case.no,
        "sign": SIGNS[case.severity],
        "url": address(place),
        "matter": matter(case),
        "customer": discreet(case).customer.name,
    }


def address(place: ThreadRef | None) -> str:
    """Where a tap leads to a topic of a private group; empty where there is none."""
    group = str(place.chat) if place is not None else ""
    if place is None or not group.startswith(_SUPERGROUP):
        return ""
    return f"https://t.me/c/{group.removeprefix(_SUPERGROUP)}/{place.thread}"


def matter(case: Case, most: int = _MATTER) -> str:
    """What it is about, short: product and trouble, else how it began."""
    case = discreet(case)
    facts = case.facts
    words = [facts.product or "", *facts.issue[:1]]
    said = (": " if words[0].isascii() else " ").join(one for one in words if one)
    return cut(said or next(iter(case.story), ""), most)


def _due(ask: Ask, hit: Hit, case: Case) -> tuple[str, str, datetime | None]:
    """What is due and when: the task or promise itself, or the next one of the case."""
    if ask.kind == Board.TASKS:
        return _due_task(hit, case)
    if ask.kind == Board.PROMISES:
        owed = next((one for one in case.promises if one.id == hit.ref), None)
        return (called(owed), "promise", owed.due_at) if owed else _due_task(hit, case)
    return next_due(case)


def _due_task(hit: Hit, case: Case) -> tuple[str, str, datetime | None]:
    task = next((one for one in case.tasks if one.id == hit.ref), None)
    return (task.kind.value, "task_kind", task.due_at) if task else ("", "task_kind", None)


def next_due(case: Case) -> tuple[str, str, datetime | None]:
    """What the case owes next: a promise, a task, a remedy that is not yet carried out."""
    owed = [
        *((one.due_at, called(one), "promise") for one in case.open_promises),
        *((one.due_at, one.kind.value, "task_kind") for one in case.open_tasks),
        *((one.due_at, one.kind.value, "remedy") for one in case.fulfilments if one.proof is None),
    ]
    if not owed or not case.is_open:
        return "", "promise", None
    when, what, group = min(owed)
    return what, group, when


def _task(hit: Hit, case: Case) -> dict[str, Any]:
    task = next((one for one in case.tasks if one.id == hit.ref), None)
    return {
        "ref": hit.ref,
        "task": task.what if task else "",
        "owner": task.owner if task else (case.idea.owner if case.idea else ""),
    }


def _span(since: datetime | None, now: datetime) -> dict[str, Any] | None:
    """How long ago, in the unit that suits."""
    if since is None:
        return None
    minutes = max(0, int((now - since).total_seconds() // 60))
    unit, size = next((one for one in _MINUTES if minutes >= one[1]), _MINUTES[-1])
    return {"count": minutes // size, "unit": unit}


def profile_fields(ask: Ask, found: Found, case: Case) -> dict[str, Any]:
    """The fields of `desk/profile`: a customer, how to reach them, what they agreed to, and every case of theirs."""
    case = discreet(case)
    known = [case, *(discreet(one) for one in found.history)]
    facts = [one.facts for one in known]
    return {
        "name": case.customer.name,
        "username": case.customer.username,
        "language": case.language.value,
        "channel": case.channel,
        "phone": next((one.phone for one in facts if one.phone), None),
        "best_time": next((one.best_time for one in facts if one.best_time), None),
        "blocked": found.blocked,
        "follow_up": _agreed(known),
        "total": found.hits.total,
        "page": found.page + 1,
        "pages": pages_of(found),
        "asked": ask.argument,
        "rows": [_past(one, found.places.get(one.no)) for one in found.history],
    }


def _past(case: Case, place: ThreadRef | None) -> dict[str, Any]:
    """One case of the history: what it was and how it ended."""
    return {
        **_heading(case, place),
        "opened_at": case.opened_at,
        "closed": not case.is_open,
        "status": case.status.value,
        "verdict": case.verdict.value if case.verdict else None,
        "given": [one.kind.value for one in case.fulfilments if one.proof][:_GIVEN],
        "score": next((one.outcome for one in reversed(case.surveys) if one.outcome), None),
        "holder": case.holder.name if case.holder else None,
    }


def roster_fields(roster: Roster) -> dict[str, Any]:
    """The fields of `desk/roster`: who is more than an agent, then whom the desk knows besides."""
    everybody = list(roster)
    return {
        "people": [
            {
                "name": one.name or one.username or str(one.id),
                "username": one.username,
                "role": one.role.value,
                "specialties": [skill.value for skill in one.specialties],
                "language": one.language.value if one.language else None,
            }
            for one in everybody[:_MOST_COLLEAGUES]
        ],
        "more": max(0, len(everybody) - _MOST_COLLEAGUES),
    }


def _agreed(known: Sequence[Case]) -> bool:
    """Whether they may be written to later: what they said last counts (S40)."""
    said = [one for one in known if one.follow_up_at is not None]
    if not said:
        return any(one.follow_up_consent for one in known)
    return max(said, key=lambda one: one.follow_up_at or one.opened_at).follow_up_consent
