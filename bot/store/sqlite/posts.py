"""Posts on SQLite: one program owns the file, so it holds every post and hears of nobody."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from bot.complaint.errors import StoreUnusable
from bot.store.port import News, Others, Post
from bot.store.sqlite.cabinet import Cabinet
from bot.store.sqlite.owning import OpenFile, Owner

TRIES: Final = 10
PAUSE: Final = 0.2
"""Seconds; one that was told to end just now may need a moment."""


class PostCabinet(Cabinet):
    """Posts of a single program."""

    shared = False
    file: OpenFile | None = None
    _owner: Owner | None = None

    async def move_in(self, bot: int) -> None:  # noqa: ARG002 - whichever it is
        """See `Store.move_in`."""
        for _ in range(TRIES):
            with suppress(StoreUnusable):
                self._own()
                return
            await asyncio.sleep(PAUSE)
        self._own()

    def _own(self) -> None:
        if self.file is not None and self._owner is None:
            self._owner = Owner(self.file.path)

    async def hold(self, name: str) -> Post | None:
        """See `Store.hold`."""
        return self._posts.setdefault(name, Post(name=name))

    async def resign(self, post: Post) -> None:
        """See `Store.resign`."""
        if self._posts.get(post.name) is post:
            del self._posts[post.name]
            post.lost.set()

    async def others(self) -> Others:
        """See `Store.others`."""
        return Others()

    async def listen(self, callback: Callable[[News], None]) -> None:
        """See `Store.listen`."""
