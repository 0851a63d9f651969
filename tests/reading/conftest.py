from collections.abc import Callable

import pytest

from bot.complaint.reading import Reading
from bot.reading import Reader
from tests.furniture import the_reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return the_reader()


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[..., Reading]:
    return reader.read
