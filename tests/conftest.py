"""What the whole suite stands on."""

import gc
import io
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

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


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, down to the least."""
    root, ours = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure(level="debug", stream=stream, console=False)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**ours)
