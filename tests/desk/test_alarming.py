"""Who is called to danger, and to those who wait; and who may not have what is told of them."""

import pytest

from bot.complaint.actions import Lane, Remark, Tell, Turn
from bot.complaint.case import Case, Queue, Severity
from bot.complaint.colleagues import Colleague, Role, Roster, Specialty
from bot.complaint.ids import UserId
from bot.desk import alarms, summoned
from tests.desk.desk_scene import held_case, of, waiting_case

LIN = Colleague(id=UserId(11), name="林晓")
MAY = Colleague(id=UserId(12), name="May")
SAFE = Colleague(id=UserId(13), name="方宁", specialties=(Specialty.SAFETY,))
HEAD = Colleague(id=UserId(14), name="陈岚", role=Role.SUPERVISOR)
ROSTER = Roster({one.id: one for one in (LIN, MAY, SAFE, HEAD)})


def _told(case: Case, name: str, **more: object) -> Tell:
    turn = Turn(conversation=None, case=case, actions=(Tell(name=name, **more),))  # type: ignore[arg-type]
    assert alarms(turn)
    return of(summoned(turn, ROSTER), Tell)[0]


def test_danger_rings_by_name_ahead_of_everything() -> None:
    """The queue's specialists are called with the complainant's last words; the holder where somebody has it."""
    grave = waiting_case(severity=Severity.SEV1, queue=Queue.SAFETY, story=("孩子喝了", "上吐下泻"))
    ring = _told(grave, "ring", general=True, lane=Lane.URGENT)
    assert (ring.lane, ring.calls, ring.fields["said"]) == (Lane.ALARM, (SAFE,), "上吐下泻")
    held = held_case(severity=Severity.SEV1)
    assert held.holder is not None
    assert [one.id for one in _told(held, "danger").calls] == [held.holder.id]


def test_who_waits_and_writes_calls_people_in_the_desks_own_turn() -> None:
    """No alarm, unless the case is in danger."""
    assert _told(waiting_case(severity=Severity.SEV3), "still_writing").lane is Lane.DESK
    assert _told(waiting_case(severity=Severity.SEV1), "still_writing").lane is Lane.ALARM
    assert _told(waiting_case(severity=Severity.SEV3), "still_writing").calls == (MAY, LIN)


def test_nothing_is_looked_up_where_nobody_is_called() -> None:
    """An ordinary turn stays as it is."""
    turn = Turn(conversation=None, case=waiting_case(), actions=(Tell(name="released"),))
    assert not alarms(turn)


@pytest.mark.practice("R7", "R58")
def test_what_is_told_of_our_own_people_goes_to_who_supervises_them() -> None:
    """Whoever is named in it may do nothing to it, and no agent is called while nobody has that trade."""
    case = waiting_case(queue=Queue.CONDUCT, story=("你们店员林晓偷拍我", "maybe twice"))
    turn = summoned(Turn(conversation=None, case=case, actions=(Tell(name="still_writing"),)), ROSTER)
    assert turn.case is not None
    assert turn.case.about == (LIN.id,)
    assert of(turn, Tell)[0].calls == (HEAD,)
    assert [one.what for one in of(turn, Remark)] == ["about"]
    assert not of(summoned(turn, ROSTER), Remark)[1:]
