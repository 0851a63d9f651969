"""A supervisor's page for each test, and how its questions are asked."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.miniapp import init_data
from tests.browser.floor import Floor, supervised
from tests.handclock import HandClock

MANY = 60
"""Open cases beside the kettle's."""


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def floor(tmp_path: Path, clock: HandClock) -> AsyncIterator[Floor]:
    async with supervised(tmp_path, many=MANY, over=30, clock=clock) as floor:
        yield floor


@pytest.fixture
async def http(floor: Floor) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(floor.page) as session:
        yield session


def shown(floor: Floor, username: str = "chen_lan") -> dict[str, str]:
    """What the page of this person sends along."""
    return {"Authorization": f"tma {init_data(floor.demo.world, floor.person(username).id)}"}


async def ask(
    http: aiohttp.ClientSession, view: str, headers: dict[str, str], **asked: str
) -> tuple[int, Any]:
    """A question of the page's and its answer."""
    async with http.get(f"api/{view}", headers=headers, params=asked) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.status, await answer.json()
