"""How long others wait while one chat floods, beside python-telegram-bot's processor with a lock per chat.

Run `python -m tests.benchmarks.fairness [--rounds 3] [--way polling|webhook]`.

One customer sends 200 messages in a row, then 20 others send one each; each call of the bot's is answered after
100 ms. Both programs are processes of their own on core 0 and are let go when all has been written; the little
Telegram is on core 1. A row tells how long the others waited for their first answer, from letting the bot go:
the middle one of them and the last, as median over the rounds. `alone` is the same without the flood, and the
delay is the difference of the last ones (the bar: 50 ms).

With a webhook each chat's updates come one after another, each when the one before was taken. So there is a second
measure: once the flood is under way it goes on, three messages before each of the others', and each of them is
timed from their own words (`meanwhile`).
"""

import argparse
import asyncio
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, BaseUpdateProcessor, ContextTypes, MessageHandler, filters

from tests.benchmarks.bursts import BOT_CORE, LONG, TELEGRAM_CORE, Watched, watched
from tests.crash.brand import quick_brand
from tests.outpost import LittleTelegram, little_telegram, posted
from tests.ports import free_port
from tests.processes import TOKEN, Running, clean_environment

FLOOD, OTHERS = 200, 20
LONG_FLOOD, BETWEEN, GAP = 1000, 3, 0.1
"""Messages of a flood that outlasts the others, those before each of the others', and seconds between two others."""
NETWORK = 0.1
SLOTS = 64
"""Updates that the library works on at once."""
WORDS = "上周买的电热壶不通电"

Place = Callable[[Path, int | None], AbstractAsyncContextManager[tuple[LittleTelegram, Running]]]
"""A program with its Telegram; the port is the webhook's, if it has one."""


class OneChatAtATime(BaseUpdateProcessor):
    """The library's way to keep the order within a chat: its processor with a lock for each chat."""

    def __init__(self) -> None:
        super().__init__(SLOTS)
        self._locks: dict[int, asyncio.Lock] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """One after another within a chat."""
        chat = update.effective_chat.id if isinstance(update, Update) and update.effective_chat else 0
        async with self._locks.setdefault(chat, asyncio.Lock()):
            await coroutine

    async def initialize(self) -> None:
        """Nothing to make ready."""

    async def shutdown(self) -> None:
        """Nothing to put away."""


async def _echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def echo() -> None:
    """The library's echo bot with that processor, until it is told to stop."""
    url, token, *port = sys.argv[2:]
    builder = Application.builder().token(token).base_url(f"{url}/bot")
    application: Any = builder.concurrent_updates(OneChatAtATime()).build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, _echo))
    if port:
        asyncio.run(_brought(application, int(port[0])))
    else:
        application.run_polling(allowed_updates=Update.ALL_TYPES)


