"""Serves the web page: plain files beside this module."""

from pathlib import Path

from aiohttp import web

_ROOT = Path(__file__).parent / "page"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; frame-src http://127.0.0.1:* http://localhost:*; "
    "frame-ancestors 'self'"
)


def page_response(path: str) -> web.Response:
    """Give a file of the page, or 404."""
    name = path.lstrip("/") or "index.html"
    file = (_ROOT / name).resolve()
    if file.suffix not in _TYPES or not file.is_relative_to(_ROOT.resolve()) or not file.is_file():
        return web.Response(status=404, text="Not Found")
    return web.Response(
        body=file.read_bytes(),
        content_type=_TYPES[file.suffix],
        charset="utf-8",
        headers={"Cache-Control": "no-cache", "Content-Security-Policy": _POLICY},
    )
