"""The control API under /sandbox/…: JSON in, JSON out; what tests in other processes and the page drive.

GET  state, messages?chat_id=&thread_id=&after=&everything=, topics?chat_id=, counts, calls?after=, pending, odd,
     commands?language=&chat_id=, events (server-sent), wait?chat_id=&after=&text=&timeout=, file/<file_id>
POST one of `DEEDS`, its arguments as a JSON object: say, press, edit, react, block, crowd, fail_next, …
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias
from urllib.parse import unquote

import msgspec
from aiohttp import web

from bot.sandbox.control_actions import DEEDS
from bot.sandbox.control_views import SIGHTS
from bot.sandbox.errors import ApiError, ImpossibleError, Json
from bot.sandbox.world import World

Handler: TypeAlias = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
_HEARTBEAT = 15.0
_encode = msgspec.json.encode
_decode = msgspec.json.decode
_END: Json = {"kind": "end"}


class Control:
    """Answers the control API of one world."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        name = request.path.removeprefix("/sandbox/")
        if _is_foreign(request):
            return _reply({"ok": False, "error": "only this server's own page may ask"}, 403)
        if name == "events":
            return await self._events(request)
        if name.startswith("file/"):
            return self._file(unquote(name.removeprefix("file/")))
        try:
            return await self._answered(request, name)
        except TimeoutError:
            return _reply({"ok": False, "error": "nothing came in time"}, 408)
        except (ImpossibleError, ApiError) as error:
            problem = str(error)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            problem = f"{type(error).__name__}: {error}"
        return _reply({"ok": False, "error": problem}, 400)

    async def _answered(self, request: web.BaseRequest, name: str) -> web.Response:
        if request.method == "GET" and name in SIGHTS:
            result: Any = SIGHTS[name](self.world, dict(request.query))
        elif request.method == "POST" and name in DEEDS:
            body = await request.read()
            result = DEEDS[name](self.world, _decode(body) if body else {})
        else:
            return _reply({"ok": False, "error": f"nothing called {name}"}, 404)
        if asyncio.iscoroutine(result):
            result = await result
        return _reply({"ok": True, "result": result})

    def _file(self, file_id: str) -> web.Response:
        try:
            file = self.world.files.find(file_id)
        except ApiError:
            return _reply({"ok": False, "error": "no such file"}, 404)
        headers = {"Cache-Control": "max-age=3600", "X-Content-Type-Options": "nosniff"}
        if file.mime.startswith(("image/", "audio/", "video/")) and "svg" not in file.mime:
            return web.Response(body=file.data, content_type=file.mime, headers=headers)
        # Anything else is handed over as a download, so that nothing runs inside the page.
        headers["Content-Disposition"] = "attachment"
        return web.Response(body=file.data, content_type="application/octet-stream", headers=headers)

    async def _events(self, request: web.BaseRequest) -> web.StreamResponse:
        stream = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream",
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",
            },
        )
        line: asyncio.Queue[Json] = asyncio.Queue()
        # before the line is open, so that whoever sees it open misses nothing
        self.world.audience.viewers.add(line)
        try:
            await stream.prepare(request)
            await self._tell(stream, line)
        except ConnectionError:
            pass
        finally:
            self.world.audience.viewers.discard(line)
        return stream

    async def _tell(self, stream: web.StreamResponse, line: asyncio.Queue[Json]) -> None:
        await stream.write(b": here\n\n")
        while True:
            event: Json | None = None
            with contextlib.suppress(TimeoutError):
                event = await asyncio.wait_for(line.get(), _HEARTBEAT)
            if event is _END:
                return
            await stream.write(b": still here\n\n" if event is None else b"data: " + _encode(event) + b"\n\n")

    def close(self) -> None:
        """Let every watcher go."""
        for line in self.world.audience.viewers:
            line.put_nowait(_END)


def _is_foreign(request: web.BaseRequest) -> bool:
    """Say whether another web page in the same browser asks; it has no business here."""
    origin = request.headers.get("Origin", "")
    return bool(origin) and origin.split("://", 1)[-1] != request.headers.get("Host")


def _reply(body: Json, status: int = 200) -> web.Response:
    return web.Response(body=_encode(body), status=status, content_type="application/json")
