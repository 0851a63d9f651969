"""Several bots on one PostgreSQL behind a webhook balancer, and the faults they must survive."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

import aiohttp
from aiohttp import web

from tests.contract.servers import Server
from tests.crash.brand import quick_brand
from tests.crash.ordeal import STARTS, WORKS, Report, faults_in, left_to_do
from tests.crash.people import People
from tests.outpost import LittleTelegram, Post, posted
from tests.ports import free_port
from tests.processes import Running
from tests.serving import serving

POLLING: Final = "polling"
WEBHOOK: Final = "webhook"
SECRET: Final = "s3cret_of_the_hook"
AT_HOLDER: Final = 0.6
"""How many of the blows fall on whoever holds the courier's post; the others on anybody."""
STANDS: Final = 6.0
"""Seconds for which a stopped replica stands still: longer than its lease."""
ITS_OWN_NOISE: Final = ("store_unusable", "updates_not_kept", "unwell")
"""Told when the database was away, as it should be."""


@dataclass(slots=True)
class Round:
    """A small door before the bots: each update goes to the next of them, or to whoever is there."""

    targets: list[str] = field(default_factory=list)
    url: str = ""
    _turn: int = 0

    async def bring(self, request: web.Request) -> web.Response:
        """Hand one on."""
        body, session = await request.read(), request.app[SESSION]
        headers = {
            key: value for key, value in request.headers.items() if key.startswith(("Content-T", "X-"))
        }
        for _ in self.targets:
            self._turn += 1
            target = self.targets[self._turn % len(self.targets)]
            try:
                async with session.post(target, data=body, headers=headers) as answer:
                    if answer.status < 500:
                        return web.Response(status=answer.status)
            except (aiohttp.ClientError, TimeoutError):
                continue
        return web.Response(status=502)


SESSION: Final = web.AppKey("session", aiohttp.ClientSession)


@asynccontextmanager
async def handed_round() -> AsyncIterator[Round]:
    """The door, open."""
    door, app = Round(), web.Application()
    app.router.add_post("/hook", door.bring)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        app[SESSION] = session
        runner = web.AppRunner(app)
        async with serving(runner) as door.url:
            yield door


@dataclass(slots=True)
class Replicas:
    """The bots' places, all on one database."""

    posts: list[Post]
    telegram: LittleTelegram
    ended: list[list[str]] = field(default_factory=list)

    def running(self, number: int) -> Running:
        """The process at this place."""
        found = self.posts[number].running
        if found is None:
            raise AssertionError("nothing runs there")
        return found

    async def open(self) -> None:
        """Start all, one after the other: the first holds the posts."""
        for post in self.posts:
            await post.open()

    def holder(self, post: str = "courier") -> int | None:
        """The number of whoever took this post last, as far as the logs tell."""
        found = [
            (line[line.index('"timestamp"') :] if '"timestamp"' in line else line, number)
            for number in range(len(self.posts))
            for line in self._taken(number, post)
        ]
        return max(found)[1] if found else None

    def has_held(self, number: int, post: str = "courier") -> bool:
        """Whether this one has ever taken that post."""
        return bool(self._taken(number, post))

    def _taken(self, number: int, post: str) -> list[str]:
        lines = self.running(number).err
        return [one for one in lines if '"event":"post_taken"' in one and f'"post":"{post}"' in one]

    async def stop(self, report: Report) -> None:
        """Tell all to stop."""
        for number in range(len(self.posts)):
            ended = await self.running(number).stop()
            report.stops.append(ended.code)
            report.faults += _faults(ended.lines)


@asynccontextmanager
async def replicas(
    folder: Path,
    telegram: LittleTelegram,
    addresses: list[str],
    mode: str = POLLING,
    quiet: float = 0.3,
    **settings: object,
) -> AsyncIterator[Replicas]:
    """A bot's place for each address; nothing runs yet."""
    async with AsyncExitStack() as stack:
        given: dict[str, object] = {"brand": quick_brand(folder, quiet), **settings}
        door = await stack.enter_async_context(handed_round()) if mode == WEBHOOK else None
        posts = []
        for number, address in enumerate(addresses):
            home = folder / f"replica{number}"
            home.mkdir()
            own: dict[str, object] = {"database": address}
            if door is not None:
                port = free_port()
                door.targets.append(f"http://127.0.0.1:{port}/hook")
                own |= {
                    "webhook_url": f"{door.url}/hook",
                    "webhook_secret": SECRET,
                    "listen": f"127.0.0.1:{port}",
                }
            posts.append(await stack.enter_async_context(posted(home, telegram, core=None, **(given | own))))
        yield Replicas(posts, telegram)


