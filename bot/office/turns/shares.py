"""Fair shares of the inbox: between the chats of a round, and between replicas."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.ids import ChatId
from bot.complaint.records import InboxRow

OF_A_CHAT: Final = 8
"""The most rows of one chat in a round."""
COMPANY: Final = timedelta(seconds=10)
"""How long another replica counts as present after its last notification."""
LEFT: Final = 1.1
"""Of the time that a round took, whoever carries the letters of all leaves so much to the others: then both have
as much to do."""
LONGEST: Final = timedelta(seconds=0.1)


def fair(rows: Iterable[InboxRow]) -> list[InboxRow]:
    """The oldest rows, at most so many of each chat."""
    taken: dict[ChatId, int] = {}
    chosen = []
    for row in rows:
        taken[row.arrival.chat] = taken.get(row.arrival.chat, 0) + 1
        if taken[row.arrival.chat] <= OF_A_CHAT:
            chosen.append(row)
    return chosen


class Company:
    """Leaves more rows to other replicas while this one also sends the letters."""

    def __init__(self) -> None:
        self._until: datetime | None = None

    def heard(self, now: datetime) -> None:
        """Another replica has written letters that we carry."""
        self._until = now + COMPANY

    def rest(self, began: datetime, now: datetime) -> datetime | None:
        """Until when to leave the inbox to others after a round; None if there are none."""
        if self._until is None or now >= self._until:
            return None
        return now + min(LONGEST, max(timedelta(0), now - began) * LEFT)
