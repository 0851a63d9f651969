"""A small HTTP/1.1 client that keeps its connections open.

A general client costs three times as much CPU per call. Responses are parsed by httptools; connections are made as
browsers do (happy eyeballs), so that a dead IPv6 address costs a quarter of a second.
"""

import asyncio
import ssl
from collections import defaultdict, deque
from functools import lru_cache
from http import HTTPStatus
from socket import SO_KEEPALIVE, SOCK_STREAM, SOL_SOCKET
from typing import Final, TypeAlias
from urllib.parse import urlsplit

import httptools
from aiohappyeyeballs import start_connection

KEEP_ALIVE: Final = 90.0
"""Seconds an idle connection is kept, so that a quiet bot pays no handshake at the next complaint."""
CONNECT: Final = 10.0
"""Seconds until a server is found and its handshake done."""
NEXT_ADDRESS: Final = 0.25
"""Seconds after which the next address of a server is tried beside the first."""
_PORTS: Final = {"http": 80, "https": 443}

_Server: TypeAlias = tuple[str, int, bool]
"""Host, port, and whether the connection is secure."""


class Unconnected(Exception):
    """No connection came about, so nothing was sent."""


class Broken(Exception):
    """The connection broke, or what came was no HTTP: perhaps the call was taken."""


@lru_cache(maxsize=256)
def _target(url: str) -> tuple[_Server, bytes]:
    """A parsed address: the server, and the request head up to the length of the body."""
    try:
        parts = urlsplit(url)
        server = parts.hostname or "", parts.port or _PORTS[parts.scheme], parts.scheme == "https"
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        call = f"POST {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
        return server, f"{call}Content-Length: ".encode("ascii")
    except (ValueError, KeyError):
        raise Unconnected("no address") from None


class _Connection(asyncio.Protocol):
    """One connection with at most one call at a time."""

    def __init__(self) -> None:
        self.idle_since = 0.0
        self.usable = False
        self._transport = asyncio.Transport()
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._parts: list[bytes] = []
        self._measured = self._lasts = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport, self.usable = transport, True  # type: ignore[assignment] # a stream's is no other

    def call(self, words: bytes, loop: asyncio.AbstractEventLoop) -> asyncio.Future[tuple[int, bytes]]:
        """Send a call; the future of its status and body."""
        self._answer = loop.create_future()
        self._parts, self._measured, self._lasts = [], False, False
        self._transport.write(words)
        return self._answer

    def end(self, fault: Exception | None = None) -> None:
        """Close it at once; a waiting call gets this error."""
        answer, self._answer, self.usable = self._answer, None, False
        self._transport.abort()
        if answer is not None and not answer.done():
            answer.set_exception(fault or Broken("closed"))

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self.end(Broken("no HTTP"))

    def eof_received(self) -> None:
        self.usable = False

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is None and self._lasts and not self._measured:
            # an answer of unknown length lasts as long as its connection
            self._whole()
        self.end(Broken(type(exc).__name__ if exc is not None else "closed"))

    def on_message_begin(self) -> None:
        # where nobody asked, the server says goodbye
        self.usable = self.usable and self._answer is not None

    def on_header(self, name: bytes, _value: bytes) -> None:
        self._measured = self._measured or name.lower() in (b"content-length", b"transfer-encoding")

    def on_headers_complete(self) -> None:
        # what is below only announces the answer that follows
        self._lasts = self._parser.get_status_code() >= HTTPStatus.OK

    def on_body(self, body: bytes) -> None:
        self._parts.append(body)

    def on_message_complete(self) -> None:
        if self._lasts:
            self.usable = self.usable and self._parser.should_keep_alive()
            self._whole()

    def _whole(self) -> None:
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_result((self._parser.get_status_code(), b"".join(self._parts)))


class Wire:
    """A pool of connections; when all are in use, calls wait."""

    def __init__(self, connections: int) -> None:
        self._places = asyncio.Semaphore(connections)
        self._idle: defaultdict[_Server, deque[_Connection]] = defaultdict(deque)
        self._open: set[_Connection] = set()

    async def post(self, url: str, body: bytes, patience: float) -> tuple[int, bytes]:
        """Make a call with a JSON body; the status and body of its answer.

        Raises:
            Unconnected: nothing was sent.
            Broken: perhaps it was taken.
            TimeoutError: no answer within `patience` seconds; perhaps it was taken.
        """
        loop = asyncio.get_running_loop()
        server, head = _target(url)
        async with self._places:
            one = self._kept(server, loop.time()) or await self._connected(server, loop)
            late = loop.call_later(patience, one.end, TimeoutError())
            try:
                return await one.call(b"%b%d\r\n\r\n%b" % (head, len(body), body), loop)
            except BaseException:
                one.end()
                raise
            finally:
                late.cancel()
                self._give_back(server, one, loop.time())

    def close(self) -> None:
        """Close every connection; calls under way fail."""
        for one in self._open:
            one.end()
        self._open.clear()

    def _kept(self, server: _Server, now: float) -> _Connection | None:
        """The most recently used connection, if it is still usable."""
        while idle := self._idle[server]:
            one = idle.pop()
            if one.usable and now - one.idle_since < KEEP_ALIVE:
                return one
            self._drop(one)
        return None

    async def _connected(self, server: _Server, loop: asyncio.AbstractEventLoop) -> _Connection:
        host, port, secure = server
        try:
            async with asyncio.timeout(CONNECT):
                found = await loop.getaddrinfo(host, port, type=SOCK_STREAM)
                way = await start_connection(found, happy_eyeballs_delay=NEXT_ADDRESS, interleave=1)
                way.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)
                trust, name = (_trusted(), host) if secure else (None, None)
                _, one = await loop.create_connection(_Connection, sock=way, ssl=trust, server_hostname=name)
        except (OSError, ValueError) as error:
            # a time-out is an OSError too
            raise Unconnected(type(error).__name__) from None
        self._open.add(one)
        return one

    def _give_back(self, server: _Server, one: _Connection, now: float) -> None:
        idle = self._idle[server]
        while idle and now - idle[0].idle_since > KEEP_ALIVE:
            self._drop(idle.popleft())
        if one.usable and one in self._open:
            one.idle_since = now
            idle.append(one)
        else:
            self._drop(one)

    def _drop(self, one: _Connection) -> None:
        self._open.discard(one)
        one.end()


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The system's CA certificates, loaded on first use."""
    return ssl.create_default_context()
