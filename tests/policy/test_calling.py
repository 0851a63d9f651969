"""When people are called to a case that nobody has, and who waits before whom."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.complaint.case import Case, Person, Promise, Queue, Severity
from bot.complaint.deskwork import Waiting
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.policy.brand import QueueRules, default_queues
from bot.policy.calling import ahead, calls_at
from bot.policy.rules import Rules

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
"""Wednesday, ten in the morning in Shanghai."""
RULES = Rules()
APART = Rules(queues=default_queues() | {Queue.SAFETY: QueueRules(desk=ChatId(-5))})


def _promise(hours: float, made_at: datetime = NOW) -> Promise:
    due = made_at + timedelta(hours=hours)
    return Promise(id="p1", kind="person_answers", text="", owner="general", made_at=made_at, due_at=due)


def _case(**changes: object) -> Case:
    person = Person(id=UserId(1), name="周敏")
    case = Case(no=CaseNo("000-0009"), chat=ChatId(1), customer=person, opened_at=NOW, severity=Severity.SEV3)
    return case.evolve(**changes)


def _waiting(number: int, severity: Severity, minutes: int, queue: Queue = Queue.GENERAL) -> Waiting:
    return Waiting(CaseNo(f"000-000{number}"), severity, NOW + timedelta(minutes=minutes), queue)


@pytest.mark.practice("S2")
def test_danger_is_called_out_by_the_minute() -> None:
    """Of fifteen minutes half, four fifths and all: at any hour of the day."""
    calls = calls_at(RULES, _promise(0.25), Severity.SEV1, Queue.SAFETY)
    assert [(one - NOW).total_seconds() / 60 for one in calls] == [7.5, 12, 15]


@pytest.mark.practice("S2")
def test_time_in_which_nobody_is_there_does_not_count() -> None:
    """Of four working hours from five in the afternoon, half is gone at ten the next morning."""
    evening = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    half, near, end = calls_at(RULES, _promise(19, evening), Severity.SEV3, Queue.GENERAL)
    assert half.astimezone(RULES.clock).strftime("%d %H:%M") == "02 10:00"
    assert half < near < end == evening + timedelta(hours=19)


@pytest.mark.practice("R30", "S89")
def test_the_place_is_that_in_ones_own_line() -> None:
    """By urgency, then by age; other queues do not count, unless safety's cases are taken by the same people."""
    line = (
        _waiting(1, Severity.SEV1, 5, Queue.SAFETY),
        _waiting(2, Severity.SEV2, 9, Queue.LEGAL),
        _waiting(3, Severity.SEV2, 8),
        _waiting(4, Severity.SEV3, 0),
        _waiting(5, Severity.SEV4, 0),
    )
    assert ahead(_case(), line, APART) == 2
    assert ahead(_case(), line, RULES) == 3
    assert ahead(_case(queue=Queue.LEGAL), line, APART) == 1
    assert ahead(_case(queue=Queue.LEGAL, severity=Severity.SEV1), line, APART) == 0
    assert ahead(_case(no=CaseNo("000-0004")), line, APART) == 1
