"""Tasks: set, moved and finished, each with its reminders.

The talk and the desk set tasks alike. Each function gives the next case and the timers that go with it.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import CancelTimer, SetTimer
from bot.complaint.case import Case, Severity, Task
from bot.complaint.deskwork import TaskKind, TaskState
from bot.complaint.evolving import replace
from bot.policy.calendar import add_working, after_quiet
from bot.policy.commitments import Timers
from bot.policy.deadlines import warnings
from bot.policy.rules import Rules

TOLD: Final = (TaskKind.CALL_BACK, TaskKind.VISIT, TaskKind.SAMPLE)
"""What the complainant must know of, since they have a part in it: told with a time, as a promise."""
LEAD: Final = timedelta(minutes=30)
"""So long before a call or a visit its owner is called."""


def tasked(case: Case, wanted: Task, rules: Rules) -> tuple[Case, Task, Timers]:
    """Set a task, numbered in its turn; it is the case's queue's if nobody is named."""
    task = replace(
        wanted,
        id=f"t{len(case.tasks) + 1}",
        owner=wanted.owner or case.queue.value,
        due_at=max(wanted.due_at, wanted.made_at),
    )
    timers = reminders(task, case.severity, task.made_at, rules)
    return case.evolve(tasks=(*case.tasks, task)), task, timers


def reminders(task: Task, severity: Severity, at: datetime, rules: Rules) -> Timers:
    """One before it begins, or at our own target, when most of the time is gone; and one at its end."""
    near = task.begins - LEAD if task.begins else warnings(rules, at, max(at, task.due_at))[1]
    if severity is not Severity.SEV1:
        near = after_quiet(rules, near)
    due = SetTimer(kind="task_due", key=f"task_due:{task.id}", due=task.due_at)
    if not at < near < (task.begins or task.due_at):
        return (due,)
    return (SetTimer(kind="task_near", key=f"task_near:{task.id}", due=near), due)


def overdue_again(rules: Rules, at: datetime) -> datetime:
    """When an overdue task is brought up once more: in a working day, at the hour it opens."""
    return after_quiet(rules, add_working(rules, at, hours=8))


def with_task(case: Case, task: Task) -> Case:
    """The case with one of its tasks changed."""
    return case.evolve(tasks=tuple(task if one.id == task.id else one for one in case.tasks))


def ended(case: Case, task: Task, state: TaskState, outcome: str, at: datetime) -> tuple[Case, Timers]:
    """Record the outcome of a task.

    Raises:
        ValueError: there is no outcome.
    """
    if not outcome.strip():
        raise ValueError("a task ends with an outcome")
    gone = tuple(CancelTimer(key=f"{when}:{task.id}") for when in ("task_near", "task_due"))
    return with_task(case, replace(task, state=state, outcome=outcome.strip(), done_at=at)), gone


def task_of_promise(case: Case, promise_id: str | None) -> Task | None:
    """The open task that belongs to this promise."""
    return next((one for one in case.open_tasks if promise_id and one.promise_id == promise_id), None)


def blocks_close(task: Task) -> bool:
    """Whether a case cannot end before this task has its outcome (S35): where somebody was to come or to call.

    An authority that waits for its answer holds it open too (R49).

    A lab's answer, a checklist or a check of quality keeps nobody waiting: they may go on after it.
    """
    if task.kind is TaskKind.NOTICE:
        return True
    fetched = task.kind is TaskKind.SAMPLE and bool(task.custody)
    return task.kind in TOLD and not fetched
