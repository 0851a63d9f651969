"""The HTTP routes of the supervisor's page: files for everybody, data for those who may see it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.complaint.colleagues import Colleague

PREFIX: Final = "/desk/"
SCHEME: Final = "tma"
"""How the page shows what Telegram signed: `Authorization: tma <initData>`."""
VIEWS: Final = ("me", "board", "case", "promises", "figures")
ANCESTORS: Final = ("https://web.telegram.org", "https://webk.telegram.org", "https://weba.telegram.org")
"""Telegram's clients in a browser show the page in a frame; every other client opens it by itself."""
_PAGE: Final = Path(__file__).with_name("page")
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}
_JSON: Final = "application/json"
_encode = msgspec.json.encode


class Turned(Exception):
    """The request is refused. `reason` is a key of the page's words, `status` the HTTP status."""

    def __init__(self, status: int, reason: str, retry_after: int | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.retry_after = retry_after


class Keeper(Protocol):
    """Decides who may use the page, and provides its data. Both calls may raise `Turned`."""

    async def admit(self, signed: str) -> Colleague:
        """The person that Telegram vouches for."""
        ...

    async def show(self, view: str, guest: Colleague, asked: Mapping[str, str]) -> Mapping[str, Any]:
        """The data of one of `VIEWS`."""
        ...

    def words(self, language: str) -> Mapping[str, Any]:
        """The page's own words."""
        ...


def miniapp(keeper: Keeper, also_in: tuple[str, ...] = ()) -> list[BaseRoute]:
    """The routes under `PREFIX`. `also_in`: further origins that may show the page in a frame."""
    page = _Page(keeper, _headers((*ANCESTORS, *also_in)))
    return [
        Route("/desk", _home),
        Route(PREFIX, page.file),
        Route(f"{PREFIX}api/{{view}}", page.data),
        Route(f"{PREFIX}words/{{language}}", page.words),
        Route(f"{PREFIX}{{name}}", page.file),
    ]


@dataclass(frozen=True, slots=True)
class _Page:
    keeper: Keeper
    headers: Mapping[str, str] = field(default_factory=dict)

    async def file(self, request: Request) -> Response:
        """A file of the page: everybody may have it, there is nothing in it."""
        found = _files().get(request.path_params.get("name", "index.html"))
        if found is None:
            return Response("Not here.\n", 404, self.headers, "text/plain")
        return self._kept(request, *found)

    async def words(self, request: Request) -> Response:
        """The words of the page in one language."""
        language = request.path_params["language"].removesuffix(".json")
        return self._kept(request, _encode(self.keeper.words(language)), _JSON)

    async def data(self, request: Request) -> Response:
        """What the page shows, for whoever may see it."""
        view = request.path_params["view"]
        scheme, _, signed = request.headers.get("authorization", "").partition(" ")
        if view not in VIEWS:
            return self._away(Turned(404, "nothing"))
        if scheme.lower() != SCHEME:
            return self._away(Turned(401, "unsigned"))
        try:
            guest = await self.keeper.admit(signed)
            told = await self.keeper.show(view, guest, dict(request.query_params))
        except Turned as away:
            return self._away(away)
        return Response(_encode(told), 200, {**self.headers, "Cache-Control": "no-store"}, _JSON)

    def _away(self, away: Turned) -> Response:
        headers = {**self.headers, "Cache-Control": "no-store"}
        if away.retry_after is not None:
            headers["Retry-After"] = str(away.retry_after)
        return Response(_encode({"refused": away.reason}), away.status, headers, _JSON)

    def _kept(self, request: Request, body: bytes, kind: str) -> Response:
        """What a browser may keep, and asks about each time."""
        tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        headers = {**self.headers, "Cache-Control": "no-cache", "ETag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(None, 304, headers)
        return Response(body, 200, headers, kind)


async def _home(_request: Request) -> Response:
    # relative: a proxy may have put the house under a path of its own
    return RedirectResponse("desk/", 307)


@cache
def _files() -> Mapping[str, tuple[bytes, str]]:
    """Every file of the page by its name."""
    return {
        file.name: (file.read_bytes(), _TYPES[file.suffix])
        for file in sorted(_PAGE.iterdir())
        if file.suffix in _TYPES
    }


def _headers(ancestors: tuple[str, ...]) -> Mapping[str, str]:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
        f"form-action 'none'; frame-ancestors {' '.join(ancestors)}"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