async def _brought(application: Any, port: int) -> None:  # noqa: ANN401 - a type with six parameters
    """As its example with a web server of one's own does it: each update goes into the queue."""

    async def take(request: Request) -> Response:
        update = Update.de_json(msgspec.json.decode(await request.body()), application.bot)
        await application.update_queue.put(update)
        return Response()

    app = Starlette(routes=[Route("/hook", take, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    await application.bot.set_webhook(f"http://127.0.0.1:{port}/hook", allowed_updates=Update.ALL_TYPES)
    async with application:
        await application.start()
        await server.serve()
        await application.stop()


@asynccontextmanager
async def ours(folder: Path, port: int | None) -> AsyncIterator[tuple[LittleTelegram, Running]]:
    """The bot."""
    brought = {
        "webhook_url": f"http://127.0.0.1:{port}/hook",
        "webhook_secret": "of_no_worth",
        "listen": f"127.0.0.1:{port}",
    }
    given: dict[str, Any] = {"brand": quick_brand(folder, LONG), "messages_per_second": 1000}
    async with (
        little_telegram(folder, core=TELEGRAM_CORE) as telegram,
        posted(folder, telegram, core=BOT_CORE, **given, **(brought if port else {})) as post,
    ):
        yield telegram, await post.open()


@asynccontextmanager
async def library(folder: Path, port: int | None) -> AsyncIterator[tuple[LittleTelegram, Running]]:
    """The echo bot."""
    async with little_telegram(folder, core=TELEGRAM_CORE) as telegram:
        bot = await Running.start(
            *("-m", "tests.benchmarks.fairness", "echo", telegram.url, TOKEN, *([str(port)] if port else [])),
            cwd=folder,
            env=clean_environment(),
            core=BOT_CORE,
        )
        try:
            await telegram.sees_call("setWebhook" if port else "deleteWebhook")
            yield telegram, bot
        finally:
            await bot.kill()


class Crowd:
    """One who floods, and the others."""

    def __init__(self, telegram: LittleTelegram, watch: Watched, flooder: int, people: list[int]) -> None:
        self._telegram = telegram
        self._watch = watch
        self._flooder = flooder
        self._people = people
        self._wrote: dict[int, float] = {}

    @classmethod
    async def gathered(cls, telegram: LittleTelegram) -> "Crowd":
        """All of them; from now on each call takes its time."""
        people = [await telegram.new_customer(f"Customer {number}") for number in range(OTHERS)]
        flooder = await telegram.new_customer("Flood")
        await telegram.do("delay_next", method="*", seconds=NETWORK, times=10**9)
        return cls(telegram, await watched(telegram), flooder, people)

    async def flood(self, count: int) -> None:
        """So many messages in a row."""
        for number in range(count):
            await self._telegram.do("say", person_id=self._flooder, text=f"{WORDS} {number}")

    async def others(self, between: int = 0, gap: float = 0.0) -> None:
        """Each of the others writes; the flood goes on between them."""
        for person in self._people:
            await asyncio.sleep(gap)
            await self.flood(between)
            self._wrote[person] = time.time()
            await self._telegram.do("say", person_id=person, text=WORDS)

    async def waits(self, since: float = 0.0) -> list[float]:
        """Seconds that each of the others waited, from then on or from their own words."""
        async with asyncio.timeout(120):
            while not set(self._people) <= set(self._watch.acks):
                await asyncio.sleep(0.1)
                await self._watch.look()
        return sorted(self._watch.acks[one] - max(since, at) for one, at in self._wrote.items())


async def let_go(place: Place, folder: Path, port: int | None, *, floods: bool) -> list[float]:
    """Everybody has written when the program is let go."""
    async with place(folder, port) as (telegram, bot):
        await asyncio.sleep(2.0)
        crowd = await Crowd.gathered(telegram)
        bot.process.send_signal(signal.SIGSTOP)
        await crowd.flood(FLOOD if floods else 0)
        await crowd.others()
        begun = time.time()
        bot.process.send_signal(signal.SIGCONT)
        return await crowd.waits(begun)


async def meanwhile(place: Place, folder: Path, port: int | None, *, floods: bool) -> list[float]:
    """The others write while the flood is worked off and goes on."""
    async with place(folder, port) as (telegram, bot):
        await asyncio.sleep(2.0)
        crowd = await Crowd.gathered(telegram)
        bot.process.send_signal(signal.SIGSTOP)
        await crowd.flood(LONG_FLOOD if floods else 0)
        bot.process.send_signal(signal.SIGCONT)
        await crowd.others(BETWEEN if floods else 0, GAP)
        return await crowd.waits()


async def measure(rounds: int, way: str) -> str:
    """Every row, in turn."""
    lines = []
    for how in (let_go, meanwhile) if way == "webhook" else (let_go,):
        found: dict[tuple[str, bool], list[list[float]]] = {}
        for _ in range(rounds):
            for who, place in (("ours", ours), ("library", library)):
                for floods in (False, True):
                    port = free_port() if way == "webhook" else None
                    with tempfile.TemporaryDirectory(prefix="complaint-bot-bench-") as folder:
                        waited = await how(place, Path(folder), port, floods=floods)
                    found.setdefault((who, floods), []).append(waited)
        lines += _rows(f"{way}, {how.__name__}", found)
    return "\n".join(lines)


def _rows(title: str, found: dict[tuple[str, bool], list[list[float]]]) -> list[str]:
    middle = {name: statistics.median(one[OTHERS // 2] for one in waited) for name, waited in found.items()}
    last = {name: statistics.median(one[-1] for one in waited) for name, waited in found.items()}
    lines = [title]
    for name in found:
        beside = "beside the flood" if name[1] else "alone"
        numbers = f"middle {1000 * middle[name]:7.0f} ms, last {1000 * last[name]:7.0f} ms"
        lines.append(f"  {f'{name[0]}, {beside}':26} {numbers}")
    for who in ("ours", "library"):
        delay = [1000 * (waited[who, True] - waited[who, False]) for waited in (middle, last)]
        lines.append(
            f"  {who}: the flood delays the middle one by {delay[0]:.0f} ms, the last by {delay[1]:.0f} ms"
        )
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fairness")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--way", choices=("polling", "webhook"), default="polling")
    given = parser.parse_args()
    sys.stdout.write(asyncio.run(measure(given.rounds, given.way)) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["echo"]:
        echo()
    else:
        main()
