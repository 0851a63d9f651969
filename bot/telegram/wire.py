"""A small HTTP/1.1 client that keeps its connections open.

A general client costs three times as much CPU per call. Responses are parsed by httptools; connections are made as
browsers do (happy eyeballs), so that a dead IPv6 address costs a quarter of a second.
"""

import asyncio
import ssl
from collections import defaultdict, deque
from collections.abc import Callable
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
Answer: TypeAlias = tuple[int, bytes] | Exception
"""Status and body, or why there is none: `Broken` or `TimeoutError`."""
Landed: TypeAlias = Callable[[Answer], None]
"""Is called with the answer to a call. It must not raise."""


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

    def __init__(self, server: _Server, give_back: Callable[["_Connection"], None]) -> None:
        self.server = server
        self.idle_since = 0.0
        self.late_at = 0.0
        """When the call under way has waited too long."""
        self.usable = False
        self._give_back = give_back
        self._transport = asyncio.Transport()
        self._landed: Landed | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._parts: list[bytes] = []
        self._measured = self._lasts = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport, self.usable = transport, True  # type: ignore[assignment] # a stream's is no other

    @property
    def busy(self) -> bool:
        """Whether a call is under way."""
        return self._landed is not None

    def call(self, words: bytes, late_at: float, landed: Landed) -> None:
        """Send a call; the answer lands once the connection is free again."""
        self._landed, self.late_at = landed, late_at
        self._parts, self._measured, self._lasts = [], False, False
        self._transport.write(words)

    def end(self, fault: Exception | None = None) -> None:
        """Close it at once; a waiting call gets this error."""
        self.usable = False
        self._transport.abort()
        self._land(fault or Broken("closed"))

    def _land(self, answer: Answer) -> None:
        landed, self._landed = self._landed, None
        if landed is not None:
            self._give_back(self)
            landed(answer)

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
        self.usable = self.usable and self._landed is not None

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
        self._land((self._parser.get_status_code(), b"".join(self._parts)))


class Wire:
    """A pool of connections; when all are in use, calls wait."""

    def __init__(self, connections: int) -> None:
        self._free = connections
        self._queue: deque[asyncio.Future[None]] = deque()
        self._idle: defaultdict[_Server, deque[_Connection]] = defaultdict(deque)
        self._open: set[_Connection] = set()
        self._sweep: asyncio.TimerHandle | None = None

    async def post(self, url: str, body: bytes, patience: float) -> tuple[int, bytes]:
        """Make a call with a JSON body; the status and body of its answer.

        Raises:
            Unconnected: nothing was sent.
            Broken: perhaps it was taken.
            TimeoutError: no answer within `patience` seconds; perhaps it was taken.
        """
        loop = asyncio.get_running_loop()
        server, head = _target(url)
        await self._place(loop)
        try:
            one = self._kept(server, loop.time()) or await self._connected(server, loop)
        except BaseException:
            self._leave()
            raise
        landing: asyncio.Future[Answer] = loop.create_future()

        def landed(answer: Answer) -> None:
            if not landing.done():
                landing.set_result(answer)

        self._call(one, head, body, patience, landed)
        try:
            answer = await landing
        except BaseException:
            one.end()
            raise
        if isinstance(answer, Exception):
            raise answer
        return answer

    def hand(self, url: str, body: bytes, patience: float, landed: Landed) -> bool:
        """Make the call at once over a free connection; False: there is none, and nothing was sent.

        For many calls a second this is half as dear as a task that waits for each.

        Raises:
            Unconnected: this is no address.
        """
        server, head = _target(url)
        one = self._kept(server, asyncio.get_running_loop().time()) if self._free else None
        if one is None:
            return False
        self._free -= 1
        self._call(one, head, body, patience, landed)
        return True

    def close(self) -> None:
        """Close every connection; calls under way fail."""
        if self._sweep is not None:
            self._sweep.cancel()
        for one in tuple(self._open):
            one.end()
        self._open.clear()

    def _call(self, one: _Connection, head: bytes, body: bytes, patience: float, landed: Landed) -> None:
        loop = asyncio.get_running_loop()
        late_at = loop.time() + patience
        one.call(b"%b%d\r\n\r\n%b" % (head, len(body), body), late_at, landed)
        if self._sweep is None or late_at < self._sweep.when():
            self._sweep_at(late_at, loop)

    def _sweep_at(self, moment: float, loop: asyncio.AbstractEventLoop) -> None:
        if self._sweep is not None:
            self._sweep.cancel()
        self._sweep = loop.call_at(moment, self._end_late, loop)

    def _end_late(self, loop: asyncio.AbstractEventLoop) -> None:
        """One timer for all calls: end those that waited too long, and look again when the next one has."""
        self._sweep, now = None, loop.time()
        busy = [one for one in self._open if one.busy]
        for one in busy:
            if one.late_at <= now:
                one.end(TimeoutError())
        moment = min((one.late_at for one in busy if one.busy), default=None)
        if moment is not None:
            self._sweep_at(moment, loop)

    async def _place(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wait until fewer calls are under way than there may be connections."""
        while not self._free:
            turn: asyncio.Future[None] = loop.create_future()
            self._queue.append(turn)
            try:
                await turn
            except BaseException:
                if turn.done() and not turn.cancelled():
                    self._next()
                raise
        self._free -= 1

    def _leave(self) -> None:
        self._free += 1
        self._next()

    def _next(self) -> None:
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return

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
                _, one = await loop.create_connection(
                    lambda: _Connection(server, self._give_back), sock=way, ssl=trust, server_hostname=name
                )
        except (OSError, ValueError) as error:
            # a time-out is an OSError too
            raise Unconnected(type(error).__name__) from None
        self._open.add(one)
        return one

    def _give_back(self, one: _Connection) -> None:
        now, idle = asyncio.get_running_loop().time(), self._idle[one.server]
        while idle and now - idle[0].idle_since > KEEP_ALIVE:
            self._drop(idle.popleft())
        if one.usable and one in self._open:
            one.idle_since = now
            idle.append(one)
        else:
            self._drop(one)
        self._leave()

    def _drop(self, one: _Connection) -> None:
        self._open.discard(one)
        one.end()


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The system's CA certificates, loaded on first use."""
    return ssl.create_default_context()
