"""The schedule of daily and weekly digests, and the days each covers (S41)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.policy.hours import Hours

_TIME: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_LONGEST_CLOSED: Final = 31
"""Days in a row on which nobody may work."""
STILL_NEWS: Final = _WEEK
"""A digest later than this is skipped, since the next one comes soon."""


class DigestKind(StrEnum):
    """Daily or weekly."""

    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """The times of both digests; empty: there is none."""

    daily: str = ""
    """Such as 09:00; on working days only, about all days since the one before."""
    weekly: str = ""
    """Such as mon 09:00, about the seven days before; on a holiday it comes on the next working day."""

    def __post_init__(self) -> None:
        """What cannot be read is told with what to write."""
        if self.daily and _TIME.fullmatch(self.daily) is None:
            raise ValueError('daily: write it like "09:00", or leave it empty')
        if self.weekly and _weekly(self.weekly) is None:
            raise ValueError('weekly: write it like "mon 09:00", or leave it empty')

    @property
    def daily_at(self) -> time | None:
        """The time of the daily one; None if there is none."""
        return _clock(self.daily) if self.daily else None


NO_DIGESTS: Final = Digests()
"""Nobody is told unasked until the brand says when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDue:
    """A digest: when it is due, and which days it covers, the last one not included."""

    kind: DigestKind
    at: datetime
    first: date
    until: date

    @property
    def key(self) -> str:
        """One digest a day of each kind, whatever time of the day is set."""
        return f"{self.kind}/{self.at.date().isoformat()}"


def _clock(text: str) -> time:
    hours, minutes = text.split(":")
    return time(int(hours), int(minutes))


def _weekly(text: str) -> tuple[int, time] | None:
    day, _, clock = text.strip().casefold().partition(" ")
    if day[:3] not in _WEEKDAYS or _TIME.fullmatch(clock.strip()) is None:
        return None
    return _WEEKDAYS.index(day[:3]), _clock(clock.strip())


def overdue_digests(digests: Digests, hours: Hours, now: datetime) -> list[DigestDue]:
    """The last of each kind whose time has come: after a time away there is one, not one for every day.

    `now` is in the brand's zone.
    """
    last = (max(_all_due(kind, digests, hours, now, back=True), key=_at, default=None) for kind in DigestKind)
    return [one for one in last if one is not None and now - one.at < STILL_NEWS]


def missed_before(due: DigestDue, digests: Digests, hours: Hours) -> list[DigestDue]:
    """The daily ones of the week before this one, the latest first: if they never came, this one tells their days."""
    if due.kind is not DigestKind.DAILY:
        return []
    before = _all_due(due.kind, digests, hours, due.at - timedelta(seconds=1), back=True)
    return [one for one in sorted(before, key=_at, reverse=True) if due.at - one.at < STILL_NEWS]


def next_digest(digests: Digests, hours: Hours, now: datetime) -> datetime | None:
    """When the next one of any kind is due; None if there is none."""
    found = [one.at for kind in DigestKind for one in _all_due(kind, digests, hours, now, back=False)]
    return min(found, default=None)


def _at(due: DigestDue) -> datetime:
    return due.at


def _all_due(
    kind: DigestKind, digests: Digests, hours: Hours, now: datetime, *, back: bool
) -> Iterator[DigestDue]:
    """The digests of the weeks around this moment that lie before it, or after it."""
    days = range(-_LONGEST_CLOSED, 1) if back else range(_LONGEST_CLOSED + 1)
    make = _daily_on if kind is DigestKind.DAILY else _weekly_on
    for number in days:
        due = make(digests, hours, now.date() + number * _DAY, now)
        if due is not None and (due.at <= now) is back:
            yield due


def _daily_on(digests: Digests, hours: Hours, day: date, now: datetime) -> DigestDue | None:
    if not digests.daily or not hours.works_on(day):
        return None
    at = datetime.combine(day, _clock(digests.daily), now.tzinfo)
    before = next(
        (one for back in range(1, _LONGEST_CLOSED) if hours.works_on(one := day - back * _DAY)), day - _DAY
    )
    return DigestDue(kind=DigestKind.DAILY, at=at, first=before, until=day)


def _weekly_on(digests: Digests, hours: Hours, day: date, now: datetime) -> DigestDue | None:
    """The digest that comes on this day, put off here from days on which nobody works."""
    wanted = _weekly(digests.weekly) if digests.weekly else None
    if wanted is None or not hours.works_on(day):
        return None
    weekday, clock = wanted
    meant = day
    while meant.weekday() != weekday:
        meant -= _DAY
        if hours.works_on(meant) and meant.weekday() != weekday:
            return None
    # between the day that is meant and this one nobody worked
    if meant != day and hours.works_on(meant):
        return None
    at = datetime.combine(day, clock, now.tzinfo)
    return DigestDue(kind=DigestKind.WEEKLY, at=at, first=meant - _WEEK, until=meant)
