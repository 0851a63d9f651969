"""A connection between a replica and its server that can be cut silently."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.listening import let_in_the_last


class Cable:
    """Bytes in both directions, as long as it is whole."""

    def __init__(self) -> None:
        self.port = 0
        self._whole = asyncio.Event()
        self._whole.set()

    def cut(self) -> None:
        """From now on, silence."""
        self._whole.clear()

    async def carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Carry on what comes, until one side ends."""
        with suppress(ConnectionError):
            while words := await source.read(65536):
                await self._whole.wait()
                sink.write(words)
                await sink.drain()
        sink.close()


@asynccontextmanager
async def laid(port: int) -> AsyncIterator[Cable]:
    """A cable to this port, by a port of its own."""
    cable = Cable()
    carriers: set[asyncio.Task[None]] = set()

    async def carry(near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, there = await asyncio.open_connection("127.0.0.1", port)
        try:
            await asyncio.gather(cable.carry(near, there), cable.carry(far, back))
        finally:
            back.close()
            there.close()

    def connected(near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(carry(near, back))
        carriers.add(task)
        task.add_done_callback(carriers.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    cable.port = server.sockets[0].getsockname()[1]
    try:
        yield cable
    finally:
        await let_in_the_last(server.sockets)
        server.close()
        ended = list(carriers)
        for task in ended:
            task.cancel()
        await asyncio.gather(*ended, return_exceptions=True)
