"""By when: the table of the trade, and what no promise may do."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.actions import SetTimer
from bot.complaint.case import Level, Promise, Queue, Severity, Task
from bot.complaint.dealings import Pause
from bot.complaint.deskwork import TaskKind
from bot.policy.calendar import clock_hours, shift_of
from bot.policy.commitments import reminders as of_promise
from bot.policy.deadline_terms import Clock, Term, term
from bot.policy.deadlines import (
    WHATS,
    due,
    follow_up_at,
    hard_stops,
    nudge_at,
    offer_ends,
    put_off,
    warnings,
)
from bot.policy.rules import Rules
from bot.policy.tasking import reminders as of_task

RULES = Rules()
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001
whats = st.sampled_from(sorted(WHATS))
severities = st.sampled_from(list(Severity))
brands = st.sampled_from([RULES, Rules(zone="Europe/Berlin"), Rules(zone="America/New_York", buffer=0.5)])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=RULES.clock)


@pytest.mark.practice("R4", "S83")
@pytest.mark.parametrize(
    ("what", "severity", "now", "expected"),
    [
        ("first_human", 1, "2026-07-01T03:00", "2026-07-01T03:15"),
        ("first_human", 1, "2026-07-04T23:52:10", "2026-07-05T00:10"),
        ("first_human", 2, "2026-07-01T10:00", "2026-07-01T12:00"),
        ("first_human", 2, "2026-07-01T21:00", "2026-07-02T09:00"),
        ("first_human", 2, "2026-07-04T15:00", "2026-07-04T17:00"),
        ("first_human", 3, "2026-07-01T10:00", "2026-07-01T14:00"),
        ("first_human", 3, "2026-07-03T17:00", "2026-07-06T12:00"),
        ("first_human", 4, "2026-07-01T10:00", "2026-07-02T18:00"),
        ("update", 1, "2026-07-01T10:00", "2026-07-01T14:00"),
        ("update", 2, "2026-07-01T10:00", "2026-07-02T10:00"),
        ("update", 3, "2026-07-01T10:00", "2026-07-03T18:00"),
        ("decision", 1, "2026-07-01T10:00", "2026-07-02T10:00"),
        ("decision", 2, "2026-07-01T10:00", "2026-07-03T18:00"),
        ("decision", 3, "2026-07-01T10:00", "2026-07-06T18:00"),
        ("decision", 4, "2026-07-01T10:00", "2026-07-08T18:00"),
        ("fulfil", 2, "2026-07-01T10:00", "2026-07-06T18:00"),
        ("fulfil", 3, "2026-07-01T10:00", "2026-07-08T18:00"),
        ("refund", 3, "2026-07-01T10:00", "2026-07-06T18:00"),
        ("fulfil", 4, "2026-07-01T10:00", "2026-07-10T18:00"),
    ],
)
def test_the_table_of_deadlines(what: str, severity: int, now: str, expected: str) -> None:
    """First human, update, decision and fulfilment come by the trade's table, in the brand's calendar."""
    assert due(RULES, what, Severity(severity), at(now)) == at(expected)


@pytest.mark.practice("S75")
@given(rules=brands, what=whats, severity=severities, now=moments)
def test_what_is_promised_is_never_before_our_own_target(
    rules: Rules, what: str, severity: Severity, now: datetime
) -> None:
    """Our target lies before the promise, and neither lies in the past."""
    promised = due(rules, what, severity, now)
    half, target = warnings(rules, now, promised)
    assert now <= half <= target <= promised


@pytest.mark.practice("S53", "S75")
@pytest.mark.parametrize(("buffer", "near"), [(0.2, "18:00"), (0.4, "16:00"), (0.1, "19:00")])
def test_a_brand_that_wants_more_in_hand_is_reminded_earlier(buffer: float, near: str) -> None:
    """The brand's buffer is where the second reminder of a promise and of a task falls, before either is missed."""
    made_at, due_at = at("2026-07-01T10:00"), at("2026-07-01T20:00")
    rules = Rules(buffer=buffer)
    owed = Promise(id="p1", kind="update", text="", owner="general", made_at=made_at, due_at=due_at)
    asked = Task(id="t1", kind=TaskKind.OTHER, what="", owner="general", made_at=made_at, due_at=due_at)
    timers = (
        *of_promise(owed, made_at, Severity.SEV3, rules),
        *of_task(asked, Severity.SEV3, made_at, rules),
    )
    reminded = {one.kind: one.due for one in timers if isinstance(one, SetTimer)}
    assert reminded["promise_near"] == reminded["task_near"] == at(f"2026-07-01T{near}")


@given(
    what=whats, severity=severities, now=moments, zone=st.sampled_from(["Europe/Berlin", "America/New_York"])
)
def test_it_does_not_matter_whose_clock_now_is_read_from(
    what: str, severity: Severity, now: datetime, zone: str
) -> None:
    """The same moment in UTC and in a zone with summer time leads to the same deadline."""
    rules = Rules(zone=zone)
    local = now.astimezone(rules.clock)
    assert due(rules, what, severity, now).astimezone(UTC) == due(rules, what, severity, local).astimezone(
        UTC
    )


