"""A fresh store of every kind for each test, and one that can be closed and opened again."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.store import Store, open_store
from tests.contract.servers import Server
from tests.contract.store import KINDS, LASTING, POSTGRES


@pytest.fixture(name="server", scope="session")
def _server() -> Iterator[Server]:
    """A server of PostgreSQL's for all tests that only ask it for a database."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(name="database")
async def _database(server: Server) -> AsyncIterator[str]:
    """The name of a fresh database of PostgreSQL's."""
    async with server.database() as name:
        yield name


@pytest.fixture(name="store", params=sorted(KINDS))
async def _store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """A store with nothing in it."""
    async with AsyncExitStack() as stack:
        address = KINDS[request.param](tmp_path)
        if request.param == POSTGRES:
            server: Server = request.getfixturevalue("server")
            address = server.address(await stack.enter_async_context(server.swept()))
        store = await open_store(address)
        stack.push_async_callback(store.close)
        yield store


@pytest.fixture(name="address", params=sorted(LASTING))
async def _address(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Where a store may be made that outlives its program."""
    async with AsyncExitStack() as stack:
        address = LASTING[request.param](tmp_path)
        if request.param == POSTGRES:
            server: Server = request.getfixturevalue("server")
            address = server.address(await stack.enter_async_context(server.database()))
        yield address


@pytest.fixture(name="pair")
async def _pair(server: Server, database: str) -> AsyncIterator[tuple[Store, Store]]:
    """Two replicas on one database."""
    async with AsyncExitStack() as stack:
        stores = []
        for _ in range(2):
            stores.append(await open_store(server.address(database)))
            stack.push_async_callback(stores[-1].close)
        yield stores[0], stores[1]
