"""The HTTP server, in the bot's own event loop."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from bot.listening import let_in_the_last

BACKLOG: Final = 1024
MOST_AT_ONCE: Final = 1_000
"""Connections and requests under way; further ones are told to come again."""
IDLE: Final = 75
"""Seconds that a silent connection is kept: Telegram opens few and uses them again."""


class _Quiet(uvicorn.Server):
    """A uvicorn server that leaves signals to us, and tells when it has opened."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.opened = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open."""
        try:
            await super().startup(sockets)
        finally:
            self.opened.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


class Front:
    """The HTTP server.

    Args:
        app: what is served.
        host: the address to listen on.
        port: the port; 0 takes any that is free.
        grace: seconds that requests under way get when it stops.
    """

    def __init__(self, app: ASGIApp, host: str, port: int, *, grace: int = 3) -> None:
        self._host = host
        self._wanted = port
        self._socket: socket.socket | None = None
        self._serving: asyncio.Task[None] | None = None
        self._stopped = False
        self._server = _Quiet(
            uvicorn.Config(
                app,
                log_config=None,
                log_level="warning",
                access_log=False,
                lifespan="off",
                ws="none",
                proxy_headers=False,
                server_header=False,
                limit_concurrency=MOST_AT_ONCE,
                timeout_keep_alive=IDLE,
                timeout_graceful_shutdown=grace,
            )
        )

    @property
    def port(self) -> int:
        """Where it listens; the wanted port as long as it does not."""
        return self._wanted if self._socket is None else int(self._socket.getsockname()[1])

    def bind(self) -> socket.socket:
        """Bind the address, so that a wrong one is known at the start.

        Raises:
            OSError: it is taken, or is none of this machine's.
        """
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        self._socket = socket.create_server((self._host, self._wanted), family=family, backlog=BACKLOG)
        return self._socket

    async def run(self) -> None:
        """Serve until `stop`; cancelled, it drops what is under way."""
        if self._stopped:
            return
        listening = self._socket or self.bind()
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]))
        try:
            await asyncio.shield(self._serving)
        except asyncio.CancelledError:
            self._server.force_exit = True
            await self.stop()
            raise
        finally:
            self._server.opened.set()
            self.close()

    async def stop(self) -> None:
        """Accept nothing new, and finish the requests under way."""
        self._stopped = self._server.should_exit = True
        if self._serving is None or self._serving.done():
            # nobody will serve those who have called already
            self.close()
            return
        # until then it would go on to let callers in
        await self._server.opened.wait()
        if self._socket is not None:
            await let_in_the_last([self._socket])
        # the server itself looks up only a tenth of a second later
        for listening in getattr(self._server, "servers", ()):
            listening.close()
        with suppress(asyncio.CancelledError):
            await asyncio.shield(self._serving)

    def close(self) -> None:
        """Release the address."""
        if self._socket is not None:
            self._socket.close()
