"""One whole day, opened and closed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bot.office.pacing import Limits
from bot.sandbox.pacing import TELEGRAM_LIMITS
from tests.day.findings import Day, look_back
from tests.day.shift import Shift
from tests.stories.raising import raise_stage

MORNING = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
"""Wednesday, nine in the morning in Shanghai."""
AFTERWARDS = timedelta(hours=1)
"""How long the agents stay after the last customer came."""


async def a_day(folder: Path, *, cases: int, hours: float, seed: int) -> Day:
    """So many customers within so many hours, four agents, Telegram's own limits; what was found."""
    async with raise_stage(folder, start=MORNING, pace=Limits(), telegram=TELEGRAM_LIMITS) as stage:
        shift = Shift(stage=stage, chance=Random(seed))  # noqa: S311 - nothing here is a secret
        ends = MORNING + timedelta(hours=hours)
        shift.open_doors(cases, MORNING, ends)
        shift.staff(list(stage.demo.agents)[:4], MORNING, ends + AFTERWARDS)
        await shift.run(ends + AFTERWARDS)
        return await look_back(shift)
