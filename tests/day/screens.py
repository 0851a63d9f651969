"""What agents see on their phones, and the two things they do there: write and press."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.complaint.boards import Board, Filter
from bot.complaint.case import Case, Task
from bot.complaint.deskwork import Waiting
from bot.complaint.ids import CaseNo, UserId
from bot.desk import read_press
from bot.sandbox.errors import ImpossibleError
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from tests.stories import spots
from tests.stories.script import StoryBroken
from tests.stories.stage import Stage

PAGES = 60
"""So many lines of a list somebody reads."""


@dataclass(frozen=True, slots=True)
class Screens:
    """The desk's groups and lists."""

    stage: Stage

    async def cases(self, numbers: Sequence[CaseNo]) -> list[Case]:
        """The cards of these cases, as long as they are open."""
        if not numbers:
            return []
        state = await self.stage.house.store.state(chats=(), cases=numbers, threads=())
        return [state.cases[one] for one in numbers if one in state.cases and state.cases[one].is_open]

    async def case(self, number: CaseNo) -> Case | None:
        """One card."""
        return next(iter(await self.cases([number])), None)

    async def mine(self, person: Person) -> list[Case]:
        """/mine: what somebody has, the next due first."""
        return await self.cases(await self._listed(Board.MINE, person))

    async def tasks(self, person: Person) -> list[tuple[Case, Task]]:
        """/tasks: what somebody has to do away from the chat, the next due first."""
        cases = await self.cases(await self._listed(Board.TASKS, person))
        owned = [(case, task) for case in cases for task in case.open_tasks]
        return sorted(owned, key=lambda pair: pair[1].due_at)

    async def promised(self) -> list[Case]:
        """/promises all: where anything is promised, the next due first."""
        return await self.cases(await self._listed(Board.PROMISES, None))

    async def _listed(self, board: Board, person: Person | None) -> list[CaseNo]:
        wanted = Filter(board=board, person=UserId(person.id) if person else None)
        hits = await self.stage.house.store.search(wanted, offset=0, limit=PAGES)
        return list(dict.fromkeys(one.case_no for one in hits.rows))

    async def line(self) -> list[Waiting]:
        """Who waits for a person, the most urgent first."""
        return await self.stage.house.store.waiting_for_people()

    def numbers(self) -> list[CaseNo]:
        """The cases whose topics are open, in all groups."""
        return [
            CaseNo(topic.name.rpartition(" · ")[2])
            for group in spots.groups(self.stage.demo)
            for topic in group.topics.values()
            if not topic.closed and " · " in topic.name
        ]

    # -- doing

    def say(self, person: Person, case_no: CaseNo, words: str) -> Message | None:
        """Write in a case's topic; None where there is none yet, or it was closed meanwhile."""
        try:
            spot = spots.topic_of(self.stage.demo, case_no)
            return self.stage.demo.world.say(person.id, words, chat_id=spot.group.id, thread_id=spot.thread)
        except (ImpossibleError, StoryBroken):
            return None

    def press(self, person: Person, case_no: CaseNo, act: str, value: str = "") -> bool:
        """Press the newest button of this kind in a case's topic, if one is on the screen."""
        try:
            spot = spots.topic_of(self.stage.demo, case_no)
        except StoryBroken:
            return False
        for message in reversed(spots.from_bot(self.stage.demo, spot)):
            for data in _data_of(message):
                pressed = read_press(data)
                if (
                    pressed
                    and (pressed.act, pressed.no) == (act, case_no)
                    and pressed.value.startswith(value)
                ):
                    self.stage.demo.world.press_unseen(person.id, message, data)
                    return True
        return False

    def in_general(self, person: Person, words: str) -> None:
        """Write in General of the common desk."""
        self.stage.demo.world.say(person.id, words, chat_id=self.stage.demo.desk.id)


def _data_of(message: Message) -> list[str]:
    rows = message.body.get("reply_markup", {}).get("inline_keyboard", [])
    return [key["callback_data"] for row in rows for key in row if "callback_data" in key]
