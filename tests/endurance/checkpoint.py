"""A proxy that can stop, lose, double or reorder requests and answers."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from itertools import count

import aiohttp
from aiohttp import web

from tests.serving import serving

Asked = Callable[[str, bytes], Awaitable[None]]
"""Sees a request, by the last part of its path, before it goes on."""
Answered = Callable[[str, bytes], Awaitable[bytes]]
"""Sees an answer before it goes back, and says what goes back."""
Instead = Callable[[bytes, dict[str, str]], Awaitable[None]]
MOST = 64 * 1024 * 1024


class Broken(Exception):
    """The line breaks here: whoever asked hears nothing."""


class Refused(Exception):
    """The server says no, in these words; nothing happened."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


async def goes_on(_what: str, _body: bytes) -> None:
    """Let every request through."""


async def comes_back(_what: str, body: bytes) -> bytes:
    """Let every answer through."""
    return body


class Checkpoint:
    """Carries requests to one of several servers, each in its turn; who does not listen is passed over.

    With `again`, what is not taken is brought again after so many seconds: Telegram does so too, but after
    up to a minute, for which an ordeal has no time. An outage of the database would cost several of those.
    """

    def __init__(self, session: aiohttp.ClientSession, targets: Sequence[str], again: float) -> None:
        self._session = session
        self._again = again
        self.targets = [target.rstrip("/") for target in targets]
        self._turn = count()
        self.asked: Asked = goes_on
        self.answered: Answered = comes_back
        self.instead: Instead | None = None
        """Takes requests over, which are answered with 200 then."""
        self.url = ""

    def let_pass(self) -> None:
        """Stop nothing any more."""
        self.asked, self.answered = goes_on, comes_back

    async def carry(self, request: web.Request) -> web.StreamResponse:
        """One request to its server, and what comes of it."""
        what = request.path.rpartition("/")[2]
        try:
            body = await request.read()
            if self.instead is not None:
                await self.instead(body, _headers(request))
                return web.Response()
            await self.asked(what, body)
            status, kind, answer = await self._exchange(request, body)
            answer = await self.answered(what, answer)
        except Refused as refusal:
            return web.Response(status=refusal.status, body=refusal.body, content_type="application/json")
        except (Broken, aiohttp.ClientError, ConnectionError):
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=502)
        return web.Response(status=status, body=answer, headers={"Content-Type": kind})

    async def _exchange(self, request: web.Request, body: bytes) -> tuple[int, str, bytes]:
        while True:
            for target in self._in_turn():
                try:
                    async with self._session.request(
                        request.method, target + request.path_qs, data=body, headers=_headers(request)
                    ) as answer:
                        body_of_answer = await answer.read()
                        if not self._again or answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                            return answer.status, answer.headers.get("Content-Type", ""), body_of_answer
                except aiohttp.ClientConnectorError:
                    continue
                except (aiohttp.ClientError, ConnectionError):
                    if not self._again:
                        raise
            if not self._again:
                raise Broken
            await asyncio.sleep(self._again)

    def _in_turn(self) -> list[str]:
        first = next(self._turn) % len(self.targets)
        return [*self.targets[first:], *self.targets[:first]]


def _headers(request: web.Request) -> dict[str, str]:
    return {name: value for name, value in request.headers.items() if name.lower() != "host"}


@asynccontextmanager
async def checkpoint_before(*targets: str, again: float = 0.0) -> AsyncIterator[Checkpoint]:
    """One before these servers, listening on a free port."""
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    timeout = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(
        timeout=timeout, connector=aiohttp.TCPConnector(limit=0), auto_decompress=False
    ) as session:
        point = Checkpoint(session, targets, again)
        app = web.Application(client_max_size=MOST)
        app.router.add_route("*", "/{rest:.*}", point.carry)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        async with serving(runner) as url:
            point.url = url
            yield point


class Snare:
    """Holds whatever comes to it until it is let go, which breaks the line; says when something came."""

    def __init__(self) -> None:
        self.caught = asyncio.Event()
        self._free = asyncio.Event()

    async def hold(self) -> None:
        """Stay here.

        Raises:
            Broken: at the end.
        """
        self.caught.set()
        await self._free.wait()
        raise Broken

    def release(self) -> None:
        """Break the line for all that is held."""
        self._free.set()
