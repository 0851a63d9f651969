"""What must be done before a case may close (S53, S65, S84, R11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.complaint.case import Case, Severity, Verdict
from bot.policy.tasking import blocks_close

FAULT = (Verdict.UPHELD, Verdict.PARTLY)
"""Findings that need a cause, and what prevents it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing that is still owed: its kind, detail, due time and reference."""

    kind: str
    """`fulfilment`, `task`, `approval`, `promise`, `answer`, `verdict`, `finding`, `prevention` or `cause`."""
    what: str = ""
    due: datetime | None = None
    ref: str = ""


def owed(case: Case, *, answered: bool = False) -> tuple[Owed, ...]:
    """All that must be done before the case may close. `answered`: the promised first answer goes out right now."""
    return (*_work(case), *_promises(case, answered=answered), *_finding(case))


def _work(case: Case) -> Iterator[Owed]:
    for one in case.fulfilments:
        if one.proof is None:
            yield Owed(kind="fulfilment", what=one.kind.value, due=one.due_at, ref=one.id)
    for task in case.open_tasks:
        if blocks_close(task):
            yield Owed(kind="task", what=task.kind.value, due=task.due_at, ref=task.id)
    for request in case.open_approvals:
        yield Owed(kind="approval", due=request.expires_at, ref=request.id)


def _promises(case: Case, *, answered: bool) -> Iterator[Owed]:
    told = {one.promise_id for one in case.fulfilments if one.proof is None}
    told |= {one.promise_id for one in case.open_tasks if blocks_close(one)}
    waiting = case.open_escalation
    answer = waiting.promise_id if waiting and waiting.promise_id not in told else None
    for one in case.open_promises:
        if one.id == answer and not answered:
            yield Owed(kind="answer", what=one.kind, due=one.due_at, ref=one.id)
        elif one.id not in told and one.id != answer:
            yield Owed(kind="promise", what=one.kind, due=one.due_at, ref=one.id)


def _finding(case: Case) -> Iterator[Owed]:
    if case.is_open and case.severity is Severity.SEV1 and case.verdict is None and not case.excused:
        yield Owed(kind="verdict")
    if case.verdict not in FAULT:
        return
    rows = (("finding", case.finding), ("prevention", case.prevention), ("cause", case.cause))
    for kind, words in rows:
        if not words.strip():
            yield Owed(kind=kind)
