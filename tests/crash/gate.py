"""A proxy between the bot and Telegram that can be cut and restored."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from bot.listening import let_in_the_last


class Gate:
    """Carries bytes to a server and back; while it is cut, connections break and new ones are refused."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._there = (place.hostname or "", place.port or 0)
        self._server: asyncio.Server | None = None
        self._port = 0
        self._carrying: set[asyncio.Task[None]] = set()
        self._is_cut = False

    @property
    def url(self) -> str:
        """What the bot is given as the address of Telegram."""
        return f"http://127.0.0.1:{self._port}"

    async def mend(self) -> None:
        """Let everything through; the address stays the same."""
        self._is_cut = False
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Break every connection, and refuse new ones."""
        self._is_cut = True
        if self._server is not None:
            await let_in_the_last(self._server.sockets)
            self._server.close()
        await _turns()
        for carrying in self._carrying:
            carrying.cancel()
        if self._carrying:
            await asyncio.wait(self._carrying)
        await _turns()

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Somebody came. Noted at once: whoever is not noted is not cut off, and holds their line for good."""
        if self._is_cut:
            writer.transport.abort()
            return
        task = asyncio.create_task(self._carry(reader, writer))
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)
        # also of a task that was cancelled before it began
        task.add_done_callback(lambda _: writer.transport.abort())

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            there_reader, there_writer = await asyncio.open_connection(*self._there)
            try:
                await asyncio.gather(_pour(reader, there_writer), _pour(there_reader, writer))
            finally:
                there_writer.transport.abort()


async def _turns() -> None:
    """Let the loop finish what it has begun: whom it lets in, and lines that are broken, take it some turns."""
    for _ in range(8):
        await asyncio.sleep(0)


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await source.read(65_536):
            sink.write(data)
            await sink.drain()
    sink.transport.abort()


@asynccontextmanager
async def gate_to(url: str, *, mended: bool = True) -> AsyncIterator[Gate]:
    """A gate before this server."""
    gate = Gate(url)
    await gate.mend()
    if not mended:
        await gate.cut()
    try:
        yield gate
    finally:
        await gate.cut()
