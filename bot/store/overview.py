"""The store's part for supervisors: everything that is open, and everything that is owed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.complaint.axes import Control, Queue
from bot.complaint.boards import Hits, Outlook, Show, Tally
from bot.complaint.ids import CaseNo, UserId
from bot.store.rows import Row


class Overview(Protocol):
    """The supervisors' calls. They only read, and may raise `StoreUnusable`."""

    async def open_cases(self, wanted: Outlook, *, offset: int, limit: int) -> Hits:
        """A page of open cases: the gravest first, then what is due next, then the oldest."""
        ...

    async def tally(self, wanted: Outlook) -> Tally:
        """How many open cases of each kind there are, regardless of `show` and `queue`."""
        ...

    async def about(self, person: UserId) -> tuple[CaseNo, ...]:
        """The open cases that are about this colleague."""
        ...

    async def owed(
        self,
        since: datetime | None,
        until: datetime,
        *,
        offset: int,
        limit: int,
        but: Collection[CaseNo] = (),
    ) -> Hits:
        """A page of what is owed from `since` (None: the beginning) and before `until`, the earliest first.

        That is open promises, and notices of authorities that wait for an answer. A hit's `since` is the moment at
        which it is due. What the cases `but` owe is left out.
        """
        ...

    async def owed_between(self, bounds: Sequence[datetime], but: Collection[CaseNo] = ()) -> list[int]:
        """How many of those are due before the first bound, then between each and the next."""
        ...


def tally_of(rows: Sequence[Row]) -> Tally:
    """The counts of rows (queue, control, held, all, late, grave, mine)."""
    found: dict[Queue, dict[Show, int]] = {}
    for queue, control, held, count, late, grave, mine in rows:
        cell = found.setdefault(Queue(queue), dict.fromkeys(Show, 0))
        cell[Show.ALL] += count
        cell[Show.LATE] += late
        cell[Show.GRAVE] += grave
        cell[Show.MINE] += mine
        if control == Control.QUEUED and not held:
            cell[Show.WAITING] += count
    return found
