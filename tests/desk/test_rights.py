"""The one door at the desk."""

import pytest

from bot.complaint.actions import AnswerPress, React, Remark, Tell, Turn
from bot.complaint.case import Case, Control, Person, Status
from bot.complaint.colleagues import Colleague, Role, Specialty
from bot.complaint.deskwork import Deed
from bot.complaint.events import TopicChanged
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo
from bot.desk import Allowed, Refused, Right, may
from bot.desk.acting import ACTS, AgentEvent
from bot.desk.rights import INSIDE
from tests.desk.desk_scene import (
    DESK,
    LI,
    NO,
    NOW,
    PHOTO,
    STRANGER,
    THREAD,
    WANG,
    a_talk,
    carried,
    do,
    edited,
    held_case,
    of,
    pressed,
    quiet_case,
    reaches_customer,
    reacted,
    told,
    waiting_case,
    wrote,
)


def agent(person: Person, role: Role = Role.AGENT) -> Colleague:
    """Somebody of the desk's group, as the roster has them."""
    return Colleague(id=person.id, name=person.name, role=role)


CLOSED = quiet_case(status=Status.CLOSED, closed_at=quiet_case().opened_at)

DEEDS: list[AgentEvent] = [
    wrote("您好", STRANGER),
    wrote("", STRANGER, media=PHOTO),
    wrote("// 记一下", STRANGER),
    *(wrote(f"/{name} x | y", STRANGER) for name in ACTS.commands),
    wrote("/nonsense", STRANGER),
    edited("您好", STRANGER),
    reacted("👍", STRANGER),
    *(pressed(name, "11", STRANGER) for name in ACTS.presses),
]


@pytest.mark.parametrize(
    "event", DEEDS, ids=lambda event: f"{type(event).__name__}-{getattr(event, 'text', '')}"
)
@pytest.mark.parametrize("case", [quiet_case(), waiting_case(), held_case(), CLOSED])
def test_a_stranger_changes_nothing_and_reaches_nobody(event: AgentEvent, case: Case) -> None:
    """Who does not belong to the desk's group changes no case and reaches no complainant."""
    turn = do(event, case, member=False)
    assert turn.case == case
    assert not any(reaches_customer(one) or isinstance(one, React) for one in turn.actions)
    assert of(turn, Remark)


def test_a_stranger_gets_one_line() -> None:
    """A stranger's words in a topic get one line, and so many of them that wait become one."""
    lines = of(do(wrote("您好", STRANGER), waiting_case(), member=False), Tell)
    assert [one.name for one in lines] == ["not_member"]
    assert lines[0].key == "stranger:99"


def test_a_strangers_press_is_answered_with_an_alert() -> None:
    """A stranger's press is answered on their screen, so that the button does not hang."""
    (answer,) = of(do(pressed("claim", by=STRANGER), waiting_case(), member=False), AnswerPress)
    assert (answer.name, answer.alert) == ("desk/notice_not_member", True)


@pytest.mark.parametrize(
    ("person", "what", "case", "reason"),
    [
        (LI, Right.SPEAK, None, "no_case"),
        (LI, Right.SPEAK, CLOSED, "closed"),
        (LI, Right.CLAIM, CLOSED, "closed"),
        (WANG, Right.SPEAK, held_case(), "held"),
        (WANG, Right.CLAIM, held_case(), "held"),
        (WANG, Right.RESOLVE, held_case(), "held"),
        (WANG, Right.RELEASE, held_case(), "held"),
        (WANG, Right.TO_BOT, held_case(), "held"),
        (WANG, Right.DECIDE, held_case(), "held"),
        (LI, Right.REOPEN, held_case(), "open"),
        (LI, Right.RELEASE, waiting_case(), "not_held"),
        (LI, Right.TO_BOT, waiting_case(), "not_held"),
    ],
)
def test_the_door_refuses_with_a_reason(person: Person, what: Right, case: Case | None, reason: str) -> None:
    """What may not be done is refused with the reason why."""
    assert may(agent(person), what, case) == Refused(reason)


