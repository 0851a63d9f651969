"""A rate limit per person for the supervisor's page."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.complaint.ids import UserId

AT_ONCE: Final = 60
"""Requests that may come together."""
A_SECOND: Final = 1.0
"""Requests a second that may go on for ever."""
REMEMBERED: Final = 10_000
"""People; of more, those who asked longest ago begin anew."""


class Pace:
    """A token bucket for each person."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._left: OrderedDict[UserId, tuple[float, datetime]] = OrderedDict()

    def may_ask(self, user: UserId) -> bool:
        """Whether this person may make a request now; if so, it counts."""
        now = self._now()
        left, at = self._left.pop(user, (float(AT_ONCE), now))
        # a clock that was set back gives nothing and takes nothing
        passed = max(0.0, (now - at).total_seconds())
        left = min(AT_ONCE, left + passed * A_SECOND)
        may = left >= 1
        self._left[user] = (left - 1 if may else left, now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return may
