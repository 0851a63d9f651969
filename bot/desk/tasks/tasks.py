"""`/task`: sets a call, a visit or a sample; software reminds and records, people do it (S35, S48)."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.complaint.actions import Button, Rows
from bot.complaint.case import Task
from bot.complaint.colleagues import Colleague
from bot.complaint.deskwork import TaskKind
from bot.desk.acts import Act, Acts
from bot.desk.notes import stays_inside
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.desk.summoning import summon
from bot.policy.calendar import call_windows
from bot.policy.tasking import TOLD, tasked
from bot.reading.tasknames import task_kind
from bot.reading.times import When, read_when

LONGEST: Final = 200
_BETWEEN: Final = re.compile(r"\s*[|｜,，;；]\s*")
_SPACE: Final = re.compile(r"\s+")
SAID: Final = {
    TaskKind.CALL_BACK: "appointment/call",
    TaskKind.VISIT: "appointment/visit",
    TaskKind.SAMPLE: "appointment/sample",
}
"""The reply for each kind of task that involves the complainant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A task as it was written."""

    kind: TaskKind
    when: When
    what: str
    place: str
    who: Colleague


def set_task(sheet: Sheet, argument: str = "") -> None:
    """`/task call tomorrow 10-11 words`: who does what by when; whom it concerns is told, with a promise."""
    if not argument.strip():
        _show_how(sheet)
        return
    wanted = _read(sheet, argument)
    if wanted is None:
        return
    if wanted.kind in TOLD and not sheet.case.is_open:
        sheet.tell("not_sent_closed", ((Button("reopen", "reopen"),),), key="task_closed")
        return
    _set(sheet, wanted)


def _show_how(sheet: Sheet, kind: str = "") -> None:
    rows: Rows = (
        tuple(Button(f"task_{one}", "task_kind", one) for one in ("call_back", "visit", "sample")),
        tuple(Button(f"task_{one}", "task_kind", one) for one in ("quality_sample", "other")),
    )
    sheet.tell("task_how", () if kind else rows, key="task_how", kind=kind)


def choose_kind(sheet: Sheet, value: str = "") -> None:
    """A kind was tapped: show how it is written; for a call, the next hours as buttons."""
    sheet.notice("notice_done")
    if value != TaskKind.CALL_BACK:
        _show_how(sheet, value)
        return
    hours = call_windows(sheet.scene.rules, sheet.at, sheet.case.queue)
    rows: Rows = tuple(
        (
            Button(
                "call_window",
                "task_call",
                str(int(one[0].timestamp())),
                fields={"times": list(one), "now": sheet.at},
            ),
        )
        for one in hours
    )
    sheet.tell("task_how", rows, key="task_how", kind=value)


def set_call(sheet: Sheet, value: str = "") -> None:
    """An hour for a call was tapped: whoever tapped it calls."""
    hours = call_windows(sheet.scene.rules, sheet.at, sheet.case.queue, count=40)
    hour = next((one for one in hours if value == str(int(one[0].timestamp()))), None)
    if hour is None or not sheet.case.is_open or sheet.colleague is None:
        sheet.notice("notice_late")
        return
    sheet.notice("notice_done")
    sheet.strip()
    when = When(begins=hour[0], ends=hour[1], rest="")
    _set(sheet, _Wanted(kind=TaskKind.CALL_BACK, when=when, what="", place="", who=sheet.colleague))


def _read(sheet: Sheet, argument: str) -> _Wanted | None:
    """What is wanted, or None after a line that says what is missing."""
    kind, words = task_kind(argument)
    kind = kind or TaskKind.OTHER
    who, words = _whose(sheet, words)
    when = moment(sheet, words)
    if when is None:
        sheet.tell("task_when", key="task_when", kind=kind.value)
        return None
    if who is None:
        sheet.tell("task_whose", key="task_whose")
        return None
    place, what = _place(when.rest) if kind is TaskKind.VISIT else ("", when.rest)
    missing_window = kind in (TaskKind.CALL_BACK, TaskKind.VISIT) and when.begins is None
    nameless = not what and kind in (TaskKind.OTHER, TaskKind.QUALITY_SAMPLE)
    if missing_window or nameless or (kind is TaskKind.VISIT and not place) or stays_inside(when.rest):
        _show_how(sheet, kind.value)
        return None
    return _Wanted(kind=kind, when=when, what=what[:LONGEST], place=place[:LONGEST], who=who)


def _place(words: str) -> tuple[str, str]:
    """The address and what is to be done there: parted by a comma or stroke, else by the first space."""
    parts = (_BETWEEN if _BETWEEN.search(words) else _SPACE).split(words, maxsplit=1)
    return parts[0].strip(), " ".join(parts[1:]).strip()


def moment(sheet: Sheet, words: str) -> When | None:
    """The time in these words, read on the brand's clock."""
    rules = sheet.scene.rules
    return read_when(words, sheet.at.astimezone(rules.clock), rules.hours.closes)


