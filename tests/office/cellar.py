"""An archivist with a real store and the sandbox over HTTP, and a clock that is moved by hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.complaint.case import Case, Person
from bot.complaint.deskwork import FileWanted, KeptFile
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.complaint.records import Round
from bot.office.evidence.archive import Archivist
from bot.sandbox import SandboxServer, Upload, World
from bot.store import Store, open_store
from bot.telegram.account import LARGEST_FILE
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from tests.handclock import START, HandClock

CASE = CaseNo("583-2716")
PICTURE = b"\x89PNG picture"


@dataclass(slots=True)
class Cellar:
    """An archivist with a real store and the sandbox over HTTP."""

    world: World
    store: Store
    telegram: Telegram
    clock: HandClock
    archivist: Archivist
    customer: int
    running: asyncio.Task[None] | None = None

    def sends(self, data: bytes = PICTURE, kind: str = "photo", name: str = "photo.jpg") -> FileWanted:
        """The customer sends a file; what is wanted then."""
        body = self.world.send_file(self.customer, kind, Upload(name=name, data=data)).body
        given = body[kind][-1] if kind == "photo" else body[kind]
        return FileWanted(
            unique_id=given["file_unique_id"],
            file_id=given["file_id"],
            case_no=CASE,
            kind=kind,
            size=given["file_size"],
            name=given.get("file_name", ""),
            at=self.clock.now(),
        )

    async def want(self, *files: FileWanted) -> None:
        """What the clerk does: commit, then tell."""
        await self.store.write(Round(at=self.clock.now(), files=list(files)))
        self.archivist.wake()

    async def settle(self) -> None:
        """Until all that can be fetched now is fetched, or the archivist has ended."""
        running = self.running or asyncio.create_task(self.archivist.run())
        self.running = running
        quiet = asyncio.create_task(self.archivist.idle())
        await asyncio.wait({running, quiet}, return_when=asyncio.FIRST_COMPLETED)
        quiet.cancel()
        if running.done():
            running.result()

    async def later(self, span: timedelta) -> None:
        """Let time pass."""
        self.clock.move(span)
        self.archivist.wake()
        await self.settle()

    async def stop(self) -> None:
        """Stop in the middle of whatever is under way."""
        if self.running is not None:
            self.running.cancel()
            await asyncio.wait([self.running])
            self.running = None

    def start_anew(self, most: int = LARGEST_FILE) -> None:
        """An archivist that knows nothing."""
        self.archivist = Archivist(self.store, self.telegram, self.clock, most=most)

    async def files(self) -> list[KeptFile]:
        """What became of the case's files, in the order in which they were sent."""
        return (await self.store.files_of([CASE])).get(CASE, [])

    async def states(self) -> list[str]:
        """As `files`, in one word each."""
        return [one.state for one in await self.files()]

    def calls(self, method: str = "getFile") -> int:
        """How often Telegram was asked."""
        return sum(call.method == method for call in self.world.calls)


@asynccontextmanager
async def cellar_at(folder: Path, world: World | None = None) -> AsyncIterator[Cellar]:
    """A cellar with one case, whose archivist has not begun."""
    clock = HandClock()
    world = world or World(now=clock.seconds)
    store = await open_store(f"sqlite:///{folder / 'store.db'}")
    try:
        async with (
            SandboxServer(world) as server,
            Telegram(Address(server.base_url, world.token)) as telegram,
        ):
            customer = world.add_user("Alice").id
            person = Person(id=UserId(customer), name="Alice")
            case = Case(no=CASE, chat=ChatId(customer), customer=person, opened_at=START)
            await store.write(Round(at=START, cases=[case]))
            cellar = Cellar(
                world, store, telegram, clock, Archivist(store, telegram, clock), customer=customer
            )
            try:
                yield cellar
            finally:
                await cellar.stop()
    finally:
        await store.close()
