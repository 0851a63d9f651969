"""The clerk's tray: of all that waits in the inbox, what can be worked now."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.complaint.records import InboxRow
from bot.office.clock import Clock
from bot.office.incoming.doors import Doors
from bot.office.incoming.sequence import Succession, as_they_happened
from bot.store.port import Store
from bot.telegram.delivery import Telegram


class Tray:
    """Puts rows before the clerk.

    Args:
        doors: learns whose accounts connections lead to.
        succession: waits for what was overtaken; none where updates are fetched, which come in order.
    """

    def __init__(self, doors: Doors, succession: Succession | None = None) -> None:
        self.doors = doors
        self._succession = succession

    async def ready(self, rows: Sequence[InboxRow], wake: Callable[[], None]) -> list[InboxRow]:
        """The rows that can be worked now, as they happened; `wake` is called where others can be in the next round."""
        readable = await self.doors.readable(rows, wake)
        if self._succession is None:
            return as_they_happened(readable)
        return await self._succession.in_turn(readable)

    def rest(self, longest: datetime) -> datetime:
        """Until when there is nothing to do, if nothing comes: then, or at the end of a wait."""
        until = self._succession.until if self._succession is not None else None
        return longest if until is None else min(longest, until)


def tray_for(store: Store, telegram: Telegram, clock: Clock, *, brought: bool) -> Tray:
    """The tray of a house whose updates are brought, or fetched."""
    return Tray(Doors(store, telegram, clock), Succession(store, clock) if brought else None)
