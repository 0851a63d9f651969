"""A circuit breaker and a daily budget for model calls. Time is a parameter."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

FAILURES: Final = 5
"""Failures in a row after which it rests."""
FIRST_REST: Final = timedelta(seconds=30)
LONGEST_REST: Final = timedelta(minutes=15)


@dataclass(slots=True)
class Breaker:
    """Stops calls after several failures in a row; after a rest, one call probes.

    Each probe that fails doubles the rest.
    """

    failures: int = 0
    rests_until: datetime | None = None
    _rest: timedelta = FIRST_REST
    _probing: bool = False

    def lets(self, now: datetime) -> bool:
        """Whether a call may be made now; after a rest, only one may until its result is known."""
        if self.rests_until is None:
            return True
        if now < self.rests_until or self._probing:
            return False
        self._probing = True
        return True

    def worked(self) -> bool:
        """A call succeeded; whether that ends a rest."""
        ended = self.rests_until is not None
        self.failures, self.rests_until, self._rest, self._probing = 0, None, FIRST_REST, False
        return ended

    def failed(self, now: datetime, at_least: timedelta | None = None) -> timedelta | None:
        """A call failed; the length of the rest, if one begins. `at_least` is a rest asked for by the server.

        Calls that were under way when the rest began change nothing about it.
        """
        self.failures += 1
        if self.rests_until is not None and not self._probing:
            return None
        if not self._probing and self.failures < FAILURES and at_least is None:
            return None
        rest = min(max(self._rest, at_least or self._rest), LONGEST_REST)
        self.rests_until, self._probing = now + rest, False
        self._rest = min(self._rest * 2, LONGEST_REST)
        return rest


@dataclass(slots=True)
class Budget:
    """A number of calls per calendar day in `zone`. Counted in memory: a restart counts anew."""

    daily: int
    zone: ZoneInfo
    _day: date | None = None
    _spent: int = 0

    def left(self, now: datetime) -> int:
        """How many calls today still has."""
        self._turn_page(now)
        return max(0, self.daily - self._spent)

    def take(self, now: datetime) -> None:
        """Take one call of today's."""
        self._turn_page(now)
        self._spent += 1

    def _turn_page(self, now: datetime) -> None:
        today = now.astimezone(self.zone).date()
        if today != self._day:
            self._day, self._spent = today, 0
