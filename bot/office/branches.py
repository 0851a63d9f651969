"""Several brands behind one bot: finds the brand of an event, and serves it by that brand's rules."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.complaint.doors import OWN_CHAT, door_of
from bot.complaint.events import (
    Commanded,
    CustomerWrote,
    Due,
    Erased,
    Event,
    PhoneWrote,
    Pressed,
    Undelivered,
)
from bot.complaint.ids import CaseNo, UserId
from bot.office.booking.ledger import Ledger
from bot.office.groups import Groups
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.reading_room import Reads
from bot.office.lookup.whereabouts import case_at_desk
from bot.office.lookup.worksheet import Worksheet
from bot.office.turns.counter import AT_THE_DESK, Counter
from bot.policy.rules import Rules
from bot.store.port import Store

Parts = tuple[Store, Reads, Lookup, Ledger, Rules, Groups]
DoorFor = Callable[[UserId], Awaitable[int]]
_SAID = (CustomerWrote, PhoneWrote, Commanded, Pressed)


class Branches:
    """Finds the brand of an event: that of its case, else that of the account it came through.

    Args:
        counters: the counter of each account that has a brand file, by its owner.
        door_for: the door of an owner's account.
    """

    def __init__(self, counters: Mapping[UserId, Counter], door_for: DoorFor) -> None:
        self._counters = counters
        self._door_for = door_for
        self._by_door: dict[int, Counter] = {}

    async def counter(self, event: Event, sheet: Worksheet) -> Counter | None:
        """The counter that serves this event; None for the common one."""
        door = _door(event, sheet)
        if door == OWN_CHAT:
            return None
        if len(self._by_door) < len(self._counters):
            for owner, one in self._counters.items():
                self._by_door[await self._door_for(owner)] = one
        return self._by_door.get(door)


def _door(event: Event, sheet: Worksheet) -> int:
    """The door of the case that is concerned; where there is none yet, that of the message."""
    case = sheet.case(_case_no(event, sheet))
    if case is not None and (case.is_open or not isinstance(event, _SAID)):
        return case.door
    return door_of(event.message) if isinstance(event, _SAID) else OWN_CHAT


def _case_no(event: Event, sheet: Worksheet) -> CaseNo | None:
    if isinstance(event, Due | Undelivered):
        return event.case_no
    if isinstance(event, AT_THE_DESK) or (isinstance(event, Pressed) and event.chat in sheet.desks):
        return case_at_desk(event, sheet)
    return sheet.talk(event.chat).case_no if isinstance(event, (*_SAID, Erased)) else None


class ManyBrands(Counter):
    """The common counter, which passes events of other brands to their counters."""

    branches: Branches

    async def serve(self, event: Event, sheet: Worksheet, arrived: datetime) -> bool:
        """See `Counter.serve`."""
        own = await self.branches.counter(event, sheet)
        return await (own.serve if own is not None else super().serve)(event, sheet, arrived)


def many_brands(parts: Parts, counters: Mapping[UserId, Counter], door_for: DoorFor) -> Counter:
    """The common counter of a bot with several brands."""
    counter = ManyBrands(*parts)
    counter.branches = Branches(counters, door_for)
    return counter
