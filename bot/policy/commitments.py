"""Promises and hand-overs: made, kept, missed, each with its timers.

A promise is a row with an owner and a due time (S53); a hand-over is an escalation with its promise, and at most
one is open (S51). Each function gives the next case and the timers that go with it, never one without the other.
"""

from datetime import datetime

from bot.complaint.actions import CancelTimer, SetTimer
from bot.complaint.case import Case, Escalation, Promise, PromiseStatus, Severity
from bot.complaint.evolving import replace
from bot.policy.calendar import after_quiet
from bot.policy.deadlines import warnings
from bot.policy.rules import Rules

Timers = tuple[SetTimer | CancelTimer, ...]


def promised(
    case: Case,
    kind: str,
    due_at: datetime,
    at: datetime,
    rules: Rules,
    *,
    owner: str | None = None,
    begins: datetime | None = None,
) -> tuple[Case, Promise, Timers]:
    """Promise `kind` by `due_at`; the owner is the case's queue unless somebody is named.

    What is promised for a span of time (a call, a visit) `begins` then: before it there is nothing to warn of.
    """
    made = Promise(
        id=f"p{len(case.promises) + 1}",
        kind=kind,
        text="",
        owner=owner or case.queue.value,
        made_at=at,
        due_at=max(due_at, at),
    )
    timers = reminders(made, max(begins or at, at), case.severity, rules)
    return case.evolve(promises=(*case.promises, made)), made, timers


def reminders(
    made: Promise, begins: datetime, severity: Severity, rules: Rules, *, after: datetime | None = None
) -> Timers:
    """Timers at half of the time, at our own target, and at its end. At night only danger is reminded of.

    Of a promise that goes on elsewhere those that have passed `after` are left out.
    """
    missed = SetTimer(kind="promise_due", key=f"due:{made.id}", due=made.due_at)
    half, near = (
        one if severity is Severity.SEV1 else after_quiet(rules, one)
        for one in warnings(rules, begins, max(begins, made.due_at))
    )
    timers: list[SetTimer] = []
    # before a call or a visit its task calls the owner; within its hour one more line is enough
    if half < min(near, made.due_at) and begins == made.made_at:
        timers.append(SetTimer(kind="promise_half", key=f"half:{made.id}", due=half))
    if near < made.due_at:
        timers.append(SetTimer(kind="promise_near", key=f"near:{made.id}", due=near))
    return (*(one for one in timers if after is None or one.due > after), missed)


def moved(
    case: Case, promise: Promise, due_at: datetime, text: str, at: datetime, rules: Rules
) -> tuple[Case, Timers]:
    """Put an open promise right that was written down with another time: it stays the same promise."""
    right = replace(promise, due_at=max(due_at, promise.made_at), text=text, warned=False)
    after = tuple(right if one.id == promise.id else one for one in case.promises)
    gone = tuple(CancelTimer(key=f"{when}:{promise.id}") for when in ("half", "near"))
    anew = reminders(right, right.made_at, case.severity, rules, after=at)
    return case.evolve(promises=after), (*gone, *anew)


def settled(case: Case, promise_id: str | None, status: PromiseStatus, at: datetime) -> tuple[Case, Timers]:
    """Record the outcome of an open promise; no change if none with this id is open."""
    if not any(one.id == promise_id for one in case.open_promises):
        return case, ()
    after = tuple(
        replace(one, status=status, settled_at=at) if one.id == promise_id else one for one in case.promises
    )
    gone = tuple(CancelTimer(key=f"{when}:{promise_id}") for when in ("half", "near", "due"))
    return case.evolve(promises=after), gone


def handed_over(case: Case, reason: str, promise: Promise, at: datetime) -> Case:
    """The case with a new open escalation, tied to this promise."""
    escalation = Escalation(
        id=f"e{len(case.escalations) + 1}", at=at, reason=reason, queue=case.queue, promise_id=promise.id
    )
    return case.evolve(escalations=(*case.escalations, escalation))


def rearranged(case: Case, escalation: Escalation) -> Case:
    """The case with one of its escalations changed."""
    after = tuple(escalation if one.id == escalation.id else one for one in case.escalations)
    return case.evolve(escalations=after)
