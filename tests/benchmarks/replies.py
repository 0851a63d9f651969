"""The cost of a reply, from the customer's message to the customer's screen, beside the echo bot.

Run `python -m tests.benchmarks.replies [--customers 1000] [--rounds 3] [--only NAME]`.

Every bot is a process of its own on core 0 (taskset); the little Telegram, which is also the load, is one on
core 1; they speak real HTTP. Ours is `complaint-bot run` with an SQLite file at full durability (each commit
waits for the disk) and its overall limit of messages raised; nothing else is changed for the run but the time
that the bot waits for the end of a burst (its settle time), which is a pause and no work. The others are
python-telegram-bot's echo bot with the library's default HTTP client: one update at a time, and 256 at once.

A wave is one message from each customer, all waiting at once when the bot is let go. The table shows

* `messages`, `replies`: in one round, over all its waves;
* `replies/s`: replies by the seconds from letting the bot go to its last reply, summed over the waves;
* `CPU µs/reply`: CPU of the bot's process, all threads, user and system, by its replies;
* `× echo`: the figure divided by that of the sequential echo bot (for CPU the other way round), so that more
  is better in both;
* `Telegram's CPU`: how busy core 1 was with the little Telegram, in per cent: near 100 it, not the bot, was
  what we measured.

Each figure is the median over the rounds with [least..most]. The rows of ours:

* `first words`: each customer writes for the first time; the bot opens a case, reads the complaint and sends
  the first acknowledgement;
* `whole talk`: each customer goes from the first words to an agreement in writing: acknowledgement, the
  question that follows, the answer with the order looked up, and the summary to agree to. Messages read, 4
  replies for 3 messages.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.benchmarks.crowds import Crowd, Served
from tests.crash.brand import quick_brand
from tests.outpost import little_telegram, posted
from tests.processes import TOKEN, Running, clean_environment

FIRST = "上周买的电热壶不通电"
_WHEN = ("上周", "昨天", "前天", "上个月", "周末", "周一", "刚刚", "今早", "月初", "周三")
_WHAT = ("电热壶", "电饭锅", "吹风机", "榨汁机", "加湿器", "电风扇", "电磁炉", "微波炉", "豆浆机", "吸尘器")
_HOW = (
    "不通电",
    "用不了",
    "噪音很大",
    "少了零件",
    "不加热",
    "开不了机",
    "按键失灵",
    "少了配件",
    "不工作",
    "坏了",
)
FIRSTS = tuple(f"{when}买的{what}{how}" for how in _HOW for what in _WHAT for when in _WHEN)
"""A thousand first complaints: no two customers write the same, so nothing is read that was read before."""
BOT_CORE, TELEGRAM_CORE = 0, 1
LONG = 600.0
"""A settle time that no wave outlives."""
SHORT = 0.05
REFILL = 2.5
"""Seconds in which a chat's own limit (3 at once, then 1 a second) recovers between waves."""


async def first_words(folder: Path, customers: int) -> Served:
    """Ours: the at-once acknowledgement of a first complaint."""
    async with _ours(folder, LONG) as crowd:
        return await crowd.gather(customers, FIRSTS)


async def whole_talk(folder: Path, customers: int) -> Served:
    """Ours: from the first words to the summary that is to be agreed to."""
    async with _ours(folder, SHORT) as crowd:
        served = await crowd.gather(customers, FIRSTS, replies=2)
        for words in ("订单8841", "换个新的吧"):
            await asyncio.sleep(REFILL)
            served += await crowd.write(words)
        return served


async def echo_one_by_one(folder: Path, customers: int) -> Served:
    """The echo bot as it comes."""
    async with _echo(folder) as crowd:
        return await crowd.gather(customers, FIRSTS)


async def echo_256_at_once(folder: Path, customers: int) -> Served:
    """The echo bot with concurrent_updates(256)."""
    async with _echo(folder, "256") as crowd:
        return await crowd.gather(customers, FIRSTS)


@asynccontextmanager
async def _ours(folder: Path, quiet: float) -> AsyncIterator[Crowd]:
    brand = quick_brand(folder, quiet)
    async with (
        little_telegram(folder, core=TELEGRAM_CORE) as telegram,
        posted(folder, telegram, core=BOT_CORE, brand=brand, messages_per_second=10_000) as post,
    ):
        yield Crowd(telegram, await post.open())


@asynccontextmanager
async def _echo(folder: Path, *options: str) -> AsyncIterator[Crowd]:
    async with little_telegram(folder, core=TELEGRAM_CORE) as telegram:
        bot = await Running.start(
            *("-m", "tests.benchmarks.echo", telegram.url, TOKEN, *options),
            cwd=folder,
            env=clean_environment(),
            core=BOT_CORE,
        )
        try:
            await telegram.sees_call("deleteWebhook")
            yield Crowd(telegram, bot)
        finally:
            await bot.kill()


BENCHES = {
    "first words": first_words,
    "whole talk": whole_talk,
    "echo, one by one": echo_one_by_one,
    "echo, 256 at once": echo_256_at_once,
}
ECHO = "echo, one by one"


async def measure(customers: int, rounds: int, names: Sequence[str]) -> dict[str, list[Served]]:
    """Every bench so many times, in turn, so that a busy minute of the machine hits them all."""
    served: dict[str, list[Served]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            with tempfile.TemporaryDirectory(prefix="complaint-bot-bench-") as folder:
                served[name].append(await BENCHES[name](Path(folder), customers))
    return served


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):8.0f} [{min(values):.0f}..{max(values):.0f}]"


def table(served: dict[str, list[Served]]) -> str:
    """The figures, a line each."""
    echo = served.get(ECHO)
    head = f"{'':18} {'messages':>8} {'replies':>8} {'replies/s':>22} {'× echo':>7} {'CPU µs/reply':>22}"
    lines = [f"{head} {'× echo':>7} {'Telegram’s CPU':>15}"]
    for name, rounds in served.items():
        rate = [one.replies / one.seconds for one in rounds]
        cost = [1e6 * one.cpu / one.replies for one in rounds]
        busy = statistics.median(100 * one.telegram_cpu / one.seconds for one in rounds)
        faster = cheaper = "-"
        if echo:
            base = statistics.median(one.replies / one.seconds for one in echo)
            base_cost = statistics.median(1e6 * one.cpu / one.replies for one in echo)
            faster = f"{statistics.median(rate) / base:.2f}"
            cheaper = f"{base_cost / statistics.median(cost):.2f}"
        lines.append(
            f"{name:18} {rounds[0].messages:8} {rounds[0].replies:8} {_spread(rate):>22} {faster:>7} "
            f"{_spread(cost):>22} {cheaper:>7} {busy:14.0f}%"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.replies")
    parser.add_argument("--customers", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", choices=list(BENCHES), help="this row; may be repeated")
    given = parser.parse_args()
    served = asyncio.run(measure(given.customers, given.rounds, given.only or list(BENCHES)))
    sys.stdout.write(table(served) + "\n")


if __name__ == "__main__":
    main()
