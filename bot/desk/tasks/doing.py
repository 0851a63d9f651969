"""Tasks under way: moved, cancelled, finished with an outcome, and overdue (S35, S53)."""

import re
from typing import Final

from bot.complaint.actions import SetTimer
from bot.complaint.case import Case, Promise, Task
from bot.complaint.colleagues import Colleague
from bot.complaint.deskwork import TaskKind, TaskState
from bot.complaint.evolving import replace
from bot.desk.acts import Act, Acts
from bot.desk.holding import take
from bot.desk.notes import stays_inside
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.desk.summoning import summon
from bot.desk.tasks.tasks import fields_of, moment, tell_them
from bot.policy.clocks import PROGRESS, next_words
from bot.policy.summoning import deciders, official, owner
from bot.policy.tasking import ended, overdue_again, reminders, with_task

_NUMBER: Final = re.compile(r"[fpt]\d{1,2}")
"""How remedies, promises and tasks of a case are called."""


def named_task(sheet: Sheet, argument: str) -> tuple[Task | None, str]:
    """The open task that the first word names, by its own number or its promise's; the only one needs no name."""
    first, _, rest = argument.strip().partition(" ")
    waiting = sheet.case.open_tasks
    named = next((one for one in waiting if first.lower() in (one.id, one.promise_id)), None)
    if named is not None or names_another(sheet.case, first, rest):
        return named, rest.strip()
    return (waiting[0] if len(waiting) == 1 else None), argument.strip()


def names_another(case: Case, first: str, rest: str) -> bool:
    """Whether the first word is the number of something else, done already or never there: nothing open is meant."""
    word = first.lower()
    known = {one.id for one in case.fulfilments} | {one.id for one in case.promises}
    known |= {one.id for one in case.tasks}
    return word in known or bool(rest.strip() and _NUMBER.fullmatch(word))


def move(sheet: Sheet, argument: str = "") -> None:
    """`/move t1 tomorrow 15-16`: move it; its promise is renegotiated if it is not yet due (S53)."""
    task, words = named_task(sheet, argument)
    when = moment(sheet, words) if task is not None else None
    if task is None or when is None or (task.begins is not None and when.begins is None):
        _ask_which(sheet, "move")
        return
    promise_id = None
    if task.promise_id is not None:
        sheet.renegotiate(task.promise_id)
        promise_id = sheet.promise(task.kind.value, by=when.ends, owner=task.owner, begins=when.begins).id
        sheet.repromise(task.promise_id, promise_id)
    task = replace(task, begins=when.begins, due_at=when.ends, promise_id=promise_id, reminded=0)
    sheet.case = with_task(sheet.case, task)
    sheet.actions += reminders(task, sheet.case.severity, sheet.at, sheet.scene.rules)
    sheet.remark("task_moved", f"{task.id} {task.due_at.isoformat()} {when.rest}".strip())
    if promise_id is not None:
        tell_them(sheet, "appointment/moved", task)
    sheet.tell("task_moved", by=sheet.by.name, task=fields_of(sheet, task))
    sheet.show_card()


def cancel(sheet: Sheet, argument: str = "") -> None:
    """`/cancel t1 why`: cancel it. The complainant is told, and by when they hear more."""
    task, why = named_task(sheet, argument)
    if task is None or not why or stays_inside(why):
        _ask_which(sheet, "cancel")
        return
    sheet.case, timers = ended(sheet.case, task, TaskState.CANCELLED, why, sheet.at)
    sheet.actions += timers
    sheet.remark("task_cancelled", f"{task.id} {why}")
    if task.promise_id is not None and sheet.case.is_open:
        again = _hear_again(sheet, task, task.promise_id)
        sheet.say("appointment/cancelled", kind=task.kind.value, begins=task.begins, due=again.due_at)
    sheet.tell("task_cancelled", by=sheet.by.name, why=why, task=fields_of(sheet, task))
    sheet.show_card()


def _hear_again(sheet: Sheet, task: Task, promise_id: str) -> Promise:
    """By when they hear what comes instead; where the call was the promised answer, the answer is still owed."""
    if _is_the_answer(sheet, task):
        again = sheet.promise("person_answers", "first_human")
    else:
        again = sheet.promise(PROGRESS, by=next_words(sheet.scene.rules, sheet.case, sheet.at))
    sheet.renegotiate(promise_id)
    sheet.repromise(promise_id, again.id)
    return again


