"""Posts that only one replica holds, and news of what other replicas commit."""

from collections.abc import Callable

from bot.store.port import News, Others, Post
from bot.store.postgres.cabinet import Cabinet


class PostCabinet(Cabinet):
    """Posts and notifications, served by the watchman."""

    shared = True

    async def move_in(self, bot: int) -> None:
        """See `Store.move_in`."""
        await self._watchman.move_in(bot)

    async def hold(self, name: str) -> Post | None:
        """See `Store.hold`."""
        return await self._watchman.hold(name)

    async def resign(self, post: Post) -> None:
        """See `Store.resign`."""
        await self._watchman.resign(post)

    async def others(self) -> Others:
        """See `Store.others`."""
        return await self._watchman.others()

    async def listen(self, callback: Callable[[News], None]) -> None:
        """See `Store.listen`."""
        await self._watchman.listen(callback)
