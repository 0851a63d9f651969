"""A day on a controlled clock: planned events happen at their moment, and the bot comes to rest in between."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from tests.stories.stage import Stage

STEP = timedelta(seconds=2)
"""While letters wait for their turn, time goes on in such steps."""
FAR = timedelta(minutes=10)
JOB = 60.0
"""Real seconds that the house gets to come to rest; it needs milliseconds."""

Deed = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Shift:
    """The clock and what is planned on it. `chance` decides who does what and when, the same way every time."""

    stage: Stage
    chance: Random
    _plan: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _number: int = 0
    _heard: int = 0
    """The number of the first update that was not there at the last rest."""
    _due: datetime | None = None
    """When the house wakes next by itself, as it was at the last rest."""

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

    def luck(self, share: float) -> bool:
        """Whether it happens this time."""
        return self.chance.random() < share

    async def run(self, until: datetime) -> None:
        """Let the day go on until then."""
        await self._rest()
        while self.now < until:
            moment = self._next(until)
            self.stage.clock.move(max(moment - self.now, timedelta()))
            while self._plan and self._plan[0][0] <= self.now:
                await heapq.heappop(self._plan)[2]()
            if self._is_astir():
                await self._rest()

    def _is_astir(self) -> bool:
        """Somebody did something, a letter may leave, or a timer has come."""
        stage = self.stage
        said = stage.demo.world.updates.next_id != self._heard
        return said or stage.house.courier.waiting > 0 or (self._due is not None and self._due <= self.now)

    async def _rest(self) -> None:
        self.stage.house.watch.look()
        await at_rest(self.stage)
        self._heard = self.stage.demo.world.updates.next_id
        self._due = await self.stage.house.store.next_due()

    def _next(self, until: datetime) -> datetime:
        waits = self.stage.house.courier.waiting > 0
        moments = [until, *([self._due] if self._due else []), *([self._plan[0][0]] if self._plan else [])]
        return min(*moments, self.now + (STEP if waits else FAR))


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
