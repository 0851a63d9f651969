"""When digests come, and of which days."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.digests import DigestKind, Digests, missed_before, next_digest, overdue_digests
from bot.policy.hours import Hours

ZONE = ZoneInfo("Asia/Shanghai")
GOLDEN_WEEK = Hours(holidays=tuple(date(2026, 10, day) for day in (1, 2, 5, 6, 7)))
BOTH = Digests(daily="09:00", weekly="mon 09:00")


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 in Shanghai."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def told(now: datetime, hours: Hours = GOLDEN_WEEK, digests: Digests = BOTH) -> dict[str, tuple[str, str]]:
    """The digests that are overdue, each with its days."""
    return {
        one.key: (one.first.isoformat(), one.until.isoformat())
        for one in overdue_digests(digests, hours, now)
    }


def test_a_digest_is_due_at_the_stroke_of_its_time() -> None:
    """A minute before nine the last one is Friday's; at nine it is Monday's, of the whole weekend."""
    assert "daily/2026-07-03" in told(at(7, 6, 8, 59))
    assert told(at(7, 6, 9))["daily/2026-07-06"] == ("2026-07-03", "2026-07-06")
    assert told(at(7, 6, 9))["weekly/2026-07-06"] == ("2026-06-29", "2026-07-06")


def test_after_a_long_holiday_both_come_on_the_first_working_day() -> None:
    """Golden Week ends on Thursday: the daily one tells all its days, the weekly one the week that was meant."""
    found = told(at(10, 8, 9))

    assert found["daily/2026-10-08"] == ("2026-09-30", "2026-10-08")
    assert found["weekly/2026-10-08"] == ("2026-09-28", "2026-10-05")
    assert next_digest(BOTH, GOLDEN_WEEK, at(9, 30, 10)) == at(10, 8, 9)


def test_what_is_a_week_late_is_no_news() -> None:
    """On the last day of the holidays the digests before them are not told any more."""
    assert told(at(10, 7, 10)) == {}


def test_without_times_there_are_no_digests() -> None:
    """A brand that sets none is told nothing unasked."""
    assert told(at(7, 6, 9), digests=Digests()) == {}
    assert next_digest(Digests(), GOLDEN_WEEK, at(7, 6, 9)) is None


@pytest.mark.parametrize(
    "wrong", [{"daily": "9"}, {"daily": "25:00"}, {"weekly": "09:00"}, {"weekly": "moon 9:00"}]
)
def test_a_time_that_cannot_be_read_is_refused(wrong: dict[str, str]) -> None:
    """The message names the field and shows how to write it."""
    with pytest.raises(ValueError, match="ly: write it like"):
        Digests(**wrong)


@given(st.integers(0, 730 * 24).map(lambda hours: at(1, 1, 0) + timedelta(hours=hours)))
def test_daily_digests_leave_no_day_out_and_tell_none_twice(now: datetime) -> None:
    """Each begins with the day on which the one before it ended."""
    for due in overdue_digests(BOTH, GOLDEN_WEEK, now):
        if due.kind is DigestKind.DAILY:
            chain = [due, *missed_before(due, BOTH, GOLDEN_WEEK)]
            assert all(later.first == earlier.until for later, earlier in pairwise(chain))
            assert due.at <= now < due.at + timedelta(days=7)
