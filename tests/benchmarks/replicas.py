"""What a second replica gains, and how long the others take to take over.

Run `python -m tests.benchmarks.replicas [--customers 2000] [--rounds 3] [--share 0.25] [--takeovers 5]`.

One and two replicas of `complaint-bot run` share one PostgreSQL (writing through to the disk), poll the little
Telegram and answer a crowd's first words: case opened, complaint read, acknowledgement sent. A test machine with
two cores has none to give to a second bot, beside the server and the little Telegram. So each bot gets only its
share of a core: it runs for that part of every 40 ms, and is halted (SIGSTOP) for the rest; two bots never run at
the same moment. What one bot with a core of its own would do is that much more; how two compare with one stays.
They are halted while the crowd writes, so that all of it waits when the clock begins. `--share 1` halts nobody.

* `replies/s`: from the crowd's writing to the last reply, with every bot at its share of a core;
* `× one`: beside one replica in the same run;
* `CPU µs/reply`: of the bots (first the one that sends, then the one that fetches), of PostgreSQL, and of the
  little Telegram;
* `waited`: the part of their share in which the bots did nothing;
* `capacity`: CPU a reply of the lone bot by that of the busier one of two: what two carry beside one, when each has a
  core of its own and neither waits. Time on the clock is not in it.

Takeover: from SIGKILL, SIGSTOP or a cut cable at the holder of the posts to the first answer that a customer who
writes at that moment gets from the other, with no load beside it.
"""

import argparse
import asyncio
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

from tests.contract.cable import laid
from tests.contract.servers import Server
from tests.crash.people import FIRST
from tests.crash.replicas import Replicas, replicas
from tests.outpost import LittleTelegram, little_telegram

PERIOD = 0.04
LOOK = 0.2
PATIENCE = 300.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Served:
    """What serving a crowd took."""

    replies: int
    seconds: float
    bots: tuple[float, ...]
    """Seconds of CPU of each."""
    server: float
    telegram: float


def _turns(pids: Sequence[int], share: float, halted: Event, begin: Event, over: Event) -> None:
    """Halt all; then give each its part of every period, one after the other."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    halted.set()
    begin.wait()
    while share < 1 and not over.is_set():
        began = time.monotonic()
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
                time.sleep(PERIOD * share)
                os.kill(pid, signal.SIGSTOP)
        time.sleep(max(0.0, began + PERIOD - time.monotonic()))
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


@asynccontextmanager
async def shared_out(group: Replicas, share: float) -> AsyncIterator[Event]:
    """The bots are halted; once the event is set they run by turns."""
    context = get_context("spawn")
    halted, begin, over = context.Event(), context.Event(), context.Event()
    pids = [group.running(number).process.pid for number in range(len(group.posts))]
    turns = context.Process(target=_turns, args=(pids, share, halted, begin, over))
    turns.start()
    try:
        await asyncio.to_thread(halted.wait)
        yield begin
    finally:
        over.set()
        begin.set()
        await asyncio.to_thread(turns.join)


def cpu_of(parent: int) -> float:
    """Seconds of CPU of a process, of its children, and of those that have ended."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, rest = stat.read_text().rpartition(")")
            fields = rest.split()
            pid = int(name.split()[0])
            if parent in (pid, int(fields[1])):
                wanted = fields[11:15] if pid == parent else fields[11:13]
                total += sum(map(int, wanted)) / TICKS
    return total


async def _serve(
    group: Replicas, telegram: LittleTelegram, server: Server, customers: int, share: float
) -> Served:
    bots = [group.running(number) for number in range(len(group.posts))]
    async with shared_out(group, share) as begin:
        counts = await telegram.see("counts")
        mark, calls = counts["from_bot"], counts["calls"]
        await telegram.do("crowd", customers=customers, texts=[FIRST])
        before = [bot.cpu_seconds() for bot in bots]
        beside = cpu_of(server.pid), telegram.running.cpu_seconds()
        began = time.time()
        begin.set()
        async with asyncio.timeout(PATIENCE):
            while (await telegram.see("counts"))["from_bot"] < mark + customers:  # noqa: ASYNC110 - another process
                await asyncio.sleep(LOOK)
        await asyncio.sleep(2 * LOOK)
        found = await telegram.see("calls", after=calls)
        last = max(float(one["at"]) for one in found if one["method"] == "sendMessage")
        spent = tuple(bot.cpu_seconds() - was for bot, was in zip(bots, before, strict=True))
        theirs = cpu_of(server.pid) - beside[0], telegram.running.cpu_seconds() - beside[1]
    return Served(customers, last - began, spent, *theirs)


