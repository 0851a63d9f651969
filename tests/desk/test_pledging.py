"""A colleague's dated words are booked as a promise with them, follow them, and are undone by a tap."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.complaint.actions import AnswerPress, CancelTimer, Relay, SetTimer, StripButtons, Tell, Turn
from bot.complaint.case import Case, Promise, PromiseStatus, Status
from bot.complaint.colleagues import Role
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import CannedLine, Quoted, TaskKind
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageId, MessageRef
from bot.desk.sheet import Sheet, scene_of
from bot.desk.tasks.pledging import bind
from tests.desk.desk_scene import (
    DESK,
    LI,
    NOW,
    RULES,
    WANG,
    carried,
    do,
    done_to,
    edited,
    held_case,
    of,
    pressed,
    promise,
    situation,
    talk_of,
    told,
    waiting_case,
    wrote,
)

CALL = "明天上午给您回电话"
ENDS = datetime(2026, 7, 2, 4, 0, tzinfo=UTC)
"""Noon of that day in Shanghai."""
AFTERNOON = datetime(2026, 7, 2, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=30)


def made(turn: Turn) -> tuple[Promise, ...]:
    """The promises that are open after a turn."""
    return done_to(turn).open_promises


def line(turn: Turn, name: str) -> Tell:
    """The one line of this name that the desk is given."""
    (found,) = [one for one in of(turn, Tell) if one.name == name]
    return found


def promised(text: str = CALL) -> Case:
    """A case in which Li wrote this in message 1."""
    return done_to(do(wrote(text), held_case()))


@pytest.mark.practice("R22", "S83", "S84", "S53")
def test_dated_words_and_their_promise_are_one_turn() -> None:
    """The words go out as they are, the row has owner, time and words, and its clocks run."""
    turn = do(wrote(f"查过了。{CALL}。"), held_case())
    assert carried(turn) == [f"查过了。{CALL}。"]
    (one,) = made(turn)
    assert (one.kind, one.owner, one.due_at, one.text) == ("own_words", LI.name, ENDS, CALL)
    assert {timer.key for timer in of(turn, SetTimer)} >= {"near:p1", "due:p1"}
    shown = line(turn, "pledge_booked")
    assert shown.fields == {"ref": "p1", "words": CALL, "until": ENDS, "daily": False, "follows": True}
    assert [[key.name for key in row] for row in shown.buttons] == [["no_promise"]]
    assert shown.answers == MessageRef(DESK, MessageId(1))


@pytest.mark.practice("R22", "S84")
def test_dated_words_to_a_closed_case_are_work_with_a_time() -> None:
    """Nothing stays promised in a closed case: the same row is a task, once, and a line says how it ends."""
    case = held_case(status=Status.CLOSED, closed_at=NOW)
    sheet = Sheet(case, talk_of(do(wrote("您好"), held_case())), scene_of(wrote(CALL), RULES, situation()))
    for _ in range(2):
        bind(sheet, CALL, None, by=LI.name)
    (task,) = sheet.case.open_tasks
    assert (task.kind, task.owner, task.owner_id, task.due_at) == (TaskKind.OTHER, LI.name, LI.id, ENDS)
    assert sheet.case.open_promises == ()
    assert line(sheet.turn(), "pledge_as_task").fields == {"ref": "t1", "words": CALL, "until": ENDS}
    assert "task_due:t1" in [timer.key for timer in of(sheet.turn(), SetTimer)]


@pytest.mark.practice("R22")
def test_words_without_a_commitment_book_nothing() -> None:
    """A question with a time in it goes out, and nobody hears of a promise."""
    turn = do(wrote("您明天上午方便吗？"), held_case())
    assert made(turn) == ()
    assert told(turn) == []


@pytest.mark.practice("S53")
def test_the_first_answer_keeps_its_promise_and_makes_the_next() -> None:
    """Who answers in time has kept that; what they promise is a row of its own."""
    case = done_to(do(wrote("今天18:00前给您处理结果"), waiting_case()))
    assert [(one.kind, one.status) for one in case.promises] == [
        ("person_answers", PromiseStatus.KEPT),
        ("own_words", PromiseStatus.OPEN),
    ]


@pytest.mark.practice("S53")
def test_working_days_are_those_of_the_desk() -> None:
    """Three working days from a Wednesday end on Monday at closing time."""
    (one,) = made(do(wrote("3个工作日内退款到账"), held_case()))
    assert one.due_at == datetime(2026, 7, 6, 10, 0, tzinfo=UTC)


def test_a_promise_that_stands_is_not_made_twice() -> None:
    """Told again with the same time it stays one: the desk's own, and one out of words."""
    again = do(wrote("请放心，明天上午一定给您打电话", message=2), promised())
    assert [one.id for one in made(again)] == ["p1"]
    bots = held_case(promises=(promise(1, "refund", hours=8),))
    assert [one.kind for one in made(do(wrote("今天18:00前给您退款"), bots))] == ["refund"]
    assert len(made(do(wrote("明天上午给您寄出", message=2), promised()))) == 2


