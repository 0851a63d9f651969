"""Tasks that are set automatically: the checklist of a grave case, and quality checks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.complaint.actions import Action, Remark, Tell
from bot.complaint.case import Case, Control, Queue, Survey, Task
from bot.complaint.deskwork import TaskKind, TaskState
from bot.policy.calendar import add_working
from bot.policy.deadlines import due
from bot.policy.rules import Rules
from bot.policy.tasking import TOLD, ended, tasked
from bot.reading.matterwords import wronged

PLAYBOOKS: Final[Mapping[Queue, tuple[tuple[str, str], ...]]] = {
    Queue.LEGAL: (
        ("legal_evidence", "update"),
        ("legal_facts", "update"),
        ("legal_position", "decision"),
        ("legal_calendar", "decision"),
    ),
    Queue.CONDUCT: (
        ("conduct_records", "update"),
        ("conduct_safe", "update"),
        ("conduct_heard", "decision"),
        ("conduct_outcome", "decision"),
    ),
    Queue.MEDIA_PR: (
        ("press_one_voice", "update"),
        ("press_facts", "update"),
        ("press_statement", "decision"),
        ("press_watch", "decision"),
    ),
}
"""The tasks of each checklist, each with one of the case's own deadlines (S110)."""
APART: Final = ("conduct_apart", "update")
"""Who is accused may not have the case; asked for where the story names nobody on the roster (R7, R58)."""
SCAM: Final = (
    ("scam_records", "update"),
    ("scam_leak", "decision"),
    ("scam_warning", "decision"),
    ("scam_outcome", "decision"),
)
"""The checklist of the same queue where a stranger cheats in our name: nobody of ours is accused."""
POOR: Final = 2
"""Scores up to this are looked into, every one of them."""
ONE_IN: Final = 20
"""One of this many closed cases is drawn (S103), by its random number."""
_DAYS: Final = 5


def following(case: Case, before: Case | None, at: datetime, rules: Rules) -> tuple[Case, tuple[Action, ...]]:
    """Set the tasks that a turn calls for, and cancel those that its end makes pointless."""
    actions: tuple[Action, ...] = ()
    for step in (_checklist, _found_out, _drawn, _idle):
        case, more = step(case, before, at, rules)
        actions += more
    return case, actions


def _checklist(
    case: Case, _before: Case | None, at: datetime, rules: Rules
) -> tuple[Case, tuple[Action, ...]]:
    """Once for each of these queues, when people are on it there."""
    rows = _rows(case)
    with_people = case.is_open and case.at_desk and case.control in (Control.QUEUED, Control.HUMAN)
    if not rows or not with_people or any(one.what == rows[0][0] for one in case.tasks):
        return case, ()
    actions: list[Action] = []
    made: list[Task] = []
    for what, by in rows:
        when = due(rules, by, case.severity, at, case.queue)
        wanted = Task(id="", kind=TaskKind.PLAYBOOK, what=what, owner="", made_at=at, due_at=when)
        case, task, timers = tasked(case, wanted, rules)
        made.append(task)
        actions += timers
    actions.append(Tell(name="playbook_set", fields={"tasks": [_fields(one) for one in made]}))
    return case, (*actions, Remark(what="playbook_set", why=case.queue.value))


def _rows(case: Case) -> tuple[tuple[str, str], ...]:
    """The tasks that this matter needs, the first of them always the same."""
    if case.queue is not Queue.CONDUCT:
        return PLAYBOOKS.get(case.queue, ())
    if wronged(case.story) == "scam":
        return SCAM
    first, *others = PLAYBOOKS[Queue.CONDUCT]
    return (first, *others) if case.about else (first, APART, *others)


def _found_out(
    case: Case, before: Case | None, at: datetime, _rules: Rules
) -> tuple[Case, tuple[Action, ...]]:
    """It is known who is meant: nobody has to find that out any more."""
    asked = next((one for one in case.open_tasks if one.what == APART[0]), None)
    if asked is None or not case.about or before is None:
        return case, ()
    return ended(case, asked, TaskState.DONE, "about", at)


def _fields(task: Task) -> dict[str, object]:
    return {
        "ref": task.id,
        "kind": task.kind.value,
        "what": task.what,
        "owner": task.owner,
        "begins": None,
        "until": task.due_at,
        "place": "",
        "phone": None,
        "told": False,
    }


def _drawn(case: Case, before: Case | None, at: datetime, rules: Rules) -> tuple[Case, tuple[Action, ...]]:
    """Quality checks: every case with a poor score, and one closed case in twenty (S103)."""
    closed = not case.is_open and before is not None and before.is_open
    why = "quality_poor" if _newly_poor(case, before) else "quality_random" if closed and _lot(case) else ""
    if not why or any(one.what == why for one in case.tasks):
        return case, ()
    when = add_working(rules, at, days=_DAYS)
    wanted = Task(id="", kind=TaskKind.QUALITY_SAMPLE, what=why, owner="supervisor", made_at=at, due_at=when)
    case, task, timers = tasked(case, wanted, rules)
    return case, (*timers, Remark(what="task_set", why=f"{task.id} {why}"))


def _newly_poor(case: Case, before: Case | None) -> bool:
    known = len(tuple(filter(_poor, before.surveys))) if before is not None else 0
    return len(tuple(filter(_poor, case.surveys))) > known


def _poor(survey: Survey) -> bool:
    return any(score is not None and score <= POOR for score in (survey.handling, survey.outcome))


def _lot(case: Case) -> bool:
    digits = "".join(sign for sign in case.no if sign.isdigit())
    return bool(digits) and int(digits) % ONE_IN == 0


def _idle(case: Case, before: Case | None, at: datetime, _rules: Rules) -> tuple[Case, tuple[Action, ...]]:
    """Nobody is called to a call or a visit in a case that is over."""
    if case.is_open or before is None or not before.is_open:
        return case, ()
    actions: list[Action] = []
    for task in case.open_tasks:
        if task.kind in (*TOLD, TaskKind.PLAYBOOK) and not task.custody:
            case, timers = ended(case, task, TaskState.CANCELLED, case.status.value, at)
            actions += timers
    return case, tuple(actions)
