"""The interface of a room: a part of the office that serves some kinds of events itself."""

from datetime import datetime
from typing import Any, Protocol

from bot.complaint.events import Event
from bot.office.lookup.worksheet import Worksheet


class Room(Protocol):
    """A part of the office that serves some kinds of events itself."""

    def concerns(self, event: Event, sheet: Worksheet) -> bool:
        """Whether this event is theirs."""
        ...

    async def serve(self, event: Any, sheet: Worksheet, arrived: datetime) -> None:  # noqa: ANN401 - what concerns them
        """Do what it asks for."""
        ...
