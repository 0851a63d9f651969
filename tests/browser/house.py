"""The bot behind the page: the real command as a process, or its parts on a fixed Wednesday morning."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.app import Seams, open_house
from bot.commands.staffing import staffed
from bot.complaint.axes import Queue
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId
from bot.complaint.reading import Language
from bot.config import Settings
from bot.office.clock import WallClock
from bot.policy.card_edits import AT_ONCE
from bot.sandbox import SandboxServer, demo_world
from tests.furniture import the_catalogue, the_reader, the_rules
from tests.handclock import START
from tests.processes import Running, clean_environment


@asynccontextmanager
async def trying(folder: Path, lang: str = "zh") -> AsyncIterator[str]:
    """Run `complaint-bot try` as a visitor would, and give the address it prints; it must end cleanly."""
    arguments = ("-m", "bot", "try", "--port", "0", "--lang", lang)
    running = await Running.start(*arguments, cwd=folder, env=clean_environment())
    try:
        await running.until(lambda: running.out)
        yield running.out[0].strip()
        ended = await running.stop()
        if ended.code:
            raise AssertionError(ended.err)
    finally:
        if running.process.returncode is None:
            await running.kill()


class WednesdayClock(WallClock):
    """Goes as fast as any clock, and says that now is a working morning: pictures look the same on any day."""

    def __init__(self) -> None:
        self._ahead = START - datetime.now(UTC)

    def now(self) -> datetime:
        """This moment of that Wednesday."""
        return datetime.now(UTC) + self._ahead

    def seconds(self) -> float:
        """This moment, as the sandbox counts."""
        return self.now().timestamp()


@asynccontextmanager
async def on_a_wednesday(
    folder: Path, lang: str = "zh", desks: Mapping[Queue, str] | None = None
) -> AsyncIterator[str]:
    """Open the same house at ten in the morning of a working day; gives the page's address.

    `desks` names the group that a queue has to itself.
    """
    clock = WednesdayClock()
    rules, language = the_rules(), Language(lang)
    tongues = (language, *(one for one in rules.languages if one is not language))
    rules = replace(rules, languages=tongues, cards=AT_ONCE)
    groups = tuple((desks or {}).values())
    demo = demo_world(lang, brand=rules.brand(language), now=clock.seconds, extra_groups=groups)
    rules = staffed(rules, demo, desks)
    async with SandboxServer(demo.world) as server:
        settings = Settings(
            token=demo.world.token,
            api_url=server.base_url,
            database=f"sqlite:///{folder / 'complaints.db'}",
            desk=ChatId(demo.desk.id),
        )
        numbers = iter(range(1_000_001, 9_999_999, 37))
        seams = Seams(
            clock=clock,
            digits=lambda: next(numbers),
            catalogue=the_catalogue(),
            reader=the_reader(),
        )
        async with open_house(settings, rules, seams) as house:
            working = asyncio.create_task(house.run())
            try:
                yield f"{server.base_url}/?lang={lang}"
            finally:
                await house.close()
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)
