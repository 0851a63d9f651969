"""Opens the second reader, if a model is configured."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.office.lookup.reading_room import Reads
from bot.office.turns.ahead import ReadsAhead


class SecondReader(Reads, ReadsAhead, Protocol):
    """A reader that may ask a model in advance."""


class Named(Protocol):
    """The settings of a model."""

    @property
    def model_url(self) -> str | None:
        """Where it is asked."""
        ...

    @property
    def model(self) -> str | None:
        """Which it is."""
        ...

    @property
    def model_key(self) -> str | None:
        """What it is shown."""
        ...

    @property
    def model_seconds(self) -> float:
        """How long it may take."""
        ...

    @property
    def model_daily(self) -> int:
        """How often a day it may be asked."""
        ...


@asynccontextmanager
async def second_opinion(
    first: Reads, named: Named, zone: ZoneInfo, now: Callable[[], datetime]
) -> AsyncIterator[SecondReader | None]:
    """The second reader; None if no model is configured."""
    if named.model_url is None or named.model is None:
        yield None
        return
    from bot.model import Endpoint  # noqa: PLC0415 - who names no model needs none of it
    from bot.office.turns.second_reader import open_second_reader  # noqa: PLC0415 - as above

    endpoint = Endpoint(
        url=named.model_url, model=named.model, key=named.model_key, seconds=named.model_seconds
    )
    async with open_second_reader(first, endpoint, named.model_daily, zone, now) as second:
        yield second
