"""Replicas on one database see each other, and which posts the others have."""

from contextlib import AsyncExitStack

from bot.store import Store, open_store
from bot.store.port import Others
from tests.contract.servers import Server
from tests.contract.store import until
from tests.processes import PATIENCE


async def test_replicas_see_each_other_and_their_posts(server: Server, database: str) -> None:
    """Whoever asked for a post is there, until it ends; a store that only reads is nobody who would take one."""
    async with AsyncExitStack() as stack:
        one, other, reader = [await open_store(server.address(database)) for _ in range(3)]
        for store in (one, reader):
            stack.push_async_callback(store.close)
        await reader.listen(lambda _: None)
        courier = await one.hold("courier")
        assert await one.others() == Others()
        assert await reader.others() == Others(present=True, posts=frozenset({"courier"}))
        assert await other.hold("courier") is None
        assert await one.others() == Others(present=True)
        await other.hold("poller")
        assert await one.others() == Others(present=True, posts=frozenset({"poller"}))
        await other.close()
        assert await until(lambda: _alone(one), PATIENCE)
        assert courier is not None
        assert courier.held


async def _alone(store: Store) -> bool | None:
    return await store.others() == Others() or None