@pytest.mark.parametrize(
    ("person", "what", "case"),
    [
        (LI, Right.SPEAK, quiet_case()),
        (LI, Right.SPEAK, waiting_case()),
        (LI, Right.SPEAK, held_case()),
        (WANG, Right.TAKE_OVER, held_case()),
        (WANG, Right.DONE, held_case()),
        (WANG, Right.NOTE, held_case()),
        (WANG, Right.NOTE, CLOSED),
        (WANG, Right.LOOK, CLOSED),
        (WANG, Right.REOPEN, CLOSED),
        (LI, Right.RELEASE, held_case()),
    ],
)
def test_the_door_lets_agents_work(person: Person, what: Right, case: Case) -> None:
    """A member may speak where nobody else does, take over, carry out, and always note and look."""
    assert may(agent(person), what, case) == Allowed()


def test_words_reach_a_customer_who_talks_of_another_case() -> None:
    """Colleagues of each of a complainant's open cases can speak, whichever of them is talked of now."""
    turn = do(wrote("您好"), waiting_case(), a_talk(case_no=CaseNo("111-1111")))
    assert told(turn) == []
    assert carried(turn) == ["您好"]


@pytest.mark.parametrize("data", ["", "c|agree||3", "d|claim", f"d|nonsense||{NO}", "d|claim||111-1111"])
def test_a_press_that_is_not_of_this_case_is_late(data: str) -> None:
    """A button of another case, another room or an older program does nothing, and says that it is late."""
    turn = do(replace(pressed("claim"), data=data), waiting_case())
    (answer,) = turn.actions
    assert isinstance(answer, AnswerPress)
    assert answer.name == "desk/notice_late"
    assert turn.case == waiting_case()


def test_agents_talk_among_themselves_in_general() -> None:
    """Words in General are the agents' own; only a command is answered, in General."""
    assert do(wrote("中午吃什么", thread=None), None).actions == ()
    (answer,) = do(wrote("/help", thread=None), None).actions
    assert isinstance(answer, Tell)
    assert answer.general


def test_a_press_without_a_case_is_answered() -> None:
    """A button that belongs to no case any more is answered all the same."""
    (answer,) = do(pressed("claim"), None).actions
    assert isinstance(answer, AnswerPress)


@pytest.mark.practice("S2")
def test_a_topic_closed_by_hand_closes_no_case() -> None:
    """Closing the topic of an open case by hand opens it again and says why."""
    event = TopicChanged(at=held_case().opened_at, chat=DESK, thread=THREAD, change="closed")
    turn = do(event, held_case())
    kinds = [type(one).__name__ for one in turn.actions]
    assert kinds == ["Remark", "CloseTopic", "Tell"]
    assert turn.case == held_case()


def test_the_topic_of_a_closed_case_stays_closed() -> None:
    """The topic of a closed case may be closed and opened by hand; that is only noted."""
    event = TopicChanged(at=held_case().opened_at, chat=DESK, thread=THREAD, change="closed")
    assert [type(one) for one in do(event, CLOSED).actions] == [Remark]


@pytest.mark.parametrize(
    ("what", "needs"),
    [
        (Right.ASSIGN, Role.SUPERVISOR),
        (Right.SEVERITY, Role.SUPERVISOR),
        (Right.LIFT_HOLD, Role.SUPERVISOR),
        (Right.APPROVE, Role.SUPERVISOR),
        (Right.ROLE, Role.MANAGER),
    ],
)
def test_what_needs_a_rank_is_refused_below_it(what: Right, needs: Role) -> None:
    """Assigning, raising severity, approving and the roster are for those of that rank or above."""
    answers = {role: may(agent(LI, role), what, held_case()) for role in Role}
    for role, answer in answers.items():
        assert answer == (Allowed() if role.rank >= needs.rank else Refused("no_right"))


def test_a_specialty_is_no_rank() -> None:
    """A trade gives no rank: of what supervisors do, only the legal trade is let in, to what is asked of it."""
    for trade in Specialty:
        known = replace(agent(LI), specialties=(trade,))
        for what in (Right.ASSIGN, Right.SEVERITY, Right.LIFT_HOLD, Right.APPROVE):
            law = what is Right.APPROVE and trade is Specialty.LEGAL
            assert (may(known, what, held_case()) == Refused("no_right")) is not law


def test_a_strangers_rank_is_not_asked() -> None:
    """Nobody is told what rank an act needs who does not belong to the desk at all."""
    assert may(None, Right.ASSIGN, held_case()) == Refused("not_member")


