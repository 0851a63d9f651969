"""One question to a model endpoint: an answer in time, or the reason why there is none."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from types import TracebackType
from typing import Any, Final, Self

import aiohttp
import msgspec

from bot.complaint.errors import ComplaintError

AT_ONCE: Final = 16
"""Questions under way at the same time."""
LARGEST: Final = 256 * 1024
"""Bytes of an answer that are read."""
_OK, _BAD_REQUEST, _UNPROCESSABLE = 200, 400, 422


class ModelSilent(ComplaintError):
    """The model gave no answer."""

    def __init__(self, reason: str, *, rest: timedelta | None = None, status: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.rest = rest
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """The address of a model, and its time limit. `url` ends before `/chat/completions`."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = 3.0


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class Session:
    """An open connection: `async with Session(endpoint) as line: await line.ask(…)`."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._strict = True
        headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
        self._session = aiohttp.ClientSession(
            headers=headers,
            connector=aiohttp.TCPConnector(limit=AT_ONCE),
            timeout=aiohttp.ClientTimeout(total=None),
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    async def __aenter__(self) -> Self:
        """The line itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up."""
        await self._session.close()

    async def ask(self, system: str, words: str, schema: dict[str, Any]) -> str:
        """What the model writes when it is given these instructions, these words, and this shape.

        Raises:
            ModelSilent: it did not answer in time, refused, broke off, or said what is no completion.
        """
        body = {
            "model": self._endpoint.model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": words}],
            "response_format": self._format(schema),
        }
        try:
            async with asyncio.timeout(self._endpoint.seconds):
                return await self._post(body)
        except TimeoutError:
            raise ModelSilent("too_slow") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise ModelSilent(f"unreachable: {type(error).__name__}") from None

    async def _post(self, body: dict[str, Any]) -> str:
        async with self._session.post(
            f"{self._endpoint.url}/chat/completions",
            data=msgspec.json.encode(body),
            headers={"Content-Type": "application/json"},
            # a key is for the address that it was given for
            allow_redirects=False,
        ) as answer:
            if answer.status != _OK:
                raise self._refused(answer)
            raw = await _read(answer)
        try:
            found = msgspec.json.decode(raw, type=_Completion)
        except msgspec.DecodeError:
            raise ModelSilent("no_completion") from None
        content = found.choices[0].message.content if found.choices else None
        if not content:
            raise ModelSilent("empty")
        return content

    def _format(self, schema: dict[str, Any]) -> dict[str, Any]:
        if not self._strict:
            return {"type": "json_object"}
        return {
            "type": "json_schema",
            "json_schema": {"name": "reading", "strict": True, "schema": schema},
        }

    def _refused(self, answer: aiohttp.ClientResponse) -> ModelSilent:
        if answer.status in (_BAD_REQUEST, _UNPROCESSABLE):
            # some endpoints know JSON and no schema: the next question asks for that, and the one after for the
            # schema again if that was not it. What comes back is held to our labels in any case.
            self._strict = not self._strict
        wait = answer.headers.get("Retry-After", "")
        rest = timedelta(seconds=int(wait)) if wait.isdecimal() and len(wait) < len("86400") else None
        return ModelSilent(f"http_{answer.status}", rest=rest, status=answer.status)


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    raw = bytearray()
    async for piece in answer.content.iter_chunked(16 * 1024):
        raw += piece
        if len(raw) > LARGEST:
            raise ModelSilent("too_long")
    return bytes(raw)
