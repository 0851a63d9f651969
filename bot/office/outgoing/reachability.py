"""Holds all letters while Telegram cannot be reached."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import structlog

from bot.office.clock import Clock
from bot.telegram.delivery import Telegram
from bot.telegram.troubles import Refused, Unreachable

FIRST_PAUSE: Final = 0.25
LONGEST_PAUSE: Final = 10.0

_log = structlog.get_logger(__name__)


class Reachability:
    """Probes Telegram with growing pauses, so that an outage costs no letter an attempt.

    A letter whose outcome is unknown goes once more only when Telegram answers again: else the second attempt
    would be as blind as the first.
    """

    def __init__(self, telegram: Telegram, clock: Clock, on_change: Callable[[], None]) -> None:
        self._telegram = telegram
        self._clock = clock
        self._on_change = on_change
        self._never = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._waiting = False
        self.bad = False

    @property
    def resting(self) -> bool:
        """Whether the next look is only at a later moment."""
        return self._waiting and not self._never.is_set()

    def close(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()

    def doubt(self, group: asyncio.TaskGroup) -> None:
        """A call failed without an answer: probe whether Telegram is reachable."""
        if not self.bad:
            self.bad = True
            self._task = group.create_task(self._watch())

    async def _watch(self) -> None:
        pause = 0.0
        while True:
            try:
                await self._telegram.me()
                break
            except Unreachable as error:
                if pause == 0:
                    _log.warning("telegram_unreachable", reason=str(error))
                pause = min(LONGEST_PAUSE, max(FIRST_PAUSE, pause * 2))
                asked = error.wait.total_seconds()
            except Refused:
                # even a no is an answer
                break
            await self._rest(max(pause, asked))
        if pause:
            _log.info("telegram_back")
        self.bad = False
        self._on_change()

    async def _rest(self, seconds: float) -> None:
        self._never.clear()
        self._waiting = True
        self._on_change()
        await self._clock.wait(self._clock.now() + timedelta(seconds=seconds), self._never)
        self._waiting = False
