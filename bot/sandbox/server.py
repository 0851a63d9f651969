"""The HTTP server of a world: Bot API, control API and page on one port."""

import asyncio
import socket
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote

import msgspec
from aiohttp import web

from bot.listening import let_in_the_last
from bot.sandbox.answering import answer
from bot.sandbox.control import Control
from bot.sandbox.errors import NOT_FOUND, UNAUTHORIZED, Json
from bot.sandbox.files import Upload
from bot.sandbox.page_files import page_response
from bot.sandbox.parameters import Given
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

BACKLOG = 128
LARGEST_REQUEST = 64 * 1024 * 1024
_JSON = "application/json"
_decode = msgspec.json.decode
_encode = msgspec.json.encode
_make_request: Callable[..., web.BaseRequest] = web.BaseRequest


class SandboxServer:
    """Serves a world over HTTP: `async with SandboxServer(world) as server`, then `server.base_url`.

    Port 0 takes any free port. `base_url` is what a bot is given as the root of its Bot API server.
    """

    def __init__(self, world: World, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.world = world
        self.host = host
        self.port = port
        self.control = Control(world)
        self.webhook = Webhook(world)
        self._api = f"/bot{world.token}/"
        self._files = f"/file/bot{world.token}/"
        self._runner: web.ServerRunner | None = None
        self._listening: socket.socket | None = None

    @property
    def base_url(self) -> str:
        """The address, without a slash at its end."""
        return f"http://{self.host}:{self.port}"

    async def start(self) -> None:
        """Begin to listen.

        Raises:
            OSError: the port is taken.
        """
        handler = web.Server(self._handle, request_factory=_request, access_log=None)
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        self._listening = socket.create_server((self.host, self.port), family=family, backlog=BACKLOG)
        self._runner = web.ServerRunner(handler, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.SockSite(self._runner, self._listening).start()
        self.port = self._listening.getsockname()[1]
        self.webhook.start()

    async def stop(self) -> None:
        """Stop listening; whoever waits gets an empty answer."""
        self.world.updates.interrupt(mine=True)
        await self.webhook.stop()
        self.control.close()
        if self._runner is not None and self._listening is not None:
            await let_in_the_last([self._listening])
            await self._runner.cleanup()
            self._listening.close()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith(self._api):
            return await self._call(request, path[len(self._api) :])
        if path.startswith("/sandbox/"):
            return await self.control.handle(request)
        if path.startswith(self._files):
            return self._download(path[len(self._files) :])
        if path.startswith(("/bot", "/file/bot")):
            return _json_response(UNAUTHORIZED.body(), 401)
        return page_response(path)

    async def _call(self, request: web.BaseRequest, method: str) -> web.StreamResponse:
        try:
            given = await given_with(request)
        except (ValueError, TypeError, msgspec.DecodeError):
            return _json_response(
                {"ok": False, "error_code": 400, "description": "Bad Request: can't parse"}, 400
            )
        reply = await answer(self.world, method, given)
        if reply.body is None:
            return _broken_line(request)
        content_type = _JSON if reply.is_json else "text/html"
        return web.Response(body=reply.body, status=reply.code, content_type=content_type)

    def _download(self, path: str) -> web.Response:
        file = self.world.files.by_path.get(unquote(path))
        if file is None:
            return _json_response(NOT_FOUND.body(), 404)
        return web.Response(body=file.data, content_type="application/octet-stream")


def _request(*parts: Any) -> web.BaseRequest:  # noqa: ANN401 - aiohttp hands its own parts through
    """Make a request that may be as large as a file."""
    return _make_request(*parts, loop=asyncio.get_running_loop(), client_max_size=LARGEST_REQUEST)


def _broken_line(request: web.BaseRequest) -> web.Response:
    """Cut the connection in the middle, so that the bot learns nothing."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _json_response(body: Json, status: int = 200) -> web.Response:
    return web.Response(body=_encode(body), status=status, content_type=_JSON)


async def given_with(request: web.BaseRequest) -> Given:
    """Read the parameters of a request, however they came."""
    values: Json = (
        dict(parse_qsl(request.query_string, keep_blank_values=True)) if request.query_string else {}
    )
    if request.method != "POST" or not request.can_read_body:
        return Given(values)
    kind = request.content_type
    if kind.startswith("multipart/"):
        return _multipart(values, await request.post())
    body = await request.read()
    if kind == _JSON:
        values |= _decode(body) if body else {}
    else:
        values |= parse_qsl(body.decode(), keep_blank_values=True)
    return Given(values)


def _multipart(values: Json, parts: Mapping[str, str | bytearray | bytes | web.FileField]) -> Given:
    uploads = {}
    for name, part in parts.items():
        if isinstance(part, web.FileField):
            uploads[name] = Upload(data=part.file.read(), name=part.filename, mime=part.content_type)
        else:
            values[name] = part if isinstance(part, str) else part.decode()
    return Given(values, uploads)
