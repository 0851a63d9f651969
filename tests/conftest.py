"""What the whole suite stands on."""

import gc
import sys

import pytest

from bot.logs import configure

# what is gathered stays to the end: looking through it for garbage again and again costs a sixth of the whole
gc.disable()


def pytest_collection_finish() -> None:
    """Every test is known: from here on only what they make is looked through."""
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True, scope="session")
def _quiet_logs() -> None:
    """Only what went wrong is logged, as one JSON line each."""
    configure(level="error", stream=sys.stderr, console=False)
