"""Whether costs stay flat as the store grows: the same work on 10³, 10⁵ or 10⁶ cases.

Run `python -m tests.benchmarks.growth [--million] [--backlog 10000] [--kept FOLDER]`.

The cases are copies of real ones: a hundred customers talk with the bot to the summary of what is agreed, and
their cases, talks, timelines, letters and updates are written again and again through the store's own write,
each copy under its own number and chat, two years of them. All but 200 are closed. Then `complaint-bot run`
starts on that file, on core 0, while so many first messages wait at the little Telegram (on core 1).

* `bytes/case`: the whole file, by its cases.
* `first reply`: seconds from starting the process to its first word to a customer, and in brackets the seconds of
  CPU till then: on a busy machine the bar is to be held against these.
* `turn`: CPU µs of the bot's process per reply, over another thousand first messages, when the backlog is answered
  and a large file is looked through (which costs about a second of CPU for each gigabyte, once a start). It is the
  median of three such waves: twice a minute the bot writes down what figures are made of, for two hundred of the
  cases that have come to rest, and only where a start took long enough are there any.
* `memory`: the most that the process ever held (VmHWM), in MB.
* `boards`: milliseconds of the slowest list at the desk, of those that agents ask for.

`×` is by the figure at 10³. The bars: a turn within 1.2, the first reply within 2 s, memory within 200 MB.
"""

import argparse
import asyncio
import os
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.complaint.boards import Board, Filter
from bot.complaint.ids import UserId
from bot.store import open_store
from bot.store.sqlite.soundness import SMALL
from tests.benchmarks.crowds import newcomers
from tests.benchmarks.past import Seed, prepare, seeds
from tests.benchmarks.replies import BOT_CORE, FIRST, FIRSTS, LONG, TELEGRAM_CORE
from tests.crash.brand import quick_brand
from tests.outpost import LittleTelegram, little_telegram, posted
from tests.processes import Running

WAVE = 1000
WAVES = 3


AFTERWARDS = 25.0
"""Seconds after which all cases of the backlog are being weighed against others."""
IDLE = 0.05
"""Of a core: less, and nothing is left to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """What was measured at one size."""

    cases: int
    bytes_per_case: float
    first_reply: float
    start_cpu: float
    turn: float
    memory: float
    boards: float


async def slowest_board(database: Path) -> float:
    """Milliseconds of the slowest of the lists."""
    store = await open_store(f"sqlite:///{database}")
    person = UserId(1)
    wanted = [Filter(board=board, person=person, words="电热壶 通电") for board in Board]
    try:
        spent = []
        for one in wanted:
            begun = time.perf_counter()
            await store.search(one, offset=0, limit=10)
            spent.append(time.perf_counter() - begun)
    finally:
        await store.close()
    return max(spent) * 1000


async def _past(database: Path, found: Sequence[Seed], cases: int, kept: Path | None) -> None:
    """Fill a store, or take one that was kept."""
    file = None if kept is None else kept / f"{cases}.db"
    if file is None or not file.exists():
        await prepare(database, found, cases)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            await asyncio.to_thread(shutil.copyfile, database, file)
        return
    await asyncio.to_thread(shutil.copyfile, file, database)


async def measure(
    folder: Path, found: Sequence[Seed], cases: int, backlog: int, kept: Path | None = None
) -> Grown:
    """Start the bot on a full store with messages waiting, and let it answer them all."""
    async with (
        little_telegram(folder, core=TELEGRAM_CORE) as telegram,
        posted(
            folder, telegram, core=BOT_CORE, brand=quick_brand(folder, LONG), messages_per_second=10_000
        ) as post,
    ):
        await _past(post.database, found, cases, kept)
        size = post.database.stat().st_size
        boards = await slowest_board(post.database)
        await telegram.do("crowd", customers=backlog, texts=[FIRST])
        begun = time.time()
        bot = await post.start()
        await _replies(telegram, 1)
        before = bot.cpu_seconds()
        first = await _first_word(telegram) - begun
        await _replies(telegram, backlog)
        if size > SMALL:
            await bot.logged("looked_through", patience=300)
        await _calm(bot)
        turns = [await _turn(telegram, bot, backlog + number * WAVE) for number in range(WAVES)]
        memory = _most_memory(bot)
    return Grown(
        cases=cases,
        bytes_per_case=size / cases,
        first_reply=first,
        start_cpu=before,
        turn=statistics.median(turns),
        memory=memory,
        boards=boards,
    )


async def _calm(bot: Running) -> None:
    """Wait until what follows from the backlog is done: its cases are weighed against others 20 s after they wrote."""
    await asyncio.sleep(AFTERWARDS)
    async with asyncio.timeout(300):
        while True:
            before = bot.cpu_seconds()
            await asyncio.sleep(1)
            if bot.cpu_seconds() - before < IDLE:
                return


async def _turn(telegram: LittleTelegram, bot: Running, replied: int) -> float:
    """CPU microseconds of a reply, in a wave of its own."""
    before = bot.cpu_seconds()
    bot.process.send_signal(signal.SIGSTOP)
    await newcomers(telegram, WAVE, FIRSTS)
    bot.process.send_signal(signal.SIGCONT)
    await _replies(telegram, replied + WAVE)
    await asyncio.sleep(0.2)
    return 1e6 * (bot.cpu_seconds() - before) / WAVE


async def _replies(telegram: LittleTelegram, wanted: int) -> int:
    """Wait for so many messages of the bot's; how many there are."""
    async with asyncio.timeout(300):
        while (said := int((await telegram.see("counts"))["from_bot"])) < wanted:  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(0.05)
    return said


