"""Little servers of the tests' own, on any free port."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.listening import let_in_the_last


@asynccontextmanager
async def serving(runner: web.BaseRunner) -> AsyncIterator[str]:
    """Serve this, and close it for good; its address, without a slash at its end."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        await runner.setup()
        try:
            await web.SockSite(runner, listening).start()
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
            await let_in_the_last([listening])
        finally:
            await runner.cleanup()