@pytest.mark.practice("R58")
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("case", [quiet_case(about=(LI.id,)), held_case(about=(LI.id,))])
def test_nobody_handles_a_complaint_about_themselves(case: Case, role: Role) -> None:
    """Of a complaint about themselves people may read and note, whatever their role; nothing else, not even speak."""
    for what in set(Right) - INSIDE:
        answer = may(agent(LI, role), what, case)
        assert answer in (Refused("about_you"), Refused("no_right"))
    assert may(agent(LI, role), Right.NOTE, case) == Allowed()
    assert may(agent(WANG), Right.CLAIM, case.evolve(holder=None, control=Control.QUEUED)) == Allowed()


@pytest.mark.practice("R58")
def test_who_is_complained_about_is_told_why() -> None:
    """Words of the one complained about stay in the house, and the topic says that somebody else must write."""
    turn = do(wrote("您误会了"), waiting_case(about=(LI.id,)))
    assert told(turn) == ["about_you"]
    assert not any(reaches_customer(one) for one in turn.actions)


AGAIN = waiting_case(held_before=LI.id, reopened=1)


@pytest.mark.parametrize("what", [Right.SPEAK, Right.CLAIM, Right.RESOLVE, Right.DECIDE, Right.OFFER])
def test_a_reopened_case_goes_to_somebody_else(what: Right) -> None:
    """Who closed a case does not take it up again when it comes back (D18); anybody else may."""
    assert may(agent(LI), what, AGAIN) == Refused("yours_before")
    assert may(agent(WANG), what, AGAIN) == Allowed()


def test_who_closed_it_can_still_help() -> None:
    """Who had the case before may note, look, carry out and change their own words."""
    for what in (Right.NOTE, Right.LOOK, Right.DONE, Right.EDIT):
        assert may(agent(LI), what, AGAIN) == Allowed()


def audited(turn: Turn) -> Deed:
    """The one line of the audit that a turn leaves."""
    (line,) = turn.deeds
    return line


def test_an_act_leaves_one_line_of_audit() -> None:
    """What was done is kept with who, when, where, on what, and what it changed from what to what."""
    line = audited(do(pressed("claim"), waiting_case(), now=NOW))
    assert (line.by, line.name, line.at, line.chat, line.case_no) == (LI.id, "李", NOW, DESK, NO)
    assert (line.act, line.refused) == ("claim", "")
    assert (line.before["control"], line.after["control"]) == ("queued", "human")
    assert (line.before["holder"], line.after["holder"]) == ("", "李 (11)")


EVERY_ACT: list[tuple[AgentEvent, Right]] = [
    (wrote("您好"), Right.SPEAK),
    (wrote("// 记一下"), Right.NOTE),
    (edited("您好"), Right.EDIT),
    (reacted("👍"), Right.REACT),
    *((wrote(f"/{name} x | y"), wanted.right) for name, wanted in ACTS.commands.items()),
    *((pressed(name, "11"), wanted.right) for name, wanted in ACTS.presses.items()),
]


def named(value: object) -> str:
    """A readable name for one row of a table."""
    return value.value if isinstance(value, Right) else getattr(value, "text", getattr(value, "data", ""))


@pytest.mark.parametrize(("event", "what"), EVERY_ACT, ids=named)
@pytest.mark.parametrize("case", [quiet_case(), waiting_case(), held_case(), CLOSED])
def test_every_act_is_audited_and_a_look_is_not(event: AgentEvent, what: Right, case: Case) -> None:
    """Whatever a member does leaves one line that names the act, done or refused; looking leaves none."""
    turn = do(event, case)
    if what is Right.LOOK:
        assert turn.deeds == ()
        return
    line = audited(turn)
    assert (line.act, line.case_no) == (what.value, case.no)
    answer = may(agent(LI), what, case)
    assert line.refused == (answer.reason if isinstance(answer, Refused) else "")


@pytest.mark.parametrize(
    ("event", "case", "reason"),
    [
        (pressed("claim", by=WANG), held_case(), "held"),
        (wrote("您好", WANG), held_case(), "held"),
        (wrote("您好"), CLOSED, "closed"),
        (reacted("👍"), CLOSED, "closed"),
        (wrote("您好"), AGAIN, "yours_before"),
        (wrote("您好"), waiting_case(about=(LI.id,)), "about_you"),
    ],
)
def test_what_was_refused_is_audited_as_refused(event: AgentEvent, case: Case, reason: str) -> None:
    """An act that was refused is kept with the reason, and changed nothing."""
    line = audited(do(event, case))
    assert line.refused == reason
    assert (line.before, line.after) == ({}, {})
