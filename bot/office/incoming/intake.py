"""Intake by polling: updates are committed to the inbox before the next poll confirms them."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

import structlog

from bot.complaint.errors import StoreUnusable
from bot.complaint.ids import ChatId
from bot.complaint.records import Arrival
from bot.office.clock import Clock
from bot.office.standby import Standby
from bot.store.port import Store
from bot.telegram.delivery import Telegram
from bot.telegram.hook import drop_hook, hook_of, kind_of
from bot.telegram.parsing import WANTED, chat_of
from bot.telegram.troubles import AnotherIntake, Unreachable

BATCH: Final = 100
"""The most updates in one answer of Telegram."""
MOST_PENDING: Final = 20_000
"""With this many rows waiting, the rest stays with Telegram, which keeps updates for a day."""
BEYOND: Final = 2**63
"""Larger than any chat id, and than any number our databases hold."""
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
STANDS_BY: Final = 1.0
"""Seconds between two polls while nothing can be stored."""

_log = structlog.get_logger(__name__)


def nobody_counts(_kind: str, _count: int) -> None:
    """The counter that counts nothing."""


def arrival_of(raw: bytes, number: int | None, at: datetime) -> Arrival:
    """An update as a row of the inbox. One without an id gets a hash of its content as key."""
    key = str(number) if number is not None else f"unnumbered:{sha256(raw).hexdigest()}"
    chat = chat_of(raw)
    return Arrival(
        source="telegram", key=key, chat=chat if abs(chat) < BEYOND else ChatId(0), body=raw, at=at
    )


class Intake:
    """Takes updates by long polling.

    Args:
        store: where arrivals are kept.
        telegram: where they come from.
        clock: tells the time and waits for it.
        on_kept: called after each commit that brought something new; it wakes the clerk.
        most_pending: no more is fetched while the inbox holds so many open rows.
        wait: seconds of one long poll.
        came: told of the kinds of updates that come, and how many of each.
        standby: speaks while nothing can be kept; without it the intake ends then.
    """

    def __init__(  # noqa: PLR0913 - all that it works with
        self,
        store: Store,
        telegram: Telegram,
        clock: Clock,
        on_kept: Callable[[], None],
        *,
        most_pending: int = MOST_PENDING,
        wait: int = 50,
        came: Callable[[str, int], None] = nobody_counts,
        standby: Standby | None = None,
    ) -> None:
        self._store = store
        self._telegram = telegram
        self._clock = clock
        self._on_kept = on_kept
        self._most_pending = most_pending
        self._wait = wait
        self._came = came
        self._standby = standby
        # not the last number kept: Telegram's numbers start anew when its queue was empty for long
        self._offset = 0
        self._pause = 0.0
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

    async def _keep(self, updates: Sequence[tuple[int, bytes]]) -> None:
        now = self._clock.now()
        new = await self._store.keep([arrival_of(raw, number, now) for number, raw in updates])
        # committed: from here on Telegram may forget them
        self._offset = updates[-1][0] + 1
        if new:
            self._on_kept()
            for kind, count in Counter(kind_of(raw) for _, raw in updates).items():
                self._came(kind, count)
        if self._standby is not None:
            self._standby.kept()

    async def _leave_there(self, updates: Sequence[tuple[int, bytes]], error: StoreUnusable) -> None:
        if self._standby is None:
            raise error
        self._standby.cannot_keep([raw for _, raw in updates], error)
        await self._sleep(STANDS_BY)

    async def _hold_back(self, came: int) -> None:
        """Wait while the inbox is too full; the rest stays with Telegram."""
        held = False
        while came == BATCH and await self._pending() >= self._most_pending:
            if not held:
                _log.warning("intake_holds_back", most=self._most_pending)
                held = True
            await self._sleep(FIRST_PAUSE)

    async def _pending(self) -> int:
        """Rows that wait; of a database that cannot say, the next batch will find out more."""
        try:
            return (await self._store.counts())["inbox_pending"]
        except StoreUnusable:
            if self._standby is None:
                raise
            return 0

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
