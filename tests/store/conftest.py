"""A fresh store of every kind for each test, and one that can be closed and opened again."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import Store, open_store
from tests.contract.store import KINDS, LASTING


@pytest.fixture(name="store", params=sorted(KINDS))
async def _store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """A store with nothing in it."""
    store = await open_store(KINDS[request.param](tmp_path))
    yield store
    await store.close()


@pytest.fixture(name="address", params=sorted(LASTING))
def _address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store may be made that outlives its program."""
    return LASTING[request.param](tmp_path)
