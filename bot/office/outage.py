"""Database outages: store calls wait and are repeated until the database is back.

Everything in memory stays there (receipts of letters under way, a round that is being written), so an outage needs
no restart and doubles no letter. This works because every write of the store may be repeated.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from inspect import isasyncgenfunction, iscoroutinefunction
from typing import Any, Final, cast

import structlog

from bot.complaint.errors import StoreUnusable
from bot.office.clock import Clock
from bot.store.port import Store

FIRST_PAUSE: Final = timedelta(seconds=0.2)
LONGEST_PAUSE: Final = timedelta(seconds=2)
FORGOTTEN: Final = timedelta(seconds=30)
"""The outage is over when nobody waits and nothing failed for this time."""
AT_ONCE: Final = frozenset({"close", "check_writable", "condition", "remains", "counts"})
"""Calls that are not retried, since their callers want to learn of an outage."""

_log = structlog.get_logger(__name__)


class Outage:
    """Whether the database can be used, as reported by all who use it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting = 0
        self._resting: set[asyncio.Event] = set()
        self.closing = False
        """Whether the bot is stopping."""
        self._why = ""
        self._failed_at = clock.now()
        self._listeners: list[Callable[[], None]] = []
        self.since: datetime | None = None
        """When it began; None while all is well."""

    def on_change(self, hear: Callable[[], None]) -> None:
        """Call this when an outage begins or ends."""
        self._listeners.append(hear)

    def failed(self, error: StoreUnusable) -> None:
        """A store call failed."""
        self._failed_at = self._clock.now()
        if error.detail != self._why:
            self._why = error.detail
            _log.error("store_unusable", why=error.detail)
        if self.since is None:
            self.since = self._failed_at
            self._tell()

    def worked(self) -> None:
        """A store call that had failed succeeded."""
        if self.since is None or self._waiting:
            return
        lasted = abs(self._clock.now() - self.since)
        _log.info("store_back", seconds=round(lasted.total_seconds(), 1))
        self.since, self._why = None, ""
        self._tell()

    def look(self) -> None:
        """Check whether the outage is over although nobody has anything to write."""
        if abs(self._clock.now() - self._failed_at) > FORGOTTEN:
            self.worked()

    def give_up(self) -> None:
        """The bot is stopping: nobody waits any longer."""
        self.closing = True
        for one in self._resting:
            one.set()

    async def outlast(self, call: Callable[[], Awaitable[Any]], error: StoreUnusable) -> Any:  # noqa: ANN401 - the call's own
        """Repeat a call until it succeeds.

        Raises:
            StoreUnusable: the house closes.
        """
        self._waiting += 1
        pause, done = FIRST_PAUSE, False
        try:
            while True:
                if self.closing:
                    raise error
                self.failed(error)
                await self._rest(pause)
                pause = min(LONGEST_PAUSE, pause * 2)
                try:
                    answer = await call()
                except StoreUnusable as again:
                    error = again
                    continue
                done = True
                return answer
        finally:
            self._waiting -= 1
            if done:
                self.worked()

    async def _rest(self, pause: timedelta) -> None:
        over = asyncio.Event()
        self._resting.add(over)
        try:
            await self._clock.wait(self._clock.now() + pause, over)
        finally:
            self._resting.discard(over)

    def _tell(self) -> None:
        for hear in self._listeners:
            hear()


class _Steady:
    """A store whose calls wait for an outage to end."""

    def __init__(self, store: Store, outage: Outage) -> None:
        self._store = store
        self._outage = outage

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the store has
        found = getattr(self._store, name)
        if name not in AT_ONCE and iscoroutinefunction(found):
            found = _outlasting(found, self._outage)
        elif isasyncgenfunction(found):
            found = _begun_anew(found, self._outage)
        setattr(self, name, found)
        return found


def steady(store: Store, outage: Outage) -> Store:
    """The same store, with calls that return only once they have succeeded, or the bot stops."""
    return cast("Store", _Steady(store, outage))


def _outlasting(call: Callable[..., Awaitable[Any]], outage: Outage) -> Callable[..., Awaitable[Any]]:
    async def asked(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - passed on as they came
        try:
            return await call(*given, **named)
        except StoreUnusable as error:
            first = error
        return await outage.outlast(lambda: call(*given, **named), first)

    return asked


def _begun_anew(
    call: Callable[..., AsyncGenerator[Any, None]], outage: Outage
) -> Callable[..., AsyncIterator[Any]]:
    """An iterator is retried until its first item; later failures are raised."""

    async def asked(*given: Any, **named: Any) -> AsyncIterator[Any]:  # noqa: ANN401 - passed on as they came
        async def begun() -> tuple[AsyncGenerator[Any, None], list[Any]]:
            pieces = call(*given, **named)
            async for first in pieces:
                return pieces, [first]
            return pieces, []

        pieces, first = await _outlasting(begun, outage)()
        try:
            for one in first:
                yield one
            async for one in pieces:
                yield one
        finally:
            await pieces.aclose()

    return asked
