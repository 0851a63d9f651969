"""`/lesson`: corrective actions, each with an owner, a day and a proof (S65, R18)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot.complaint.actions import Lane, Tell, Turn
from bot.complaint.colleagues import Colleague, Role, Roster
from bot.complaint.ids import ChatId
from bot.complaint.lessons import Lesson, LessonNo, LessonState
from bot.complaint.records import Timer
from bot.desk.learning.lesson_cards import card_of, cause_words, list_of, product_words
from bot.desk.learning.lesson_orders import Asking, Known, Wanted, Work, deed, told
from bot.desk.learning.lesson_orders import tell as answer
from bot.desk.notes import stays_inside
from bot.policy.brand import product_key
from bot.policy.calendar import after_quiet
from bot.policy.deadlines import warnings
from bot.policy.rules import Rules
from bot.policy.tasking import overdue_again
from bot.reading.times import read_when

NEAR: Final = "lesson_near"
"""The kind of the timer by which an owner is reminded …"""
OVERDUE: Final = "lesson_due"
"""… and of the one by which they are called, every working day until it is done."""
LONGEST: Final = 200
MOST_CALLED: Final = 4


def show(asked: Wanted, known: Known, on: Asking) -> Work:
    """All lessons, or one."""
    if asked.what == "list":
        return told(answer("lessons", on, **list_of(asked.words, known, on)))
    lesson = _meant(asked.number, known)
    if lesson is None:
        return told(answer("lesson_how", on, asked=asked.number))
    return told(answer("lesson", on, **card_of(lesson, known, on)))


def how(_asked: Wanted, _known: Known, on: Asking) -> Work:
    """How it is written."""
    return told(answer("lesson_how", on, asked=None))


def _meant(number: LessonNo | None, known: Known) -> Lesson | None:
    return next((one for one in known.lessons if one.no == number), None)


# -- setting and ending


def decide(asked: Wanted, known: Known, on: Asking) -> Work:
    """`/lesson @who when what` in a case's topic: its cause and its product are what is to end."""
    case = known.case
    if case is None:
        return told(answer("lesson_how", on, asked=None))
    if not case.cause:
        return told(answer("lesson_no_cause", on))
    who, words = _whose(asked.words, on)
    when = read_when(words, on.situation.now.astimezone(on.rules.clock), on.rules.hours.closes)
    what = when.rest.strip() if when is not None else ""
    if who is None:
        return told(answer("task_whose", on))
    if when is None or not what or stays_inside(what):
        return told(answer("lesson_how", on, asked=None))
    order = case.facts.order
    lesson = Lesson(
        no=LessonNo(max((one.no for one in known.lessons), default=0) + 1),
        cause=case.cause,
        product=product_key(on.rules.products, case.facts.product or (order.product if order else "")),
        batch=case.facts.batch_no or "",
        what=what[:LONGEST],
        owner=who.name,
        owner_id=who.id,
        made_at=on.situation.now,
        by=on.by.name,
        due_at=when.ends,
        case_no=case.no,
    )
    return _changed(lesson, known, on, "set")


def _whose(words: str, on: Asking) -> tuple[Colleague | None, str]:
    """Who is named with an @, else who writes; None where the name is nobody's."""
    named = next((word for word in words.split() if word.startswith("@") and len(word) > 1), None)
    if named is None:
        return on.by, words
    found = on.situation.roster.named(named)
    return (found[0] if found else None), " ".join(words.replace(named, " ", 1).split())


def end(asked: Wanted, known: Known, on: Asking) -> Work:
    """`/lesson done 3 proof` and `/lesson drop 3 why`: nothing ends without; done, it is in force from today on."""
    lesson = _meant(asked.number, known)
    if lesson is None or lesson.state is not LessonState.OPEN or not asked.words or stays_inside(asked.words):
        return told(answer("lesson_how", on, asked=asked.number))
    now = on.situation.now
    is_done = asked.what == "done"
    after = lesson.evolve(
        state=LessonState.DONE if is_done else LessonState.DROPPED,
        proof=asked.words[:LONGEST],
        ended_at=now,
        in_force=now.astimezone(on.rules.clock).date() if is_done else None,
    )
    return _changed(after, known, on, asked.what)


def move(asked: Wanted, known: Known, on: Asking) -> Work:
    """`/lesson move 3 Friday`: another day."""
    lesson = _meant(asked.number, known)
    local = on.situation.now.astimezone(on.rules.clock)
    when = read_when(asked.words, local, on.rules.hours.closes) if lesson is not None else None
    if lesson is None or when is None or lesson.state is not LessonState.OPEN:
        return told(answer("lesson_how", on, asked=asked.number))
    return _changed(lesson.evolve(due_at=when.ends, reminded=0), known, on, "move")


def _changed(lesson: Lesson, known: Known, on: Asking, act: str) -> Work:
    lessons = (*(one for one in known.lessons if one.no != lesson.no), lesson)
    card = answer("lesson", on, **card_of(lesson, Known(lessons=lessons, caused=known.caused), on))
    line = deed(on, act, lesson.case_no, lesson=str(lesson.no), what=lesson.what, proof=lesson.proof)
    turn = Turn(conversation=None, case=None, actions=(card,), deeds=(line,))
    gone = tuple((lesson.case_no, f"{kind}:{lesson.no}") for kind in (NEAR, OVERDUE))
    if lesson.state is not LessonState.OPEN:
        return Work(turn=turn, lessons=(lesson,), cancelled=gone)
    where = known.case if act == "set" else known.first
    timers = tuple(_reminders(lesson, on, where.chat)) if where is not None else ()
    kept = {one.key for one in timers}
    off = tuple(one for one in gone if one[1] not in kept)
    return Work(turn=turn, lessons=(lesson,), timers=timers, cancelled=off)


def _reminders(lesson: Lesson, on: Asking, chat: ChatId) -> Iterable[Timer]:
    now = on.situation.now
    near = after_quiet(on.rules, warnings(on.rules, now, lesson.due_at)[1])
    for kind, due in ((NEAR, near), (OVERDUE, lesson.due_at)):
        if now < due <= lesson.due_at:
            yield Timer(case_no=lesson.case_no, kind=kind, key=f"{kind}:{lesson.no}", due=due, chat=chat)


# -- time


def lesson_in(key: str) -> LessonNo | None:
    """The lesson that a timer's key names."""
    number = key.rpartition(":")[2]
    return LessonNo(int(number)) if number.isdecimal() else None


def in_time(
    lesson: Lesson, kind: str, roster: Roster, rules: Rules, now: datetime
) -> tuple[Tell, Lesson, datetime | None]:
    """The owner is reminded; once it is overdue supervisors too, and again in a working day."""
    owner = tuple(one for one in roster if one.id == lesson.owner_id)
    over = kind == OVERDUE
    calls = (*owner, *roster.at_least(Role.SUPERVISOR)) if over else owner
    once = tuple({one.id: one for one in calls}.values())[:MOST_CALLED]
    line = Tell(
        name="lesson_late" if over else "lesson_near",
        fields={
            "number": lesson.no,
            "cause": cause_words(rules, lesson.cause),
            "product": product_words(lesson.product, rules),
            "what": lesson.what,
            "owner": lesson.owner,
            "until": lesson.due_at,
        },
        general=True,
        calls=once,
        lane=Lane.DESK,
    )
    again = overdue_again(rules, now) if over else None
    return line, lesson.evolve(reminded=lesson.reminded + 1), again
