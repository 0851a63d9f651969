"""How close the courier comes to Telegram's limits: a burst of customers, a steady load, its own share of the time.

Run `python -m tests.benchmarks.bursts [--only NAME] [--seconds 40]`.

The bot is `complaint-bot run` with an SQLite file at full durability, a process of its own on core 0; the little
Telegram, one on core 1, holds the documented limits (overall, 1 a second and 3 at once in a private chat, 20 a
minute in a group), answers 429 to what is beyond them, and takes 60 ms to answer each call. The settle time is
long, so that each customer gets the first acknowledgement and nothing else.

A burst: everybody has written when the bot is let go.

* `last ack`: seconds from then until the last of them had the first acknowledgement; beside it the optimum,
  customers / limit, and the quotient (the bar: 1.05);
* `use`: messages a second while there was a backlog, in per cent of the limit: from the second after the first
  acknowledgement to the last (the bar: 95);
* `fullest`: the most that came in within any one second, by the little Telegram's clock: never above the limit;
* `429`: refusals (the bar: 0);
* `kept from it`: how long the bot was ready to work while others had its core: not its own doing.

A stream: customers write one after another at 90 % of the limit, evenly or by chance (Poisson). The wait goes
from the customer's message to the acknowledgement's coming in, without the network's 60 ms. By chance more than
the limit write in some seconds: `at best` is what somebody who breaks no limit and loses no time would reach
with the same arrivals.

`own share` is a stream of 100 a second under a limit of 1,000: what the bot itself takes of a reply, from the
message's being there to the call's coming in, poll and both ways of HTTP included.
"""

import argparse
import asyncio
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.crash.brand import quick_brand
from tests.outpost import LittleTelegram, little_telegram, posted
from tests.processes import Running

WORDS = "上周买的电热壶不通电"
BOT_CORE, TELEGRAM_CORE = 0, 1
NETWORK = 0.06
LOOK = 0.25
LONG = 600.0
"""A settle time that no run outlives."""
TOO_MANY = 429
SHORT = 5.0
"""Seconds; the use of the limit says nothing about less."""
CLEAR = 2.0
"""Seconds after the bot's opening, in which the calls of its start leave every window."""


@dataclass(slots=True)
class Watched:
    """The calls that came in, as the little Telegram noted them."""

    telegram: LittleTelegram
    seen: int
    acks: dict[int, float] = field(default_factory=dict)
    """When each customer's first acknowledgement came in."""
    moments: list[float] = field(default_factory=list)
    refused: int = 0

    async def look(self) -> None:
        """Take in what is new."""
        calls: list[dict[str, Any]] = await self.telegram.see("calls", after=self.seen)
        self.seen += len(calls)
        for one in calls:
            chat, at = one["chat_id"], float(one["at"])
            self.refused += one["code"] == TOO_MANY
            if one["code"] != 200 or chat is None or one["method"] in ("sendChatAction", "getChatMember"):
                continue
            self.moments.append(at)
            if one["method"] == "sendMessage" and chat > 0:
                self.acks.setdefault(chat, at)

    async def until(self, customers: int, patience: float) -> None:
        """Look until so many have their acknowledgement."""
        async with asyncio.timeout(patience):
            while len(self.acks) < customers:
                await asyncio.sleep(LOOK)
                await self.look()

    def fullest(self) -> int:
        """The most calls within any second."""
        first, most = 0, 0
        for number, moment in enumerate(self.moments):
            while self.moments[first] <= moment - 1.0:
                first += 1
            most = max(most, number - first + 1)
        return most


class Held:
    """What a run takes of the two cores, and for how long the bot was ready to work and its core was not its own."""

    def __init__(self, bot: Running, telegram: Running) -> None:
        self._bot, self._telegram = bot, telegram
        self._cpu, self._telegram_cpu = bot.cpu_seconds(), telegram.cpu_seconds()
        self._kept_waiting = self._waited()

    def _waited(self) -> float:
        told = Path(f"/proc/{self._bot.process.pid}/schedstat").read_text(encoding="ascii")
        return int(told.split()[1]) / 1e9

    def told(self, seconds: float, acks: int) -> str:
        """In one line: CPU for each acknowledgement, and the shares of the time in per cent."""
        cpu = self._bot.cpu_seconds() - self._cpu
        telegram = self._telegram.cpu_seconds() - self._telegram_cpu
        waited = self._waited() - self._kept_waiting
        return (
            f"CPU {1e6 * cpu / acks:.0f} us/ack; core 0: bot {100 * cpu / seconds:.0f} %, "
            f"kept from it {100 * waited / seconds:.0f} %; Telegram {100 * telegram / seconds:.0f} % of core 1"
        )


@asynccontextmanager
async def office(folder: Path, limit: int) -> AsyncIterator[tuple[LittleTelegram, Running]]:
    """The bot and its Telegram, both holding this overall limit."""
    brand = quick_brand(folder, LONG)
    async with (
        little_telegram(folder, core=TELEGRAM_CORE) as telegram,
        posted(folder, telegram, core=BOT_CORE, brand=brand, messages_per_second=limit) as post,
    ):
        await telegram.do("limits", per_second=limit, per_private_chat=1, burst=3, per_group_minute=20)
        await telegram.do("delay_next", method="*", seconds=NETWORK, times=10**9)
        running = await post.open()
        await asyncio.sleep(CLEAR)
        yield telegram, running


