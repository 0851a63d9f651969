"""The house that stands behind a stage, opened on a little Telegram of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from bot.app import Seams, load_catalogue, open_house
from bot.complaint.ids import ChatId
from bot.config import Settings, load_rules
from bot.office.pacing import Limits
from bot.policy.rules import Rules
from bot.reading import Reader, built_in_cues
from bot.sandbox.demo import demo_world
from bot.sandbox.server import SandboxServer
from bot.wording.catalogue import Catalogue
from tests.handclock import HandClock
from tests.stories.stage import Stage

UNHURRIED = Limits(per_second=100_000, private_burst=100_000, per_group_minute=100_000)


@cache
def _catalogue() -> Catalogue:
    """Compiled once for all stories: it never changes."""
    return load_catalogue(load_rules(), None)


@cache
def _reader() -> Reader:
    return Reader(built_in_cues())


@asynccontextmanager
async def raise_stage(folder: Path, *, lang: str = "zh", rules: Rules | None = None) -> AsyncIterator[Stage]:
    """Open the house on a sandbox of its own."""
    clock = HandClock()
    numbers = iter(range(1_000_001, 9_999_999, 37))
    rules = rules or load_rules()
    demo = demo_world(lang, now=clock.seconds)
    async with SandboxServer(demo.world) as server:
        settings = Settings(
            token=demo.world.token,
            api_url=server.base_url,
            database=f"sqlite:///{folder / 'desk.db'}",
            desk=ChatId(demo.desk.id),
        )
        seams = Seams(
            clock=clock,
            limits=UNHURRIED,
            digits=lambda: next(numbers),
            jitter=lambda: 0.0,
            catalogue=_catalogue() if rules == load_rules() else None,
            reader=_reader(),
        )
        async with open_house(settings, rules, seams) as house:
            working = asyncio.create_task(house.run())
            try:
                yield Stage(house=house, demo=demo, clock=clock, rules=rules)
                if working.done():
                    working.result()
            finally:
                await house.close()
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)
