"""The hours at which a call may be promised: offered as buttons, or found from "tomorrow morning"."""

from datetime import UTC, datetime, timedelta
from typing import Final

from bot.policy.calendar import call_windows
from bot.policy.rules import Rules

HOUR: Final = timedelta(hours=1)
NOON: Final = 12
SEARCHED: Final = 40
"""Hours looked through: more than a working week of them."""

Window = tuple[datetime, datetime]


def offered(rules: Rules, now: datetime) -> tuple[Window, ...]:
    """The next three hours in which somebody can ring."""
    return call_windows(rules, now)


def value_of(window: Window) -> str:
    """An hour as the value of a button."""
    return str(int(window[0].timestamp()))


def hour_of(value: str) -> Window | None:
    """The hour that a button's value names."""
    if not value.isdigit():
        return None
    begins = datetime.fromtimestamp(int(value), UTC)
    return begins, begins + HOUR


def hour_in(half_day: str | None, rules: Rules, now: datetime) -> Window | None:
    """The first hour in a half day that was named in words (`tomorrow_morning`); None if there is none."""
    if half_day is None:
        return None
    day, _, part = half_day.partition("_")
    wanted = now.astimezone(rules.clock).date() + timedelta(days=1 if day == "tomorrow" else 0)
    for begins, ends in call_windows(rules, now, count=SEARCHED):
        local = begins.astimezone(rules.clock)
        if local.date() == wanted and (local.hour < NOON) == (part == "morning"):
            return begins, ends
    return None