@pytest.mark.practice("R22")
@pytest.mark.parametrize(
    ("text", "why"),
    [("今天9:00前给您答复", "past"), ("12月20日前给您答复", "far"), ("90个工作日内给您答复", "far")],
)
def test_a_time_that_cannot_be_meant_is_told_to_its_writer(text: str, why: str) -> None:
    """The words are out; who slipped in the time hears it at once."""
    turn = do(wrote(text), held_case())
    assert made(turn) == ()
    assert carried(turn) == [text]
    assert line(turn, "pledge_not_booked").fields["why"] == why


# -- what follows the words


@pytest.mark.practice("R22", "S32")
def test_an_edit_moves_the_promise() -> None:
    """Put right at once it is the same promise with another time, and other clocks."""
    turn = do(edited("明天下午给您回电话"), promised())
    (one,) = made(turn)
    assert (one.id, one.due_at, one.text) == ("p1", AFTERNOON, "明天下午给您回电话")
    assert [timer.due for timer in of(turn, SetTimer) if timer.key == "due:p1"] == [AFTERNOON]
    assert line(turn, "pledge_moved").fields["before"] == ENDS


@pytest.mark.practice("S53")
def test_a_later_time_after_a_while_is_a_postponement() -> None:
    """Half an hour on the customer has read it: the old one counts as put off, and one promise is open."""
    case = done_to(do(edited("明天下午给您回电话"), promised(), now=LATER))
    assert [(one.id, one.due_at, one.status) for one in case.promises] == [
        ("p1", ENDS, PromiseStatus.RENEGOTIATED),
        ("p2", AFTERNOON, PromiseStatus.OPEN),
    ]
    sooner = do(edited("今天18:00前给您回电话"), promised(), now=LATER)
    assert [one.id for one in made(sooner)] == ["p1"]
    back = done_to(do(edited(CALL), case, now=LATER))
    assert [(one.id, one.due_at) for one in back.open_promises] == [("p2", ENDS)]


def test_an_edit_of_other_words_leaves_the_promise() -> None:
    """A slip of the pen elsewhere moves nothing, nor does the time in which it was found."""
    case = promised("一小时内给您答复")
    turn = do(edited("您好，一小时内给您答复"), case, now=NOW + timedelta(minutes=5))
    assert done_to(turn).promises == case.promises
    assert told(turn) == []


@pytest.mark.practice("R22")
def test_an_edit_without_the_time_takes_the_promise_back() -> None:
    """And written again it is promised anew."""
    without = done_to(do(edited("我去问问"), promised()))
    assert [one.status for one in without.promises] == [PromiseStatus.WITHDRAWN]
    assert [one.id for one in done_to(do(edited(CALL), without)).open_promises] == ["p2"]


def test_a_wrong_time_in_an_edit_leaves_the_promise_as_it_was() -> None:
    """It is asked about; nothing is lost meanwhile."""
    turn = do(edited("今天9:00前给您回电话"), promised())
    assert [(one.id, one.due_at) for one in made(turn)] == [("p1", ENDS)]
    assert "pledge_not_booked" in told(turn)


