"""`/notice`: records an official notice; its answer becomes a task with the legal deadline (R49)."""

from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import SetTimer
from bot.complaint.case import Queue, Severity, Task
from bot.complaint.deskwork import TaskKind
from bot.complaint.events import AgentWrote
from bot.complaint.notices import Notice, NoticeKind
from bot.desk.acts import Act, Acts
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.desk.summoning import summon
from bot.policy.calendar import after_quiet
from bot.policy.notices import day_before, notice_due, source_of
from bot.policy.summoning import official
from bot.policy.tasking import tasked
from bot.policy.triage import PRECEDENCE
from bot.reading.noticewords import NoticeWords, notice_words


def note_notice(sheet: Sheet, argument: str = "") -> None:
    """`/notice mediation Pudong bureau ref 2026-118 6-29`: whose, its number, the day it came."""
    today = sheet.at.astimezone(sheet.scene.rules.clock).date()
    words = notice_words(argument, today)
    notice = _notice(sheet, words)
    if notice is None:
        unclear = words.kind is NoticeKind.INQUIRY and words.named is None
        sheet.tell("notice_line_how", key="notice_line_how", day=bool(words.authority) and unclear)
        return
    task = _owed(sheet, notice)
    _weigh(sheet)
    sheet.remark("notice", f"{task.id} {notice.kind} {notice.authority} {notice.ref}".strip())
    roster = sheet.scene.situation.roster
    people = tuple(one for one in official(sheet.case, roster) if one.id != sheet.by.id)
    summon(sheet, "notice_noted", people, **fields_of(task, notice))
    sheet.show_card()


def _notice(sheet: Sheet, words: NoticeWords) -> Notice | None:
    """The notice, or None where its kind, whose it is, or its day is missing."""
    today = sheet.at.astimezone(sheet.scene.rules.clock).date()
    received = words.received or today
    lacks_day = words.kind is NoticeKind.INQUIRY and words.named is None
    if words.kind is None or not words.authority or lacks_day or received > today:
        return None
    event = sheet.scene.event
    media = event.media if isinstance(event, AgentWrote) else None
    return Notice(
        kind=words.kind,
        authority=words.authority,
        ref=words.ref,
        received=received,
        named=words.named,
        source=source_of(words.kind, words.named),
        document=media.unique_id if media is not None else "",
    )


def _owed(sheet: Sheet, notice: Notice) -> Task:
    """The answer as a task of the legal queue, with reminders at half time and on the day before."""
    rules = sheet.scene.rules
    due = notice_due(rules, notice)
    wanted = Task(
        id="",
        kind=TaskKind.NOTICE,
        what=f"{notice.authority} {notice.ref}".strip(),
        owner=Queue.LEGAL.value,
        made_at=sheet.at,
        due_at=due,
        notice=notice,
    )
    sheet.case, task, timers = tasked(sheet.case, wanted, rules)
    sheet.actions += timers
    half = after_quiet(rules, sheet.at + (due - sheet.at) / 2)
    for name, moment in (("half", half), ("last", day_before(rules, due))):
        if _room(sheet.at, moment, due):
            sheet.add(SetTimer(kind="task_near", key=f"task_{name}:{task.id}", due=moment))
    return task


def _room(now: datetime, moment: datetime, due: datetime) -> bool:
    return now + timedelta(hours=1) < moment < due


def _weigh(sheet: Sheet) -> None:
    """Raise severity, add the legal queue and lock the evidence (E5, S63)."""
    case = sheet.case
    if case.severity > Severity.SEV2:
        sheet.change(severity=Severity.SEV2, severity_why="regulator_notice")
    if PRECEDENCE.index(Queue.LEGAL) < PRECEDENCE.index(case.queue):
        sheet.change(queue=Queue.LEGAL)
    elif case.queue is not Queue.LEGAL and Queue.LEGAL not in case.watchers:
        sheet.change(watchers=(*case.watchers, Queue.LEGAL))
    sheet.change(evidence_hold=True)


def fields_of(task: Task, notice: Notice) -> dict[str, object]:
    """A notice as the fields of a line."""
    return {
        "ref": task.id,
        "kind": notice.kind.value,
        "authority": notice.authority,
        "number": notice.ref,
        "received": notice.received,
        "until": task.due_at,
        "source": notice.source,
        "document": bool(notice.document),
    }


ACTS: Final = Acts(commands={"notice": Act(Right.TASK, note_notice)})