def finish(sheet: Sheet, task: Task, outcome: str) -> None:
    """Finish it with this outcome, and keep its promise. Who made a promised call becomes the holder.

    Who has listened to a voice has not answered it yet: that promise stands until words go out.
    """
    sheet.case, timers = ended(sheet.case, task, TaskState.DONE, outcome, sheet.at)
    sheet.actions += timers
    if not _is_the_answer(sheet, task):
        sheet.keep_promise(task.promise_id)
    elif task.kind is not TaskKind.LISTEN:
        take(sheet)
        sheet.answer_escalation()
    sheet.remark("task_done", f"{task.id} {task.kind}: {outcome}")
    sheet.nod("task_done", by=sheet.by.name, outcome=outcome, task=fields_of(sheet, task))
    sheet.show_card()


def _is_the_answer(sheet: Sheet, task: Task) -> bool:
    """The call or visit is what was promised when the case was handed over."""
    waiting = sheet.case.open_escalation
    return waiting is not None and waiting.promise_id == task.promise_id


def work_done(sheet: Sheet, argument: str, *, alone: bool) -> bool:
    """`/done t1 RESULT`: whether this was about a task and it is finished; without a result nothing is.

    `alone`: nothing else is open, so that the only task needs no name.
    """
    task, words = named_task(sheet, argument)
    named = task is not None and argument.strip().partition(" ")[0].lower() in (task.id, task.promise_id)
    if task is None or not words or stays_inside(words) or not (named or alone):
        return False
    finish(sheet, task, words)
    return True


def _ask_which(sheet: Sheet, act: str) -> None:
    tasks = [fields_of(sheet, one) for one in sheet.case.open_tasks]
    sheet.tell("task_which", key="task_which", act=act, tasks=tasks)


# -- time


def _task_of(sheet: Sheet, key: str) -> Task | None:
    number = key.rpartition(":")[2]
    return next((one for one in sheet.case.open_tasks if one.id == number), None)


def _first_of_its_time(sheet: Sheet, task: Task) -> list[Task]:
    """All tasks of one owner that are due together, if this is the first of them: they share a line."""
    same = [
        one
        for one in sheet.case.tasks
        if one.state is TaskState.OPEN and (one.due_at, one.owner) == (task.due_at, task.owner)
    ]
    return same if same and same[0].id == task.id else []


def _answering(sheet: Sheet, task: Task) -> tuple[Colleague, ...]:
    """Who is called for it: an authority is answered by those whose trade that is."""
    roster = sheet.scene.situation.roster
    whose = owner(sheet.case, roster, task.owner_id, task.owner)
    return (*official(sheet.case, roster), *whose) if task.kind is TaskKind.NOTICE else whose


def remind(sheet: Sheet, key: str) -> None:
    """It begins soon, or time runs out: its owner is called by name."""
    task = _task_of(sheet, key)
    together = _first_of_its_time(sheet, task) if task is not None else []
    if task is None or not together or task.due_at <= sheet.at:
        return
    people = _answering(sheet, task)
    summon(sheet, "task_near", people, tasks=[fields_of(sheet, one) for one in together])


def bring_up(sheet: Sheet, key: str) -> None:
    """Overdue without an outcome: call owner and supervisor, again every working day.

    Where something was promised with it, the promise's own miss has just been told, and is not told twice.
    """
    task = _task_of(sheet, key)
    if task is None:
        return
    again = overdue_again(sheet.scene.rules, sheet.at)
    sheet.add(SetTimer(kind="task_due", key=f"task_due:{task.id}", due=again))
    roster = sheet.scene.situation.roster
    together = _first_of_its_time(sheet, task)
    sheet.case = with_task(sheet.case, replace(task, reminded=task.reminded + 1))
    if not together or (task.promise_id is not None and not task.reminded):
        return
    people = (*_answering(sheet, task), *deciders(sheet.case, roster))
    summon(sheet, "task_late", people, tasks=[fields_of(sheet, one) for one in together])
    sheet.show_card()


ACTS: Final = Acts(
    commands={"move": Act(Right.TASK, move), "cancel": Act(Right.TASK, cancel)},
    dues={"task_near": remind, "task_due": bring_up},
)
