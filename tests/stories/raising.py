"""Opens the bot behind a story, on a sandbox of its own."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.app import Seams, open_house
from bot.commands.staffing import staffed
from bot.complaint.axes import Queue
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId
from bot.config import Settings
from bot.office.lookup.reading_room import Reads
from bot.office.outgoing.pacing import Limits
from bot.policy.card_edits import AT_ONCE, CardRules
from bot.policy.rules import Rules
from bot.sandbox.demo import demo_world
from bot.sandbox.pacing import Limits as TelegramLimits
from bot.sandbox.server import SandboxServer
from tests.furniture import catalogue_for, the_reader, the_rules
from tests.handclock import START, HandClock
from tests.stories.stage import Stage

UNHURRIED = Limits(per_second=100_000, private_burst=100_000, per_group_minute=100_000)


@asynccontextmanager
async def raise_stage(  # noqa: PLR0913 - a stage is set up in one place
    folder: Path,
    *,
    lang: str = "zh",
    rules: Rules | None = None,
    desks: Mapping[Queue, str] | None = None,
    start: datetime = START,
    pace: Limits = UNHURRIED,
    telegram: TelegramLimits | None = None,
    again: Stage | None = None,
    staff: bool = True,
    reader: Reads | None = None,
    more: Mapping[str, Any] | None = None,
    cards: CardRules = AT_ONCE,
) -> AsyncIterator[Stage]:
    """Open the house on a sandbox of its own, with the demo's people on its roster.

    `desks` gives queues a group of their own, by its title: `desks={Queue.SAFETY: "安全群"}`. `pace` is what the
    house holds itself to, `telegram` what is enforced. `again` opens the house once more in the world of a stage
    that was; without `staff` the brand file names nobody. `reader` reads instead of ours, `more` are settings.
    A case's card shows every change at once, unless `cards` says otherwise.
    """
    clock = again.clock if again else HandClock(start)
    numbers = iter(range(1_000_001, 9_999_999, 37))
    own = dict(desks or {})
    demo = (
        again.demo
        if again
        else demo_world(
            lang, now=clock.seconds, limits=telegram, extra_groups=tuple(dict.fromkeys(own.values()))
        )
    )
    rules = replace(staffed(rules or the_rules(), demo, own), cards=cards)
    rules = rules if staff else replace(rules, people=())
    async with SandboxServer(demo.world) as server:
        settings = Settings(
            token=demo.world.token,
            api_url=server.base_url,
            database=f"sqlite:///{folder / 'desk.db'}",
            desk=ChatId(demo.desk.id),
            **(more or {}),
        )
        seams = Seams(
            clock=clock,
            limits=pace,
            digits=lambda: next(numbers),
            jitter=lambda: 0.0,
            catalogue=catalogue_for(rules),
            reader=reader or the_reader(),
        )
        async with open_house(settings, rules, seams) as house:
            working = asyncio.create_task(house.run())
            try:
                heard = dict(again.heard) if again else {}
                yield Stage(house=house, demo=demo, clock=clock, rules=rules, heard=heard)
                if working.done():
                    working.result()
                assert not demo.world.odd, f"not as the Bot API is documented: {list(demo.world.odd)}"
            finally:
                await house.close()
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)
