"""Fixtures for the stories."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.raising import raise_stage
from tests.stories.shop import Shop, raise_shop
from tests.stories.stage import Stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A house in Chinese, with two agents, a stranger and a customer."""
    async with raise_stage(tmp_path) as ready:
        yield ready


@pytest.fixture
async def english_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The same in English."""
    async with raise_stage(tmp_path, lang="en") as ready:
        yield ready


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """A house with one account, 小店."""
    async with raise_shop(tmp_path) as ready:
        yield ready
