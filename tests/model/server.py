"""A local model endpoint that behaves as told: well, slowly, wrongly, or not at all."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.complaint.evolving import replace
from bot.complaint.reading import Language, Reading
from bot.reading import Reader
from bot.reading.reader import Question
from tests.serving import serving

Does = Callable[[web.Request], Awaitable[web.StreamResponse]]
EMPTY_SLOTS: dict[str, list[str]] = {
    "order_no": [],
    "phone": [],
    "purchase_date": [],
    "product": [],
    "batch_no": [],
}


def answer(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """An answer in the right shape that says nothing, but for these fields."""
    nothing = {
        "category": "none",
        "is_complaint": False,
        "emotion": 0,
        "danger": [],
        "remedy": None,
        "slots": EMPTY_SLOTS,
    }
    return nothing | fields


def completion(content: str | None) -> web.Response:
    """What an endpoint wraps a model's words in."""
    return web.json_response({"choices": [{"message": {"role": "assistant", "content": content}}]})


@dataclass(slots=True)
class ModelServer:
    """Answers every question by `does`, and keeps what it was asked."""

    url: str = ""
    does: Does | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    was_asked: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def words(self) -> list[str]:
        """The customers' words in the questions."""
        return [json.loads(one["messages"][1]["content"])["customer_words"] for one in self.asked]

    def says(self, content: str | dict[str, Any]) -> None:
        """From now on it writes this."""
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)

        async def write(_: web.Request) -> web.StreamResponse:
            return completion(text)

        self.does = write

    def says_when_allowed(self, content: dict[str, Any]) -> None:
        """From now on it writes this as soon as `may_answer` is set, and not before."""

        async def write(_: web.Request) -> web.StreamResponse:
            await self.may_answer.wait()
            return completion(json.dumps(content, ensure_ascii=False))

        self.does = write

    def refuses(self, status: int, **headers: str) -> None:
        """From now on it answers with this status."""

        async def refuse(_: web.Request) -> web.StreamResponse:
            return web.Response(status=status, headers=headers, text="no")

        self.does = refuse

    def breaks_off(self) -> None:
        """From now on it drops the line in the middle of its answer."""

        async def drop(request: web.Request) -> web.StreamResponse:
            begun = web.StreamResponse(headers={"Content-Length": "1000"})
            await begun.prepare(request)
            await begun.write(b'{"choices": [')
            if request.transport is not None:
                request.transport.abort()
            return begun

        self.does = drop

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Keep the question, and do what is to be done."""
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("Authorization"))
        self.was_asked.set()
        if self.does is None:
            raise AssertionError("nobody said what to answer")
        return await self.does(request)


@asynccontextmanager
async def model_server() -> AsyncIterator[ModelServer]:
    """Start one on a free port."""
    server = ModelServer()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    async with serving(runner) as url:
        server.url = f"{url}/v1"
        try:
            yield server
        finally:
            server.may_answer.set()


class Hazy:
    """The built-in reader, unsure of everything, and blind to dangers and wishes in texts that hold these words."""

    def __init__(self, reader: Reader, blind_to: str | None = None) -> None:
        self._reader = reader
        self._blind_to = blind_to

    def read(self, text: str, *, lang_hint: Language | None = None, asked: str | None = None) -> Reading:
        """What the built-in reader reads, less sure, and with less of it."""
        found = replace(self._reader.read(text, lang_hint=lang_hint, asked=asked), confidence=0.3)
        if self._blind_to is not None and self._blind_to in text:
            return replace(found, risks=(), hazard=False, intents=frozenset(), remedy=None)
        return found

    def read_ahead(self, questions: Iterable[Question]) -> None:
        """As the built-in reader does."""
        self._reader.read_ahead(questions)