@given(rules=brands, what=whats, severity=severities, now=moments)
def test_a_promised_time_can_be_spoken(rules: Rules, what: str, severity: Severity, now: datetime) -> None:
    """Whole five minutes, no seconds, in the brand's zone."""
    promised = due(rules, what, severity, now)
    assert (promised.minute % 5, promised.second, promised.microsecond) == (0, 0, 0)
    assert promised.tzinfo == rules.clock


@given(rules=brands, what=whats, severity=severities, now=moments)
def test_a_working_deadline_falls_into_working_time(
    rules: Rules, what: str, severity: Severity, now: datetime
) -> None:
    """Nobody is promised an answer at a time when nobody works."""
    promised = due(rules, what, severity, now)
    names = {"person_answers": "first_human", "press_answer": "first_human"}
    clock = term(getattr(rules.stages(severity), names.get(what, what))).clock
    hours = clock_hours(rules, clock)
    assert hours is None or shift_of(hours, rules.clock, promised) is not None


@given(
    rules=brands,
    what=whats,
    severity=severities,
    now=moments,
    later=st.timedeltas(timedelta(0), timedelta(days=10)),
)
def test_who_asks_later_is_not_due_earlier(
    rules: Rules, what: str, severity: Severity, now: datetime, later: timedelta
) -> None:
    """Deadlines are monotone in time."""
    assert due(rules, what, severity, now) <= due(rules, what, severity, now + later)


@given(rules=brands, now=moments)
def test_who_is_worse_off_is_seen_no_later(rules: Rules, now: datetime) -> None:
    """The first human comes to SEV1 no later than to SEV2, and so on down."""
    dues = [due(rules, "first_human", severity, now) for severity in Severity]
    assert dues == sorted(dues)


@pytest.mark.practice("R39")
def test_no_case_may_lie() -> None:
    """Supervisor on day 7, manager on day 10, the legal limit on day 15, an answer on day 30; day one is free."""
    stops = hard_stops(RULES, at("2026-07-01T22:00"))
    assert [(stop.name, stop.level, stop.due) for stop in stops] == [
        ("no_progress", Level.A2, at("2026-07-08T09:00")),
        ("manager", Level.A3, at("2026-07-11T09:00")),
        ("legal_limit", Level.A3, at("2026-07-16T09:00")),
        ("final_answer", Level.A3, at("2026-07-31T09:00")),
    ]


@pytest.mark.practice("S69")
def test_a_silent_customer_is_asked_twice_and_not_at_night() -> None:
    """After a day and after three; a reminder that falls into the night waits for the morning."""
    asked = at("2026-07-01T22:00")
    assert nudge_at(RULES, 1, asked) == at("2026-07-03T09:00")
    assert nudge_at(RULES, 2, asked) == at("2026-07-05T09:00")
    assert nudge_at(RULES, 3, asked) is None


@pytest.mark.practice("S53")
def test_a_promise_is_looked_at_before_it_is_missed() -> None:
    """At half its time, and again at 80 %."""
    assert warnings(RULES, at("2026-07-01T10:00"), at("2026-07-01T20:00")) == (
        at("2026-07-01T15:00"),
        at("2026-07-01T18:00"),
    )


def test_the_question_whether_it_arrived_keeps_the_quiet_hours() -> None:
    """It comes after three days, in the morning if the hour was late."""
    assert follow_up_at(RULES, at("2026-07-01T15:20")) == at("2026-07-04T15:20")
    assert follow_up_at(RULES, at("2026-07-01T23:00")) == at("2026-07-05T09:00")


@given(now=moments)
def test_an_offer_stands_for_its_days(now: datetime) -> None:
    """An offer is never shorter than the brand says."""
    assert offer_ends(RULES, now) >= now + timedelta(days=RULES.offer_days)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 minutes", Term(Clock.ALWAYS, minutes=15)),
        ("1 working day", Term(Clock.WORKING, days=1)),
        ("2 On-Call hours", Term(Clock.ON_CALL, minutes=120)),
    ],
)
def test_a_term_is_written_as_people_write_it(text: str, expected: Term) -> None:
    """A number, perhaps whose hours count, and a unit."""
    assert term(text) == expected


@pytest.mark.parametrize("text", ["soon", "0 hours", "4 h", "-1 days", "2 working weeks", ""])
def test_a_term_that_cannot_be_kept_is_refused(text: str) -> None:
    """What has no length is no deadline; the message shows how to write one."""
    with pytest.raises(ValueError, match="write it like"):
        term(text)


def test_what_stood_still_is_due_so_much_later_on_its_own_clock() -> None:
    """A night with the complainant costs a decision of working days nothing, and a plan for danger all of it."""
    night = Pause(since=at("2026-07-01 18:00"), until=at("2026-07-02 09:00"))
    day = Pause(since=at("2026-07-02 09:00"), until=at("2026-07-02 12:00"))
    lasts = Pause(since=at("2026-07-02 14:00"))
    told = at("2026-07-03 14:00")

    def later(severity: Severity, *pauses: Pause) -> timedelta:
        return put_off(RULES, "decision", severity, told, pauses, Queue.GENERAL) - told

    assert later(Severity.SEV3, night, lasts) == timedelta(0)
    assert later(Severity.SEV3, night, day) == timedelta(hours=3)
    assert later(Severity.SEV1, night, day) == timedelta(hours=18)
