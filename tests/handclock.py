"""A clock that only moves when a test moves it."""

import asyncio
import heapq
from datetime import UTC, datetime, timedelta

START = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
"""Wednesday, 1 July 2026, ten in the morning in Shanghai."""


class HandClock:
    """Tells the time it was set to; whoever waits for a moment wakes when it is moved there."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._waiting: list[tuple[datetime, int, asyncio.Event]] = []
        self._number = 0

    def now(self) -> datetime:
        """This moment, in UTC."""
        return self._now

    def seconds(self) -> float:
        """This moment, as the sandbox counts."""
        return self._now.timestamp()

    async def wait(self, until: datetime | None, event: asyncio.Event) -> None:
        """Return when the moment comes or the event is set."""
        if until is not None and until <= self._now:
            event.set()
        elif until is not None:
            self._number += 1
            heapq.heappush(self._waiting, (until, self._number, event))
        await event.wait()

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by
        while self._waiting and self._waiting[0][0] <= self._now:
            heapq.heappop(self._waiting)[2].set()
