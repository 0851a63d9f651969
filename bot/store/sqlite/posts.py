"""Posts on SQLite: one program owns the file, so it holds every post and hears of nobody."""

from collections.abc import Callable

from bot.store.port import News, Others, Post
from bot.store.sqlite.cabinet import Cabinet


class PostCabinet(Cabinet):
    """Posts of a single program."""

    shared = False

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
