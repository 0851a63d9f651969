"""Notifies watchers of every change: tests that wait for something, pages that show it live."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.errors import Json


@dataclass(slots=True)
class _Waiter:
    """A condition that somebody waits for."""

    check: Callable[[], object]
    done: asyncio.Future[object]

    def look(self) -> None:
        """Check again, and finish if it is true; an exception goes to the waiter."""
        if self.done.done():
            return
        try:
            found = self.check()
        except Exception as error:  # noqa: BLE001 - the check is the waiter's own; its error belongs to the waiter
            self.done.set_exception(error)
            return
        if found:
            self.done.set_result(found)


@dataclass(slots=True)
class Audience:
    """Notifies watchers of every change, without polling."""

    waiters: list[_Waiter] = field(default_factory=list)
    viewers: set[asyncio.Queue[Json]] = field(default_factory=set)

    def changed(self, kind: str, tell: Callable[[], Json]) -> None:
        """Say that something happened; `tell` is only asked when somebody watches live."""
        if self.waiters:
            for waiter in tuple(self.waiters):
                waiter.look()
        if self.viewers:
            event = {"kind": kind, **tell()}
            for viewer in self.viewers:
                viewer.put_nowait(event)

    async def wait_until(self, check: Callable[[], object], timeout: float) -> object:  # noqa: ASYNC109 - a test's patience
        """Wait until `check()` gives something true, and give that.

        Raises:
            TimeoutError: it did not within `timeout` seconds.
        """
        waiter = _Waiter(check, asyncio.get_running_loop().create_future())
        waiter.look()
        self.waiters.append(waiter)
        try:
            return await asyncio.wait_for(waiter.done, timeout)
        finally:
            self.waiters.remove(waiter)
