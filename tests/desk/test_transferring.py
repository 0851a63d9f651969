"""Handing a case on, and what supervisors decide about it."""

from datetime import timedelta

import pytest

from bot.complaint.actions import SetTimer, Tell, Turn
from bot.complaint.case import Case, Control, Person, PromiseStatus, Queue, Severity
from bot.complaint.colleagues import Colleague, Role, Roster, Specialty
from bot.complaint.evolving import replace
from bot.desk import followed
from bot.policy.rules import Rules
from tests.desk.desk_scene import (
    LI,
    NOW,
    WANG,
    do,
    done_to,
    held_case,
    of,
    pressed,
    said,
    told,
    waiting_case,
    wrote,
)

CHEN = Colleague(id=WANG.id, name="王", username="wang", role=Role.AGENT)
LEGAL = replace(CHEN, id=type(LI.id)(13), name="方", username="fang", specialties=(Specialty.LEGAL,))
BOSS = replace(CHEN, id=type(LI.id)(14), name="陈", username="chen", role=Role.SUPERVISOR)
ROSTER = Roster({one.id: one for one in (CHEN, LEGAL, BOSS)})


@pytest.mark.practice("R31", "S55")
def test_a_person_who_is_named_has_the_case_and_is_called() -> None:
    """They hold it at once, their phone rings, and the customer hears nothing: nothing changes for them."""
    turn = do(wrote("/transfer @王 换个人更好谈"), held_case(), roster=ROSTER)
    case = done_to(turn)
    assert (case.holder and case.holder.id, case.control) == (WANG.id, Control.HUMAN)
    (line,) = of(turn, Tell)
    assert (line.name, line.calls) == ("transferred", (CHEN,))
    assert said(turn) == []


@pytest.mark.practice("R31", "S53")
def test_a_team_gets_the_case_with_a_new_time_that_the_customer_is_told() -> None:
    """It waits there; the answer that was owed is promised anew, never later; who is of the trade is called."""
    before = waiting_case()
    turn = do(wrote("/transfer 法务 要打官司"), before, roster=ROSTER)
    case = done_to(turn)
    assert (case.queue, case.control, case.holder) == (Queue.LEGAL, Control.QUEUED, None)
    assert [one.status for one in case.promises] == [PromiseStatus.RENEGOTIATED, PromiseStatus.OPEN]
    assert case.promises[-1].due_at <= before.promises[0].due_at
    assert case.open_escalation
    assert (case.open_escalation.queue, case.open_escalation.promise_id) == (
        Queue.LEGAL,
        case.promises[-1].id,
    )
    assert said(turn) == ["people/released"]
    assert [one.calls for one in of(turn, Tell)] == [(LEGAL,)]


def test_a_reason_is_asked_for_in_one_line() -> None:
    """Without a reason nothing moves; for a team the reasons are buttons, and two taps do it all."""
    for text in ("/transfer 法务", "/transfer @王", "/transfer", "/transfer @谁 因为"):
        turn = do(wrote(text), held_case(), roster=ROSTER)
        assert done_to(turn) == held_case()
        assert len(told(turn)) == 1
    case = held_case()
    (question,) = of(do(pressed("transfer"), case), Tell)
    (teams,) = [[key.value for row in question.buttons for key in row]]
    assert teams == [queue.value for queue in Queue]
    (why,) = of(do(pressed("transfer", "legal"), case), Tell)
    values = [key.value for row in why.buttons for key in row]
    moved = done_to(do(pressed("transfer", values[0]), case, roster=ROSTER))
    assert (moved.queue, moved.holder) == (Queue.LEGAL, None)


@pytest.mark.practice("R58")
def test_whom_it_is_about_loses_it_at_once() -> None:
    """They are out of it, supervisors are called, and nobody can give it back to them."""
    turn = do(wrote("/about @王"), held_case(holder=WANG), roster=ROSTER)
    case = done_to(turn)
    assert (case.about, case.holder, case.control) == ((WANG.id,), None, Control.QUEUED)
    assert of(turn, Tell)[0].calls == (BOSS,)
    assert case.open_promises
    refused = do(wrote("我来看看", by=WANG), case, roster=ROSTER)
    assert told(refused) == ["about_you"]
    again = do(wrote("/transfer @王 他熟"), case, roster=ROSTER)
    assert done_to(again).holder is None
    assert told(again) == ["about_you"]