async def _first_word(telegram: LittleTelegram) -> float:
    calls = await telegram.see("calls")
    return min(float(one["at"]) for one in calls if one["method"] == "sendMessage")


def _most_memory(bot: Running) -> float:
    """The most that it ever held, in MB."""
    for line in Path(f"/proc/{bot.process.pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise LookupError("the system does not tell")


def table(grown: Sequence[Grown]) -> str:
    """The figures, a line each."""
    base = grown[0]
    head = f"{'cases':>9} {'bytes/case':>10} {'first reply':>18} {'turn':>9} {'×':>5}"
    lines = [f"{head} {'memory':>9} {'boards':>10} {'×':>6}"]
    lines += [
        f"{one.cases:9} {one.bytes_per_case:10.0f} {one.first_reply:8.2f} s [{one.start_cpu:4.2f}] "
        f"{one.turn:6.0f} µs {one.turn / base.turn:5.2f} {one.memory:6.0f} MB "
        f"{one.boards:7.1f} ms {one.boards / base.boards:6.1f}"
        for one in grown
    ]
    return "\n".join(lines)


async def run(sizes: Sequence[int], backlog: int, kept: Path | None) -> list[Grown]:
    """Measure every size, each in a folder of its own; `kept` is where full stores are kept for the next time."""
    with tempfile.TemporaryDirectory(prefix="complaint-bot-growth-") as folder:
        found = await seeds(Path(folder))
    grown = []
    for cases in sizes:
        with tempfile.TemporaryDirectory(prefix="complaint-bot-growth-") as folder:
            grown.append(await measure(Path(folder), found, cases, backlog, kept))
            sys.stderr.write(f"{grown[-1]}\n")
    return grown


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth")
    parser.add_argument("--million", action="store_true", help="10⁶ cases too: some minutes, and some 12 GB")
    parser.add_argument("--sizes", type=int, nargs="+", help="these many cases instead")
    parser.add_argument("--kept", type=Path, help="a folder in which full stores are kept for the next time")
    parser.add_argument("--backlog", type=int, default=10_000)
    given = parser.parse_args()
    sizes = given.sizes or [1_000, 100_000, *([1_000_000] if given.million else [])]
    os.sched_setaffinity(0, {TELEGRAM_CORE})
    sys.stdout.write(table(asyncio.run(run(sizes, given.backlog, given.kept))) + "\n")


if __name__ == "__main__":
    main()