def _faults(lines: list[str]) -> list[str]:
    return [line for line in faults_in(lines) if not any(noise in line for noise in ITS_OWN_NOISE)]


async def kill_one(group: Replicas, number: int, report: Report) -> None:
    """SIGKILL, and a fresh one in its place."""
    early = not any('"event":"open"' in line for line in group.running(number).err)
    ended = await group.running(number).kill()
    if ended.code != -signal.SIGKILL:
        raise AssertionError(f"it ended by itself with {ended.code}:\n{ended.err}")
    report.kills += 1
    report.early += early
    report.faults += _faults(ended.lines)
    await group.posts[number].start()
    report.starts += 1


async def stand_still(group: Replicas, number: int, seconds: float = STANDS) -> None:
    """It stands still, and goes on as if no time had passed."""
    process = group.running(number).process
    process.send_signal(signal.SIGSTOP)
    await group.running(number).works_for(seconds)
    process.send_signal(signal.SIGCONT)


async def stand_still_until_replaced(group: Replicas, number: int) -> None:
    """The same, until another has the courier's post, however long a busy machine takes over it."""
    process, other = group.running(number).process, 1 - number
    process.send_signal(signal.SIGSTOP)
    await group.running(other).until(lambda: group.has_held(other))
    process.send_signal(signal.SIGCONT)


async def restart(server: Server) -> None:
    """The server loses its power, and comes back."""
    await asyncio.to_thread(server.stop, signal.SIGQUIT)
    await asyncio.to_thread(server.start)


async def blow_after_blow(
    group: Replicas,
    kills: int,
    chance: Random,
    server: Server | None = None,
    *,
    stops: int = 0,
    restarts: int = 0,
) -> Report:
    """Kill so many, and in between let some stand still and the server lose its power."""
    report = Report()
    blows = ["kill"] * kills + ["stop"] * stops + ["restart"] * restarts
    chance.shuffle(blows)
    for blow in blows:
        holder = group.holder()
        number = chance.randrange(len(group.posts))
        if holder is not None and chance.random() < AT_HOLDER:
            number = holder
        if chance.random() < 0.85:
            await group.running(number).logged("open")
            await group.running(number).works_for(chance.uniform(*WORKS))
        else:
            await group.running(number).works_for(chance.uniform(*STARTS))
        if blow == "kill":
            await kill_one(group, number, report)
        elif blow == "stop":
            await stand_still(group, number)
        elif server is not None:
            # who starts while the server is away ends, and is started again by whoever looks after it
            for one in range(len(group.posts)):
                await group.running(one).logged("open")
            await restart(server)
    return report


async def drain(group: Replicas, report: Report) -> None:
    """Let them work until nothing is left, and tell them to stop."""
    for number in range(len(group.posts)):
        await group.running(number).logged("open")
    quiet = 0
    while quiet < 2:
        left = await left_to_do(group.posts[0], group.telegram)
        quiet = 0 if any(left) else quiet + 1
        for number in range(len(group.posts)):
            running = group.running(number)
            if running.process.returncode is not None:
                raise AssertionError("\n".join(running.err[-20:]))
        await group.telegram.breathe()
    await group.stop(report)


async def undergo(
    group: Replicas, people: People, blows: Callable[[], Awaitable[Report]], patience: float = 600
) -> Report:
    """People write while blows fall on bots that run; then all is worked off."""
    started = time.monotonic()
    people.begin()
    try:
        report = await blows()
    finally:
        await people.end()
    report.killing = time.monotonic() - started
    async with asyncio.timeout(patience):
        await drain(group, report)
    report.draining = time.monotonic() - started - report.killing
    return report
