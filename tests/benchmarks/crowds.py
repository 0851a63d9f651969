"""Crowds of customers writing to a bot, and how long it took to answer them."""

import asyncio
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

from tests.outpost import LittleTelegram
from tests.processes import Running

LOOK = 0.1
"""Seconds between two looks at how far the bot is; a look costs the little Telegram about a millisecond."""
PATIENCE = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What one wave of messages took."""

    messages: int
    replies: int
    seconds: float
    cpu: float
    """Seconds of CPU that the bot spent, in all its threads."""
    telegram_cpu: float
    """The same for the little Telegram."""

    def __add__(self, other: "Served") -> "Served":
        """Both waves together."""
        return Served(
            messages=self.messages + other.messages,
            replies=self.replies + other.replies,
            seconds=self.seconds + other.seconds,
            cpu=self.cpu + other.cpu,
            telegram_cpu=self.telegram_cpu + other.telegram_cpu,
        )


async def newcomers(telegram: LittleTelegram, customers: int, words: Sequence[str]) -> list[int]:
    """Let so many new customers write, each one of these messages in turn."""
    people: list[int] = []
    for first in islice(cycle(words), customers):
        people += await telegram.do("crowd", customers=1, texts=[first])
    return people


class Crowd:
    """Customers who all write at once, wave after wave.

    The bot is halted (SIGSTOP) while a wave is put into the little Telegram, so that both start with the whole
    wave waiting and the load itself costs neither of them anything.
    """

    def __init__(self, telegram: LittleTelegram, bot: Running) -> None:
        self._telegram = telegram
        self._bot = bot
        self.people: list[int] = []

    async def gather(self, customers: int, words: Sequence[str], *, replies: int = 1) -> Served:
        """New customers write their first message, one of these each in turn; each gets so many replies."""
        self._bot.process.send_signal(signal.SIGSTOP)
        start = await self._mark()
        self.people = await newcomers(self._telegram, customers, words)
        return await self._serve(start, customers, replies * customers)

    async def write(self, words: str, *, replies: int = 1) -> Served:
        """Everybody writes this, no two quite the same (they differ in blanks); each gets so many replies."""
        self._bot.process.send_signal(signal.SIGSTOP)
        start = await self._mark()
        for number, person in enumerate(self.people):
            blanks = f"{number:b}".translate({ord("0"): " ", ord("1"): "\u3000"})
            await self._telegram.do("say", person_id=person, text=f"{words}{blanks}")
        return await self._serve(start, len(self.people), replies * len(self.people))

    async def _mark(self) -> int:
        return int((await self._telegram.see("counts"))["from_bot"])

    async def _serve(self, start: int, messages: int, replies: int) -> Served:
        cpu, telegram_cpu = self._bot.cpu_seconds(), self._telegram.running.cpu_seconds()
        calls = (await self._telegram.see("counts"))["calls"]
        begun = time.time()
        self._bot.process.send_signal(signal.SIGCONT)
        async with asyncio.timeout(PATIENCE):
            while (await self._telegram.see("counts"))["from_bot"] < start + replies:  # noqa: ASYNC110 - it is another process
                await asyncio.sleep(LOOK)
        # what is written down after the last reply belongs to it
        await asyncio.sleep(2 * LOOK)
        last = self._last(await self._telegram.see("calls", after=calls))
        return Served(
            messages=messages,
            replies=replies,
            seconds=last - begun,
            cpu=self._bot.cpu_seconds() - cpu,
            telegram_cpu=self._telegram.running.cpu_seconds() - telegram_cpu,
        )

    @staticmethod
    def _last(calls: list[dict[str, Any]]) -> float:
        """When the last reply came, by the little Telegram's clock (the same machine's)."""
        return max(float(one["at"]) for one in calls if one["method"] == "sendMessage")
