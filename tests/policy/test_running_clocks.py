"""Which deadlines run on a case, and which hard stop is next."""

from datetime import timedelta
from typing import Any

import pytest

from bot.complaint.case import Agreement, Case, Control, Escalation, Person, Promise, Queue, Status, Verdict
from bot.complaint.deskwork import Clock, ClockKind
from bot.complaint.ids import UserId
from bot.policy.clocks import clocks_of, next_stop, passed_stop
from bot.policy.deadlines import hard_stops
from bot.policy.rules import Rules
from tests.policy.matters import NOW, a_case

RULES = Rules()
AGENT = Person(id=UserId(11), name="林")
YES = Agreement(offer_id="o1", text="x", confirmed_at=NOW)
IDLE = "no_progress"
AGED = [(10, "manager"), (15, "legal_limit"), (30, "final_answer")]
STOP, UPDATE, DECISION, SILENCE = ClockKind.STOP, ClockKind.UPDATE, ClockKind.DECISION, ClockKind.SILENCE


def with_people(**more: Any) -> Case:  # noqa: ANN401 - any field of it
    return a_case(control=Control.HUMAN, holder=AGENT, **more)


@pytest.mark.practice("S53")
@pytest.mark.parametrize(
    ("case", "running"),
    [
        (a_case(), {STOP}),
        (a_case(control=Control.QUEUED), {STOP, UPDATE, DECISION}),
        (a_case(control=Control.QUEUED, waiting_since=NOW), {STOP, UPDATE, DECISION}),
        (with_people(), {STOP, UPDATE, DECISION}),
        (with_people(waiting_since=NOW), {STOP, UPDATE, DECISION, SILENCE}),
        (with_people(verdict=Verdict.UPHELD), {STOP, UPDATE}),
        (with_people(agreement=YES), {STOP, UPDATE}),
        (with_people(status=Status.FULFILLED), {STOP}),
        (with_people(closed_at=NOW), set()),
    ],
)
def test_a_case_has_the_clocks_that_its_state_needs(case: Case, running: set[ClockKind]) -> None:
    """People owe news and a decision; whoever holds it owes an answer; a decision ends with a finding or a yes."""
    assert clocks_of(case) == running


@pytest.mark.practice("S53", "S51")
def test_a_promised_answer_stands_for_the_next_news() -> None:
    """While an answer is owed by a time of its own, no second clock asks for news."""
    answer = Promise(
        id="p1", kind="person_answers", text="", owner="general", made_at=NOW, due_at=NOW + timedelta(hours=4)
    )
    handed = Escalation(id="e1", at=NOW, reason="x", queue=Queue.GENERAL, promise_id="p1")
    case = a_case(control=Control.QUEUED, promises=(answer,), escalations=(handed,))
    assert clocks_of(case) == {STOP, DECISION}
    news = Promise(
        id="p2", kind="update", text="", owner="general", made_at=NOW, due_at=NOW + timedelta(hours=4)
    )
    assert UPDATE in clocks_of(case.evolve(promises=(answer, news)))


@pytest.mark.practice("R39")
def test_each_hard_stop_comes_once_and_in_its_turn() -> None:
    """On days 10, 15 and 30 of its age it is brought up anyway, and whenever nothing has come of it for seven days."""
    case = a_case()
    told: list[tuple[int, str]] = []
    since = case.opened_at
    for day in range(1, 31):
        now = case.opened_at + timedelta(days=day)
        if stop := passed_stop(RULES, case, Clock(kind=STOP, since=since), now):
            told.append((day, stop.name))
            since = now
    assert told == sorted([(7, IDLE), (22, IDLE), (29, IDLE), *AGED])


@pytest.mark.practice("R39")
def test_progress_puts_off_the_first_stop_alone() -> None:
    """Whoever moves a case on has seven days again; the tenth day of its age comes all the same."""
    case = a_case(progress_at=NOW + timedelta(days=5))
    first = next_stop(RULES, case, Clock(kind=STOP, since=NOW))
    assert first.due.date() == (NOW + timedelta(days=10)).date()
    assert first.name == hard_stops(RULES, NOW)[1].name
