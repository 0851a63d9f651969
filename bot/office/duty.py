"""A duty: work that only one replica at a time does, while it holds the post for it.

With one program on one file nobody else can hold a post, so the work begins at once and goes on to the end.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import structlog

from bot.office.clock import Clock
from bot.store.port import Post, Store

ASK: Final = timedelta(seconds=0.5)
"""How often a post held by another replica is asked for."""
PATIENCE: Final = timedelta(seconds=1.5)
"""A replica that has another duty takes a post only after it was free for this time."""
LOOK: Final = timedelta(seconds=1)
"""How often a replica with both duties looks for another replica."""
KEPT: Final = timedelta(minutes=1)
"""How long a post that nobody took over is kept before it is offered again."""
LONG: Final = timedelta(seconds=10)
"""The last holder assumes an outage when it has heard nothing of the database for this time."""

Work = Callable[[], Coroutine[Any, Any, None]]

_log = structlog.get_logger(__name__)


class Duty:
    """Holds a post, and works while it holds it.

    Args:
        store: gives the post, and waits for the database as long as needed.
        clock: waits.
        name: the post.
        parts: work that is cancelled as soon as the post is lost.
        last: work that notices the loss itself, and ends in order.
        alone: work of the last holder while the database is away and nobody can hold the post.
        heard: called when the database has answered.
        beside: another duty; with several replicas, no replica keeps both, and this one is given up.
    """

    def __init__(  # noqa: PLR0913 - what it works with, and beside
        self,
        store: Store,
        clock: Clock,
        name: str,
        parts: Sequence[Work],
        *,
        last: Callable[[Post], Coroutine[Any, Any, None]] | None = None,
        alone: Work | None = None,
        heard: Callable[[], None] = lambda: None,
        beside: "Duty | None" = None,
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
        """Whether this replica has the duty, or had it when the database last answered."""
        self.beside = beside
        self._goes = beside is not None
        if beside is not None:
            beside.beside = self
        self._free_since: datetime | None = None
        self._kept_until = clock.now()

    async def run(self) -> None:
        """Work whenever the post is ours, until cancelled."""
        while True:
            post = await self._taken()
            self.on, self._free_since = True, None
            if post.shared:
                _log.info("post_taken", post=self._name)
            telling = asyncio.ensure_future(self._tell_loss(post))
            try:
                await self._serve(post)
                if not post.lost.is_set():
                    return
                await telling
            finally:
                telling.cancel()
            if not self.on:
                _log.info("post_passed_on", post=self._name)
                await self._store.resign(post)

    async def _tell_loss(self, post: Post) -> None:
        """Stop at once when the post is lost; without a database, calls may take long to end."""
        await post.lost.wait()
        if self.on:
            _log.warning("post_lost", post=self._name)

    async def _taken(self) -> Post:
        while await self._left_to_others() or (post := await self._asked()) is None:
            self.on = False
            self._heard()
            self._never.clear()
            await self._clock.wait(self._clock.now() + ASK, self._never)
        self._heard()
        return post

    async def _left_to_others(self) -> bool:
        """Whether a replica that is free of the other duty should take the post."""
        # whoever had it a moment ago asks at once: nobody else may be able to
        if self.on or self.beside is None or not self.beside.on:
            return False
        others, now = await self._store.others(), self._clock.now()
        if not others.present:
            return False
        if self._name in others.posts or self._free_since is None:
            self._free_since = None if self._name in others.posts else now
            return True
        if abs(now - self._free_since) < PATIENCE:
            return True
        self._kept_until = now + KEPT
        return False

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
            if post.shared and self._goes:
                group.create_task(_cut(post.lost, partial(self._pass_on, post)))

    async def _pass_on(self, post: Post) -> None:
        """Give the post up once another replica can take it."""
        while True:
            self._never.clear()
            await self._clock.wait(self._clock.now() + LOOK, self._never)
            both = self.beside is not None and self.beside.on
            if both and self._clock.now() >= self._kept_until and (await self._store.others()).present:
                break
        self.on = False
        post.lost.set()


async def _cut(over: asyncio.Event, work: Work) -> None:
    """Run work until cancelled; failures are logged."""
    working, ending = asyncio.ensure_future(work()), asyncio.ensure_future(over.wait())
    try:
        await asyncio.wait({working, ending}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            await working
    finally:
        for one in (working, ending):
            one.cancel()
        await asyncio.gather(working, ending, return_exceptions=True)
