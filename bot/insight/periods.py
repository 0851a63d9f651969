"""Parses the name of a period: a month, week, quarter, year or day, or the current one."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.insight.frame import Period

WANTED: Final = (
    "today, yesterday, week, last-week, month, last-month, quarter, last-quarter, year, last-year, "
    "or one by its name: 2026, 2026-Q3, 2026-10, 2026-W45, 2026-10-31"
)
MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
_NAMED: Final = re.compile(r"(\d{4})(?:-(?:Q([1-4])|W(\d{1,2})|(\d{1,2})(?:-(\d{1,2}))?))?", re.IGNORECASE)
_RUNNING: Final = re.compile(r"(last-)?(week|month|quarter|year)")


class NoPeriod(ValueError):
    """A period is named in a way that nobody can mean."""


def period_of(text: str, today: date, zone: ZoneInfo) -> Period:
    """The period of this name; one that runs ends with today.

    Raises:
        NoPeriod: there is none of this name.
    """
    wanted = text.strip().lower()
    if wanted in ("today", "yesterday"):
        first = today - timedelta(days=wanted == "yesterday")
        return Period(first=first, until=first + timedelta(days=1), zone=zone)
    if running := _RUNNING.fullmatch(wanted):
        return _running(running[2], today, zone, last=running[1] is not None)
    named = _NAMED.fullmatch(wanted)
    try:
        if named is not None:
            return _named(named, zone)
    except ValueError:
        pass
    raise NoPeriod(f"“{text}” is no period; write {WANTED}.")


def period_before(period: Period) -> Period:
    """The one before it, for comparison: whole months before whole months, else as many days."""
    if period.first.day == 1 and period.until.day == 1:
        months = _month_number(period.until) - _month_number(period.first)
        return Period(first=_shifted(period.first, -months), until=period.first, zone=period.zone)
    return Period(first=period.first - (period.until - period.first), until=period.first, zone=period.zone)


def _running(unit: str, today: date, zone: ZoneInfo, *, last: bool) -> Period:
    if unit == "week":
        first = today - timedelta(days=today.weekday())
        before = first - timedelta(days=7)
    else:
        months = MONTHS[unit]
        first = date(today.year, (today.month - 1) // months * months + 1, 1)
        before = _shifted(first, -months)
    if last:
        return Period(first=before, until=first, zone=zone)
    return Period(first=first, until=today + timedelta(days=1), zone=zone)


def _named(named: re.Match[str], zone: ZoneInfo) -> Period:
    year, quarter, week, month, day = (int(one) if one else None for one in named.groups())
    assert year is not None  # noqa: S101 - every name begins with it
    if week is not None:
        first = date.fromisocalendar(year, week, 1)
        return Period(first=first, until=first + timedelta(days=7), zone=zone)
    if month is not None and day is not None:
        first = date(year, month, day)
        return Period(first=first, until=first + timedelta(days=1), zone=zone)
    first = date(year, month or (quarter or 1) * 3 - 2, 1)
    months = 1 if month else 3 if quarter else 12
    return Period(first=first, until=_shifted(first, months), zone=zone)


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _shifted(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(_month_number(day) + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
