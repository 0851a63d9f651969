"""What the whole suite stands on."""

import sys

import pytest

from bot.logs import configure


@pytest.fixture(autouse=True, scope="session")
def _quiet_logs() -> None:
    """Only what went wrong is logged, as one JSON line each."""
    configure(level="error", stream=sys.stderr, console=False)
