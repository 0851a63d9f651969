"""Commitments on a case: made, kept, missed, and what wakes us for them. The talk and the desk make them alike.

A promise is a row with an owner and a due time (S53); a hand-over is an escalation with its promise, and at most
one is open (S51). Each function gives the next case and the timers that go with it, never one without the other.
"""

from dataclasses import replace
from datetime import datetime

from bot.complaint.actions import CancelTimer, SetTimer
from bot.complaint.case import Case, Escalation, Promise, PromiseStatus, Severity
from bot.policy.calendar import after_quiet
from bot.policy.deadlines import warnings
from bot.policy.rules import Rules

Timers = tuple[SetTimer | CancelTimer, ...]


def promised(
    case: Case, kind: str, due_at: datetime, at: datetime, rules: Rules, *, owner: str | None = None
) -> tuple[Case, Promise, Timers]:
    """Commit the brand to `kind` by `due_at`; `owner` is the case's queue if nobody is named."""
    made = Promise(
        id=f"p{len(case.promises) + 1}",
        kind=kind,
        text="",
        owner=owner or case.queue.value,
        made_at=at,
        due_at=max(due_at, at),
    )
    return case.evolve(promises=(*case.promises, made)), made, _reminders(made, case.severity, rules)


def _reminders(made: Promise, severity: Severity, rules: Rules) -> Timers:
    """One when four fifths of the time are gone, and one at its end. At night only danger is spoken of."""
    near = warnings(made.made_at, made.due_at)[1]
    spoken = near if severity is Severity.SEV1 else after_quiet(rules, near)
    missed = SetTimer(kind="promise_due", key=f"due:{made.id}", due=made.due_at)
    if spoken >= made.due_at:
        return (missed,)
    return (SetTimer(kind="promise_near", key=f"near:{made.id}", due=spoken), missed)


def settled(case: Case, promise_id: str | None, status: PromiseStatus, at: datetime) -> tuple[Case, Timers]:
    """Write down what became of an open promise; nothing if there is none open with this id."""
    if not any(one.id == promise_id for one in case.open_promises):
        return case, ()
    after = tuple(
        replace(one, status=status, settled_at=at) if one.id == promise_id else one for one in case.promises
    )
    return case.evolve(promises=after), (
        CancelTimer(key=f"near:{promise_id}"),
        CancelTimer(key=f"due:{promise_id}"),
    )


def handed_over(case: Case, reason: str, promise: Promise, at: datetime) -> Case:
    """The case with a new open escalation that this promise goes with."""
    escalation = Escalation(
        id=f"e{len(case.escalations) + 1}", at=at, reason=reason, queue=case.queue, promise_id=promise.id
    )
    return case.evolve(escalations=(*case.escalations, escalation))


def rearranged(case: Case, escalation: Escalation) -> Case:
    """The case with one of its escalations changed."""
    after = tuple(escalation if one.id == escalation.id else one for one in case.escalations)
    return case.evolve(escalations=after)
