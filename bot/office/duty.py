"""A duty: work that one replica at a time does, as long as it holds the post for it.

With one program on one file nobody else can hold a post, so the work begins at once and goes on to the end.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import timedelta
from typing import Any, Final

import structlog

from bot.office.clock import Clock
from bot.store.port import Post, Store

ASK: Final = timedelta(seconds=0.5)
"""A post that another replica holds is asked for so often."""
LONG: Final = timedelta(seconds=10)
"""Whoever held a post last, and has heard nothing of the database for so long, is not merely overtaken."""

Work = Callable[[], Coroutine[Any, Any, None]]

_log = structlog.get_logger(__name__)


class Duty:
    """Holds a post, and works while it is held.

    Args:
        store: gives the post, and waits for the database as long as it takes.
        clock: waits.
        name: the post.
        parts: what is cut off as soon as the post is lost.
        last: what sees for itself that the post is lost, and ends in order.
        alone: what the last holder does while the database is away; nobody can hold the post then.
        heard: called when the database has answered.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        name: str,
        parts: Sequence[Work],
        *,
        last: Callable[[Post], Coroutine[Any, Any, None]] | None = None,
        alone: Work | None = None,
        heard: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._name = name
        self._parts = parts
        self._last = last
        self._alone = alone
        self._heard = heard
        self._never = asyncio.Event()
        self.on = False
        """Whether the work is ours now, or was when the database was heard last."""

    async def run(self) -> None:
        """Work whenever the post is ours, until cancelled."""
        while True:
            post = await self._taken()
            self.on = True
            if post.shared:
                _log.info("post_taken", post=self._name)
            await self._serve(post)
            if not post.lost.is_set():
                return
            _log.warning("post_lost", post=self._name)

    async def _taken(self) -> Post:
        while (post := await self._asked()) is None:
            self.on = False
            self._heard()
            self._never.clear()
            await self._clock.wait(self._clock.now() + ASK, self._never)
        self._heard()
        return post

    async def _asked(self) -> Post | None:
        asking = asyncio.ensure_future(self._store.hold(self._name))
        if self._alone is None or not self.on:
            return await asking
        over = asyncio.Event()
        asking.add_done_callback(lambda _: over.set())
        try:
            await self._clock.wait(self._clock.now() + LONG, over)
            if not asking.done():
                # the clock has set it
                over.clear()
                await _cut(over, self._alone)
            return await asking
        finally:
            asking.cancel()

    async def _serve(self, post: Post) -> None:
        async with asyncio.TaskGroup() as group:
            for part in self._parts:
                group.create_task(_cut(post.lost, part))
            if self._last is not None:
                group.create_task(self._last(post))


async def _cut(over: asyncio.Event, work: Work) -> None:
    """Work until it is over. What fails is told."""
    working, ending = asyncio.ensure_future(work()), asyncio.ensure_future(over.wait())
    try:
        await asyncio.wait({working, ending}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            await working
    finally:
        for one in (working, ending):
            one.cancel()
        await asyncio.gather(working, ending, return_exceptions=True)
