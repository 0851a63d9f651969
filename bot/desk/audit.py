"""Audit lines (S38): compares the case before and after an act, so that no act can forget a change."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bot.complaint.actions import Situation, Turn
from bot.complaint.case import Case
from bot.complaint.deskwork import Deed
from bot.complaint.evolving import replace
from bot.desk.rights import Right

_SHOWN: Final[Mapping[str, Callable[[Case], object]]] = {
    "status": lambda case: case.status.value,
    "control": lambda case: case.control.value,
    "severity": lambda case: f"SEV{int(case.severity)}",
    "queue": lambda case: case.queue.value,
    "category": lambda case: case.category.value,
    "holder": lambda case: f"{case.holder.name} ({case.holder.id})" if case.holder else "",
    "verdict": lambda case: case.verdict.value if case.verdict else "",
    "finding": lambda case: case.finding,
    "prevention": lambda case: case.prevention,
    "cause": lambda case: case.cause,
    "excused": lambda case: case.excused,
    "adopted": lambda case: case.adopted,
    "outside": lambda case: {None: "", True: "changed", False: "kept"}[case.overturned],
    "about": lambda case: " ".join(str(one) for one in case.about),
    "evidence_hold": lambda case: "yes" if case.evidence_hold else "",
    "legal_hold": lambda case: "yes" if case.legal_hold else "",
    "closed_at": lambda case: case.closed_at.isoformat() if case.closed_at else "",
    "merged_into": lambda case: case.merged_into or "",
    "merged": lambda case: " ".join(case.merged),
    "agreement": lambda case: case.agreement.offer_id if case.agreement else "",
}


def deed(
    what: Right,
    before: Case | None,
    turn: Turn,
    situation: Situation,
    *,
    refused: str = "",
    asked: str = "",
) -> Turn:
    """The turn with its audit line: who did or tried what, when, and what it changed."""
    colleague = situation.colleague
    if colleague is None or (what is Right.LOOK and not refused):
        return turn
    old, new = changes(before, turn.case)
    line = Deed(
        at=situation.now,
        by=colleague.id,
        name=colleague.name,
        act=what.value,
        chat=situation.where,
        case_no=turn.case.no if turn.case else None,
        before=old,
        after={**new, "asked": asked} if asked else new,
        refused=refused,
    )
    others = tuple(_beside(line, one, situation) for one in turn.others)
    return replace(turn, deeds=(*turn.deeds, line, *others))


def _beside(line: Deed, other: Case, situation: Situation) -> Deed:
    """The audit line of the other case that the act changed."""
    named = situation.named_case
    old, new = changes(named if named is not None and named.no == other.no else None, other)
    return replace(line, case_no=other.no, before=old, after=new)


def changes(before: Case | None, after: Case | None) -> tuple[dict[str, str], dict[str, str]]:
    """The changed fields, old and new; registers are compared by their ids."""
    old, new = _view(before), _view(after)
    names = [name for name in {**old, **new} if old.get(name, "") != new.get(name, "")]
    return {name: old.get(name, "") for name in names}, {name: new.get(name, "") for name in names}


def _view(case: Case | None) -> dict[str, str]:
    if case is None:
        return {}
    flat = {name: str(show(case)) for name, show in _SHOWN.items()}
    return flat | dict(_registers(case))


def _registers(case: Case) -> Iterator[tuple[str, str]]:
    for promise in case.promises:
        yield f"promise {promise.id}", f"{promise.kind} {promise.due_at.isoformat()} {promise.status}"
    for offer in case.offers:
        yield f"offer {offer.id}", f"{'+'.join(offer.kinds)} {offer.worth} {offer.state}"
    for one in case.fulfilments:
        yield f"fulfilment {one.id}", f"{one.kind} {one.worth} {one.proof or 'open'}"
    for request in case.approvals:
        yield f"approval {request.id}", f"{request.worth} {request.state} {len(request.votes)}"
    for task in case.tasks:
        yield f"task {task.id}", f"{task.kind} {task.owner} {task.due_at.isoformat()} {task.state}"
    for number, one_read in enumerate(case.corrections, 1):
        yield f"correction {number}", f"{one_read.field} {one_read.read or '-'} -> {one_read.now}"
    for escalation in case.escalations:
        yield f"escalation {escalation.id}", f"{escalation.queue} {'open' if escalation.open else 'answered'}"