async def crowd(server: Server, count: int, customers: int, share: float) -> Served:
    """So many replicas serve a crowd."""
    with tempfile.TemporaryDirectory(prefix="complaint-bot-bench-") as name:
        folder = Path(name)
        async with (
            server.database() as database,
            little_telegram(folder) as telegram,
            replicas(
                *(folder, telegram, [server.address(database)] * count),
                quiet=600.0,
                messages_per_second=10_000,
            ) as group,
        ):
            await group.open()
            if count > 1:
                # the first sends, the second fetches
                await group.running(1).until(lambda: group.holder("poller") == 1)
            # plans are made and caches filled
            await telegram.do("crowd", customers=50, texts=[FIRST])
            while (await telegram.see("counts"))["from_bot"] < 50:  # noqa: ASYNC110 - as above
                await asyncio.sleep(LOOK)
            return await _serve(group, telegram, server, customers, share)


async def takeover(server: Server, how: str) -> float:
    """Seconds until the other answers."""
    with tempfile.TemporaryDirectory(prefix="complaint-bot-bench-") as name:
        folder = Path(name)
        async with (
            server.database() as database,
            laid(server.port) as cable,
            little_telegram(folder) as telegram,
        ):
            far = server.far_address(database, port=cable.port)
            async with replicas(folder, telegram, [far, server.address(database)]) as group:
                await group.open()
                await telegram.do("say", person_id=telegram.customer, text=FIRST)
                await telegram.waits_for(telegram.customer)
                process, customer = group.running(0).process, await telegram.new_customer("Li")
                began = time.monotonic()
                {
                    "SIGKILL": process.kill,
                    "SIGSTOP": lambda: process.send_signal(signal.SIGSTOP),
                    "cut": cable.cut,
                }[how]()
                await telegram.do("say", person_id=customer, text=FIRST)
                await telegram.waits_for(customer)
                took = time.monotonic() - began
                with suppress(ProcessLookupError):
                    process.send_signal(signal.SIGCONT)
                return took


def capacity(one: Sequence[Served], two: Sequence[Served]) -> str:
    """What two replicas carry beside one, by their CPU alone."""
    lone = statistics.median(sum(each.bots) / each.replies for each in one)
    found = [lone / (max(each.bots) / each.replies) for each in two]
    spread = f"{statistics.median(found):.2f} [{min(found):.2f}..{max(found):.2f}]"
    return f"capacity of two by CPU, each with a core of its own: {spread} × one"


def line(name: str, rounds: Sequence[Served], one: float, share: float) -> str:
    """The figures of so many replicas."""
    rate = [each.replies / each.seconds for each in rounds]
    middle = sorted(rounds, key=lambda each: each.replies / each.seconds)[len(rounds) // 2]
    cost = " + ".join(f"{1e6 * each / middle.replies:.0f}" for each in middle.bots)
    others = f"{1e6 * middle.server / middle.replies:10.0f} {1e6 * middle.telegram / middle.replies:8.0f}"
    given = share * middle.seconds * len(middle.bots)
    waited = 100 * max(0.0, 1 - sum(middle.bots) / given)
    spread = f"{statistics.median(rate):7.1f} [{min(rate):.1f}..{max(rate):.1f}]"
    return f"{name:14} {spread:>24} {statistics.median(rate) / one:6.2f} {cost:>16} {others} {waited:7.0f}%"


async def measure(given: argparse.Namespace) -> str:
    """Everything, as a table."""
    server = Server(durable=True)
    try:
        server.start()
        rounds: dict[int, list[Served]] = {1: [], 2: []}
        for _ in range(given.rounds):
            for count, served in rounds.items():
                served.append(await crowd(server, count, given.customers, given.share))
        one = statistics.median(each.replies / each.seconds for each in rounds[1])
        head = (
            f"{'':14} {'replies/s':>24} {'× one':>6} {'CPU µs/reply':>16} {'PostgreSQL':>10} {'Telegram':>8}"
        )
        told = [f"{head} {'waited':>8}"]
        told += [line(f"{count} replica(s)", served, one, given.share) for count, served in rounds.items()]
        told.append(capacity(rounds[1], rounds[2]))
        for how in ("SIGKILL", "SIGSTOP", "cut"):
            took = [await takeover(server, how) for _ in range(given.takeovers)]
            if took:
                told.append(
                    f"takeover after {how}: {statistics.median(took):.2f} s, at most {max(took):.2f} s"
                )
    finally:
        server.remove()
    return "\n".join(told)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.replicas")
    parser.add_argument("--customers", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--share", type=float, default=0.25)
    parser.add_argument("--takeovers", type=int, default=5)
    sys.stdout.write(asyncio.run(measure(parser.parse_args())) + "\n")


if __name__ == "__main__":
    main()
