"""Tells the desk when far fewer complaints come than usual, once for each drop (S104)."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.complaint.actions import Tell
from bot.complaint.errors import ComplaintError
from bot.complaint.letters import Letter
from bot.complaint.records import Round
from bot.insight.incidents import WEEKS, Drop, dropped
from bot.office.clock import Clock
from bot.store.port import Store

LOOK: Final = timedelta(hours=1)
LOOKED_BACK: Final = timedelta(weeks=WEEKS, days=1)

Words = Callable[[Tell, datetime], list[Letter]]
"""Makes letters of a line for General."""

_log = structlog.get_logger(__name__)


class Stillness:
    """Checks until cancelled.

    Args:
        store: counts what was opened, and takes the line.
        clock: tells the time and waits for it.
        words: makes letters of a line for General.
        post: is given the letters once they are committed.
    """

    def __init__(
        self, store: Store, clock: Clock, words: Words, post: Callable[[list[Letter]], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._words = words
        self._post = post
        self._never = asyncio.Event()
        self._told = False

    async def run(self) -> None:
        """Look every hour, until cancelled."""
        while True:
            self._never.clear()
            await self._clock.wait(self._clock.now() + LOOK, self._never)
            try:
                await self.look()
            except ComplaintError as error:
                _log.warning("stillness_unseen", reason=type(error).__name__)

    async def look(self) -> Drop | None:
        """One look: the drop that there is, told if it was not told before."""
        now = self._clock.now()
        drop = dropped(await self._store.opened_by_hour(now - LOOKED_BACK), now)
        news, self._told = drop is not None and not self._told, drop is not None
        if drop is not None and news:
            _log.warning("few_complaints", came=drop.came, usual=drop.usual)
            fields = {"since": drop.since, "came": drop.came, "usual": round(drop.usual)}
            letters = self._words(Tell(name="volume_drop", fields=fields, general=True), now)
            await self._store.write(Round(at=now, letters=letters))
            self._post(letters)
        return drop
