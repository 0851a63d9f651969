"""The hours at which a call may be promised: offered as buttons, or read from "tomorrow morning"."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.policy.calendar import call_windows
from bot.policy.rules import Rules
from bot.policy.zones import awake

HOUR: Final = timedelta(hours=1)
NOON: Final = 12
SEARCHED: Final = 40
"""Hours looked through: more than a working week of them."""
OFFERED: Final = 3

Window = tuple[datetime, datetime]


def offered(rules: Rules, now: datetime, zone: str | None = None) -> tuple[Window, ...]:
    """The next three hours for a call, awake on both sides; fewer, or none, for somebody far away."""
    if zone is None:
        return call_windows(rules, now, count=OFFERED)
    return _by_day(rules, now, zone)[:OFFERED]


def _by_day(rules: Rules, now: datetime, zone: str | None) -> tuple[Window, ...]:
    return tuple(one for one in call_windows(rules, now, count=SEARCHED) if awake(rules, *one, zone))


def value_of(window: Window) -> str:
    """An hour as button data."""
    return str(int(window[0].timestamp()))


def hour_of(value: str) -> Window | None:
    """The hour that a button's value names."""
    if not value.isdigit():
        return None
    begins = datetime.fromtimestamp(int(value), UTC)
    return begins, begins + HOUR


def hour_in(half_day: str | None, rules: Rules, now: datetime, zone: str | None = None) -> Window | None:
    """The first hour in a half day of theirs that was named in words (`tomorrow_morning`); None if there is none."""
    if half_day is None:
        return None
    day, _, part = half_day.partition("_")
    clock = ZoneInfo(zone or rules.zone)
    wanted = now.astimezone(clock).date() + timedelta(days=1 if day == "tomorrow" else 0)
    for begins, ends in _by_day(rules, now, zone):
        local = begins.astimezone(clock)
        if local.date() == wanted and (local.hour < NOON) == (part == "morning"):
            return begins, ends
    return None
