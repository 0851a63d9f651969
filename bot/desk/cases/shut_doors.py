"""A letter that an account can no longer deliver becomes a task with an owner and a time (R59)."""

from bot.complaint.actions import Situation, Tell, Turn
from bot.complaint.case import Case, Control, Task
from bot.complaint.colleagues import Colleague
from bot.complaint.conversation import Conversation, Step
from bot.complaint.deskwork import TaskKind
from bot.complaint.events import Undelivered
from bot.desk.sheet import NOBODY, Scene, Sheet
from bot.desk.summoning import summon
from bot.desk.tasks.tasks import fields_of
from bot.policy.deadlines import due
from bot.policy.rules import Rules
from bot.policy.tasking import tasked


def shut_out(
    event: Undelivered, case: Case, talk: Conversation, *, rules: Rules, situation: Situation
) -> Turn:
    """A letter that could not be tried. The first one sets a task and tells the topic; others add a line."""
    sheet = Sheet(case, talk, Scene(by=NOBODY, rules=rules, situation=situation))
    sheet.remark("door_shut", event.reason)
    known = any(one.kind is TaskKind.WRITE for one in case.open_tasks)
    if case.is_open and not known:
        _hand_over(sheet, event)
    elif event.source is not None:
        # a colleague wrote it, and must not believe that it was read
        fields = {"why": event.reason}
        sheet.add(Tell(name="door_shut_again", fields=fields, answers=event.source))
    return sheet.turn()


def _hand_over(sheet: Sheet, event: Undelivered) -> None:
    """Give the case to people: its holder, else its queue."""
    case = sheet.case
    holder = case.holder
    if case.control is not Control.HUMAN:
        sheet.hold(None)
        sheet.go(Step.WITH_PEOPLE)
        until = sheet.escalate("door_shut").due_at
    else:
        until = due(sheet.scene.rules, "first_human", case.severity, sheet.at, case.queue)
    draft = Task(
        id="",
        kind=TaskKind.WRITE,
        what="",
        owner=holder.name if holder else "",
        owner_id=holder.id if holder else None,
        made_at=sheet.at,
        due_at=until,
    )
    sheet.case, task, timers = tasked(sheet.case, draft, sheet.scene.rules)
    sheet.actions += timers
    sheet.remark("task_set", f"{task.id} {task.kind} {task.owner} {task.due_at.isoformat()}")
    called = (Colleague(id=holder.id, name=holder.name),) if holder else ()
    summon(
        sheet,
        "door_shut",
        called,
        why=event.reason,
        task=fields_of(sheet, task),
        phone=case.facts.phone,
        best_time=case.facts.best_time,
    )
    sheet.show_card()
