"""The one door at the desk."""

from dataclasses import replace

import pytest

from bot.complaint.actions import AnswerPress, React, Remark, Tell
from bot.complaint.case import Case, Person, Status
from bot.complaint.events import TopicChanged
from bot.complaint.ids import CaseNo
from bot.desk import Act, Allowed, Refused, may
from bot.desk.acting import COMMANDS, PRESSES, AgentEvent
from tests.desk.desk_scene import (
    DESK,
    LI,
    NO,
    PHOTO,
    STRANGER,
    THREAD,
    WANG,
    a_talk,
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

CLOSED = quiet_case(status=Status.CLOSED, closed_at=quiet_case().opened_at)

DEEDS: list[AgentEvent] = [
    wrote("您好", STRANGER),
    wrote("", STRANGER, media=PHOTO),
    wrote("// 记一下", STRANGER),
    *(wrote(f"/{name} x | y", STRANGER) for name in COMMANDS),
    wrote("/nonsense", STRANGER),
    edited("您好", STRANGER),
    reacted("👍", STRANGER),
    *(pressed(name, "11", STRANGER) for name in PRESSES),
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
        (LI, Act.SPEAK, None, "no_case"),
        (LI, Act.SPEAK, CLOSED, "closed"),
        (LI, Act.CLAIM, CLOSED, "closed"),
        (WANG, Act.SPEAK, held_case(), "held"),
        (WANG, Act.CLAIM, held_case(), "held"),
        (WANG, Act.RESOLVE, held_case(), "held"),
        (WANG, Act.RELEASE, held_case(), "held"),
        (WANG, Act.TO_BOT, held_case(), "held"),
        (WANG, Act.UPHELD, held_case(), "held"),
        (LI, Act.REOPEN, held_case(), "open"),
        (LI, Act.RELEASE, waiting_case(), "not_held"),
        (LI, Act.TO_BOT, waiting_case(), "not_held"),
    ],
)
def test_the_door_refuses_with_its_reason(person: Person, what: Act, case: Case | None, reason: str) -> None:
    """What may not be done is refused with the reason why."""
    assert may(person, what, case, a_talk(), member=True) == Refused(reason)


@pytest.mark.parametrize(
    ("person", "what", "case"),
    [
        (LI, Act.SPEAK, quiet_case()),
        (LI, Act.SPEAK, waiting_case()),
        (LI, Act.SPEAK, held_case()),
        (WANG, Act.TAKE_OVER, held_case()),
        (WANG, Act.DONE, held_case()),
        (WANG, Act.NOTE, held_case()),
        (WANG, Act.NOTE, CLOSED),
        (WANG, Act.LOOK, CLOSED),
        (WANG, Act.REOPEN, CLOSED),
        (LI, Act.RELEASE, held_case()),
    ],
)
def test_the_door_lets_agents_work(person: Person, what: Act, case: Case) -> None:
    """A member may speak where nobody else does, take over, carry out, and always note and look."""
    assert may(person, what, case, a_talk(), member=True) == Allowed()


def test_words_do_not_reach_a_customer_who_talks_of_another_case() -> None:
    """Words in an older case's topic are held back while the complainant's talk is about a newer one."""
    turn = do(wrote("您好"), waiting_case(), a_talk(case_no=CaseNo("111-1111")))
    assert told(turn) == ["not_sent_other_case"]
    assert turn.case == waiting_case()


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
