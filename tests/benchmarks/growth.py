"""Whether the cost stays flat as the store grows: the same work on a desk that has had 10³, 10⁵ or 10⁶ cases.

Run `python -m tests.benchmarks.growth [--million] [--backlog 10000]`.

The cases are copies of real ones: a hundred customers talk with the bot to the summary of what is agreed, and
their cases, talks, timelines, letters and updates are written again and again through the store's own write,
each copy under its own number and chat, two years of them. All but 200 are closed. Then `complaint-bot run`
starts on that file, on core 0, while so many first messages wait at the little Telegram (on core 1).

* `bytes/case`: the whole file, by its cases.
* `first reply`: seconds from starting the process to its first word to a customer, and in brackets the seconds of
  CPU till then: on a busy machine the bar is to be held against these.
* `turn`: CPU µs of the bot's process per reply, over another thousand first messages, when the backlog is answered
  and a large file is looked through (which costs about a second of CPU for each gigabyte, once a start).
* `memory`: the most that the process ever held (VmHWM), in MB.
* `boards`: milliseconds of the slowest list at the desk, of those that agents ask for.

`×` is by the figure at 10³. The bars: a turn within 1.2, the first reply within 2 s, memory within 200 MB.
"""

import argparse
import asyncio
import os
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.complaint.actions import Lane
from bot.complaint.boards import Board, Filter
from bot.complaint.case import Case, PromiseStatus, Status
from bot.complaint.conversation import Conversation, Step
from bot.complaint.ids import ChatId, UserId, case_no_from
from bot.complaint.letters import Letter, LetterKind
from bot.complaint.records import Arrival, Entry, Round
from bot.store import Store, open_store
from bot.store.sqlite.soundness import SMALL
from tests.benchmarks.crowds import Crowd, newcomers
from tests.benchmarks.replies import BOT_CORE, FIRST, FIRSTS, LONG, REFILL, SHORT, TELEGRAM_CORE
from tests.crash.brand import quick_brand
from tests.outpost import LittleTelegram, little_telegram, posted
from tests.processes import Running

SEEDS = 100
OPEN = 200
"""Cases that are open, however many there have been."""
BATCH = 500
WAVE = 1000
YEARS = timedelta(days=730)
FIRST_CHAT = 7_000_000_000
"""Chats of those who wrote in the past: nobody in the little Telegram has such a number."""
SENT = """
UPDATE outbox SET outcome = 'sent', attempted_at = written_at, settled_at = written_at, attempts = 1, message = id
"""
WORKED = "UPDATE inbox SET outcome = 'done'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A case as it really came to be."""

    case: Case
    talk: Conversation
    entries: tuple[Entry, ...]
    updates: tuple[bytes, ...]


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


async def seeds(folder: Path) -> list[Seed]:
    """Let customers talk with the bot, and read what it wrote."""
    async with (
        little_telegram(folder, core=TELEGRAM_CORE) as telegram,
        posted(
            folder,
            telegram,
            core=BOT_CORE,
            brand=quick_brand(folder, SHORT),
            messages_per_second=10_000,
        ) as post,
    ):
        bot = await post.open()
        crowd = Crowd(telegram, bot)
        await crowd.gather(SEEDS, [FIRST], replies=2)
        for words in ("订单8841", "换个新的吧"):
            await asyncio.sleep(REFILL)
            await crowd.write(words)
        await bot.stop()
        with sqlite3.connect(post.database) as plain:
            updates = plain.execute("SELECT chat, body FROM inbox WHERE source = 'telegram'").fetchall()
        plain.close()
        store = await open_store(f"sqlite:///{post.database}")
        try:
            found = [one async for one in store.cases()]
            state = await store.state(chats=[case.chat for case, _ in found], cases=(), threads=())
        finally:
            await store.close()
    return [
        Seed(
            case=case,
            talk=state.conversations[case.chat],
            entries=tuple(line.entry for line in lines),
            updates=tuple(body for chat, body in updates if chat == case.chat),
        )
        for case, lines in found
    ]


