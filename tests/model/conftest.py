"""Fixtures for the tests of the second reader."""

from collections.abc import AsyncIterator

import pytest

from bot.reading import Reader
from tests.furniture import the_reader
from tests.model.server import ModelServer, model_server


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The built-in reader."""
    return the_reader()


@pytest.fixture
async def model() -> AsyncIterator[ModelServer]:
    """A model on this machine."""
    async with model_server() as there:
        yield there
