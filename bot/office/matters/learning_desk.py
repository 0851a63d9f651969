"""Serves the desk's commands about lessons and the weekly sample."""

from datetime import datetime, time, timedelta
from typing import Final

import structlog

from bot.complaint.actions import Situation, Turn
from bot.complaint.case import Case
from bot.complaint.events import AgentWrote, Due, Event, Pressed
from bot.complaint.ids import CaseNo
from bot.complaint.lessons import Lesson, LessonState
from bot.complaint.records import Timer
from bot.desk.incidents.declaring import strange
from bot.desk.learning import lessons, sampling
from bot.desk.learning.lesson_cards import LOOKED_BACK
from bot.desk.learning.lesson_orders import PRESS, Asking, Known, Wanted, Work, refused, wanted
from bot.insight.facts import CaseFacts
from bot.insight.rows import WrongRow, all_facts
from bot.insight.samples import first_day
from bot.office.booking.turns import Booked
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.worksheet import Worksheet
from bot.office.matters.incidents import Incidents
from bot.policy.rules import Rules
from bot.store.port import Store

KINDS: Final = frozenset({lessons.NEAR, lessons.OVERDUE})
_WAYS = {
    "list": lessons.show,
    "show": lessons.show,
    "how": lessons.how,
    "set": lessons.decide,
    "done": lessons.end,
    "drop": lessons.end,
    "move": lessons.move,
    "samples": sampling.show,
    sampling.NEXT: sampling.go_on,
    sampling.POINT: sampling.score,
    sampling.DONE: sampling.score,
}
_log = structlog.get_logger(__name__)


class LearningDesk:
    """Serves commands about lessons and samples, and reminders of lessons.

    Args:
        store: where they are.
        incidents: books what is about no case.
        lookup: who asks, and who could be called.
        rules: the brand's rules.
    """

    def __init__(self, store: Store, incidents: Incidents, lookup: Lookup, rules: Rules) -> None:
        self._store = store
        self._incidents = incidents
        self._lookup = lookup
        self._rules = rules

    @staticmethod
    def concerns(event: Event, sheet: Worksheet) -> bool:
        """Whether this is an order about these, a press on one of their buttons, or the time of a lesson."""
        if isinstance(event, Due):
            return event.kind in KINDS
        ours = isinstance(event, AgentWrote | Pressed) and event.chat in sheet.desks
        asked = wanted(event) if ours else None
        return asked is not None and asked.what in _WAYS

    async def serve(self, event: Event, sheet: Worksheet, arrived: datetime) -> None:
        """Do it, if this colleague may."""
        if isinstance(event, Due):
            await self._remind(event, sheet, arrived)
            return
        asked = wanted(event)
        if asked is None or not isinstance(event, AgentWrote | Pressed):
            return
        situation = await self._lookup.at_desk(event, None, sheet, arrived)
        if situation.colleague is None:
            if isinstance(event, Pressed):
                self._incidents.book(strange(event), sheet, situation)
            return
        on = Asking(event=event, by=situation.colleague, rules=self._rules, situation=situation)
        work = refused(asked, on)
        if work is None:
            work = _WAYS[asked.what](asked, await self._known(asked, event, sheet, on), on)
        self._keep(work, sheet, situation)

    def _keep(self, work: Work, sheet: Worksheet, situation: Situation) -> None:
        self._incidents.book(work.turn, sheet, situation)
        for lesson in work.lessons:
            sheet.keep_lesson(lesson)
        for mark in work.marks:
            sheet.keep_mark(mark)
        timers: dict[tuple[CaseNo, str], Timer | None] = {(one.case_no, one.key): one for one in work.timers}
        sheet.keep(Booked(timers={**timers, **dict.fromkeys(work.cancelled)}))

    async def _known(self, asked: Wanted, event: AgentWrote | Pressed, sheet: Worksheet, on: Asking) -> Known:
        """All that the order is about."""
        if asked.what == "samples" or asked.what.startswith(PRESS):
            return await self._sample(asked, sheet, on)
        kept = await self._lessons(sheet)
        meant = next((one for one in kept if one.no == asked.number), None)
        return Known(
            case=sheet.case_in(event.chat, event.thread),
            first=await self._case(meant.case_no, sheet) if meant is not None else None,
            lessons=kept,
            caused=tuple(await self._store.caused(on.situation.now - LOOKED_BACK)),
        )

    async def _lessons(self, sheet: Worksheet) -> tuple[Lesson, ...]:
        kept = {one.no: one for one in await self._store.lessons()}
        return tuple(one for _, one in sorted({**kept, **sheet.changes.lessons}.items()))

    async def _case(self, number: CaseNo, sheet: Worksheet) -> Case | None:
        if number in sheet.cases:
            return sheet.cases[number]
        state = await self._store.state(chats=(), cases=[number], threads=())
        return state.cases.get(number)

    async def _sample(self, asked: Wanted, sheet: Worksheet, on: Asking) -> Known:
        week = sampling.week_asked(asked, on)
        monday = first_day(week)
        if monday is None:
            return Known()
        start = datetime.combine(monday, time(), self._rules.clock)
        facts: list[CaseFacts] = []
        async for bodies in self._store.booked(start, start + timedelta(days=7)):
            facts += _read(bodies)
        marks = {(one.week, one.case_no): one for one in await self._store.marks([week])}
        marks |= {key: one for key, one in sheet.changes.marks.items() if key[0] == week}
        return Known(facts=tuple(facts), marks=tuple(marks.values()))

    # -- time

    async def _remind(self, event: Due, sheet: Worksheet, arrived: datetime) -> None:
        number = lessons.lesson_in(event.key)
        lesson = next((one for one in await self._lessons(sheet) if one.no == number), None)
        case = await self._case(event.case_no, sheet)
        if lesson is None or case is None or lesson.state is not LessonState.OPEN:
            return
        situation = await self._lookup.in_time(case, sheet, arrived)
        now = situation.now
        line, after, again = lessons.in_time(lesson, event.kind, situation.roster, self._rules, now)
        turn = Turn(conversation=None, case=None, actions=(line,))
        self._incidents.book(turn, sheet, situation)
        sheet.keep_lesson(after)
        if again is not None:
            timer = Timer(case_no=case.no, kind=event.kind, key=event.key, due=again, chat=case.chat)
            sheet.keep(Booked(timers={(case.no, event.key): timer}))


def _read(bodies: list[str]) -> list[CaseFacts]:
    """The facts of a page; one that is damaged takes its page along, and is told."""
    try:
        return all_facts(bodies)
    except WrongRow as error:
        _log.error("facts_damaged", reason=str(error))
        return []
