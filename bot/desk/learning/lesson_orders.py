"""Recognises commands and buttons about lessons and the weekly sample."""

import re
from dataclasses import dataclass
from typing import Any, Final

from bot.complaint.actions import Action, Rows, Situation, Tell, Turn
from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague
from bot.complaint.deskwork import Deed
from bot.complaint.events import AgentEdited, AgentWrote, Event, Pressed
from bot.complaint.ids import CaseNo
from bot.complaint.lessons import Caused, Lesson, LessonNo, Mark
from bot.complaint.records import Timer
from bot.desk.answering import no_right, where_asked
from bot.desk.notes import order_of
from bot.desk.presses import read_press
from bot.desk.rights import Refused, Right, may
from bot.insight.facts import CaseFacts
from bot.policy.rules import Rules
from bot.reading.deskwords import lesson_order_called

LESSON: Final = "lesson"
LESSONS: Final = "lessons"
SAMPLES: Final = "samples"
PRESS: Final = "sample_"
"""The prefix of every button's act of the weekly sample."""
OVERSEES: Final = frozenset({"drop", "samples", "sample_next", "sample_point", "sample_done"})
"""Requests for supervisors only."""
_NUMBER: Final = re.compile(r"\d{1,5}(?=\s|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`list`, `show`, `set`, `done`, `drop`, `move` of lessons; `samples` and its buttons."""

    what: str
    number: LessonNo | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was looked up for it."""

    case: Case | None = None
    """The case in whose topic it was asked."""
    first: Case | None = None
    """The one in which the lesson was thought of."""
    lessons: tuple[Lesson, ...] = ()
    caused: tuple[Caused, ...] = ()
    facts: tuple[CaseFacts, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who, where, when and on whose rules."""

    event: Event
    by: Colleague
    rules: Rules
    situation: Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What comes of it, for one transaction."""

    turn: Turn
    lessons: tuple[Lesson, ...] = ()
    marks: tuple[Mark, ...] = ()
    timers: tuple[Timer, ...] = ()
    cancelled: tuple[tuple[CaseNo, str], ...] = ()


def wanted(event: Event) -> Wanted | None:
    """The request about lessons or samples in this event; None if there is none."""
    if isinstance(event, Pressed):
        press = read_press(event.data)
        ours = press is not None and press.act.startswith(PRESS)
        return Wanted(what=press.act, words=press.value) if press is not None and ours else None
    if not isinstance(event, AgentWrote) or isinstance(event, AgentEdited):
        return None
    order = order_of(event.text)
    if order is None or order.name not in (LESSON, LESSONS, SAMPLES):
        return None
    argument = order.argument.strip()
    if order.name == SAMPLES:
        return Wanted(what="samples", words=argument)
    if order.name == LESSONS:
        return Wanted(what="list", words=argument)
    return _lesson(argument)


def _lesson(argument: str) -> Wanted:
    if not argument:
        return Wanted(what="how")
    number = _NUMBER.match(argument)
    if number and not argument[number.end() :].strip():
        return Wanted(what="show", number=LessonNo(int(number[0])))
    verb, _, rest = argument.partition(" ")
    what, rest = lesson_order_called(verb), rest.strip()
    number = _NUMBER.match(rest) if what else None
    if what and number:
        return Wanted(what=what, number=LessonNo(int(number[0])), words=rest[number.end() :].strip())
    return Wanted(what="how" if what else "set", words=argument)


def refused(asked: Wanted, on: Asking) -> Work | None:
    """Why this colleague may not; None if they may."""
    act = Right.OVERSEE if asked.what in OVERSEES else Right.LOOK_UP
    answer = may(on.by, act, None)
    if not isinstance(answer, Refused):
        return None
    said = no_right(on.event, on.situation, on.by, act)
    line = deed(on, asked.what, refused=answer.reason)
    return Work(turn=Turn(conversation=None, case=None, actions=(said,), deeds=(line,)))


def told(*actions: Action) -> Work:
    """Nothing is changed, something is said."""
    return Work(turn=Turn(conversation=None, case=None, actions=actions))


def tell(line: str, on: Asking, rows: Rows = (), **fields: Any) -> Tell:  # noqa: ANN401 - a reply's own
    """A line where it was asked."""
    return where_asked(line, on.event, on.situation, on.by, rows, fields)


def deed(on: Asking, act: str, case_no: CaseNo | None = None, *, refused: str = "", **after: str) -> Deed:
    """The line of the audit."""
    return Deed(
        at=on.situation.now,
        by=on.by.id,
        name=on.by.name,
        act=act if act.startswith(SAMPLES[:-1]) else f"lesson_{act}",
        chat=on.situation.where,
        case_no=case_no,
        after=after,
        refused=refused,
    )
