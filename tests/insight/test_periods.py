"""Periods as people name them, and the one before each."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.insight.frame import Period
from bot.insight.periods import NoPeriod, period_before, period_of

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 22)
"""A Sunday."""


@pytest.mark.parametrize(
    ("name", "first", "until"),
    [
        ("today", "2026-11-22", "2026-11-23"),
        ("yesterday", "2026-11-21", "2026-11-22"),
        ("week", "2026-11-16", "2026-11-23"),
        ("last-week", "2026-11-09", "2026-11-16"),
        ("month", "2026-11-01", "2026-11-23"),
        ("last-month", "2026-10-01", "2026-11-01"),
        ("quarter", "2026-10-01", "2026-11-23"),
        ("last-quarter", "2026-07-01", "2026-10-01"),
        ("year", "2026-01-01", "2026-11-23"),
        ("Last-Year", "2025-01-01", "2026-01-01"),
        ("2024", "2024-01-01", "2025-01-01"),
        ("2026-q4", "2026-10-01", "2027-01-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026-W01", "2025-12-29", "2026-01-05"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
    ],
)
def test_a_name_is_a_period(name: str, first: str, until: str) -> None:
    """One that runs ends with today; a named one is whole."""
    period = period_of(name, TODAY, ZONE)
    assert (period.first.isoformat(), period.until.isoformat()) == (first, until)


@pytest.mark.parametrize(
    "name", ["", "soon", "2026-13", "2026-02-30", "2026-W54", "2026-Q5", "last-today", "26"]
)
def test_what_is_no_period_is_told_with_what_is(name: str) -> None:
    """Whoever mistypes reads what to write."""
    with pytest.raises(NoPeriod, match="2026-W45"):
        period_of(name, TODAY, ZONE)


@pytest.mark.parametrize(
    ("first", "until", "before"),
    [
        ("2026-03-01", "2026-04-01", "2026-02-01"),
        ("2026-01-01", "2026-04-01", "2025-10-01"),
        ("2026-01-01", "2027-01-01", "2025-01-01"),
        ("2026-11-16", "2026-11-23", "2026-11-09"),
        ("2026-11-01", "2026-11-23", "2026-10-10"),
        ("2026-03-31", "2026-04-01", "2026-03-30"),
    ],
)
def test_whole_months_stand_beside_whole_months(first: str, until: str, before: str) -> None:
    """All others beside as many days; the one before ends where this one begins."""
    period = Period(first=date.fromisoformat(first), until=date.fromisoformat(until), zone=ZONE)
    other = period_before(period)
    assert (other.first.isoformat(), other.until) == (before, period.first)
