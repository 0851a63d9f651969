"""Requests for more than one may give: who is called, who may decide, what becomes of them."""

from datetime import timedelta

import pytest

from bot.complaint.actions import AnswerPress, SetTimer, Tell, Turn
from bot.complaint.case import Case, Facts, Level, Order, Person, Severity
from bot.complaint.colleagues import Colleague, Role, Roster, Specialty
from bot.complaint.deskwork import ApprovalState
from bot.complaint.ids import Cents, UserId
from bot.desk import act
from bot.desk.acting import AgentEvent
from tests.desk.desk_scene import NOW, RULES, a_talk, done_to, held_case, of, pressed, situation, told, wrote

AGENT = Colleague(id=UserId(11), name="李")
LAWYER = Colleague(id=UserId(13), name="方", specialties=(Specialty.LEGAL,))
CHEN = Colleague(id=UserId(21), name="陈", role=Role.SUPERVISOR)
ZHOU = Colleague(id=UserId(22), name="周", role=Role.SUPERVISOR)
BOSS = Colleague(id=UserId(31), name="赵", role=Role.MANAGER)
ROSTER = Roster({one.id: one for one in (AGENT, LAWYER, CHEN, ZHOU, BOSS)})
ORDER = Order(order_no="HS-1", product="面包", price=Cents(89_00))


def does(who: Colleague, event: AgentEvent, case: Case) -> Turn:
    """What this colleague's event does."""
    known = situation(NOW, who, roster=ROSTER)
    return act(event, case, a_talk(), rules=RULES, situation=known)


def says(who: Colleague, text: str, case: Case) -> Turn:
    return does(who, wrote(text, Person(id=who.id, name=who.name)), case)


def taps(who: Colleague, deed: str, value: str, case: Case) -> Turn:
    return does(who, pressed(deed, value, by=Person(id=who.id, name=who.name)), case)


def held_by(who: Colleague, **changes: object) -> Case:
    return held_case(
        holder=Person(id=who.id, name=who.name), severity=Severity.SEV3, facts=Facts(order=ORDER)
    ).evolve(**changes)


def asked(who: Colleague = AGENT, words: str = "补偿 200", **changes: object) -> Case:
    """A case in which this was asked for."""
    return done_to(says(who, f"/offer {words} | 理由", held_by(who, **changes)))


def calls(turn: Turn) -> list[str]:
    return [one.name for tell in of(turn, Tell) for one in tell.calls]


def test_those_who_may_decide_are_called_lowest_rank_first_and_never_the_asker() -> None:
    """An agent's request calls the supervisors, a supervisor's the other one, and nobody whom the case is about."""
    assert calls(says(AGENT, "/offer 补偿 200 | 理由", held_by(AGENT))) == ["周", "陈"]
    assert calls(says(CHEN, "/offer 补偿 200 | 理由", held_by(CHEN))) == ["周"]
    assert calls(says(AGENT, "/offer 补偿 200 | 理由", held_by(AGENT, about=(ZHOU.id,)))) == ["陈"]
    assert calls(says(AGENT, "/offer 补偿 9000 | 理由", held_by(AGENT))) == ["赵"]
    assert calls(says(AGENT, "/offer 三倍赔偿 | 理由", held_by(AGENT))) == ["赵", "方"]


def test_a_grave_case_calls_in_general_too() -> None:
    """A request on a SEV2 case is heard in General as well, with its buttons; on others the topic is enough."""
    grave = of(says(AGENT, "/offer 补偿 200 | 理由", held_by(AGENT, severity=Severity.SEV2)), Tell)
    assert [one.general for one in grave] == [False, True]
    assert all(one.buttons for one in grave)
    plain = of(says(AGENT, "/offer 补偿 200 | 理由", held_by(AGENT)), Tell)
    assert [one.general for one in plain] == [False]


@pytest.mark.parametrize(
    ("case", "who", "reason"),
    [
        (asked(CHEN), CHEN, "own_request"),
        (asked(words="补偿 9000"), CHEN, "request_needs"),
        (asked(), LAWYER, "request_needs"),
        (asked(), AGENT, "no_right"),
        (asked().evolve(about=(ZHOU.id,)), ZHOU, "about_you"),
    ],
)
def test_who_may_not_decide_is_told_so_on_the_screen(case: Case, who: Colleague, reason: str) -> None:
    """One's own request, one above one's rank, one that needs no law, one about oneself: refused, and audited."""
    turn = taps(who, "approve", "a1", case)
    assert [one.name for one in of(turn, AnswerPress)] == [f"desk/notice_{reason}"]
    assert done_to(turn).approvals == case.approvals
    assert [one.refused for one in turn.deeds] == [reason]


def test_a_request_has_its_time() -> None:
    """It waits for the brand's term on the working calendar, and wakes us at its end."""
    turn = says(AGENT, "/offer 补偿 200 | 理由", held_by(AGENT))
    (request,) = done_to(turn).approvals
    timer = next(one for one in of(turn, SetTimer) if one.kind == "approval_ends")
    assert (timer.key, timer.due) == ("approval:a1", request.expires_at)
    assert request.expires_at == NOW + timedelta(hours=8)


def test_a_newer_offer_ends_what_was_asked_for() -> None:
    """Only one thing is asked for at a time, and a request that is over cannot be approved any more."""
    case = done_to(says(AGENT, "/offer 补偿 90 | 理由", asked()))
    assert [one.state for one in case.approvals] == [ApprovalState.EXPIRED, ApprovalState.OPEN]
    late = taps(CHEN, "approve", "a1", case)
    assert [one.name for one in of(late, AnswerPress)] == ["desk/notice_late"]
    assert done_to(late).offers == ()


def test_an_approved_offer_carries_the_highest_level_and_its_request() -> None:
    """It goes out at once under the level that approved it, in the name of who asked."""
    turn = taps(CHEN, "approve", "a1", asked())
    (offer,) = done_to(turn).offers
    assert (offer.level, offer.by, offer.approval_id, offer.state) == (Level.A2, "李", "a1", "chosen")
    assert told(turn) == ["approval_given"]
