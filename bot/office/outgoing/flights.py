"""Calls under way: most just come back with their answer; those that may need several have a task that waits."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from bot.complaint.letters import Letter
from bot.office.outgoing.line import OneLine, Pending
from bot.telegram.delivery import Delivered


@dataclass(slots=True, kw_only=True)
class Trip:
    """A letter on its way to Telegram."""

    line: OneLine
    pending: Pending
    letter: Letter
    """The letter with the destination that it has now."""
    left: float
    """When it left, in seconds since 1970."""


Landed = Callable[[Trip, Delivered, float], None]
"""Takes in what came of a trip, and when it landed."""


class Flights:
    """All calls under way.

    Args:
        landed: is given what came back.
        seconds: tells the time.
        stir: called when there is room for more.
    """

    def __init__(self, landed: Landed, seconds: Callable[[], float], stir: Callable[[], None]) -> None:
        self._landed = landed
        self._seconds = seconds
        self._stir = stir
        self._tasks: set[asyncio.Task[None]] = set()
        self._handed = 0
        self._answers: list[tuple[Trip, Delivered, float]] = []
        self._came, self._fewer = asyncio.Event(), asyncio.Event()
        self._group: asyncio.TaskGroup | None = None

    def __len__(self) -> int:
        """How many are under way."""
        return len(self._tasks) + self._handed

    def open(self, group: asyncio.TaskGroup) -> asyncio.Task[None]:
        """Let calls begin; the task takes in their answers until it is cancelled."""
        self._group = group
        return group.create_task(self._listen())

    def hand(self, trip: Trip, send: Callable[[Callable[[Delivered], None]], bool]) -> bool:
        """Begin a call that `send` makes without waiting; False: it could not."""
        if not send(partial(self._answered, trip)):
            return False
        self._handed += 1
        return True

    def begin(self, flight: Coroutine[None, None, None]) -> None:
        """Begin a call in a task of its own."""
        if self._group is not None:
            task = self._group.create_task(flight)
            self._tasks.add(task)
            task.add_done_callback(self._flown)

    async def land(self, grace: float) -> None:
        """Give what is under way so many seconds, and end the rest."""
        with suppress(TimeoutError):
            async with asyncio.timeout(grace):
                while len(self):
                    self._fewer.clear()
                    await self._fewer.wait()
        self.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    def close(self) -> None:
        """Take in what has come, and nothing that comes later."""
        self._group = None
        self._take_in()
        self._handed = 0

    async def _listen(self) -> None:
        while True:
            await self._came.wait()
            self._came.clear()
            self._take_in()
            self._tell()

    def _take_in(self) -> None:
        answers, self._answers = self._answers, []
        self._handed -= len(answers)
        for answer in answers:
            self._landed(*answer)

    def _answered(self, trip: Trip, delivered: Delivered) -> None:
        """Only noted here: what is wrong with an answer must end the courier, not its connection."""
        if self._group is not None:
            self._answers.append((trip, delivered, self._seconds()))
            self._came.set()

    def _flown(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._tell()

    def _tell(self) -> None:
        self._fewer.set()
        self._stir()
