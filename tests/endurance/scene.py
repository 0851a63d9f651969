"""The set-up of an endurance run: the sandbox, one or two bots, proxies between them, and people who write."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.contract.servers import Server
from tests.crash.brand import quick_brand
from tests.crash.findings import Findings, look_through
from tests.crash.gate import Gate, gate_to
from tests.crash.ordeal import Report, faults_in, left_to_do
from tests.crash.people import People, chance_of
from tests.endurance.checkpoint import Checkpoint, checkpoint_before
from tests.outpost import LittleTelegram, Post, little_telegram, posted
from tests.ports import free_port
from tests.processes import BUSY, STOPS_WITHIN, Ended, Running

OPENS_WITHIN = 120.0
"""Seconds: many rows at once may leave little of the machine to each."""
NO_PROGRESS = 240.0
"""Seconds without any progress after which the bots drain no more. How long it takes in all is for the desk's group
to say, which takes twenty messages a minute."""
LINES = 6
"""What a customer says at most: who says more needs a person, and a group takes twenty messages a minute only."""
AGENT_GAP = 1.0
"""Seconds between an agent's words: all of them are for the same two customers."""
CUSTOMERS, CUSTOMERS_MORE = 8, 2
"""How many write before the first fault, and how many more after each, before new ones come rarely."""
BROUGHT_AGAIN = 0.3
"""Seconds until an update that no bot took is brought again."""
QUIET_FAULTS = ("Traceback", "row_failed", "round_refused", "row_set_aside", '"level":"critical"')
"""What no fault excuses in a log; that something cannot be reached may be told as an error."""


@dataclass(frozen=True, slots=True)
class Setup:
    """How a bot is run."""

    name: str
    webhook: bool = False
    postgres: bool = False
    replicas: int = 1


SETUPS = (
    Setup("polling, SQLite"),
    Setup("webhook, SQLite", webhook=True),
    Setup("polling, PostgreSQL", postgres=True),
    Setup("webhook, PostgreSQL", webhook=True, postgres=True),
    Setup("polling, PostgreSQL, two replicas", postgres=True, replicas=2),
    Setup("webhook, PostgreSQL, two replicas", webhook=True, postgres=True, replicas=2),
)


@dataclass(slots=True)
class Station:
    """One bot with the lines that lead to it and from it."""

    post: Post
    gate: Gate
    """Its line to Telegram, which can be cut."""
    line: Checkpoint
    """Behind the gate: its calls, one by one."""
    door: Checkpoint | None = None
    """Before its webhook: what Telegram brings, one by one."""

    @property
    def running(self) -> Running | None:
        """Its process, while there is one."""
        running = self.post.running
        return running if running is not None and running.process.returncode is None else None


