"""Where a case's topic is now, for those who still write in one that it has left."""

from bot.complaint.case import Case
from bot.complaint.events import AgentReacted, Event, Pressed
from bot.complaint.ids import CaseNo, MessageRef, ThreadRef
from bot.desk import address, read_press
from bot.office.groups import Groups
from bot.office.lookup import DeskEvent
from bot.office.worksheet import Worksheet
from bot.store.port import Store


class Whereabouts:
    """Looks up where a case went."""

    def __init__(self, store: Store, groups: Groups) -> None:
        self._store = store
        self._groups = groups

    async def moved_to(self, event: Event, case: Case | None, sheet: Worksheet) -> str | None:
        """The address of the case's topic, if this happened in one that it has left; empty if it has none yet."""
        thread = getattr(event, "thread", None)
        if case is None or thread is None or isinstance(event, AgentReacted):
            return None
        topic = sheet.topic(ThreadRef(event.chat, thread))
        now = self._groups.place(case.desk)
        if topic is None or topic.case_no != case.no or self._groups.now(topic.chat) == now:
            return None
        there = (await self._store.topics([case.no])).get((case.no, now))
        return address(ThreadRef(now, there.thread)) if there is not None else ""


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
