"""The two processes of whole-process tests: sandbox and bot."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from tests.processes import PATIENCE, TOKEN, Running, clean_environment, command


class LittleTelegram:
    """A Bot API server as a process of its own; people in it move through its control API."""

    def __init__(self, running: Running, url: str, session: aiohttp.ClientSession) -> None:
        self.running = running
        self.url = url
        self._session = session
        self.desk = 0
        self.agents: list[int] = []
        self.stranger = 0
        self.customer = 0

    async def look_around(self) -> None:
        """Learn who is who."""
        state = await self.see("state")
        self.desk = state["groups"][0]["id"]
        roles = {
            role: [one["id"] for one in state["people"] if one["role"] == role]
            for role in ("agent", "stranger", "customer")
        }
        self.agents, self.stranger = roles["agent"], roles["stranger"][0]
        self.customer = roles["customer"][0]

    async def see(self, sight: str, **query: object) -> Any:  # noqa: ANN401 - JSON
        """Look at something."""
        given = {key: str(value) for key, value in query.items()}
        async with self._session.get(f"{self.url}/sandbox/{sight}", params=given) as answer:
            return _result(await answer.read())

    async def do(self, deed: str, **given: object) -> Any:  # noqa: ANN401 - JSON
        """Let somebody do something.

        Raises:
            Impossible: nobody could do that now.
        """
        body = msgspec.json.encode(given)
        async with self._session.post(f"{self.url}/sandbox/{deed}", data=body) as answer:
            return _result(await answer.read())

    async def new_customer(self, name: str) -> int:
        """Somebody who has never written."""
        return int((await self.do("add_user", first_name=name))["id"])

    async def waits_for(
        self,
        chat: int,
        words: str = "",
        *,
        after: int = 0,
        thread: int | None = None,
        patience: float = PATIENCE,
    ) -> dict[str, Any]:
        """The first message of the bot's in this chat, after this number, with these words in it."""
        place = {} if thread is None else {"thread_id": thread}
        found: dict[str, Any] = await self.see(
            "wait", chat_id=chat, text=words, after=after, timeout=patience, **place
        )
        return found

    async def breathe(self, seconds: float = 0.2) -> None:
        """Wait for the bot's next message, or a moment if there is none."""
        with contextlib.suppress(Impossible):
            mark = (await self.see("state"))["mark"]
            await self.see("wait", after=mark, timeout=seconds)

    async def sees_call(self, method: str, patience: float = PATIENCE) -> None:
        """Wait until the bot has called this method."""
        async with asyncio.timeout(patience):
            while not any(one["method"] == method for one in await self.see("calls")):
                await self.breathe(0.05)

    async def history(self, chat: int) -> list[dict[str, Any]]:
        """Every message of a chat, in order."""
        found: list[dict[str, Any]] = await self.see("messages", chat_id=chat, everything=1)
        return found

    async def said_by_bot(self, chat: int) -> list[dict[str, Any]]:
        """What the bot said in a chat, in order."""
        return [one for one in await self.history(chat) if one["from"]["is_bot"] and "service" not in one]


class Impossible(AssertionError):
    """The little Telegram says no."""


def _result(body: bytes) -> Any:  # noqa: ANN401 - JSON
    answer = msgspec.json.decode(body)
    if not answer["ok"]:
        raise Impossible(answer["error"])
    return answer["result"]


@asynccontextmanager
async def little_telegram(
    folder: Path, *options: str, core: int | None = None
) -> AsyncIterator[LittleTelegram]:
    """Start one, and end it in the end."""
    running = await Running.start(
        *("-m", "bot.sandbox", "--token", TOKEN, *options), cwd=folder, env=clean_environment(), core=core
    )
    try:
        await running.until(lambda: running.out)
        async with aiohttp.ClientSession() as session:
            telegram = LittleTelegram(running, running.out[0].strip(), session)
            await telegram.look_around()
            yield telegram
            odd = await telegram.see("odd")
            assert odd == [], f"not as the Bot API is documented: {odd}"
    finally:
        await running.kill()


@dataclass(slots=True)
class Post:
    """Where one bot works: its folder, its settings, its process."""

    folder: Path
    env: dict[str, str]
    core: int | None = None
    running: Running | None = None

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.folder / "complaints.db"

    async def start(self) -> Running:
        """Start the bot; it is not yet open."""
        self.running = await Running.start("-m", "bot", "run", cwd=self.folder, env=self.env, core=self.core)
        return self.running

    async def open(self) -> Running:
        """Start the bot, and wait until it is open."""
        running = await self.start()
        await running.logged("open")
        return running

    async def export(self) -> list[dict[str, Any]]:
        """Every case, as `complaint-bot export` gives it."""
        ended = await command("export", cwd=self.folder, env=self.env, patience=120.0)
        if ended.code:
            raise AssertionError(ended.err)
        return [msgspec.json.decode(line) for line in ended.out.splitlines()]


@asynccontextmanager
async def posted(
    folder: Path, telegram: LittleTelegram, *, core: int | None = None, **settings: object
) -> AsyncIterator[Post]:
    """A bot's place against this Telegram; whatever still runs in the end is ended."""
    given: dict[str, object] = {
        "token": TOKEN,
        "api_url": telegram.url,
        "desk": telegram.desk,
        "database": f"sqlite:///{folder / 'complaints.db'}",
    }
    post = Post(folder, clean_environment(**(given | settings)), core)
    try:
        yield post
    finally:
        if post.running is not None:
            await post.running.kill()
