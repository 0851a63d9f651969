"""The caretaker: tells the desk once when something is wrong with the bot, and once when it is over."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.complaint.actions import Lane, Situation, Tell, Turn
from bot.complaint.errors import ComplaintError
from bot.complaint.ids import CaseNo
from bot.complaint.letters import Letter
from bot.complaint.records import Round
from bot.complaint.upkeep import Condition
from bot.office.booking.bookkeeping import Bookkeeper
from bot.office.booking.ledger import Ledger
from bot.office.booking.turns import Occasion
from bot.office.clock import Clock, WallClock
from bot.office.groups import Groups
from bot.office.outgoing.couriers import Carries
from bot.office.watching.retiring import Retirer
from bot.store.port import Store
from bot.telegram.hook import Hook

LOOK: Final = timedelta(seconds=30)
SURE: Final = 2
"""Checks in a row that must show a trouble before it is reported."""
CALM: Final = 4
"""Checks in a row without it before it is over."""
QUIET: Final = timedelta(hours=1)
"""How often at most the same trouble is reported."""
INBOX: Final = timedelta(minutes=2)
LETTERS: Final = timedelta(hours=1)
FILES: Final = timedelta(hours=1)
HOOK: Final = timedelta(minutes=3)
ASIDE: Final = 10
"""Rows set aside within an hour that count as trouble; each is also reported by itself."""
JUMP: Final = 30.0
"""Seconds by which the clock may be off between two looks."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is wrong, how much, and since when."""

    name: str
    count: int
    since: datetime


@dataclass(slots=True, kw_only=True)
class _Course:
    """The history of one kind of trouble."""

    seen: int = 0
    calm: int = 0
    told: bool = False
    told_at: datetime | None = None


def troubles(found: Condition, hook: Hook | None, aside: int, now: datetime) -> Iterator[Trouble]:
    """The troubles that these figures show; `aside` rows were set aside within the last hour."""
    if found.inbox_since is not None and now - found.inbox_since > INBOX:
        yield Trouble(name="inbox", count=found.inbox_waiting, since=found.inbox_since)
    if found.letters_since is not None and now - found.letters_since > LETTERS:
        yield Trouble(name="letters", count=found.letters_waiting, since=found.letters_since)
    if found.files_since is not None and now - found.files_since > FILES:
        yield Trouble(name="files", count=found.files_waiting, since=found.files_since)
    if aside >= ASIDE:
        yield Trouble(name="set_aside", count=aside, since=now)
    if hook is not None and hook.failed_since(now - HOOK):
        yield Trouble(name="webhook", count=hook.waiting, since=now)


class Caretaker:
    """Checks until cancelled.

    Args:
        store: tells what waits, and takes the notices.
        courier: is given the notices once they are committed.
        ledger: words them.
        groups: where the desk is.
        clock: tells the time and waits for it.
        hook: what Telegram said last of the webhook.
        ticks: seconds that no setting of the clock changes.
    """

    def __init__(
        self,
        store: Store,
        courier: Carries,
        ledger: Ledger,
        groups: Groups,
        clock: Clock,
        hook: Callable[[], Hook | None] = lambda: None,
        ticks: Callable[[], float] | None = None,
    ) -> None:
        self._store = store
        self._courier = courier
        self._ledger = ledger
        self.retirer = Retirer(store, ledger, clock.now())
        self._bookkeeper = Bookkeeper(store)
        self._groups = groups
        self._clock = clock
        self._hook = hook
        self._ticks = ticks or (time.monotonic if isinstance(clock, WallClock) else self._by_clock)
        self._courses: dict[str, _Course] = {}
        self._aside: deque[tuple[datetime, int]] = deque()
        self._never = asyncio.Event()
        self._last = self._moment()

    def adopt(self, ledger: Ledger) -> None:
        """Render with another ledger from now on."""
        self._ledger = ledger
        self.retirer.ledger = ledger

    async def run(self) -> None:
        """Look until cancelled. What fails here fails elsewhere too, where it is told loudly."""
        while True:
            self._never.clear()
            await self._clock.wait(self._clock.now() + LOOK, self._never)
            try:
                await self.look()
                self._courier.post(await self.retirer.go_on(self._clock.now()))
                await self._bookkeeper.go_on(self._ledger.rules, self._clock.now())
            except ComplaintError as error:
                _log.warning("caretaker_hindered", reason=type(error).__name__)

    async def look(self) -> None:
        """One check."""
        now = self._clock.now()
        jump = self._jumped()
        if abs(jump) > JUMP:
            _log.warning("clock_jumped", seconds=round(jump))
            await self._say(Trouble(name="clock", count=round(jump), since=now))
        found = await self._store.condition(now)
        aside = self._newly_aside(found.set_aside, now)
        for one in self._judge({one.name: one for one in troubles(found, self._hook(), aside, now)}, now):
            await self._say(one)

    def _judge(self, found: dict[str, Trouble], now: datetime) -> list[Trouble | str]:
        """What to report now: a trouble, or the name of one that is over."""
        told: list[Trouble | str] = []
        for name in {*found, *self._courses}:
            course = self._courses.setdefault(name, _Course())
            here = name in found
            course.seen, course.calm = (course.seen + 1, 0) if here else (0, course.calm + 1)
            rested = course.told_at is None or abs(now - course.told_at) >= QUIET
            if here and course.seen >= SURE and not course.told and rested:
                course.told, course.told_at = True, now
                told.append(found[name])
            elif course.told and course.calm >= CALM:
                course.told = False
                told.append(name)
        return told

    async def _say(self, news: Trouble | str) -> None:
        now = self._clock.now()
        if isinstance(news, Trouble):
            _log.error("unwell", trouble=news.name, count=news.count, since=news.since.isoformat())
            fields = {"trouble": news.name, "count": news.count, "since": news.since}
            told = Tell(name="unwell", fields=fields, general=True, lane=Lane.URGENT)
        else:
            _log.info("well_again", trouble=news)
            told = Tell(name="well_again", fields={"trouble": news}, general=True, lane=Lane.URGENT)
        letters = self.letters(told, now)
        await self._store.write(Round(at=now, letters=letters))
        self._courier.post(letters)

    def letters(self, told: Tell, now: datetime) -> list[Letter]:
        """The report as letters, bypassing the inbox, which may be what is stuck."""
        turn = Turn(conversation=None, case=None, actions=(told,))
        desk = self._groups.common
        situation = Situation(now=now, fresh_case_no=CaseNo(""), desk=desk, where=desk)
        return self._ledger.book(Occasion(turn=turn, before=None, at=now), situation).letters

    def _newly_aside(self, count: int, now: datetime) -> int:
        """How many rows were set aside within the last hour, as far as we looked."""
        self._aside.append((now, count))
        while self._aside[0][0] < now - QUIET:
            self._aside.popleft()
        return max(0, count - self._aside[0][1])

    def _jumped(self) -> float:
        """Seconds by which the system clock was changed since the last check."""
        (wall, ticks), self._last = self._last, self._moment()
        return (self._last[0] - wall).total_seconds() - (self._last[1] - ticks)

    def _moment(self) -> tuple[datetime, float]:
        return self._clock.now(), self._ticks()

    def _by_clock(self) -> float:
        return self._clock.now().timestamp()
