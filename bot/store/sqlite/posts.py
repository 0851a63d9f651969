"""Posts on SQLite: one program owns the file, so it holds every post and hears of nobody."""

from collections.abc import Callable
from pathlib import Path

from bot.store.port import News, Others, Post
from bot.store.sqlite.cabinet import Cabinet
from bot.store.sqlite.owning import Owner


class PostCabinet(Cabinet):
    """Posts of a single program."""

    shared = False
    path: Path | None = None
    """The file; a database in memory has none."""
    _owner: Owner | None = None

    async def move_in(self, bot: int) -> None:  # noqa: ARG002 - whichever it is
        """See `Store.move_in`."""
        if self.path is not None and self._owner is None:
            self._owner = Owner(self.path)

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
