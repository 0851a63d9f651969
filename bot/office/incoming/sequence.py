"""Puts updates that a webhook delivered out of order back into order."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from bot.complaint.ids import ChatId
from bot.complaint.records import InboxRow
from bot.office.clock import Clock
from bot.store.port import Store

HOLD: Final = timedelta(seconds=0.4)
"""An update waits so long for those with lower numbers that have not come: posts that overtake each other are
milliseconds apart, and one that failed is brought anew at once. What is lost costs this once."""
BRIEF: Final = timedelta(seconds=0.025)
"""The same where many are missing: then Telegram works somebody's flood off one by one, and nobody waits for that."""
FEW: Final = 8
"""So many may be missing before it looks like that."""
FLOODS: Final = timedelta(seconds=1)
"""For so long it looks like that, too, after a number came that nobody waited for any longer."""
LEAP: Final = 1000
"""Numbers further apart do not follow each other: they began anew, or what was between is too old to be brought."""
UNDER_WAY: Final = 100
"""How far below a first number its forerunner is looked for: no more are brought at once."""
QUIET: Final = timedelta(days=1)
"""After a week without updates numbers begin anew, anywhere. After a day nothing is expected any more."""


def as_they_happened(rows: Iterable[InboxRow]) -> list[InboxRow]:
    """Telegram's updates of a chat change places among themselves until their numbers rise; others stay."""
    told = list(rows)
    places: dict[ChatId, list[int]] = {}
    for place, row in enumerate(told):
        if _numbered(row):
            places.setdefault(row.arrival.chat, []).append(place)
    for those in places.values():
        updates = [told[place] for place in those]
        if all(_number(one) < _number(other) for one, other in pairwise(updates)):
            continue
        for place, row in zip(those, sorted(updates, key=_number), strict=True):
            told[place] = row
    return told


class Succession:
    """Holds back, for a moment, what came before its forerunners. Where nothing is missing it asks nobody.

    A missing number tells nothing about its chat, so everybody behind it waits.

    Args:
        store: knows what came to another replica, or before this one began.
        clock: tells the time.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._through: int | None = None
        """All up to this number have come, or are not waited for any longer."""
        self._came: set[int] = set()
        """Numbers above it that have."""
        self._missed: dict[int, datetime] = {}
        """Numbers above it that have not, and since when each is missing."""
        self._last_row = 0
        self._late: datetime | None = None
        """When a number up to it came."""
        self._newest = clock.now()
        self.until: datetime | None = None
        """When something that is held back goes on, whatever comes."""

    async def in_turn(self, rows: Sequence[InboxRow]) -> list[InboxRow]:
        """The rows that need to wait for nothing, as they happened."""
        self.until = None
        numbers = self._new(rows)
        if not numbers or self._follow(numbers):
            return as_they_happened(rows)
        fetched = await self._look_below(numbers, {row.arrival.chat for row in rows})
        self._go_on()
        self._came -= {_number(row) for row in fetched}
        return self._due(as_they_happened(sorted([*rows, *fetched], key=lambda row: row.id)))

    def _new(self, rows: Iterable[InboxRow]) -> list[int]:
        """The numbers that nothing is known of yet, in order; a row that failed once had its turn."""
        found = {_number(row) for row in rows if not row.attempts and _numbered(row)}
        now, through = self._clock.now(), self._through
        self._note_late(rows, now)
        if abs(now - self._newest) > QUIET:
            through = self._through = None
        numbers = sorted(found if through is None else (one for one in found if one > through))
        if numbers:
            self._newest = now
        return numbers

    def _note_late(self, rows: Iterable[InboxRow], now: datetime) -> None:
        """Rows are numbered as they come: one that was seen before, and waits for something else, is not late."""
        for row in rows:
            if row.id > self._last_row:
                self._last_row = row.id
                if self._through is not None and _numbered(row) and _number(row) <= self._through:
                    self._late = now

    def _follow(self, numbers: Sequence[int]) -> bool:
        """Whether they follow directly what came before; then all of them came."""
        if self._missed or self._through is None or numbers[-1] - self._through != len(numbers):
            return False
        self._through = numbers[-1]
        return True

    async def _look_below(self, numbers: Sequence[int], chats: Collection[ChatId]) -> list[InboxRow]:
        """Learn which numbers are missing; the rows of these chats that would have come later than they should."""
        if self._through is None or numbers[-1] - self._through > LEAP:
            self._through = await self._forerunner(_landing(numbers))
        through = self._through
        self._came = {one for one in (*self._came, *numbers) if one > through}
        missing = [one for one in range(through + 1, numbers[-1]) if one not in self._came]
        kept = await self._store.kept(missing) if missing else {}
        self._came.update(kept)
        now = self._clock.now()
        self._missed = {one: self._missed.get(one, now) for one in missing if one not in kept}
        return [row for row in kept.values() if row is not None and row.arrival.chat in chats]

    async def _forerunner(self, first: int) -> int:
        """The number that is to come before this one."""
        return max(await self._store.kept(range(max(0, first - UNDER_WAY), first)), default=first - 1)

    def _go_on(self) -> None:
        """Pass what has come, and what has been waited for long enough."""
        now = self._clock.now()
        patience = self._patience(now)
        while self._through is not None:
            following = self._through + 1
            since = self._missed.get(following)
            # a clock that was set back makes nobody wait
            if following not in self._came and (since is None or abs(now - since) < patience):
                self.until = None if since is None else since + patience
                return
            self._through = following
            self._came.discard(following)
            self._missed.pop(following, None)

    def _patience(self, now: datetime) -> timedelta:
        floods = self._late is not None and abs(now - self._late) < FLOODS
        return BRIEF if floods or len(self._missed) > FEW else HOLD

    def _due(self, rows: Iterable[InboxRow]) -> list[InboxRow]:
        """What comes before anything that is missing; behind what waits, its chat waits too."""
        waiting: set[ChatId] = set()
        due = []
        for row in rows:
            early = self._through is not None and _numbered(row) and _number(row) > self._through
            if row.arrival.chat in waiting or (early and not row.attempts):
                waiting.add(row.arrival.chat)
            else:
                due.append(row)
        return due


def _landing(numbers: Sequence[int]) -> int:
    """The first of those that follow each other, up to the last."""
    leaps = [later for earlier, later in pairwise(numbers) if later - earlier > LEAP]
    return leaps[-1] if leaps else numbers[0]


def _numbered(row: InboxRow) -> bool:
    return row.arrival.source == "telegram" and row.arrival.key.isdigit()


def _number(row: InboxRow) -> int:
    return int(row.arrival.key)
