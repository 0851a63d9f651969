"""The working calendar: property tests in zones with and without summer time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.case import Queue, Severity
from bot.policy.brand import QueueRules
from bot.policy.calendar import (
    add_working,
    after_quiet,
    call_windows,
    day_start,
    is_open,
    next_opening,
    reachable,
    waiting_minutes,
    working_between,
)
from bot.policy.hours import Hours, Pause
from bot.policy.patience import QuietHours
from bot.policy.rules import Rules

LUNCH = Hours(
    lunch=Pause(begins=time(12), ends=time(13)),
    holidays=(date(2026, 10, 1), date(2026, 10, 2)),
    make_up_days=(date(2026, 10, 10),),
)
SHANGHAI = Rules(hours=LUNCH)
BERLIN = Rules(hours=LUNCH, zone="Europe/Berlin")
NIGHT_SHIFT = Rules(hours=Hours(opens=time(0, 30), closes=time(4, 30), weekdays=(6, 7)), zone="Europe/Berlin")
brands = st.sampled_from([SHANGHAI, BERLIN, NIGHT_SHIFT, Rules()])
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001
hours = st.floats(0.01, 60, allow_nan=False)


def at(text: str, rules: Rules = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=rules.clock)


@pytest.mark.parametrize(
    ("moment", "open_now"),
    [
        ("2026-07-01T08:59", False),
        ("2026-07-01T09:00", True),
        ("2026-07-01T12:30", False),
        ("2026-07-01T17:59", True),
        ("2026-07-01T18:00", False),
        ("2026-07-04T10:00", False),
        ("2026-10-01T10:00", False),
        ("2026-10-10T10:00", True),
    ],
)
def test_the_desk_is_open_by_the_calendar(moment: str, *, open_now: bool) -> None:
    """Lunch, weekends and holidays are closed; a make-up Saturday is open."""
    assert is_open(SHANGHAI, at(moment)) is open_now


def test_the_zone_is_the_brand_s() -> None:
    """Ten in the morning in Shanghai is open, whatever the server's clock calls it."""
    assert is_open(SHANGHAI, datetime(2026, 7, 1, 2, 0, tzinfo=UTC))


def test_the_next_opening_passes_holidays() -> None:
    """On the eve of a holiday that runs into a weekend, the next opening is after both."""
    assert next_opening(SHANGHAI, at("2026-09-30T18:30")) == at("2026-10-05T09:00")


def test_hours_stop_over_lunch_night_and_weekend() -> None:
    """Four hours from Friday noon end on Friday; from Friday five they end on Monday."""
    assert add_working(SHANGHAI, at("2026-07-03T11:00"), hours=4) == at("2026-07-03T16:00")
    assert add_working(SHANGHAI, at("2026-07-03T17:00"), hours=4) == at("2026-07-06T13:00") - timedelta(
        hours=1
    )


@pytest.mark.practice("R49")
def test_the_start_day_is_not_counted() -> None:
    """One working day from Friday morning is Monday's close, and so it is from Saturday."""
    assert add_working(SHANGHAI, at("2026-07-03T09:00"), days=1) == at("2026-07-06T18:00")
    assert add_working(SHANGHAI, at("2026-07-04T09:00"), days=1) == at("2026-07-06T18:00")


@given(rules=brands, start=moments, length=hours)
def test_added_hours_are_working_hours(rules: Rules, start: datetime, length: float) -> None:
    """What is added is found again between start and end, and the end lies in an opening."""
    end = add_working(rules, start, hours=length)
    assert abs(working_between(rules, start, end) - timedelta(hours=length)) < timedelta(milliseconds=1)
    assert is_open(rules, end - timedelta(milliseconds=1))


@given(rules=brands, start=moments, first=hours, second=hours)
def test_waiting_twice_is_waiting_once_for_the_sum(
    rules: Rules, start: datetime, first: float, second: float
) -> None:
    """Waiting twice is waiting once for the sum."""
    twice = add_working(rules, add_working(rules, start, hours=first), hours=second)
    once = add_working(rules, start, hours=first + second)
    assert abs(twice.astimezone(UTC) - once.astimezone(UTC)) < timedelta(seconds=1)


