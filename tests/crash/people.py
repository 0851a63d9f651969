"""The people of a crash run: customers who keep writing, and an agent who answers."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from random import Random

from tests.outpost import Impossible, LittleTelegram

FIRST = "上周买的电热壶不通电"
FOR_A_PERSON = "我要人工客服"
GAP = 0.35
"""Seconds between the messages of one customer, on average."""
RARELY = 8.0
"""Seconds until a customer who is one too many begins, on average; and between an agent's words that are."""
LINES_FOR_EACH = 3
"""How much an agent writes before it is too much, for each customer that there may be."""


def few() -> float:
    """How many customers fill a test: where everything takes long, more would only fill the desk's group."""
    return 15.0


def chance_of(seed: int) -> Random:
    """The same luck every time."""
    return Random(seed)  # noqa: S311 - nothing here is a secret


@dataclass(slots=True)
class People:
    """Whoever writes during the ordeal, and what Telegram took from them."""

    telegram: LittleTelegram
    chance: Random
    at_once: int = 6
    """Customers who talk at the same time; one who has said everything makes room for the next."""
    for_a_person: float = 0.25
    """How many of the customers ask for a person in the end."""
    most_for_a_person: int = 1_000
    most_lines: int = 10
    """What one customer says at most; from about the eighth line on the bot asks a person to take over."""
    most_customers: Callable[[], float] = lambda: inf
    """After so many, new ones come rarely: on a slow machine the desk's group has no room for as many as would come."""
    agent_gap: float = GAP
    """Seconds between the words of the agent, on average; a chat takes one a second."""
    said: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    """What each customer wrote, by message number."""
    answered: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    """What the agent wrote, by topic: words for the customer, and notes."""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _asked: int = 0

    def begin(self) -> None:
        """Let them all begin."""
        self._tasks = [asyncio.create_task(self._chair(number)) for number in range(self.at_once)]
        self._tasks.append(asyncio.create_task(self._agent()))

    async def end(self) -> None:
        """Let everybody finish their sentence."""
        self.over.set()
        await asyncio.gather(*self._tasks)

    @property
    def words(self) -> int:
        """How many messages of customers Telegram took."""
        return sum(len(lines) for lines in self.said.values())

    async def _pause(self, mean: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.over.wait(), self.chance.expovariate(1 / mean))

    async def _chair(self, number: int) -> None:
        """One customer after another."""
        turn = 0
        while not self.over.is_set():
            await self._pause(GAP if len(self.said) < self.most_customers() else RARELY)
            turn += 1
            if not self.over.is_set():
                await self._customer(f"Customer {number}-{turn}")

    async def _customer(self, name: str) -> None:
        person = await self.telegram.new_customer(name)
        self.said[person] = []
        lines = self.chance.randint(3, self.most_lines)
        asks = self._asked < self.most_for_a_person and self.chance.random() < self.for_a_person
        self._asked += asks
        for number in range(1, lines + 1):
            first = FIRST if number == 1 else "还是不通电"
            words = f"{FOR_A_PERSON}（第{number}句）" if asks and number == 2 else f"{first}（第{number}句）"
            self.said[person].append(await self._say(person, words))
            if self.over.is_set():
                return
            await self._pause(GAP)

    async def _say(self, person: int, words: str) -> tuple[int, str]:
        message = await self.telegram.do("say", person_id=person, text=words)
        return message["message_id"], words

    async def _agent(self) -> None:
        """Words and notes, in any topic that has its card."""
        number = 0
        while not self.over.is_set():
            await self._pause(self.agent_gap if number < LINES_FOR_EACH * self.most_customers() else RARELY)
            topics = await self.telegram.see("topics", chat_id=self.telegram.desk)
            open_ones = [one["thread_id"] for one in topics if one["last"] and not one["closed"]]
            if not open_ones:
                continue
            number += 1
            thread = self.chance.choice(open_ones[-8:])
            words = (
                f"// 备注 {number}" if self.chance.random() < 0.3 else f"我是林晓，正在为您处理（{number}）"
            )
            await self._at_the_desk(thread, words)

    async def _at_the_desk(self, thread: int, words: str) -> None:
        agent, desk = self.telegram.agents[0], self.telegram.desk
        with contextlib.suppress(Impossible):
            # the topic may have been closed since
            said = await self.telegram.do("say", person_id=agent, text=words, chat_id=desk, thread_id=thread)
            self.answered.setdefault(thread, []).append((said["message_id"], words))