@pytest.mark.practice("R35")
def test_nobody_is_given_a_complaint_of_their_own() -> None:
    """Handed on to the very colleague who complains, it stays where it is."""
    case = held_case(customer=Person(id=WANG.id, name=WANG.name))
    turn = do(wrote("/transfer @王 他熟"), case, roster=ROSTER)
    assert told(turn) == ["own_case"]
    assert done_to(turn).holder == case.holder


@pytest.mark.practice("S54")
def test_severity_falls_only_by_a_supervisor_with_a_reason() -> None:
    """Agents cannot, supervisors must say why; up it goes without."""
    case = held_case(severity=Severity.SEV2)
    assert told(do(wrote("/severity 3 没事了"), case)) == ["no_right"]
    assert told(do(wrote("/severity 3"), case, role=Role.SUPERVISOR)) == ["severity_why"]
    lower = done_to(do(wrote("/severity 3 已确认没人受伤"), case, role=Role.SUPERVISOR))
    assert (lower.severity, lower.decided) == (Severity.SEV3, True)
    assert done_to(do(wrote("/severity 1"), case, role=Role.SUPERVISOR)).severity is Severity.SEV1


@pytest.mark.practice("S51", "R6")
def test_a_graver_case_is_owed_its_answer_sooner() -> None:
    """Raised to danger, the first answer is owed within its minutes, and the desk is rung."""
    turn = do(wrote("/severity 1 孩子在医院"), waiting_case(), role=Role.SUPERVISOR)
    (owed,) = done_to(turn).open_promises
    assert owed.due_at <= NOW + timedelta(minutes=20)
    assert "ring" in told(turn)


def test_evidence_is_locked_by_anybody_and_unlocked_by_a_supervisor() -> None:
    """The lock comes off only with a reason."""
    locked = done_to(do(wrote("/hold 可能打官司"), held_case()))
    assert locked.evidence_hold
    assert told(do(wrote("/unhold 好了"), locked)) == ["no_right"]
    assert told(do(wrote("/unhold"), locked, role=Role.SUPERVISOR)) == ["unhold_why"]
    assert not done_to(do(wrote("/unhold 已结案"), locked, role=Role.SUPERVISOR)).evidence_hold


def test_a_supervisor_may_give_a_case_back_to_who_closed_it() -> None:
    """Nobody else may: a reopened case goes to another (D18)."""
    case = waiting_case(held_before=WANG.id)
    assert done_to(do(wrote("/transfer @王 他熟"), case, roster=ROSTER)).holder is None
    given = done_to(do(wrote("/assign @王"), case, role=Role.SUPERVISOR, roster=ROSTER))
    assert (given.holder and given.holder.id, given.held_before) == (WANG.id, None)


def _followed(turn: Turn, before: Case) -> Turn:
    return followed(turn, before, pressed("claim"), rules=Rules(), desk_of=lambda _queue: None, at=NOW)


def test_calls_begin_anew_for_another_team_and_end_with_a_holder() -> None:
    """What follows from a turn: three timers while a case waits, none once somebody has it."""
    waiting = waiting_case(rung=2)
    transferred = do(wrote("/transfer 法务 官司"), waiting, roster=ROSTER)
    moved = _followed(transferred, waiting)
    keys = [one.key for one in of(moved, SetTimer) if one.kind == "unclaimed"]
    assert keys == ["unclaimed:team", "unclaimed:supervisor", "unclaimed:manager"]
    claimed = _followed(do(pressed("claim"), waiting), waiting)
    assert done_to(claimed).rung == 0
    assert not [one for one in of(claimed, SetTimer) if one.kind == "unclaimed"]
