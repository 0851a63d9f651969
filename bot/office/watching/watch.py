"""The watch: turns due timers into events in the inbox."""

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.events import Due
from bot.complaint.records import Arrival, Timer
from bot.office.clock import Clock
from bot.office.incoming.post import encode_event
from bot.store.port import Store

LONGEST: Final = timedelta(minutes=1)
"""The longest pause between two looks."""
KEPT_FOR: Final = timedelta(days=8)
"""Done rows of the inbox stay this long: Telegram may repeat an update for a day, a clock may be wrong."""
SWEEP: Final = timedelta(hours=6)


class Watch:
    """Turns due timers into events until cancelled.

    Args:
        store: keeps the timers.
        clock: tells the time and waits for it.
        on_due: called when events came into the inbox; it wakes the clerk.
    """

    def __init__(self, store: Store, clock: Clock, on_due: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._on_due = on_due
        self._wake = asyncio.Event()

    def look(self) -> None:
        """A timer was set: it may be the next one due."""
        self._wake.set()

    async def run(self) -> None:
        """Watch until cancelled."""
        swept = self._clock.now()
        while True:
            self._wake.clear()
            if await self.fire_due() == 0:
                await self._clock.wait(await self._next(), self._wake)
            if self._clock.now() - swept > SWEEP:
                swept = self._clock.now()
                await self._store.purge(swept - KEPT_FOR)

    async def fire_due(self) -> int:
        """Turn due timers into events; how many there were."""
        timers = await self._store.due(self._clock.now())
        if timers:
            await self._store.fire(timers, [self._arrival(one) for one in timers])
            self._on_due()
        return len(timers)

    def _arrival(self, timer: Timer) -> Arrival:
        now = self._clock.now()
        event = Due(at=now, chat=timer.chat, case_no=timer.case_no, kind=timer.kind, key=timer.key)
        # A timer may be set many times, and for one moment more than once: messages that Telegram gave in one
        # answer share theirs, and with a backlog the timer of the first has fired when the second is heard.
        # That it fires once is the store's word: it goes as the arrival comes.
        name = f"{timer.case_no}/{timer.key}@{timer.due.isoformat()}#{secrets.token_hex(4)}"
        return Arrival(source="watch", key=name, chat=timer.chat, body=encode_event(event), at=now)

    async def _next(self) -> datetime:
        latest = self._clock.now() + LONGEST
        due = await self._store.next_due()
        return min(due, latest) if due is not None else latest
