"""The supervisor's view of the whole desk: who may see it, and the rows of its board and calendar."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from bot.complaint.boards import Hit, Hits, Show, Tally
from bot.complaint.case import Case, Queue
from bot.complaint.colleagues import Colleague
from bot.complaint.deskwork import Deed
from bot.complaint.ids import CaseNo, ChatId, ThreadRef
from bot.desk.discretion import discreet
from bot.desk.overview.boards import address, matter, next_due
from bot.desk.rights import Refused, Right, may
from bot.policy.promise_names import called

PAGE: Final = "/board"
"""What the audit names as command for looks on the page."""
MATTER: Final = 80
Places = Mapping[CaseNo, ThreadRef]


def refusal(colleague: Colleague | None, case: Case | None = None) -> str:
    """Why this colleague may not see the whole desk, or this case; empty if they may.

    Whom a case complains about, does not read here what was said of them (R58).
    """
    answer = may(colleague, Right.OVERSEE, None)
    if isinstance(answer, Refused):
        return answer.reason
    return "about_you" if case is not None and colleague is not None and colleague.id in case.about else ""


def looked_at(case: Case, by: Colleague, where: ChatId, now: datetime) -> Deed:
    """The audit line of a look at a case (R16)."""
    return Deed(
        at=now,
        by=by.id,
        name=by.name,
        act=Right.LOOK_UP.value,
        chat=where,
        case_no=case.no,
        after={"asked": PAGE},
    )


def kept_out(by: Colleague, why: str, where: ChatId, now: datetime, no: CaseNo | None = None) -> Deed:
    """The audit line of a refused look."""
    return Deed(at=now, by=by.id, name=by.name, act=Right.OVERSEE.value, chat=where, case_no=no, refused=why)


def columns_of(tally: Tally, hits: Mapping[Queue, Hits]) -> list[dict[str, Any]]:
    """The queues that have anything, in their order of precedence, with how much of each kind."""
    return [
        {
            "queue": queue.value,
            "counts": {kind.value: tally[queue][kind] for kind in Show},
            "total": one.total,
        }
        for queue in Queue
        if queue in tally and (one := hits.get(queue)) is not None and one.total
    ]


def totals_of(tally: Tally) -> dict[str, int]:
    """How many open cases there are of each kind in all."""
    return {kind.value: sum(cell[kind] for cell in tally.values()) for kind in Show}


def case_row(case: Case, places: Places, now: datetime) -> dict[str, Any]:
    """An open case as a line of the board. Nothing on it tells who complains."""
    case = discreet(case)
    what, group, due = next_due(case)
    return {
        "no": case.no,
        "severity": int(case.severity),
        "matter": matter(case, MATTER),
        "category": case.category.value,
        "status": case.status.value,
        "control": case.control.value,
        "queue": case.queue.value,
        "opened_at": case.opened_at,
        "holder": case.holder.name if case.holder else "",
        "due": {"what": what, "group": group, "at": due, "late": due < now} if due else None,
        "url": address(places.get(case.no)),
    }


def promise_rows(
    hits: Sequence[Hit], cases: Mapping[CaseNo, Case], places: Places, now: datetime
) -> list[dict[str, Any]]:
    """Open promises, and notices that wait for an answer, as lines of the calendar."""
    rows = []
    for hit in hits:
        case = cases.get(hit.case_no)
        due = _owed(case, hit.ref) if case is not None else None
        if case is not None and due is not None:
            what, group, at, owner = due
            shown = {"what": what, "group": group, "at": at, "late": at < now}
            rows.append({**case_row(case, places, now), "due": shown, "owner": _whose(case, owner)})
    return rows


def _owed(case: Case, ref: str) -> tuple[str, str, datetime, str] | None:
    """What it is, in words of which group, when it is due, and who is written down for it."""
    promise = next((one for one in case.promises if one.id == ref), None)
    if promise is not None:
        return called(promise), "promise", promise.due_at, promise.owner
    task = next((one for one in case.tasks if one.id == ref), None)
    return (task.kind.value, "task_kind", task.due_at, task.owner) if task is not None else None


def _whose(case: Case, owner: str) -> dict[str, str]:
    """Who keeps a promise: whoever has the case, else the one who is written down for it."""
    return {"name": case.holder.name if case.holder else "", "queue": case.queue.value, "written": owner}
