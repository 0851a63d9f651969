"""A shift at the desk, played on a clock in our hand: customers who come as they like, agents who work the queue."""

import asyncio
import heapq
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.complaint.case import Case, Control
from bot.complaint.ids import CaseNo
from bot.sandbox.errors import ImpossibleError
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from tests.stories.script import buttons_of
from tests.stories.stage import Stage

STEP = timedelta(seconds=2)
"""While letters wait for their turn, time goes on in such steps."""
FAR = timedelta(minutes=10)

STORIES = (
    "上周买的电热壶不通电",
    "收到的吐司发霉了，昨天才到的货",
    "少发了两包坚果，怎么办",
    "酸奶漏了一箱，包装都湿了",
    "客服电话打了三次都没人接",
    "退款说好三天到账，一周了还没有",
    "破壁机声音大得像拖拉机",
    "炒锅用了两次就粘锅",
    "牛奶里有头发，恶心",
    "我要退货，跟页面说的完全不一样",
    "蜂蜜瓶盖是松的，流了一地",
    "面条过期了，赔我十倍",
)
WISHES = ("退款", "换个新的", "给我个说法", "赔我500", "你们看着办")
DANGER = "孩子喝了你们的牛奶，上吐下泻，在医院挂水"
YES = ("同意", "解决了", "到了", "没有不舒服")
PASS = ("跳过",)

CASE = re.compile(r"\d{3}-\d{4}")
JOB = 30.0
"""Real seconds that the house gets to come to rest; it needs milliseconds."""

Deed = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Visitor:
    """A customer: answers what is asked for a while, and then wants a person."""

    person: Person
    patience: int
    read: int = 0
    """How many of the bot's messages they have answered."""
    wrote_at: datetime | None = None
    last_from_person: bool = False


