"""Fixtures for the red-team tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.raising import raise_stage
from tests.stories.stage import Stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A house in Chinese, with two agents, a stranger and a customer."""
    async with raise_stage(tmp_path) as ready:
        yield ready
