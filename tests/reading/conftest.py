from collections.abc import Callable

import pytest

from bot.complaint.reading import Reading
from bot.reading import Reader

_READER = Reader()


@pytest.fixture(scope="session")
def reader() -> Reader:
    return _READER


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[..., Reading]:
    return reader.read