def _whose(sheet: Sheet, words: str) -> tuple[Colleague | None, str]:
    """Who is named with an @, else who writes; None where the name is nobody's."""
    named = next((word for word in words.split() if word.startswith("@") and len(word) > 1), None)
    if named is None:
        return sheet.colleague, words
    found = sheet.scene.situation.roster.named(named)
    return (found[0] if found else None), " ".join(words.replace(named, " ", 1).split())


def _set(sheet: Sheet, wanted: _Wanted) -> None:
    when, kind = wanted.when, wanted.kind
    promise_id = None
    if kind in TOLD:
        promise_id = sheet.promise(kind.value, by=when.ends, owner=wanted.who.name, begins=when.begins).id
    draft = Task(
        id="",
        kind=kind,
        what=wanted.what,
        owner=wanted.who.name,
        owner_id=wanted.who.id,
        made_at=sheet.at,
        begins=when.begins,
        due_at=when.ends,
        place=wanted.place,
        promise_id=promise_id,
    )
    sheet.case, task, timers = tasked(sheet.case, draft, sheet.scene.rules)
    sheet.actions += timers
    sheet.remark("task_set", f"{task.id} {kind} {task.owner} {task.due_at.isoformat()} {task.what}".strip())
    if kind in TOLD:
        tell_them(sheet, SAID[kind], task)
    _confirm(sheet, task, wanted.who)
    sheet.show_card()


def _confirm(sheet: Sheet, task: Task, who: Colleague) -> None:
    """A sign on the command will do, unless somebody else is called or there is something to mind."""
    mindful = task.kind in (TaskKind.VISIT, TaskKind.SAMPLE)
    unknown = task.kind is TaskKind.CALL_BACK and not sheet.case.facts.phone
    fields = fields_of(sheet, task)
    if who.id != sheet.by.id:
        summon(sheet, "task_set", (who,), task=fields)
    elif mindful or unknown:
        sheet.tell("task_set", task=fields)
    else:
        sheet.nod("task_set", task=fields)


def tell_them(sheet: Sheet, name: str, task: Task) -> None:
    """Tell the complainant, with the time that is promised."""
    sheet.say(
        name,
        kind=task.kind.value,
        begins=task.begins,
        due=promised_until(sheet, task),
        place=task.place,
        phone=sheet.case.facts.phone,
        team=sheet.case.queue.value,
    )


def promised_until(sheet: Sheet, task: Task) -> datetime:
    """The very time that stands in the promise."""
    found = (one.due_at for one in sheet.case.promises if one.id == task.promise_id)
    return next(found, task.due_at)


def fields_of(sheet: Sheet, task: Task) -> dict[str, object]:
    """A task as the fields of a line."""
    return {
        "ref": task.id,
        "kind": task.kind.value,
        "what": task.what,
        "owner": task.owner,
        "begins": task.begins,
        "until": task.due_at,
        "place": task.place,
        "phone": sheet.case.facts.phone,
        "told": task.kind in TOLD,
    }


ACTS: Final = Acts(
    commands={"task": Act(Right.TASK, set_task)},
    presses={"task_kind": Act(Right.TASK, choose_kind), "task_call": Act(Right.TASK, set_call)},
)
