"""Looks every second for letters of other replicas, whose notification may have been lost."""

import asyncio
from datetime import datetime, timedelta
from typing import Final

from bot.office.clock import Clock
from bot.office.outgoing.couriers import Couriers
from bot.office.outgoing.memory import PAGE
from bot.store.port import Store

LOOK: Final = timedelta(seconds=1)
"""As long again for every page that waits: more of them wait for their turn anyway."""
LINGERS: Final = timedelta(seconds=10)
"""How long to go on looking after the last other replica was seen."""


class SecondLook:
    """Looks about every second, for the replica that has the courier while others may write letters for it.

    Args:
        store: tells whether there are others; waits for the database as long as it takes.
        couriers: read what they do not know of.
        clock: tells the time and waits for it.
    """

    def __init__(self, store: Store, couriers: Couriers, clock: Clock) -> None:
        self._store = store
        self._couriers = couriers
        self._clock = clock
        self._seen: datetime | None = None
        self._never = asyncio.Event()

    async def run(self) -> None:
        """Look until cancelled; with one program on one file there is nothing to look for."""
        while self._store.shared:
            self._never.clear()
            pages = 1 + self._couriers.waiting // PAGE
            await self._clock.wait(self._clock.now() + pages * LOOK, self._never)
            await self.look()

    async def look(self) -> None:
        """One look."""
        now = self._clock.now()
        if (await self._store.others()).present:
            self._seen = now
        if self._seen is not None and abs(now - self._seen) <= LINGERS:
            self._couriers.recollect()