async def watched(telegram: LittleTelegram) -> Watched:
    """What comes in from now on."""
    return Watched(telegram, (await telegram.see("counts"))["calls"])


async def burst(folder: Path, customers: int, limit: int) -> str:
    """Everybody at once."""
    async with office(folder, limit) as (telegram, bot):
        bot.process.send_signal(signal.SIGSTOP)
        watch = await watched(telegram)
        await telegram.do("crowd", customers=customers, texts=[WORDS])
        held, begun = Held(bot, telegram.running), time.time()
        bot.process.send_signal(signal.SIGCONT)
        await watch.until(customers, 60 + 3 * customers / limit)
        shares = held.told(time.time() - begun, customers)
    acks = sorted(watch.acks.values())
    last, best = acks[-1] - begun, customers / limit
    # the second in which the first went holds a whole limit's worth at once
    span = acks[-1] - acks[0] - 1
    rate = sum(acks[0] + 1 <= at <= acks[-1] for at in watch.moments) / span if span > SHORT else 0.0
    use = f"{100 * rate / limit:5.1f} %" if rate else "-"
    return (
        f"burst of {customers:6} at {limit:5}/s: last ack {last:6.2f} s, optimum {best:6.2f} s "
        f"(x {last / best:4.2f}), first {acks[0] - begun:4.2f} s, use {use}, "
        f"fullest second {watch.fullest()}, 429: {watch.refused}, {shares}"
    )


async def stream(folder: Path, limit: int, rate: float, seconds: float, *, by_chance: bool) -> str:
    """One after another."""
    chance, count = Random(1), int(rate * seconds)  # noqa: S311 - no secret
    gaps = [chance.expovariate(rate) if by_chance else 1 / rate for _ in range(count)]
    async with office(folder, limit) as (telegram, bot):
        people = [await telegram.new_customer(f"Customer {number}") for number in range(count)]
        watch, wrote = await watched(telegram), dict[int, float]()
        held, begun = Held(bot, telegram.running), time.time()

        async def say(person: int) -> None:
            wrote[person] = time.time()
            await telegram.do("say", person_id=person, text=WORDS)

        moment = time.time()
        async with asyncio.TaskGroup() as group:
            for person, gap in zip(people, gaps, strict=True):
                moment += gap
                await asyncio.sleep(max(0.0, moment - time.time()))
                group.create_task(say(person))
        await watch.until(count, 60)
        shares = held.told(time.time() - begun, count)
    waits = [watch.acks[person] - at for person, at in wrote.items()]
    words = "by chance" if by_chance else "evenly"
    return (
        f"stream of {rate:5.0f}/s at {limit:5}/s, {words:9}: p50 {_part(waits, 50)}, p99 {_part(waits, 99)} "
        f"(at best {_part(at_best(sorted(wrote.values()), limit), 99)}), "
        f"fullest second {watch.fullest()}, 429: {watch.refused}, {shares}"
    )


def at_best(arrivals: Sequence[float], limit: int) -> list[float]:
    """Waits where each leaves at once, or as soon as the one `limit` places before is a second old."""
    left: list[float] = []
    for number, at in enumerate(arrivals):
        left.append(max(at, left[number - limit] + 1.0) if number >= limit else at)
    return [gone - at for gone, at in zip(left, arrivals, strict=True)]


def _part(waits: Sequence[float], percent: int) -> str:
    return f"{1000 * statistics.quantiles(waits, n=100)[percent - 1]:4.0f} ms"


def benches(seconds: float) -> dict[str, Callable[[Path], Coroutine[Any, Any, str]]]:
    """Every row by its name."""
    return {
        "100": lambda folder: burst(folder, 100, 30),
        "1000": lambda folder: burst(folder, 1000, 30),
        "10000": lambda folder: burst(folder, 10_000, 300),
        "1000 raised": lambda folder: burst(folder, 1000, 1000),
        "10000 raised": lambda folder: burst(folder, 10_000, 1000),
        "even": lambda folder: stream(folder, 30, 27, seconds, by_chance=False),
        "chance": lambda folder: stream(folder, 30, 27, seconds, by_chance=True),
        "own share": lambda folder: stream(folder, 1000, 100, seconds / 2, by_chance=True),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bursts")
    parser.add_argument("--only", action="append", choices=list(benches(1)), help="this row; may be repeated")
    parser.add_argument("--seconds", type=float, default=40, help="of the streams")
    given = parser.parse_args()
    for name, bench in benches(given.seconds).items():
        if given.only is None or name in given.only:
            with tempfile.TemporaryDirectory(prefix="complaint-bot-bench-") as folder:
                sys.stdout.write(f"{name:13} {asyncio.run(bench(Path(folder)))}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