@dataclass(slots=True)
class Scene:
    """All of it."""

    setup: Setup
    telegram: LittleTelegram
    stations: list[Station]
    people: People
    chance: Random
    server: Server | None = None
    front: Checkpoint | None = None
    """Where Telegram brings updates, whichever bot takes them."""
    report: Report = field(default_factory=Report)
    inflicted: int = 0
    """Kills, or other faults."""
    until: float = float("inf")
    """The moment after which no more are inflicted, by the clock of the machine."""
    waits_for: str = "the scene to be set"
    """What must come next; told when it does not come."""
    diary: list[str] = field(default_factory=list)
    """What every bot that has ended wrote into its log."""

    @property
    def time_is_up(self) -> bool:
        """Whether it is enough, however many there were."""
        return time.monotonic() > self.until

    @property
    def posts(self) -> list[Post]:
        """The places of the bots."""
        return [station.post for station in self.stations]

    async def open_all(self) -> None:
        """Start whoever does not run, and wait until all are open."""
        for station in self.stations:
            if station.running is None:
                await station.post.start()
                self.report.starts += 1
        before, self.waits_for = self.waits_for, f"every bot to open ({self.waits_for})"
        for station in self.stations:
            if station.running is not None:
                await station.running.logged("open", OPENS_WITHIN)
        self.waits_for = before

    async def kill(self, station: Station) -> None:
        """End one as a power cut does; what it wrote into its log is looked at."""
        if station.running is None:
            raise AssertionError("nothing runs")
        ended = await station.running.kill()
        self._look_at(station, ended)
        self.report.kills += ended.code == -9
        if ended.code != -9:
            self.report.faults.append(f"it ended by itself with {ended.code}: {ended.lines[-1:]}")

    async def stop(self, station: Station) -> None:
        """Tell one to stop, and see that it does."""
        if station.running is None:
            raise AssertionError("nothing runs")
        try:
            ended = await station.running.stop()
        except TimeoutError:
            self.report.faults.append(f"told to stop, it had not ended {STOPS_WITHIN + BUSY:g} seconds later")
            await station.running.kill()
            return
        self.report.stops.append(ended.code)
        self._look_at(station, ended)
        if ended.code:
            self.report.faults.append(f"told to stop it ended with {ended.code}: {ended.lines[-1:]}")

    def _look_at(self, station: Station, ended: Ended) -> None:
        self._keep(station, ended.code, ended.lines)
        self.report.faults += [
            line for line in faults_in(ended.lines) if any(mark in line for mark in QUIET_FAULTS)
        ]

    def _keep(self, station: Station, code: int | None, lines: list[str]) -> None:
        self.diary += [f"-- {station.post.folder.name}, ended with {code}", *lines]

    def keep_the_rest(self) -> None:
        """Note what those wrote who were neither killed nor stopped."""
        for station in self.stations:
            running = station.post.running
            if running is not None and running.err and running.err[-1] not in self.diary:
                self._keep(station, running.process.returncode, running.err)

    async def rest(self, least: float, most: float) -> None:
        """Let everything go its way so long."""
        await asyncio.sleep(self.chance.uniform(least, most))

    async def drain(self) -> None:
        """Let the bots work until nothing is left to do, and stop them."""
        started = time.monotonic()
        await self.open_all()
        least, since = None, started
        while any(left := await left_to_do(self.posts[0], self.telegram)):
            self.waits_for = f"the bots to have nothing left to do, with {left}"
            if least is None or left < least:
                least, since = left, time.monotonic()
            if time.monotonic() - since > NO_PROGRESS:
                raise TimeoutError
            await self.telegram.breathe()
        self.waits_for = "the bots to stop"
        for station in self.stations:
            await self.stop(station)
        self.report.draining += time.monotonic() - started

    async def look_through(self) -> Findings:
        """What was said, what was kept, what was answered."""
        return await look_through(self.posts[0], self.telegram, self.people)


@asynccontextmanager
async def scene_of(
    setup: Setup, folder: Path, *, seed: int, at_once: int, for_a_person: int
) -> AsyncIterator[Scene]:
    """Set it up; nothing runs yet but Telegram, and PostgreSQL where it is the store."""
    async with AsyncExitStack() as stack:
        chance = chance_of(seed)
        telegram = await stack.enter_async_context(little_telegram(folder))
        server = await _server(setup, stack)
        ports = [free_port() for _ in range(setup.replicas)] if setup.webhook else []
        doors = [await _checkpoint(stack, f"http://127.0.0.1:{port}") for port in ports]
        front = (
            await _checkpoint(stack, *(door.url for door in doors), again=BROUGHT_AGAIN) if doors else None
        )
        stations = []
        for number in range(setup.replicas):
            place = folder / f"replica{number}"
            place.mkdir()
            settings: dict[str, Any] = {"brand": quick_brand(place), "messages_per_second": 1000}
            if server is not None:
                settings["database"] = server.address("desk")
            if front is not None:
                settings |= {"webhook_url": f"{front.url}/hook", "listen": f"127.0.0.1:{ports[number]}"}
            line = await _checkpoint(stack, telegram.url)
            gate = await stack.enter_async_context(gate_to(line.url))
            settings["api_url"] = gate.url
            post = await stack.enter_async_context(posted(place, telegram, **settings))
            stations.append(Station(post, gate, line, doors[number] if doors else None))
        people = People(
            telegram,
            chance_of(seed + 1),
            at_once=at_once,
            most_for_a_person=for_a_person,
            most_lines=LINES,
            agent_gap=AGENT_GAP,
        )
        scene = Scene(setup, telegram, stations, people, chance, server, front)
        people.most_customers = lambda: CUSTOMERS + CUSTOMERS_MORE * scene.inflicted
        yield scene


async def _checkpoint(stack: AsyncExitStack, *targets: str, again: float = 0.0) -> Checkpoint:
    return await stack.enter_async_context(checkpoint_before(*targets, again=again))


async def _server(setup: Setup, stack: AsyncExitStack) -> Server | None:
    """A server that writes through to the disk, as outside of tests."""
    if not setup.postgres:
        return None
    server = Server(durable=True)
    stack.callback(server.remove)
    await asyncio.to_thread(server.start)
    await server.do("CREATE DATABASE desk")
    return server


def named(names: Sequence[str]) -> list[Setup]:
    """The set-ups with these words in their names; all where none is named."""
    return [one for one in SETUPS if any(name in one.name for name in names or [""])]
