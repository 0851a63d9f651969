"""What both ways of taking updates stand on, and an update as a row of the inbox."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from bot.complaint.ids import ChatId
from bot.complaint.records import Arrival
from bot.office.clock import Clock
from bot.office.standby import Standby
from bot.store.port import Store
from bot.telegram.delivery import Telegram
from bot.telegram.parsing import chat_of

MOST_PENDING: Final = 20_000
"""With this many rows waiting, the rest stays with Telegram, which keeps updates for a day."""
BEYOND: Final = 2**63
"""Larger than any chat id, and than any number our databases hold."""


def _nobody_counts(_kind: str, _count: int) -> None:
    """The counter that counts nothing."""


@dataclass(frozen=True, slots=True)
class Receiving:
    """What an intake works with.

    Args:
        store: where arrivals are kept.
        telegram: where they come from.
        clock: tells the time and waits for it.
        on_kept: called after each commit that brought something new; it wakes the clerk.
        most_pending: no more is taken while the inbox holds so many open rows.
        came: told of the kinds of updates that come, and how many of each.
        standby: speaks while nothing can be kept.
    """

    store: Store
    telegram: Telegram
    clock: Clock
    on_kept: Callable[[], None]
    most_pending: int = MOST_PENDING
    came: Callable[[str, int], None] = _nobody_counts
    standby: Standby | None = None


def arrival_of(raw: bytes, number: int | None, at: datetime) -> Arrival:
    """An update as a row of the inbox. One without an id gets a hash of its content as key."""
    key = str(number) if number is not None else f"unnumbered:{sha256(raw).hexdigest()}"
    chat = chat_of(raw)
    return Arrival(
        source="telegram", key=key, chat=chat if abs(chat) < BEYOND else ChatId(0), body=raw, at=at
    )
