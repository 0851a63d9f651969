"""The HTTP client for the Bot API: our own calls, and python-telegram-bot's `BaseRequest`.

aiohttp is used for the rare cases: files, the library's own calls, a proxy, a server with a password. Every address
contains the token, and aiohttp puts addresses into its errors. So errors are raised anew, outside every `except`,
without quoting or chaining the original.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final, TypeAlias

import aiohttp
import msgspec
from telegram._utils.types import ODVInput
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.complaint.letters import Enclosed
from bot.telegram.refusals import NotReached, refusal
from bot.telegram.wire import CONNECT, KEEP_ALIVE, Answer, Broken, Unconnected, Wire

CONNECTIONS: Final = 256
"""At most; only as many are opened as calls are under way at once."""
PATIENCE: Final = 20.0
"""Seconds an answer may take before its outcome counts as unknown."""
DOWNLOAD_PATIENCE: Final = 120.0
"""Seconds a file may take: 20 MB on a slow line."""
OK_BELOW: Final = 300
TOO_BIG: Final = "file is too big"
"""Telegram's own sentence, for what it says only while it sends."""

Patience: TypeAlias = ODVInput[float]

_JSON: Final = {"Content-Type": "application/json"}
_url = lru_cache(maxsize=256)(lambda url: URL(url, encoded=True))
_timeout = lru_cache(maxsize=64)(lambda total: aiohttp.ClientTimeout(total=total, connect=CONNECT))


class HttpClient(BaseRequest):
    """Connections to one Bot API server, kept open between calls.

    Args:
        connections: how many calls may be under way at once; further ones wait.
        patience: seconds until an answer is given up.
        proxy: address of an HTTP proxy, if Telegram is reached through one.
    """

    __slots__ = ("_connections", "_patience", "_proxy", "_session", "_wire")

    def __init__(
        self, *, connections: int = CONNECTIONS, patience: float = PATIENCE, proxy: str | None = None
    ) -> None:
        self._connections = connections
        self._patience = patience
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._wire: Wire | None = None

    def __repr__(self) -> str:
        """No address: it would carry the token."""
        return f"<HttpClient connections={self._connections}>"

    @property
    def read_timeout(self) -> float | None:
        """Seconds until an answer is given up."""
        return self._patience

    async def initialize(self) -> None:
        """Make ready for calls; a second time changes nothing."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE),
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
                auto_decompress=False,
                proxy=self._proxy,
            )
            self._wire = Wire(self._connections) if self._proxy is None else None

    async def shutdown(self) -> None:
        """Close every connection."""
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def ask(self, url: str, body: bytes, *, patience: float | None = None) -> bytes:
        """Call a method with a JSON body; the whole answer as it came.

        Raises:
            TelegramError: refused (by its kind), `NotReached` (nothing happened), or `TimedOut` and
                `NetworkError` (perhaps it happened).
        """
        if self._wire is None or "@" in url:
            status, answer = await self._exchange("POST", url, body, _JSON, patience or self._patience)
        else:
            status, answer = await _posted(self._wire, url, body, patience or self._patience)
        if status < OK_BELOW:
            return answer
        raise refusal(status, answer)

    def hand(self, url: str, body: bytes, landed: Callable[[bytes | TelegramError], None]) -> bool:
        """As `ask`, without waiting: `landed` gets what `ask` returns or raises. False: a call has to wait."""
        if self._wire is None or "@" in url:
            return False
        return self._wire.hand(url, body, self._patience, lambda answer: landed(_understood(answer)))

    async def send(self, url: str, body: Mapping[str, Any], part: str, file: Enclosed) -> bytes:
        """Call a method with a file of ours; the whole answer as it came.

        Raises:
            TelegramError: as `ask`.
        """
        form = aiohttp.FormData(quote_fields=False)
        for name, value in body.items():
            form.add_field(name, value if isinstance(value, str) else msgspec.json.encode(value).decode())
        form.add_field(part, file.data, filename=file.name, content_type=file.mime)
        status, answer = await self._exchange("POST", url, form, {}, self._patience)
        if status < OK_BELOW:
            return answer
        raise refusal(status, answer)

    async def fetch(self, url: str, most: int) -> bytes:
        """A file of at most `most` bytes; what is larger is not read to its end.

        Raises:
            TelegramError: as `ask`; `BadRequest` when the file is larger, or no longer there.
        """
        status, answer = await self._exchange("GET", url, None, {}, DOWNLOAD_PATIENCE, most)
        if len(answer) > most:
            raise BadRequest(TOO_BIG)
        if status < OK_BELOW:
            return answer
        if status == HTTPStatus.NOT_FOUND:
            # for a method this would mean the token; it was good a moment ago, when the path was asked for
            raise BadRequest("the file is no longer there")
        raise refusal(status, answer)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Patience = BaseRequest.DEFAULT_NONE,
        write_timeout: Patience = BaseRequest.DEFAULT_NONE,
        connect_timeout: Patience = BaseRequest.DEFAULT_NONE,
        pool_timeout: Patience = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Serve the library's own calls; of its four time limits the longest holds for the whole exchange."""
        given = [
            t
            for t in (read_timeout, write_timeout, connect_timeout, pool_timeout)
            if isinstance(t, float | int)
        ]
        body, headers = _body_of(request_data)
        status, answer = await self._exchange(method, url, body, headers, max(given, default=self._patience))
        if status < OK_BELOW:
            return status, answer
        raise refusal(status, answer)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; one that is no JSON is not logged, because it may hold a customer's words."""
        try:
            return msgspec.json.decode(payload, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError):
            pass
        raise NetworkError("the answer is no JSON")

    async def _exchange(
        self,
        method: str,
        url: str,
        body: bytes | aiohttp.FormData | None,
        headers: dict[str, str],
        patience: float,
        most: int | None = None,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotReached("the line is closed")
        fault: TelegramError
        try:
            async with self._session.request(
                method,
                _url(url),
                data=body,
                headers=headers,
                timeout=_timeout(patience),
                allow_redirects=False,
            ) as answer:
                return answer.status, await _content(answer, most)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            fault = NotReached(f"not reached: {type(error).__name__}")
        except TimeoutError:
            fault = TimedOut("no answer in time")
        except (aiohttp.ClientError, OSError) as error:
            fault = NetworkError(f"the line broke: {type(error).__name__}")
        raise fault


async def _posted(wire: Wire, url: str, body: bytes, patience: float) -> tuple[int, bytes]:
    fault: TelegramError
    try:
        return await wire.post(url, body, patience)
    except (Unconnected, TimeoutError, Broken) as error:
        fault = _fault(error)
    raise fault


def _fault(error: Exception) -> TelegramError:
    """What a call without an answer means."""
    if isinstance(error, Unconnected):
        return NotReached(f"not reached: {error}")
    if isinstance(error, TimeoutError):
        return TimedOut("no answer in time")
    return NetworkError(f"the line broke: {error}")


def _understood(answer: Answer) -> bytes | TelegramError:
    if isinstance(answer, Exception):
        return _fault(answer)
    status, body = answer
    return body if status < OK_BELOW else refusal(status, body)


async def _content(answer: aiohttp.ClientResponse, most: int | None) -> bytes:
    """The whole response; if it is larger than `most`, only slightly more than that."""
    if most is None:
        return await answer.read()
    parts = bytearray()
    async for part in answer.content.iter_any():
        parts += part
        if len(parts) > most:
            break
    return bytes(parts)


def _body_of(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None:
        return None, {}
    if not data.contains_files:
        return msgspec.json.encode(data.parameters), _JSON
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, {}
