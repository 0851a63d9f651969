"""Intake by webhook: an update is committed to the inbox before Telegram gets its answer."""

import asyncio
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.complaint.errors import RecordRefused, SettingsWrong, StoreUnusable
from bot.office.incoming.receiving import Receiving, arrival_of
from bot.telegram.hook import Hook, hook_of, kind_of, set_hook, stamp_of
from bot.telegram.troubles import Moved, Refused, Unreachable

LOOK: Final = timedelta(minutes=1)
"""How often Telegram is asked whether its deliveries arrive."""
COUNT: Final = timedelta(seconds=1)
"""How often at most the waiting rows are counted."""
NEWS: Final = timedelta(seconds=5)
"""How often at most a request with a wrong secret makes us ask Telegram."""
PAUSE: Final = timedelta(seconds=2)

_log = structlog.get_logger(__name__)


class WebhookIntake:
    """Takes updates by webhook, and keeps the webhook set.

    Args:
        receiving: what it works with.
        url: where Telegram is to bring them.
        secret: what it is to show.
    """

    def __init__(self, receiving: Receiving, *, url: str, secret: str) -> None:
        self._store = receiving.store
        self._telegram = receiving.telegram
        self._clock = receiving.clock
        self._standby = receiving.standby
        self._receiving = receiving
        self._url = url
        self._secret = secret
        self._pending = 0
        self._under_way = 0
        self._hindered = False
        self._counted_at: datetime | None = None
        self._asked_at: datetime | None = None
        self._set_at: datetime | None = None
        self._told: tuple[str, datetime | None] = ("", None)
        self._wake = asyncio.Event()
        self._counting = asyncio.Lock()
        self.hook: Hook | None = None
        """What Telegram said last of its posts."""

    async def take(self, raw: bytes) -> bool:
        """Commit an update; False if that is impossible now, so that Telegram sends it again.

        What is no update at all is kept too: the clerk sets it aside and tells the desk. Refused, it would come
        again for a day, and hold back what comes after it.
        """
        self._under_way += 1
        try:
            if await self._too_much():
                return False
            new = await self._keep(raw)
        except StoreUnusable as error:
            if not self._hindered:
                _log.error("updates_not_kept", why=error.detail)
            self._hindered = True
            if self._standby is not None:
                self._standby.cannot_keep([raw], error)
            return False
        finally:
            self._under_way -= 1
        if self._hindered:
            _log.info("updates_kept_again")
            if self._standby is not None:
                self._standby.kept()
        self._hindered = False
        if new:
            self._pending += new
            self._receiving.came(kind_of(raw), new)
            self._receiving.on_kept()
        return True

    async def _keep(self, raw: bytes) -> int:
        number, now = stamp_of(raw), self._clock.now()
        try:
            return await self._store.keep([arrival_of(raw, number, now)])
        except RecordRefused as error:
            _log.warning("update_strange", update_id=number, reason=type(error).__name__)
            return await self._store.keep([arrival_of(raw, None, now)])

    async def _too_much(self) -> bool:
        """Whether the inbox is too full to take more; counted now and then."""
        # what came in between would be forgotten, or counted twice
        async with self._counting:
            now = self._clock.now()
            if self._counted_at is None or abs(now - self._counted_at) >= COUNT:
                self._counted_at = now
                await self._count()
        return self._pending + self._under_way > self._receiving.most_pending

    async def _count(self) -> None:
        found = (await self._store.counts())["inbox_pending"]
        if found >= self._receiving.most_pending > self._pending:
            _log.warning("intake_holds_back", most=self._receiving.most_pending)
        self._pending = found

    def stranger(self) -> None:
        """A request came with a wrong secret: set the webhook anew, in case it was Telegram."""
        now = self._clock.now()
        if self._asked_at is None or abs(now - self._asked_at) >= NEWS:
            self._wake.set()

    async def run(self) -> None:
        """Keep the webhook set until cancelled.

        Raises:
            SettingsWrong: Telegram does not bring updates to this address, or does not know the token.
        """
        while True:
            self._wake.clear()
            try:
                wait = await self._look()
            except Unreachable as error:
                wait = max(PAUSE, error.wait)
            await self._clock.wait(self._clock.now() + wait, self._wake)

    async def _look(self) -> timedelta:
        self._asked_at = self._clock.now()
        found = self.hook = await hook_of(self._telegram)
        self._tell(found)
        others = self._set_at is not None and found.url not in ("", self._url)
        if others and not found.leads_nowhere(self._asked_at):
            # another bot of this token took over; fighting for it would help nobody, as long as it is there
            _log.error("webhook_taken_over")
            return LOOK
        unknown = found.strange and (self._set_at is None or found.failed_since(self._set_at))
        if not found.is_set(self._url) or unknown:
            await self._set()
        self._set_at = self._set_at or self._asked_at
        return LOOK

    def _tell(self, found: Hook) -> None:
        """Log a failed delivery once."""
        told = (found.error, found.error_at)
        if found.error and told != self._told:
            _log.warning("webhook_failed", reason=found.error, waiting=found.waiting)
        self._told = told

    async def _set(self) -> None:
        at = self._clock.now()
        try:
            await set_hook(self._telegram, self._url, self._secret)
        except Moved:
            raise
        except Refused as error:
            if self._set_at is None:
                raise SettingsWrong(
                    f"COMPLAINT_BOT_WEBHOOK_URL: Telegram takes no such address ({error.detail}). "
                    "Write one that begins with https:// and can be reached from outside."
                ) from None
            _log.error("webhook_refused", reason=error.detail)
            return
        self._set_at = at
        _log.info("webhook_set")