@given(
    rules=brands,
    start=moments,
    later=st.timedeltas(timedelta(0), timedelta(days=20)),
    days=st.integers(1, 12),
)
def test_who_comes_later_is_never_due_earlier(
    rules: Rules, start: datetime, later: timedelta, days: int
) -> None:
    """Who comes later is never due earlier, and a further day is always later."""
    assert add_working(rules, start, days=days) <= add_working(rules, start + later, days=days)
    assert add_working(rules, start, days=days) < add_working(rules, start, days=days + 1)


@given(rules=brands, now=moments)
def test_the_next_opening_is_open_and_the_first(rules: Rules, now: datetime) -> None:
    """At the next opening somebody is there, and nobody is between now and then."""
    opening = next_opening(rules, now)
    assert opening >= now
    assert is_open(rules, opening)
    assert working_between(rules, now, opening) == timedelta(0)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-07-01T20:59", "2026-07-01T20:59"),
        ("2026-07-01T21:00", "2026-07-02T09:00"),
        ("2026-07-02T02:00", "2026-07-02T09:00"),
        ("2026-07-02T09:00", "2026-07-02T09:00"),
    ],
)
@pytest.mark.practice("S115")
def test_nobody_is_written_to_unasked_at_night(moment: str, expected: str) -> None:
    """From nine in the evening to nine in the morning the bot waits."""
    assert after_quiet(SHANGHAI, at(moment)) == at(expected)


@given(rules=brands, moment=moments, begins=st.times(), ends=st.times())
def test_quiet_hours_only_ever_delay(rules: Rules, moment: datetime, begins: time, ends: time) -> None:
    """Whatever the quiet hours, a moment moves later by less than a day, or not at all, and then it holds."""
    quiet = Rules(zone=rules.zone, quiet=QuietHours(begins=begins, ends=ends))
    moved = after_quiet(quiet, moment)
    assert moment <= moved <= moment + timedelta(hours=25)
    assert after_quiet(quiet, moved) == moved


@pytest.mark.practice("S48")
@given(rules=brands, now=moments)
def test_a_call_is_offered_in_whole_working_hours(rules: Rules, now: datetime) -> None:
    """Three different hours, all within opening times, none sooner than an hour from now."""
    windows = [(begins.astimezone(UTC), ends.astimezone(UTC)) for begins, ends in call_windows(rules, now)]
    assert len(set(windows)) == 3
    for begins, ends in windows:
        assert begins >= now + timedelta(hours=1)
        assert working_between(rules, begins, ends) == timedelta(hours=1)


def test_a_queue_may_keep_its_own_hours_and_the_brand_s_holidays() -> None:
    """A safety desk that works at weekends is open on Saturday and still closed on the brand's holiday."""
    weekend = QueueRules(hours=Hours(weekdays=(1, 2, 3, 4, 5, 6, 7), opens=time(8), closes=time(20)))
    rules = Rules(hours=LUNCH, queues={Queue.SAFETY: weekend})
    assert is_open(rules, at("2026-07-04T19:00"), Queue.SAFETY)
    assert not is_open(rules, at("2026-07-04T19:00"), Queue.GENERAL)
    assert not is_open(rules, at("2026-10-01T10:00"), Queue.SAFETY)


def test_danger_reaches_somebody_at_any_hour() -> None:
    """At three at night SEV1 is reachable, SEV2 not; on Saturday noon both are; SEV3 neither."""
    night, saturday = at("2026-07-02T03:00"), at("2026-07-04T12:00")
    assert [reachable(SHANGHAI, one, night) for one in Severity] == [True, False, False, False]
    assert [reachable(SHANGHAI, one, saturday) for one in Severity] == [True, True, False, False]


@pytest.mark.practice("R30")
def test_the_wait_that_is_told_grows_with_the_queue() -> None:
    """Two cases ahead are about six minutes, as in the trade's own example; nobody is told nought."""
    assert [waiting_minutes(SHANGHAI, ahead) for ahead in (0, 1, 2)] == [3, 3, 6]


def test_a_day_begins_when_the_desk_opens() -> None:
    """Ten days after the first are counted without the first."""
    assert day_start(SHANGHAI, at("2026-07-01T23:30"), 10) == at("2026-07-11T09:00")


def test_a_calendar_that_never_opens_is_named() -> None:
    """Holidays without end are a mistake in the brand file, not an endless search."""
    closed = Hours(
        weekdays=(1,), holidays=tuple(date(2026, 1, 5) + timedelta(days=7 * n) for n in range(600))
    )
    with pytest.raises(ValueError, match="no working day in ten years"):
        next_opening(Rules(hours=closed), at("2026-01-01T09:00"))
