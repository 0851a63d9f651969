"""Fixtures for the crash tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.crash.brand import quick_brand
from tests.outpost import LittleTelegram, Post, little_telegram, posted


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[LittleTelegram]:
    """A little Telegram that survives the bot."""
    async with little_telegram(tmp_path) as there:
        yield there


@pytest.fixture
def brand(tmp_path: Path) -> Path:
    """The demo brand, impatient."""
    return quick_brand(tmp_path)


@pytest.fixture
async def post(tmp_path: Path, telegram: LittleTelegram, brand: Path) -> AsyncIterator[Post]:
    """A bot's place; nothing runs yet."""
    async with posted(tmp_path, telegram, brand=brand) as place:
        yield place
