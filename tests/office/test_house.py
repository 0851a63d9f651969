"""Every part of the house runs as long as the house: one that ends is heard of."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.app import House
from bot.complaint.evolving import replace
from tests.stories.raising import raise_stage


class Ending:
    """A part that ends in some way."""

    def __init__(self, end: Callable[[], Awaitable[None]]) -> None:
        self.run = end


async def _quietly() -> None:
    """It just ends."""


async def _by_anothers_cancellation() -> None:
    """What it waited for was cancelled, and nobody meant the part."""
    gone = asyncio.get_running_loop().create_future()
    gone.cancel()
    await gone


@pytest.mark.parametrize("end", [_quietly, _by_anothers_cancellation])
async def test_a_part_that_ends_by_itself_ends_the_house(
    tmp_path: Path, end: Callable[[], Awaitable[None]]
) -> None:
    """A bot without its sender, or its clerk, would look alive: whoever starts it must start it anew."""
    async with raise_stage(tmp_path) as stage:
        house: House = replace(stage.house, duties=(Ending(end),), front=None)  # type: ignore[arg-type]
        async with asyncio.timeout(60):
            with pytest.raises(RuntimeError, match="Ending ended by itself"):
                await house.run()


async def test_a_house_that_closes_lets_its_parts_end(tmp_path: Path) -> None:
    """Then it is no failure."""
    async with raise_stage(tmp_path) as stage:
        house: House = replace(stage.house, duties=(Ending(_quietly),), front=None)  # type: ignore[arg-type]
        house.standby.outage.give_up()
        running = asyncio.create_task(house.run())
        for _ in range(20):
            await asyncio.sleep(0)
        assert not running.done()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
