"""Working-time arithmetic in the brand's zone. All moments are aware."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.complaint.case import Queue, Severity
from bot.complaint.evolving import replace
from bot.complaint.moments import aware
from bot.policy.deadline_terms import Clock
from bot.policy.hours import Hours
from bot.policy.rules import Rules

_DAY = timedelta(days=1)
_SEARCHED = 3_700
"""Days that are looked at before a calendar counts as one that never opens: ten years."""

Shift = tuple[datetime, datetime]


def staffed(rules: Rules, queue: Queue | None = None) -> Hours:
    """The hours of a queue, or the brand's own if the queue has none. Holidays are the brand's for all."""
    own = rules.queue(queue).hours if queue else None
    if own is None:
        return rules.hours
    return replace(
        own,
        holidays=own.holidays or rules.hours.holidays,
        make_up_days=own.make_up_days or rules.hours.make_up_days,
    )


def is_open(rules: Rules, now: datetime, queue: Queue | None = None) -> bool:
    """Whether somebody is at the desk (of this queue) now. The closing time itself counts as closed."""
    today = _shifts(staffed(rules, queue), rules.clock, _local(rules, now).date())
    return any(begins <= now < ends for begins, ends in today)


def next_opening(rules: Rules, now: datetime, queue: Queue | None = None) -> datetime:
    """When somebody is next at the desk: `now` itself if somebody is there."""
    begins, _ = next(shifts_from(staffed(rules, queue), rules.clock, now))
    return max(begins, _local(rules, now))


def add_working(
    rules: Rules, start: datetime, *, hours: float = 0, days: int = 0, queue: Queue | None = None
) -> datetime:
    """The moment that lies this many working hours, or working days, after `start`.

    Days are told first: the day of `start` is not counted, and the last one ends with its closing time. Hours
    run only while the desk is open.
    """
    calendar = staffed(rules, queue)
    if days:
        start = nth_close(calendar, rules.clock, start, days)
    return add_open(calendar, rules.clock, start, timedelta(hours=hours)) if hours or not days else start


def working_between(rules: Rules, start: datetime, end: datetime, queue: Queue | None = None) -> timedelta:
    """How much working time lies between two moments; nothing if `end` is not later."""
    return open_between(staffed(rules, queue), rules.clock, start, end)


def clock_hours(rules: Rules, clock: Clock, queue: Queue | None = None) -> Hours | None:
    """The hours during which a clock runs; None for a clock that never stops."""
    if clock is Clock.ALWAYS:
        return None
    return rules.on_call if clock is Clock.ON_CALL else staffed(rules, queue)


def after_quiet(rules: Rules, at: datetime, zone: str | None = None) -> datetime:
    """`at` itself, or the end of the quiet hours that it falls into.

    `zone` is where they live; None is the brand's own.
    """
    local = _local(rules, at) if zone is None else aware(at).astimezone(ZoneInfo(zone))
    quiet, clock = rules.quiet, local.time()
    if quiet.begins == quiet.ends:
        return local
    over_midnight = quiet.begins > quiet.ends
    late = clock >= quiet.begins
    if not (late or clock < quiet.ends if over_midnight else quiet.begins <= clock < quiet.ends):
        return local
    day = local.date() + _DAY if over_midnight and late else local.date()
    return max(local, datetime.combine(day, quiet.ends, local.tzinfo))


def call_windows(
    rules: Rules, now: datetime, queue: Queue | None = None, count: int = 3
) -> tuple[Shift, ...]:
    """The next hours in which somebody can ring: whole working hours, at an hour's notice (S48)."""
    return tuple(islice(_windows(rules, now, queue), count))


def waiting_minutes(rules: Rules, ahead: int) -> int:
    """The waiting time told to somebody with `ahead` cases before theirs (R30)."""
    return max(1, ahead) * rules.handling_minutes


def day_start(rules: Rules, opened_at: datetime, days: int) -> datetime:
    """The opening time of the day that lies `days` after the day of `opened_at`, which is not counted."""
    day = _local(rules, opened_at).date() + days * _DAY
    return datetime.combine(day, rules.hours.opens, rules.clock)


