"""A PostgreSQL standby that follows a primary and can be promoted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from tests.contract.servers import PASSWORD, PATIENCE, Server, binaries

NAME = "standby"
FOLLOWS = "SELECT sync_state = 'sync' FROM pg_stat_replication WHERE application_name = $1"
PROMOTE = "SELECT pg_promote(true, 60)"


def can_follow() -> bool:
    """Whether there are the programs for it; some wheels leave them out."""
    return (binaries() / "pg_basebackup").exists()


class Standby(Server):
    """Follows until it is promoted."""

    def __init__(self, first: Server) -> None:
        self._first = first
        super().__init__(durable=True)

    def _make(self) -> None:
        where = f"host={self._first.folder} port={self._first.port} user=postgres application_name={NAME}"
        self._run("pg_basebackup", "-D", self._data, "-d", where, "--write-recovery-conf",
                  "--checkpoint=fast", "--wal-method=stream", "--no-sync")  # fmt: skip

    async def promote(self) -> None:
        """Be the one that writes from now on."""
        await self.do(PROMOTE)


@asynccontextmanager
async def server_and_standby() -> AsyncIterator[tuple[Server, Standby]]:
    """Both run, and the first says that a transaction is committed only when the second has it on its disk."""
    first = Server(durable=True)
    second = None
    try:
        await asyncio.to_thread(first.start)
        second = await asyncio.to_thread(Standby, first)
        await asyncio.to_thread(second.start)
        await first.do(f"ALTER SYSTEM SET synchronous_standby_names = '{NAME}'")
        await first.do("SELECT pg_reload_conf()")
        await _until_followed(first)
        yield first, second
    finally:
        if second is not None:
            await asyncio.to_thread(second.remove)
        await asyncio.to_thread(first.remove)


async def _until_followed(first: Server) -> None:
    connection = await asyncpg.connect(first.address("postgres"))
    try:
        async with asyncio.timeout(PATIENCE):
            while not await connection.fetchval(FOLLOWS, NAME):  # noqa: ASYNC110 - another process decides
                await asyncio.sleep(0.05)
    finally:
        await connection.close()


def address_of(*servers: Server, name: str, ports: tuple[int, ...] = ()) -> str:
    """All of them in one address, the first first."""
    hosts = ",".join(f"127.0.0.1:{port}" for port in ports or (one.port for one in servers))
    return f"postgresql://postgres:{PASSWORD}@{hosts}/{name}?target_session_attrs=read-write"
