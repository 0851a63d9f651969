"""Intake by polling: updates are committed to the inbox before the next poll confirms them."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final

import structlog

from bot.complaint.errors import StoreUnusable
from bot.office.incoming.receiving import Receiving, arrival_of
from bot.telegram.hook import drop_hook, hook_of, kind_of
from bot.telegram.parsing import WANTED
from bot.telegram.troubles import AnotherIntake, Unreachable

BATCH: Final = 100
"""The most updates in one answer of Telegram."""
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
STANDS_BY: Final = 1.0
"""Seconds between two polls while nothing can be stored."""

_log = structlog.get_logger(__name__)


class PollingIntake:
    """Takes updates by long polling. If nothing can be kept, it ends unless somebody stands by.

    Args:
        receiving: what it works with.
        wait: seconds of one long poll.
    """

    def __init__(self, receiving: Receiving, *, wait: int = 50) -> None:
        self._store = receiving.store
        self._telegram = receiving.telegram
        self._clock = receiving.clock
        self._standby = receiving.standby
        self._receiving = receiving
        self._wait = wait
        # not the last number kept: Telegram's numbers start anew when its queue was empty for long
        self._offset = 0
        self._pause = 0.0
        self._room = 0
        """So many more updates fit into the inbox; then its rows are counted anew."""
        self._never = asyncio.Event()

    async def run(self) -> None:
        """Poll and commit until cancelled. Network errors are waited out.

        While nothing can be kept, nothing is confirmed either: the same updates are fetched again and again, and
        those that came since, as far as Telegram shows them (the oldest hundred).

        Raises:
            StoreUnusable: nothing can be kept, and nobody stands by.
            SettingsWrong: Telegram does not know the token.
        """
        self._offset = 0
        await self._leave_webhook()
        while True:
            try:
                updates = await self._telegram.get_updates(self._offset, wanted=WANTED, wait=self._wait)
            except Unreachable as error:
                await self._rest(error)
                if isinstance(error, AnotherIntake):
                    await self._take_back()
                continue
            self._recovered()
            if updates:
                try:
                    await self._keep(updates)
                except StoreUnusable as error:
                    await self._leave_there(updates, error)
                    continue
                await self._hold_back(len(updates))

    async def _leave_webhook(self) -> None:
        """Remove a webhook, since polling is impossible with one."""
        while True:
            try:
                if (await hook_of(self._telegram)).url:
                    await drop_hook(self._telegram)
                    _log.info("webhook_dropped")
            except Unreachable as error:
                await self._rest(error)
                continue
            self._recovered()
            return

    async def _take_back(self) -> None:
        """Remove a webhook that was set meanwhile, once it leads nowhere. One that is served is not fought for."""
        with suppress(Unreachable):
            found = await hook_of(self._telegram)
            if found.url and found.leads_nowhere(self._clock.now()):
                await drop_hook(self._telegram)
                _log.warning("webhook_dropped", reason=found.error, waiting=found.waiting)

    async def _keep(self, updates: Sequence[tuple[int, bytes]]) -> None:
        now = self._clock.now()
        new = await self._store.keep([arrival_of(raw, number, now) for number, raw in updates])
        # committed: from here on Telegram may forget them
        self._offset = updates[-1][0] + 1
        if new:
            self._receiving.on_kept()
            for kind, count in Counter(kind_of(raw) for _, raw in updates).items():
                self._receiving.came(kind, count)
        if self._standby is not None:
            self._standby.kept()

    async def _leave_there(self, updates: Sequence[tuple[int, bytes]], error: StoreUnusable) -> None:
        if self._standby is None:
            raise error
        self._standby.cannot_keep([raw for _, raw in updates], error)
        await self._sleep(STANDS_BY)

    async def _hold_back(self, came: int) -> None:
        """Wait while the inbox is too full; the rest stays with Telegram."""
        held, most = False, self._receiving.most_pending
        self._room -= came
        while came == BATCH and self._room <= 0:
            self._room = most - await self._pending()
            if self._room > 0:
                return
            if not held:
                _log.warning("intake_holds_back", most=most)
                held = True
            await self._sleep(FIRST_PAUSE)

    async def _pending(self) -> int:
        """Rows that wait; where a database cannot say, there is room for a last batch."""
        try:
            return (await self._store.counts())["inbox_pending"]
        except StoreUnusable:
            if self._standby is None:
                raise
            return self._receiving.most_pending - 1

    async def _rest(self, error: Unreachable) -> None:
        if self._pause == 0:
            event = "another_intake" if isinstance(error, AnotherIntake) else "telegram_unreachable"
            _log.warning(event, reason=str(error))
        self._pause = min(LONGEST_PAUSE, max(FIRST_PAUSE, self._pause * 2))
        await self._sleep(max(self._pause, error.wait.total_seconds()))

    def _recovered(self) -> None:
        if self._pause:
            _log.info("telegram_back")
        self._pause = 0.0

    async def _sleep(self, seconds: float) -> None:
        self._never.clear()
        await self._clock.wait(self._clock.now() + timedelta(seconds=seconds), self._never)