def add_open(hours: Hours, zone: ZoneInfo, start: datetime, length: timedelta) -> datetime:
    """The moment at which `length` of open time has run since `start`."""
    rest = length
    for begins, ends in shifts_from(hours, zone, start):
        first = max(_utc(begins), _utc(start))
        room = _utc(ends) - first
        if rest <= room:
            return (first + rest).astimezone(zone)
        rest -= room
    raise AssertionError("shifts_from ends only by raising")


def open_between(hours: Hours, zone: ZoneInfo, start: datetime, end: datetime) -> timedelta:
    """How much open time lies between two moments."""
    total = timedelta()
    if end <= start:
        return total
    for begins, ends in shifts_from(hours, zone, start):
        if _utc(begins) >= _utc(end):
            return total
        total += min(_utc(ends), _utc(end)) - max(_utc(begins), _utc(start))
    raise AssertionError("shifts_from ends only by raising")


def nth_close(hours: Hours, zone: ZoneInfo, start: datetime, days: int) -> datetime:
    """Closing time of the `days`-th working day after the day of `start`, which is not counted."""
    today = aware(start).astimezone(zone).date()
    working = (day for day in _days(today + _DAY) if hours.works_on(day))
    last = next(islice(working, days - 1, None), None)
    if last is None:
        raise ValueError("hours: there is no working day in ten years")
    return datetime.combine(last, hours.closes, zone)


def shifts_from(hours: Hours, zone: ZoneInfo, start: datetime) -> Iterator[Shift]:
    """Every opening that ends after `start`, in order.

    Raises:
        ValueError: the calendar does not open for ten years.
    """
    for day in _days(aware(start).astimezone(zone).date()):
        for begins, ends in _shifts(hours, zone, day):
            if _utc(ends) > _utc(start):
                yield begins, ends
    raise ValueError("hours: there is no working day in ten years")


def shift_of(hours: Hours, zone: ZoneInfo, moment: datetime) -> Shift | None:
    """The opening that this moment lies in, its closing stroke included."""
    today = _shifts(hours, zone, moment.astimezone(zone).date())
    return next((one for one in today if _utc(one[0]) <= _utc(moment) <= _utc(one[1])), None)


def reachable(rules: Rules, severity: Severity, now: datetime, queue: Queue | None = None) -> bool:
    """Whether a person is available now: always for danger, on call for grave cases, else in working hours."""
    if severity is Severity.SEV1 or is_open(rules, now, queue):
        return True
    return severity is Severity.SEV2 and shift_of(rules.on_call, rules.clock, now) is not None


def _windows(rules: Rules, now: datetime, queue: Queue | None) -> Iterator[Shift]:
    hour = timedelta(hours=1)
    notice = (_utc(aware(now)) + hour).astimezone(rules.clock)
    for begins, ends in shifts_from(staffed(rules, queue), rules.clock, notice):
        first = max(_utc(begins), _next_half_hour(notice))
        while first + hour <= _utc(ends):
            yield first.astimezone(rules.clock), (first + hour).astimezone(rules.clock)
            first += hour


def _next_half_hour(moment: datetime) -> datetime:
    seconds = _utc(moment).timestamp()
    return datetime.fromtimestamp(-(-seconds // 1800) * 1800, UTC)


def _shifts(hours: Hours, zone: ZoneInfo, day: date) -> tuple[Shift, ...]:
    if not hours.works_on(day):
        return ()
    return tuple(
        (datetime.combine(day, begins, zone), datetime.combine(day, ends, zone))
        for begins, ends in hours.shifts()
    )


def _days(first: date) -> Iterator[date]:
    return (first + number * _DAY for number in range(_SEARCHED))


def _local(rules: Rules, moment: datetime) -> datetime:
    return aware(moment).astimezone(rules.clock)


def _utc(moment: datetime) -> datetime:
    # subtraction and comparison of moments in one zone ignore its summer time; in UTC they cannot
    return moment.astimezone(UTC)
