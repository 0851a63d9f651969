"""Interfaces for what may delay a row: a model that reads, an easel that draws."""

from collections.abc import Callable, Iterable
from typing import Protocol

from bot.complaint.events import Event
from bot.complaint.records import InboxRow


class ReadsAhead(Protocol):
    """Anything that may need time with a message before it is worked."""

    def waits(self, events: Iterable[Event], then: Callable[[], None]) -> bool:
        """Whether these events must wait; `then` is called when they no longer do."""
        ...


class Draws(Protocol):
    """Anything that draws what a row requests."""

    def waits(self, row: InboxRow, then: Callable[[], None]) -> bool:
        """Whether a row waits for its pictures; `then` is called when it no longer does."""
        ...
