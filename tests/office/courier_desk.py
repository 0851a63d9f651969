"""A courier with a real store and the sandbox over HTTP, and a clock that is moved by hand."""

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiosqlite

from bot.complaint.actions import Lane
from bot.complaint.case import Case, Person
from bot.complaint.events import Event
from bot.complaint.ids import CaseNo, ChatId, LetterId, UserId
from bot.complaint.letters import Letter, LetterKind
from bot.complaint.records import Round
from bot.office.incoming.post import decode_event
from bot.office.outgoing.courier import Courier
from bot.office.outgoing.pacing import Limits
from bot.sandbox import SandboxServer, World
from bot.store import Store, open_store
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
UNHURRIED = Limits(per_second=100_000, private_interval=1e-9, private_burst=100_000, per_group_minute=100_000)


class HandClock:
    """A clock that stands still until it is moved; everybody who waits for that moment wakes."""

    def __init__(self) -> None:
        self._now = START
        self._waiting: list[tuple[datetime, int, asyncio.Event]] = []
        self._number = 0
        self._waited = asyncio.Event()

    def now(self) -> datetime:
        """This moment."""
        return self._now

    def seconds(self) -> float:
        """This moment, as the sandbox counts."""
        return self._now.timestamp()

    async def wait(self, until: datetime | None, event: asyncio.Event) -> None:
        """As `Clock.wait`."""
        if until is not None:
            if until <= self._now:
                event.set()
            else:
                self._number += 1
                heapq.heappush(self._waiting, (until, self._number, event))
                self._waited.set()
        await event.wait()

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)
        while self._waiting and self._waiting[0][0] <= self._now:
            heapq.heappop(self._waiting)[2].set()

    async def waited_for(self) -> float:
        """Until somebody waits for a moment: the seconds until then."""
        while not self._waiting:
            self._waited.clear()
            await self._waited.wait()
        return (self._waiting[0][0] - self._now).total_seconds()

    @property
    def next_moment(self) -> datetime | None:
        """The earliest moment that anybody waits for."""
        return self._waiting[0][0] if self._waiting else None


@dataclass(slots=True)
class Desk:
    """Everything a courier's test holds in its hands."""

    world: World
    store: Store
    telegram: Telegram
    courier: Courier
    clock: HandClock
    file: Path
    arrivals: list[int] = field(default_factory=list)
    running: asyncio.Task[None] | None = None

    def customer(self) -> int:
        """Somebody who has begun a chat with the bot."""
        person = self.world.add_user("Alice")
        self.world.say(person.id, "/start")
        return person.id

    async def forum(self, case_no: CaseNo) -> int:
        """The desk's group, and a case in the store that may have a topic in it."""
        group = self.world.add_forum("desk").id
        customer = Person(id=UserId(1), name="Emma")
        case = Case(no=case_no, chat=ChatId(1), customer=customer, opened_at=self.clock.now())
        await self.store.write(Round(at=self.clock.now(), cases=[case]))
        return group

    async def start(self) -> None:
        """Let the courier run, and do what can be done."""
        self.running = asyncio.create_task(self.courier.run())
        await self.settle()

    async def stop(self) -> None:
        """Close as at the end of a day, however long a busy machine takes over what is under way."""
        await self.courier.stop(60.0)
        await self.fallen()

    async def cancel(self) -> None:
        """Be stopped from outside."""
        if self.running is not None:
            self.running.cancel()
            await asyncio.wait([self.running])
            self.running = None

    async def fallen(self) -> None:
        """Wait until the courier has ended; raises what ended it."""
        running, self.running = self.running, None
        if running is not None:
            await running

    def renew(self, limits: Limits = UNHURRIED) -> None:
        """As after a crash: a courier that knows nothing."""
        self.courier = _courier(self.store, self.telegram, self.clock, limits, self.arrivals)

    def attempts(self, method: str) -> int:
        """How often a method was called, whatever came of it."""
        return sum(call.method == method for call in self.world.calls)

    async def events(self) -> list[Event]:
        """What the courier has for the clerk."""
        rows = await self.store.pending(100, now=self.clock.now())
        return [decode_event(row.arrival.body) for row in rows]

    async def outcomes(self) -> list[str]:
        """What became of every letter, by number."""
        async with aiosqlite.connect(self.file) as database:
            found = await database.execute_fetchall("SELECT outcome FROM outbox ORDER BY id")
        return [outcome for (outcome,) in found]

    def letter(self, chat: int, html: str = "hello", **more: Any) -> Letter:  # noqa: ANN401 - the fields carry the types
        """A letter with a fresh number."""
        more.setdefault("kind", LetterKind.TEXT)
        more.setdefault("lane", Lane.TALK)
        number = self.store.letter_ids(1)[0]
        return Letter(id=number, chat=ChatId(chat), html=html, written_at=self.clock.now(), **more)

    async def post(self, *letters: Letter) -> None:
        """What the ledger does: commit, then tell the courier."""
        await self.store.write(Round(at=self.clock.now(), letters=list(letters)))
        self.courier.post(letters)

    async def settle(self) -> None:
        """Until all that can be done now is done."""
        await self.courier.idle()

    async def later(self, seconds: float) -> None:
        """Let time pass, stopping at every moment that the courier waits for."""
        end = self.clock.now() + timedelta(seconds=seconds)
        await self.courier.idle()
        while (moment := self.clock.next_moment) is not None and moment <= end:
            self.clock.move((moment - self.clock.now()).total_seconds())
            await self.courier.idle()
        self.clock.move((end - self.clock.now()).total_seconds())
        await self.courier.idle()

    def said(self, chat: int, thread: int | None = None) -> list[str]:
        """What the bot has said there."""
        return [message.text for message in self.world.from_bot(chat, thread_id=thread)]

    def served(self, people: list[int]) -> list[int]:
        """Those who have heard something."""
        return [person for person in people if self.said(person)]

    async def waiting(self) -> list[Letter]:
        """What the outbox still holds."""
        return await self.store.waiting(after=LetterId(0), limit=1000)


@asynccontextmanager
async def desk_at(
    folder: Path,
    *,
    limits: Limits = UNHURRIED,
    world: World | None = None,
    start: bool = True,
    warm: bool = False,
) -> AsyncIterator[Desk]:
    """A desk whose courier runs, unless `start` is off; a `warm` one has open connections, so calls leave at once."""
    clock = HandClock()
    world = world or World(now=clock.seconds)
    async with (
        closing(await open_store(f"sqlite:///{folder / 'desk.db'}")) as store,
        SandboxServer(world) as server,
        Telegram(Address(server.base_url, world.token)) as telegram,
    ):
        if warm:
            await asyncio.gather(*(telegram.me() for _ in range(4)))
        arrivals: list[int] = []
        courier = _courier(store, telegram, clock, limits, arrivals)
        desk = Desk(world, store, telegram, courier, clock, folder / "desk.db", arrivals)
        try:
            if start:
                await desk.start()
            yield desk
        finally:
            await desk.stop()


def _courier(
    store: Store, telegram: Telegram, clock: HandClock, limits: Limits, arrivals: list[int]
) -> Courier:
    return Courier(store, telegram, limits, clock, jitter=lambda: 0.0, on_arrival=lambda: arrivals.append(1))


@asynccontextmanager
async def closing(store: Store) -> AsyncIterator[Store]:
    """Close the store, whatever happens."""
    try:
        yield store
    finally:
        await store.close()
