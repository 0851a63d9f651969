"""The office's clock: tells the time and waits, so that tests can control both."""

import asyncio
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits for it."""

    def now(self) -> datetime:
        """This moment, in UTC."""
        ...

    async def wait(self, until: datetime | None, event: asyncio.Event) -> None:
        """Return when the moment comes or the event is set; `until` None waits for the event alone."""
        ...


class WallClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This moment, in UTC."""
        return datetime.now(UTC)

    async def wait(self, until: datetime | None, event: asyncio.Event) -> None:
        """Return when the moment comes or the event is set; `until` None waits for the event alone."""
        if until is None:
            await event.wait()
            return
        left = (until - self.now()).total_seconds()
        # a timer and an event: cheaper than a task for each, and nothing is left to cancel
        timer = asyncio.get_running_loop().call_later(max(0.0, left), event.set)
        try:
            await event.wait()
        finally:
            timer.cancel()
