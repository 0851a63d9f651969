"""Updates that are delivered twice, repeated after confirmation, or out of order."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from random import Random
from typing import Any

import aiohttp
import msgspec

from tests.endurance.scene import Scene

Update = dict[str, Any]
REMEMBERED = 50
HELD_BACK = 0.3
"""How often one comes an answer later than it should."""
LATE = (0.05, 0.4)
"""Seconds by which a post may be overtaken by others."""
MOMENT = 0.02
"""Seconds by which one is overtaken that changes places with the next."""


class Mixing:
    """What is done to updates on their way, and how often it was done."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._seen: deque[Update] = deque(maxlen=REMEMBERED)
        self._late: list[Update] = []
        self.more = True
        self.count = 0

    async def fetched(self, what: str, body: bytes) -> bytes:
        """An answer to getUpdates: some twice, an old one among them, all shuffled."""
        if what.lower() != "getupdates":
            return body
        answer = msgspec.json.decode(body)
        came: list[Update] = answer.get("result") or []
        late, self._late = self._late, []
        if self.more and came and self._chance.random() < HELD_BACK:
            self._late = [came.pop(self._chance.randrange(len(came)))]
        again = self._chance.sample(came, k=len(came) // 2)
        old = [self._chance.choice(self._seen)] if self._seen and came else []
        self._seen.extend(came)
        mixed = [*came, *again, *old]
        self._chance.shuffle(mixed)
        self.count += len(again) + len(old) + len(late) + (len(came) > 1)
        return msgspec.json.encode(answer | {"result": [*mixed, *late]})

    async def finish(self) -> None:
        """Keep nothing back any more."""
        self.more = False
        while self._late:  # noqa: ASYNC110 - it goes out with the next answer
            await asyncio.sleep(LATE[0])


class Overtaking:
    """Posts of the webhook: Telegram is told that each was taken; they arrive late, and some twice.

    It answers in the bot's place, and so must bring each one until the bot takes it.
    """

    def __init__(self, session: aiohttp.ClientSession, to: str, mixing: Mixing, chance: Random) -> None:
        self._session = session
        self._to = to
        self._mixing = mixing
        self._chance = chance
        self._under_way: set[asyncio.Task[None]] = set()

    async def brought(self, body: bytes, headers: dict[str, str]) -> None:
        """Take one over."""
        copies = 1 + (self._chance.random() < 0.3)
        self._mixing.count += copies - 1
        for _ in range(copies):
            task = asyncio.create_task(self._bring(body, headers))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _bring(self, body: bytes, headers: dict[str, str]) -> None:
        await asyncio.sleep(self._chance.uniform(*LATE))
        self._mixing.count += 1
        while True:
            try:
                async with self._session.post(self._to, data=body, headers=headers) as answer:
                    if answer.ok:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(LATE[0])

    async def finish(self) -> None:
        """Wait until all have arrived."""
        while self._under_way:
            await asyncio.wait(self._under_way)


@asynccontextmanager
async def mix(scene: Scene) -> AsyncIterator[Mixing]:
    """Mix what comes, until the end of this."""
    mixing = Mixing(scene.chance)
    if scene.front is None:
        for station in scene.stations:
            station.line.answered = mixing.fetched
        try:
            yield mixing
            await mixing.finish()
        finally:
            for station in scene.stations:
                station.line.let_pass()
        return
    async with aiohttp.ClientSession() as session:
        overtaking = Overtaking(session, f"{scene.front.targets[0]}/hook", mixing, scene.chance)
        scene.front.instead = overtaking.brought
        try:
            yield mixing
        finally:
            scene.front.instead = None
            await overtaking.finish()


class Swap:
    """Posts of the webhook in pairs: the second comes at once, the first a moment later, to another bot if there is."""

    def __init__(self, session: aiohttp.ClientSession, targets: Sequence[str]) -> None:
        self._session = session
        self._targets = targets
        self._first: tuple[bytes, dict[str, str]] | None = None
        self.swapped = asyncio.Event()
        """Set when a pair has been taken."""
        self.took = 0.0
        """Seconds from the coming of the second to the taking of the first."""

    async def brought(self, body: bytes, headers: dict[str, str]) -> None:
        """Take one over; with the second both go on."""
        if self._first is None:
            self._first = body, headers
            return
        first, self._first = self._first, None
        begun = time.monotonic()
        await self._bring(self._targets[0], body, headers)
        await asyncio.sleep(MOMENT)
        await self._bring(self._targets[-1], *first)
        self.took = time.monotonic() - begun
        self.swapped.set()

    async def _bring(self, target: str, body: bytes, headers: dict[str, str]) -> None:
        async with self._session.post(f"{target}/hook", data=body, headers=headers) as answer:
            answer.raise_for_status()