@dataclass(slots=True)
class Shift:
    """One shift. `chance` decides who comes when and does what, the same way every time."""

    stage: Stage
    chance: Random
    visitors: dict[int, Visitor] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)
    """By case: how many words its holder has said."""
    _plan: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _number: int = 0

    @property
    def now(self) -> datetime:
        """This moment."""
        return self.stage.clock.now()

    def plan(self, at: datetime, deed: Deed) -> None:
        """Have something happen at a moment."""
        self._number += 1
        heapq.heappush(self._plan, (at, self._number, deed))

    def soon(self, least: float, most: float, deed: Deed) -> None:
        """Have something happen within so many seconds."""
        self.plan(self.now + timedelta(seconds=self.chance.uniform(least, most)), deed)

    async def run(self, until: datetime) -> None:
        """Let the shift go on until then."""
        while self.now < until:
            await at_rest(self.stage)
            moment = await self._next(until)
            self.stage.clock.move(max(moment - self.now, timedelta()))
            self.stage.house.watch.look()
            while self._plan and self._plan[0][0] <= self.now:
                await heapq.heappop(self._plan)[2]()
        await at_rest(self.stage)

    async def _next(self, until: datetime) -> datetime:
        due = await self.stage.house.store.next_due()
        waits = self.stage.house.courier.waiting > 0
        moments = [until, *([due] if due else []), *([self._plan[0][0]] if self._plan else [])]
        return min(*moments, self.now + (STEP if waits else FAR))

    # -- customers

    def open_doors(self, cases: int, begins: datetime, ends: datetime) -> None:
        """So many customers come between these moments."""
        span = (ends - begins).total_seconds()
        for number in range(cases):
            at = begins + timedelta(seconds=self.chance.uniform(0, span))
            self.plan(at, self._arrival(number))

    def _arrival(self, number: int) -> Deed:
        async def come() -> None:
            person = self.stage.demo.world.add_user(f"顾客{number + 1}", language_code="zh-hans")
            visitor = Visitor(person=person, patience=self.chance.randint(0, 3))
            self.visitors[person.id] = visitor
            story = DANGER if self.chance.random() < 0.02 else self.chance.choice(STORIES)
            self._write(visitor, story)
            self.soon(15, 60, self._turn(visitor))

        return come

    def _write(self, visitor: Visitor, words: str) -> None:
        self.stage.demo.world.say(visitor.person.id, words)
        visitor.wrote_at = self.now

    def _turn(self, visitor: Visitor) -> Deed:
        async def look() -> None:
            said = self.stage.demo.world.from_bot(visitor.person.id)
            if len(said) > visitor.read:
                visitor.read = len(said)
                self._react(visitor, said[-1])
            self.soon(30, 240, self._turn(visitor))

        return look

    def _react(self, visitor: Visitor, newest: Message) -> None:
        labels = buttons_of(newest)
        yes = next((one for one in labels if one.startswith(YES)), None)
        if yes is not None:
            self._press(visitor, newest, yes)
        elif visitor.patience > 0 and labels:
            visitor.patience -= 1
            wanted = next((one for one in labels if one in PASS), None)
            if wanted is not None:
                self._press(visitor, newest, wanted)
            else:
                self._write(visitor, self.chance.choice(WISHES))
        elif labels and visitor.patience == 0:
            visitor.patience = -1
            self._write(visitor, "转人工")
        elif not labels and newest.text.startswith("您好"):
            self._write(visitor, "好的，麻烦快一点")

    def _press(self, visitor: Visitor, message: Message, label: str) -> None:
        rows = message.body.get("reply_markup", {}).get("inline_keyboard", [])
        data = next((key.get("callback_data") for row in rows for key in row if key["text"] == label), None)
        if data is not None:
            self.stage.demo.world.press_unseen(visitor.person.id, message, data)

    # -- agents

    def staff(self, agents: list[Person], begins: datetime, ends: datetime) -> None:
        """These agents work between these moments."""
        for agent in agents:
            self.plan(begins, self._work(agent, ends))

    def _work(self, agent: Person, ends: datetime) -> Deed:
        async def act() -> None:
            await self._one_act(agent)
            if self.now < ends:
                self.soon(15, 40, self._work(agent, ends))

        return act

    async def _one_act(self, agent: Person) -> None:
        """What matters most now: who waits for my words, then who is new, then who may be done."""
        mine = [case for case in await self._open_cases() if case.holder and case.holder.id == agent.id]
        waiting = [case for case in mine if case.open_escalation or case.waiting_since]
        if waiting:
            self._speak(agent, min(waiting, key=lambda one: (one.severity, one.opened_at)))
            return
        queue = await self.stage.house.store.waiting_for_people()
        if queue and len(mine) < 6:
            self._speak(agent, (await self._cases([queue[0][0]]))[0])
            return
        quiet = [case for case in mine if not case.open_promises and case.control is Control.HUMAN]
        if quiet:
            self._at_desk(agent, quiet[0], "/resolve")

    def _speak(self, agent: Person, case: Case) -> None:
        said = self.answered.get(case.no, 0)
        self.answered[case.no] = said + 1
        words = ("您好，我来处理，先看一下您的记录", "已经登记，今天给您处理好", "还有什么可以帮您？")
        self._at_desk(agent, case, words[min(said, 2)])

    def _at_desk(self, agent: Person, case: Case, words: str) -> None:
        try:
            thread, desk = self.stage.thread_of(case.no), self.stage.demo.desk.id
            self.stage.demo.world.say(agent.id, words, chat_id=desk, thread_id=thread)
        except (ImpossibleError, AssertionError):
            return  # its topic is not there yet, or closed meanwhile: the next look decides

    async def _open_cases(self) -> list[Case]:
        """The cases whose topics are open, as anybody at the desk sees them."""
        topics = self.stage.demo.world.topics(self.stage.demo.desk.id)
        return await self._cases(
            [found[0] for one in topics if not one.closed if (found := CASE.findall(one.name))]
        )

    async def _cases(self, numbers: list[str]) -> list[Case]:
        state = await self.stage.house.store.state(
            chats=(), cases=[CaseNo(one) for one in numbers], threads=()
        )
        return [case for case in state.cases.values() if case.is_open]


async def at_rest(stage: Stage) -> None:
    """Wait until all that can be done at this moment is done; letters may wait for their turn."""
    house, world = stage.house, stage.demo.world
    async with asyncio.timeout(JOB):
        while True:
            await world.wait_until(lambda: not world.pending(), JOB)
            await house.clerk.idle()
            await house.courier.idle()
            due = await house.store.next_due()
            counts = await house.store.counts()
            if (
                counts["inbox_pending"] == 0
                and (due is None or due > stage.clock.now())
                and not world.pending()
            ):
                return
            house.clerk.wake()
            house.watch.look()
