"""Fixtures and settings of the whole suite."""

import gc
import io
import logging
import os
import sys
from collections.abc import Iterator
from itertools import chain, groupby

import pytest
import structlog
from hypothesis import HealthCheck, settings

from bot.logs import configure

# what is searched is the same in every run, and a busy machine is no fault; the long search is for a night's work,
# the short one for mutation runs
settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("short", settings.get_profile("suite"), max_examples=10)
settings.register_profile("long", settings.get_profile("suite"), max_examples=20_000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

# what is gathered stays to the end: looking through it for garbage again and again costs a sixth of the whole
gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Killed processes come first, in the shares of half the workers: they wait much, and never all at once.

    So the last to end is a short test. Modules stay together, in the order that chance gave them.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    killing = [one for one in items if one.get_closest_marker("crash")]
    others = [one for one in items if not one.get_closest_marker("crash")]
    shares: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for number, (_, module) in enumerate(groupby(killing, key=lambda one: one.path)):
        shares[number % ((workers + 1) // 2)].extend(module)
    left = len(items)
    for number, share in enumerate(shares):
        # as xdist parts them
        size = left // (workers - number)
        left -= size
        taken = max(0, size - len(share))
        share.extend(others[:taken])
        del others[:taken]
    items[:] = [*chain.from_iterable(shares), *others]


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
