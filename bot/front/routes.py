"""The HTTP routes of the webhook and of `/healthz`, `/readyz` and `/metrics`."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

LARGEST: Final = 1024 * 1024
"""Bytes of a body. Telegram's updates have a few thousand."""
PATIENCE: Final = 10.0
"""Seconds that a body may take to come in."""
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
COME_AGAIN: Final = {"Retry-After": "1"}
"""The shortest that Telegram counts in; after repeated failures it waits longer by itself."""
EXPOSITION: Final = "text/plain; version=0.0.4; charset=utf-8"
PASSED_ON: Final = (
    *(
        "forwarded",
        "via",
        "x-forwarded",
        "x-real-ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-envoy-",
        "x-amz-cf-",
    ),
    *(
        "cf-connecting-ip",
        "cf-ray",
        "true-client-ip",
        "fastly-client-ip",
        "x-azure-",
        "x-original-",
        "cdn-loop",
    ),
)
"""How headers begin that a proxy adds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """The webhook.

    Args:
        secret: what every request must carry.
        take: keeps a body for good, and tells whether it did.
        strangers: called when somebody comes with another secret.
    """

    secret: str = field(repr=False)
    take: Callable[[bytes], Awaitable[bool]]
    strangers: Callable[[], None] = lambda: None

    async def hear(self, request: Request) -> Response:
        """Take one update. If it cannot be stored, the answer makes Telegram send it again."""
        try:
            return await self._heard(request)
        except asyncio.CancelledError:
            # the server stops, and waits no longer: what is not stored comes again
            return _told(503, "The bot stops.", {**COME_AGAIN, "Connection": "close"})

    async def _heard(self, request: Request) -> Response:
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), self.secret.encode()):
            self.strangers()
            return _told(403, "The secret token is missing or wrong.")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return _told(415, "Only application/json is read here.")
        try:
            async with asyncio.timeout(PATIENCE):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return _told(408, "The body did not come.", {"Connection": "close"})
        if body is None:
            return _told(413, f"More than {LARGEST} bytes.", {"Connection": "close"})
        kept = await self.take(body)
        return Response(status_code=200) if kept else _told(503, "It cannot be kept now.", COME_AGAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """The operator's views.

    Args:
        reasons: why this house cannot work now; none if it can.
        metrics: the figures, as Prometheus reads them.
    """

    reasons: Callable[[], Awaitable[list[str]]]
    metrics: Callable[[], Awaitable[bytes]]

    async def alive(self, _request: Request) -> Response:
        """`/healthz`: the process is alive and its event loop runs."""
        return _told(200, "alive")

    async def ready(self, request: Request) -> Response:
        """`/readyz`: whether the bot can work; if not, one reason per line."""
        if _passed_on(request):
            return _told(404, "Not shown from outside.")
        reasons = await self.reasons()
        return _told(503, "\n".join(reasons)) if reasons else _told(200, "ready")

    async def figures(self, request: Request) -> Response:
        """`/metrics`."""
        if _passed_on(request):
            return _told(404, "Not shown from outside.")
        return Response(await self.metrics(), headers={"Content-Type": EXPOSITION})


def application(views: Views, webhook: Webhook | None = None, page: Sequence[BaseRoute] = ()) -> Starlette:
    """All routes; `page` are those of the supervisor's page.

    Updates are taken under every path but those of the views: a proxy may change it.
    """
    routes = [
        Route("/healthz", views.alive),
        Route("/readyz", views.ready),
        Route("/metrics", views.figures),
        *page,
    ]
    if webhook is not None:
        routes.append(Route("/{path:path}", webhook.hear, methods=["POST"]))
    return Starlette(routes=routes)


def _told(status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{words}\n", status, headers)


def _passed_on(request: Request) -> bool:
    """Whether a request came through a proxy: `/metrics` is only for direct requests."""
    return any(name.startswith(PASSED_ON) for name in request.headers)


async def _body(request: Request) -> bytes | None:
    """The body; None if it is too large, of which no more is read than shows it."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and (len(length) > len(str(LARGEST)) or int(length) > LARGEST):
        return None
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            return None
        parts.append(part)
    return b"".join(parts)
