"""Finds the topic that a case has now, and closes topics that belong to none."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.complaint.actions import Lane, Situation, Tell, Turn
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.events import OPENED_BY_US, AgentReacted, Due, Event, Pressed, TopicChanged
from bot.complaint.ids import CaseNo, ChatId, MessageRef, ThreadId, ThreadRef
from bot.complaint.letters import Letter, LetterKind
from bot.complaint.records import Timer
from bot.desk import address, read_press
from bot.office.booking.turns import Booked
from bot.office.groups import Groups
from bot.office.lookup.lookup import DeskEvent, Lookup
from bot.office.lookup.worksheet import Worksheet
from bot.store.port import Store

STRAY: Final = "stray_topic"
"""The timer by which a topic is looked at again that nobody had when it was opened."""
A_MOMENT: Final = timedelta(minutes=5)
"""By then it is known whose topic it is: who opened it has written that down, or was killed before."""
GIVEN_UP: Final = timedelta(days=1)
_NUMBER: Final = re.compile(r"\d{3}-\d{4}(?=\s*\Z)")

_log = structlog.get_logger(__name__)
Finish = Callable[[Turn, Conversation | None, Case | None, Event, Worksheet, Situation], Awaitable[None]]


class Whereabouts:
    """Finds a case's topic, and closes duplicates."""

    def __init__(self, store: Store, groups: Groups, lookup: Lookup, finish: Finish) -> None:
        self._store = store
        self._groups = groups
        self._lookup = lookup
        self._finish = finish

    async def moved_to(self, event: Event, case: Case | None, sheet: Worksheet) -> str | None:
        """The link to the case's topic, if this was written in one that it has left."""
        thread = getattr(event, "thread", None)
        if case is None or thread is None or isinstance(event, AgentReacted):
            return None
        topic = sheet.topic(ThreadRef(event.chat, thread))
        now = self._groups.place(case.desk)
        if topic is None or topic.case_no != case.no or self._groups.now(topic.chat) == now:
            return None
        there = (await self._store.topics([case.no])).get((case.no, now))
        return address(ThreadRef(now, there.thread)) if there is not None else ""

    # -- a program that is killed just when it opens a topic opens another one when it is back

    @staticmethod
    def concerns(event: Event, _sheet: Worksheet) -> bool:
        """Whether Telegram tells of a topic that we opened, or it is time to look at one again."""
        opened = isinstance(event, TopicChanged) and event.change == OPENED_BY_US
        return opened or (isinstance(event, Due) and event.kind == STRAY)

    async def serve(self, event: TopicChanged | Due, sheet: Worksheet, arrived: datetime) -> None:
        """Leave it if it is its case's; look again while the case has none; shut it if the case has another."""
        number, opened, since = _meant(event)
        if number is None:
            return
        now = (await self._store.topics([number])).get((number, opened.chat))
        if now is None or now.thread < 0:
            await self._look_again(number, opened, since, sheet, arrived)
        elif now.thread != opened.thread:
            _log.warning("topic_opened_twice", case=number)
            fields = {"no": number, "address": address(ThreadRef(opened.chat, now.thread))}
            told = Tell(
                name="opened_twice", fields=fields, general=True, chat=opened.chat, thread=opened.thread
            )
            turn = Turn(conversation=None, case=None, actions=(told,))
            await self._finish(turn, None, None, event, sheet, self._lookup.bare(sheet, arrived))
            sheet.keep(Booked(letters=[self._shutting(opened, arrived)]))

    def _shutting(self, topic: ThreadRef, now: datetime) -> Letter:
        number = self._store.letter_ids(1)[0]
        return Letter(
            id=number,
            kind=LetterKind.CLOSE_TOPIC,
            chat=topic.chat,
            lane=Lane.DESK,
            written_at=now,
            thread=topic.thread,
        )

    async def _look_again(
        self, number: CaseNo, opened: ThreadRef, since: datetime, sheet: Worksheet, now: datetime
    ) -> None:
        found = await self._store.state(chats=(), cases=[number], threads=())
        case = found.cases.get(number)
        if case is None or now - since > GIVEN_UP:
            return
        key = f"{STRAY}:{opened.chat}:{opened.thread}:{int(since.timestamp())}"
        timer = Timer(case_no=number, kind=STRAY, key=key, due=now + A_MOMENT, chat=case.chat)
        sheet.keep(Booked(timers={(number, key): timer}))


def _meant(event: TopicChanged | Due) -> tuple[CaseNo | None, ThreadRef, datetime]:
    """Which case's topic it was to be, which topic, and since when it stands."""
    if isinstance(event, TopicChanged):
        found = _NUMBER.search(event.name)
        return CaseNo(found[0]) if found else None, ThreadRef(event.chat, event.thread), event.at
    _, chat, thread, since = event.key.split(":")
    at = datetime.fromtimestamp(int(since), event.at.tzinfo)
    return event.case_no, ThreadRef(ChatId(int(chat)), ThreadId(int(thread))), at


def case_at_desk(event: DeskEvent, sheet: Worksheet) -> CaseNo | None:
    """The case that something at the desk is about."""
    if isinstance(event, AgentReacted):
        other = sheet.mirrors.get(MessageRef(event.chat, event.message))
        return sheet.talk(other.chat).case_no if other is not None else None
    press = read_press(event.data) if isinstance(event, Pressed) else None
    if press is not None and press.no in sheet.cases:
        # cards, lists and calls may stand anywhere: each button names its case
        return press.no
    topic = sheet.topic(ThreadRef(event.chat, event.thread)) if event.thread is not None else None
    return topic.case_no if topic is not None else None