@pytest.mark.practice("R22", "S18")
def test_words_that_are_taken_back_promise_nothing() -> None:
    """With the customer's copy goes the promise, and its clocks."""
    source = MessageRef(DESK, MessageId(1))
    quoted = Quoted(source=source, at=NOW, by=LI.name, own=True, text=CALL)
    order = replace(wrote("/delete", message=2), reply_to=source.message)
    turn = do(order, promised(), quoted=quoted)
    assert [one.status for one in done_to(turn).promises] == [PromiseStatus.WITHDRAWN]
    assert {one.key for one in of(turn, CancelTimer)} >= {"half:p1", "near:p1", "due:p1"}
    assert line(turn, "pledge_gone").fields["ref"] == "p1"


# -- it was none


@pytest.mark.practice("R22")
def test_one_tap_says_that_it_was_no_promise() -> None:
    """The line changes in its place; the same words edited elsewhere do not bring it back."""
    turn = do(pressed("no_promise", "p1"), promised())
    case = done_to(turn)
    assert [one.status for one in case.promises] == [PromiseStatus.WITHDRAWN]
    assert line(turn, "pledge_gone").instead_of == MessageRef(DESK, MessageId(900))
    assert made(do(edited(f"您好，{CALL}"), case)) == ()
    late = do(pressed("no_promise", "p1"), case)
    assert of(late, StripButtons)
    assert done_to(late).promises == case.promises


@pytest.mark.practice("R31")
def test_only_who_answers_for_it_says_so() -> None:
    """A colleague beside the case may not; a supervisor may."""
    beside = do(pressed("no_promise", "p1", WANG), promised())
    assert [one.id for one in made(beside)] == ["p1"]
    above = do(pressed("no_promise", "p1", WANG), promised(), role=Role.SUPERVISOR)
    assert made(above) == ()


@pytest.mark.practice("S53", "R22")
def test_a_promise_whose_time_is_near_stands() -> None:
    """Nobody gets round a miss by a tap, an edit or a deletion; a supervisor may still say that it was none."""
    case = promised()
    case = case.evolve(promises=tuple(replace(one, warned=True) for one in case.promises))
    tap = do(pressed("no_promise", "p1"), case)
    assert [one.name for one in of(tap, AnswerPress)] == ["desk/notice_no_right"]
    quoted = Quoted(source=MessageRef(DESK, MessageId(1)), at=NOW, by=LI.name, own=True, text=CALL)
    order = replace(wrote("/delete", message=2), reply_to=MessageId(1))
    for turn in (tap, do(edited("我去问问"), case), do(order, case, quoted=quoted)):
        assert [one.id for one in made(turn)] == ["p1"]
    assert made(do(pressed("no_promise", "p1"), case, role=Role.SUPERVISOR)) == ()


# -- every way out


def _held(text: str) -> tuple[Case, Conversation]:
    turn = do(wrote(text, message=7), held_case())
    assert made(turn) == ()
    return done_to(turn), talk_of(turn)


@pytest.mark.practice("R22", "S85")
def test_held_words_promise_when_they_go_out() -> None:
    """While they wait nothing is promised; let go by a supervisor the promise is still their writer's."""
    case, talk = _held(f"我理解您着急，但是仓库关门了。{CALL}")
    turn = do(pressed("send_held", "7", WANG), case, talk, role=Role.SUPERVISOR)
    (one,) = made(turn)
    assert (one.owner, one.source) == (LI.name, MessageRef(DESK, MessageId(7)))


@pytest.mark.practice("R22")
def test_a_ready_line_promises_as_own_words_do() -> None:
    """Whoever picks it has said it."""
    ready = CannedLine(name="tomorrow", title="明天回电", words=CALL)
    (one,) = made(do(wrote("/say tomorrow"), held_case(), canned=(ready,)))
    assert (one.owner, one.due_at) == (LI.name, ENDS)


@pytest.mark.practice("R22")
def test_words_in_a_command_promise_too() -> None:
    """What the customer reads out of a command binds like any other word; a command that promises does it once."""
    (one,) = made(do(wrote("/undetermined 查不出是哪一步 | 明天上午给您回电话"), held_case()))
    assert (one.text, one.due_at) == (CALL, ENDS)
    own = made(do(wrote("/promise 明天18:00 给您寄报告"), held_case()))
    assert [one.id for one in own] == ["p1"]


def test_a_note_promises_nothing() -> None:
    """It stays in the house."""
    turn = do(wrote(f"// {CALL}"), held_case())
    assert made(turn) == ()
    assert not of(turn, Relay)
