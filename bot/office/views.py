"""Answers `/readyz` and `/metrics`: whether the bot can work now, and its figures."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from platform import python_version
from typing import Final, Protocol

from bot import __version__
from bot.complaint.actions import Lane
from bot.complaint.errors import ComplaintError
from bot.complaint.upkeep import Condition
from bot.front import Family, Meters
from bot.office.clock import Clock
from bot.office.vitals import Vitals
from bot.store.port import Store

SILENCE: Final = timedelta(seconds=150)
"""The longest normal silence of Telegram: a long poll takes 50 s, the webhook is checked every 60 s."""
STANDSTILL: Final = timedelta(seconds=60)
"""The longest normal time without a turn of the clerk, who looks every second."""
WAITS: Final = timedelta(minutes=5)
"""The longest normal wait of an urgent letter while Telegram can be reached."""
PROMPT: Final = frozenset({Lane.ALARM, Lane.URGENT, Lane.FIRST, Lane.TALK})
PATIENCE: Final = 3.0
"""Seconds that the database gets to answer."""


class Turns(Protocol):
    """Anything that works in turns, as the clerk does."""

    @property
    def turned_at(self) -> datetime:
        """When the last turn began."""
        ...


class Lookout:
    """Collects the answers when asked, without delaying anybody's work.

    Args:
        store: tells what waits.
        clerk: is to turn.
        vitals: tells when Telegram was heard.
        clock: tells the time.
        meters: keeps the counters.
    """

    def __init__(self, store: Store, clerk: Turns, vitals: Vitals, clock: Clock, meters: Meters) -> None:
        self._store = store
        self._clerk = clerk
        self._vitals = vitals
        self._clock = clock
        self._meters = meters
        self._writing: asyncio.Task[None] | None = None

    async def reasons(self) -> list[str]:
        """Why the bot cannot work now, one sentence each; empty if it can."""
        now = self._clock.now()
        found = [*await self._of_store()]
        heard = self._vitals.telegram_at
        if heard is None or now - heard > SILENCE:
            found.append("Telegram has not answered lately.")
        if self._vitals.robbed:
            found.append("Another program takes this bot's updates.")
        if now - self._clerk.turned_at > STANDSTILL:
            found.append("The clerk stands still.")
        return found

    async def _of_store(self) -> list[str]:
        """Whether the database can be read and written. A hanging check is shared by all who ask."""
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._store.check_writable())
        done, _ = await asyncio.wait({self._writing}, timeout=PATIENCE)
        if not done:
            return ["The database cannot be written to: it does not answer."]
        try:
            self._writing.result()
            found = await self._store.condition(self._clock.now())
        except ComplaintError as error:
            return [f"The database cannot be used: {error.detail}"]
        since = min((one.since for one in found.lanes if one.lane in PROMPT), default=None)
        if since is not None and self._clock.now() - since > WAITS:
            return ["The courier is behind: letters that people wait for do not go out."]
        return []

    async def metrics(self) -> bytes:
        """Every figure, as Prometheus reads them. Those of the database are missing while it cannot be read."""
        build = Family(
            name="complaint_bot_build_info",
            meaning="Which program this is",
            rows=[({"version": __version__, "python": python_version()}, 1)],
        )
        try:
            found = await self._store.condition(self._clock.now())
        except ComplaintError:
            return self._meters.exposition([build, _one("store_up", "Whether the database can be read", 0)])
        return self._meters.exposition(
            [build, _one("store_up", "Whether the database can be read", 1), *self._families(found)]
        )

    def _families(self, found: Condition) -> Iterator[Family]:
        now = self._clock.now()
        age = (now - found.inbox_since).total_seconds() if found.inbox_since else 0
        yield _one("inbox_pending", "Arrivals that wait for the clerk", found.inbox_waiting)
        yield _one("inbox_lag_seconds", "Age of the oldest of them", max(0.0, age))
        yield _one("inbox_set_aside", "Arrivals that could not be used", found.set_aside)
        lanes = {one.lane: one for one in found.lanes}
        counts = {lane: lanes[lane].count if lane in lanes else 0 for lane in Lane}
        lags = {lane: (now - lanes[lane].since).total_seconds() if lane in lanes else 0.0 for lane in Lane}
        yield Family(
            name="complaint_bot_outbox_waiting",
            meaning="Letters that wait and may go",
            rows=[({"lane": lane.name.lower()}, count) for lane, count in counts.items()],
        )
        yield Family(
            name="complaint_bot_outbox_lag_seconds",
            meaning="For how long the oldest of them might have gone",
            rows=[({"lane": lane.name.lower()}, max(0.0, lag)) for lane, lag in lags.items()],
        )
        yield Family(
            name="complaint_bot_open_cases",
            meaning="Cases that are open",
            rows=[
                ({"queue": one.queue.value, "severity": str(int(one.severity))}, one.count)
                for one in found.cases
            ],
        )
        yield _one("promises_open", "Promises that are to be kept", found.promises_open)
        yield _one("promises_due", "Of these, those whose time has come", found.promises_overdue)
        yield _one("files_waiting", "Files that are to be fetched", found.files_waiting)
        yield _one("timers", "Timers that are set", found.timers)
        yield _one("database_bytes", "Size of the database", found.size)


def _one(name: str, meaning: str, value: float) -> Family:
    return Family(name=f"complaint_bot_{name}", meaning=meaning, rows=[({}, value)])
