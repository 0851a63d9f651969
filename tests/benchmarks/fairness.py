"""How long others wait while one chat floods, beside python-telegram-bot's processor with a lock per chat.

Run `python -m tests.benchmarks.fairness [--rounds 3]`.

One customer sends 200 messages in a row, then 20 others send one each; each call of the bot's is answered after
100 ms. Both programs are processes of their own on core 0 and are let go when all has been written; the little
Telegram is on core 1. A row tells how long the others waited for their first answer, from letting the bot go:
the middle one of them and the last, as median over the rounds. `alone` is the same without the flood, and the
delay is the difference of the last ones (the bar: 50 ms).
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

from telegram import Update
from telegram.ext import Application, BaseUpdateProcessor, ContextTypes, MessageHandler, filters

from tests.benchmarks.bursts import BOT_CORE, LONG, TELEGRAM_CORE, watched
from tests.crash.brand import quick_brand
from tests.outpost import LittleTelegram, little_telegram, posted
from tests.processes import TOKEN, Running, clean_environment

FLOOD, OTHERS = 200, 20
NETWORK = 0.1
SLOTS = 64
"""Updates that the library works on at once."""
WORDS = "上周买的电热壶不通电"

Place = Callable[[Path], AbstractAsyncContextManager[tuple[LittleTelegram, Running]]]


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
    url, token = sys.argv[2:]
    builder = Application.builder().token(token).base_url(f"{url}/bot")
    application = builder.concurrent_updates(OneChatAtATime()).build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, _echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


@asynccontextmanager
async def ours(folder: Path) -> AsyncIterator[tuple[LittleTelegram, Running]]:
    """The bot."""
    brand = quick_brand(folder, LONG)
    async with (
        little_telegram(folder, core=TELEGRAM_CORE) as telegram,
        posted(folder, telegram, core=BOT_CORE, brand=brand, messages_per_second=1000) as post,
    ):
        yield telegram, await post.open()


@asynccontextmanager
async def library(folder: Path) -> AsyncIterator[tuple[LittleTelegram, Running]]:
    """The echo bot."""
    async with little_telegram(folder, core=TELEGRAM_CORE) as telegram:
        bot = await Running.start(
            *("-m", "tests.benchmarks.fairness", "echo", telegram.url, TOKEN),
            cwd=folder,
            env=clean_environment(),
            core=BOT_CORE,
        )
        try:
            await telegram.sees_call("deleteWebhook")
            yield telegram, bot
        finally:
            await bot.kill()


async def waits(place: Place, folder: Path, flood: int) -> list[float]:
    """Seconds that each of the others waited."""
    async with place(folder) as (telegram, bot):
        await asyncio.sleep(2.0)
        people = [await telegram.new_customer(f"Customer {number}") for number in range(OTHERS)]
        flooder = await telegram.new_customer("Flood")
        await telegram.do("delay_next", method="*", seconds=NETWORK, times=10**9)
        bot.process.send_signal(signal.SIGSTOP)
        watch = await watched(telegram)
        for number in range(flood):
            await telegram.do("say", person_id=flooder, text=f"{WORDS} {number}")
        for person in people:
            await telegram.do("say", person_id=person, text=WORDS)
        begun = time.time()
        bot.process.send_signal(signal.SIGCONT)
        async with asyncio.timeout(120):
            while not set(people) <= set(watch.acks):
                await asyncio.sleep(0.1)
                await watch.look()
    return sorted(watch.acks[person] - begun for person in people)


async def measure(rounds: int) -> str:
    """Every row, in turn."""
    rows: dict[str, tuple[Place, int]] = {
        "ours, alone": (ours, 0),
        "ours, beside the flood": (ours, FLOOD),
        "library, alone": (library, 0),
        "library, beside the flood": (library, FLOOD),
    }
    found: dict[str, list[list[float]]] = {name: [] for name in rows}
    for _ in range(rounds):
        for name, (place, flood) in rows.items():
            with tempfile.TemporaryDirectory(prefix="complaint-bot-bench-") as folder:
                found[name].append(await waits(place, Path(folder), flood))
    middle = {name: statistics.median(one[OTHERS // 2] for one in waited) for name, waited in found.items()}
    last = {name: statistics.median(one[-1] for one in waited) for name, waited in found.items()}
    lines = [
        f"{name:26} middle {1000 * middle[name]:7.0f} ms, last {1000 * last[name]:7.0f} ms" for name in rows
    ]
    for who in ("ours", "library"):
        delay = last[f"{who}, beside the flood"] - last[f"{who}, alone"]
        lines.append(f"{who}: the flood delays the last of the others by {1000 * delay:.0f} ms")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fairness")
    parser.add_argument("--rounds", type=int, default=3)
    sys.stdout.write(asyncio.run(measure(parser.parse_args().rounds)) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["echo"]:
        echo()
    else:
        main()