def copies(found: Sequence[Seed], cases: int, now: datetime) -> Iterator[tuple[int, Seed]]:
    """So many cases out of these, the oldest first; the newest are open."""
    for number in range(cases):
        seed = found[number % len(found)]
        chat = ChatId(FIRST_CHAT + number)
        opened = now - YEARS * ((cases - number) / cases)
        case = seed.case.evolve(
            no=case_no_from(number),
            chat=chat,
            customer=replace(seed.case.customer, id=UserId(chat)),
            opened_at=opened,
            version=0,
        )
        step = seed.talk.step
        if number < cases - OPEN:
            kept = tuple(replace(one, status=PromiseStatus.KEPT) for one in case.promises)
            closed = opened + timedelta(days=3)
            case = case.evolve(status=Status.CLOSED, closed_at=closed, promises=kept, clocks=())
            step = Step.CLOSED
        talk = seed.talk.evolve(chat=chat, case_no=case.no, step=step, version=0)
        entries = tuple(replace(one, case_no=case.no, chat=chat, at=opened) for one in seed.entries)
        yield number, Seed(case=case, talk=talk, entries=entries, updates=seed.updates)


async def fill(store: Store, found: Sequence[Seed], cases: int) -> None:
    """Write the copies, as the clerk writes them."""
    round_ = Round(at=datetime.now(UTC))
    arrivals: list[Arrival] = []
    for number, one in copies(found, cases, round_.at):
        _write_down(store, number, one, round_, arrivals)
        if len(round_.cases) == BATCH or number == cases - 1:
            await store.keep(arrivals)
            await store.write(round_)
            round_, arrivals = Round(at=round_.at), []


def _write_down(store: Store, number: int, one: Seed, round_: Round, arrivals: list[Arrival]) -> None:
    case, at = one.case, one.case.opened_at
    round_.cases.append(case)
    round_.conversations.append(one.talk)
    for entry in one.entries:
        letter = entry.letter
        if letter is not None:
            letter = store.letter_ids(1)[0]
            words = Letter(
                id=letter,
                kind=LetterKind.TEXT,
                chat=case.chat,
                lane=Lane.TALK,
                written_at=at,
                html=entry.text,
                case_no=case.no,
            )
            round_.letters.append(words)
        round_.entries.append(replace(entry, letter=letter))
    arrivals += [
        Arrival(source="telegram", key=f"{number}-{place}", chat=case.chat, body=body, at=at)
        for place, body in enumerate(one.updates)
    ]


async def prepare(database: Path, found: Sequence[Seed], cases: int) -> None:
    """A file with so many cases, everything in it done."""
    store = await open_store(f"sqlite:///{database}")
    await fill(store, found, cases)
    await store.close()
    plain = sqlite3.connect(database)
    with plain:
        plain.execute(SENT)
        plain.execute(WORKED)
    plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()


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


async def measure(folder: Path, found: Sequence[Seed], cases: int, backlog: int) -> Grown:
    """Fill a store, start the bot on it with messages waiting, and let it answer them all."""
    async with (
        little_telegram(folder, core=TELEGRAM_CORE) as telegram,
        posted(
            folder, telegram, core=BOT_CORE, brand=quick_brand(folder, LONG), messages_per_second=10_000
        ) as post,
    ):
        await prepare(post.database, found, cases)
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
        turn = await _turn(telegram, bot, backlog)
        memory = _most_memory(bot)
    return Grown(
        cases=cases,
        bytes_per_case=size / cases,
        first_reply=first,
        start_cpu=before,
        turn=turn,
        memory=memory,
        boards=boards,
    )


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


async def run(sizes: Sequence[int], backlog: int) -> list[Grown]:
    """Measure every size, each in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="complaint-bot-growth-") as folder:
        found = await seeds(Path(folder))
    grown = []
    for cases in sizes:
        with tempfile.TemporaryDirectory(prefix="complaint-bot-growth-") as folder:
            grown.append(await measure(Path(folder), found, cases, backlog))
            sys.stderr.write(f"{grown[-1]}\n")
    return grown


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth")
    parser.add_argument("--million", action="store_true", help="10⁶ cases too: some minutes, and some 10 GB")
    parser.add_argument("--backlog", type=int, default=10_000)
    given = parser.parse_args()
    sizes = [1_000, 100_000, *([1_000_000] if given.million else [])]
    os.sched_setaffinity(0, {TELEGRAM_CORE})
    sys.stdout.write(table(asyncio.run(run(sizes, given.backlog))) + "\n")


if __name__ == "__main__":
    main()
