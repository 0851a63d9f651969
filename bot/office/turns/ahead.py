"""Interfaces for what may delay a row: a model that reads, an easel that draws."""

from collections.abc import Callable, Iterable
from typing import Protocol

from bot.complaint.events import Event
from bot.complaint.records import InboxRow


class ReadsAhead(Protocol):
    """Whoever may want a moment with a message before it is worked."""

    def waits(self, events: Iterable[Event], then: Callable[[], None]) -> bool:
        """Whether the events of a chat are still being looked into; `then` is called when they no longer are."""
        ...


class Draws(Protocol):
    """Whoever draws what rows wish for."""

    def waits(self, row: InboxRow, then: Callable[[], None]) -> bool:
        """Whether a row waits for its pictures; `then` is called when it no longer does."""
        ...
