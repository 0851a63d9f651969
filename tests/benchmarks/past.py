"""Fills a database with copies of real cases, so that a benchmark finds two years of them."""

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.complaint.actions import Lane
from bot.complaint.case import Case, PromiseStatus, Status
from bot.complaint.conversation import Conversation, Step
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, UserId, case_no_from
from bot.complaint.letters import Letter, LetterKind
from bot.complaint.records import Arrival, Entry, Round
from bot.config import load_rules
from bot.office.booking.bookkeeping import bring_up_to_date, measures_of
from bot.store import Store, open_store
from bot.store.rows import stamp
from tests.benchmarks.crowds import Crowd
from tests.benchmarks.replies import BOT_CORE, FIRST, REFILL, SHORT, TELEGRAM_CORE
from tests.crash.brand import quick_brand
from tests.outpost import little_telegram, posted

SEEDS = 100
OPEN = 200
"""Cases that are open, however many there have been."""
BATCH = 1000
YEARS = timedelta(days=730)
FIRST_CHAT = 7_000_000_000
"""Chats of those who wrote in the past: nobody in the little Telegram has such a number."""
SENT = """
UPDATE outbox SET outcome = 'sent', attempted_at = written_at, settled_at = written_at, attempts = 1, message = id
"""
WORKED = "UPDATE inbox SET outcome = 'done'"
BOOKS = "SELECT case_no, form, body FROM facts"
BOOK = "INSERT INTO facts (case_no, opened_at, last_at, form, body) VALUES (?, ?, ?, ?, ?)"
BOOKED = "DELETE FROM unbooked"
"""What figures are made of was written down long ago: two minutes after each case came to rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A case as it really came to be."""

    case: Case
    talk: Conversation
    entries: tuple[Entry, ...]
    updates: tuple[bytes, ...]
    form: str
    facts: str
    """What figures are made of, and by which rules."""


async def seeds(folder: Path) -> list[Seed]:
    """Let customers talk with the bot, and read what it wrote."""
    brand = quick_brand(folder, SHORT)
    async with (
        little_telegram(folder, core=TELEGRAM_CORE) as telegram,
        posted(
            folder,
            telegram,
            core=BOT_CORE,
            brand=brand,
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
            await bring_up_to_date(store, await measures_of(store, load_rules(brand), datetime.now(UTC)))
        finally:
            await store.close()
        with sqlite3.connect(post.database) as plain:
            books = {case_no: (form, body) for case_no, form, body in plain.execute(BOOKS)}
        plain.close()
    return [
        Seed(
            case=case,
            talk=state.conversations[case.chat],
            entries=tuple(line.entry for line in lines),
            updates=tuple(body for chat, body in updates if chat == case.chat),
            form=books[case.no][0],
            facts=books[case.no][1],
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
        yield number, replace(seed, case=case, talk=talk)


async def fill(store: Store, found: Sequence[Seed], cases: int) -> None:
    """Write the copies, as the clerk writes them."""
    round_ = Round(at=datetime.now(UTC))
    arrivals: list[Arrival] = []
    writing = asyncio.create_task(_write(store, Round(at=round_.at), ()))
    for number, one in copies(found, cases, round_.at):
        _write_down(store, number, one, round_, arrivals)
        if len(round_.cases) == BATCH or number == cases - 1:
            # one batch goes to the disk while the next is made
            await writing
            # numbers of letters are given in blocks, one for each round that has read something
            await store.state(chats=(), cases=(), threads=())
            writing = asyncio.create_task(_write(store, round_, arrivals))
            await asyncio.sleep(0)
            round_, arrivals = Round(at=round_.at), []
    await writing


async def _write(store: Store, round_: Round, arrivals: Sequence[Arrival]) -> None:
    await store.keep(arrivals)
    await store.write(round_)


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
        copied = replace(entry, case_no=case.no, chat=case.chat, at=at, letter=letter)
        round_.entries.append(copied)
    arrivals += [
        Arrival(source="telegram", key=f"{number}-{place}", chat=case.chat, body=body, at=at)
        for place, body in enumerate(one.updates)
    ]


def _books(found: Sequence[Seed], cases: int, now: datetime) -> Iterator[tuple[str, ...]]:
    for number in range(cases):
        seed, at = found[number % len(found)], stamp(now - YEARS * ((cases - number) / cases))
        yield case_no_from(number), at, at, seed.form, seed.facts


async def prepare(database: Path, found: Sequence[Seed], cases: int) -> None:
    """A file with so many cases, everything in it done."""
    store = await open_store(f"sqlite:///{database}")
    await fill(store, found, cases)
    await store.close()
    plain = sqlite3.connect(database)
    with plain:
        plain.execute(SENT)
        plain.execute(WORKED)
        plain.execute(BOOKED)
        plain.executemany(BOOK, _books(found, cases, datetime.now(UTC)))
    plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()
