"""Whoever handed a case on may say a last word: it goes out, and the case stays where it went."""

import pytest

from bot.complaint.actions import Tell, Turn
from bot.complaint.case import Case, Control, HandedOn, Person, Queue
from bot.complaint.colleagues import Colleague, Roster
from bot.complaint.conversation import Conversation
from bot.complaint.evolving import replace
from bot.complaint.ids import UserId
from bot.desk import mind
from tests.desk.desk_scene import (
    LI,
    NOW,
    RULES,
    WANG,
    carried,
    do,
    done_to,
    held_case,
    of,
    pressed,
    said,
    talk_of,
    told,
    wrote,
)

CHEN = Person(id=UserId(14), name="陈")
ROSTER = Roster({WANG.id: Colleague(id=WANG.id, name="王", username="wang")})
TO_LEGAL, TO_WANG = "/transfer 法务 要打官司", "/transfer @王 他懂这个"


def _handed_on(order: str, case: Case | None = None) -> tuple[Case, Conversation]:
    turn = do(wrote(order), case or held_case(), roster=ROSTER)
    return done_to(turn), talk_of(turn)


@pytest.mark.practice("R31", "S53", "S55")
def test_a_last_word_to_a_team_takes_nothing_back() -> None:
    """It goes out, the case waits for its team as before, and the answer that the customer was told is still owed."""
    case, talk = _handed_on(TO_LEGAL)
    turn = do(wrote("已经请法务的同事接着跟您谈"), case, talk)
    after = done_to(turn)
    assert carried(turn) == ["已经请法务的同事接着跟您谈"]
    assert (after.queue, after.control, after.holder) == (Queue.LEGAL, Control.QUEUED, None)
    assert after.open_promises == case.open_promises
    assert after.open_escalation == case.open_escalation
    assert said(turn) == []


@pytest.mark.practice("R31", "S55")
def test_a_last_word_to_a_colleague_is_not_held() -> None:
    """Who was named has it; who handed it on need not ask them for one more line."""
    case, talk = _handed_on(TO_WANG)
    turn = do(wrote("王同事接着跟您谈"), case, talk)
    assert carried(turn) == ["王同事接着跟您谈"]
    assert done_to(turn).holder is not None
    assert done_to(turn).holder == case.holder


@pytest.mark.parametrize("order", [TO_LEGAL, TO_WANG])
def test_it_is_said_once_that_the_case_stays(order: str) -> None:
    """One short line after the first of them; where nobody has it yet, a button takes it back after all."""
    case, talk = _handed_on(order)
    first = do(wrote("已经转过去了"), case, talk)
    (line,) = of(first, Tell)
    assert line.name == "stays_there"
    assert bool(line.buttons) is (order == TO_LEGAL)
    second = do(wrote("请稍等他们联系您", message=2), done_to(first), talk_of(first))
    assert (told(second), len(carried(second))) == ([], 1)


def test_who_wants_it_back_takes_it() -> None:
    """By the button, or by what only a holder does; from then on their words are the holder's."""
    case, talk = _handed_on(TO_LEGAL)
    taken = do(pressed("claim"), case, talk)
    assert (done_to(taken).holder, done_to(taken).handed_on) == (LI, None)
    spoke = do(wrote("我来跟进"), done_to(taken), talk_of(taken))
    assert told(spoke) == []
    assert done_to(spoke).open_escalation is None


def test_once_somebody_else_answers_it_is_over() -> None:
    """The new holder's first words end it: more from before are held, like any other colleague's."""
    for order in (TO_LEGAL, TO_WANG):
        case, talk = _handed_on(order)
        answered = do(wrote("您好，我来跟进", by=WANG), case, talk)
        holder = done_to(answered).holder
        assert holder is not None
        assert (holder.id, done_to(answered).handed_on) == (WANG.id, None)
        late = do(wrote("还有一句"), done_to(answered), talk_of(answered))
        assert (carried(late), told(late)) == ([], ["held_held"])


def test_nobody_else_speaks_in_between() -> None:
    """It is a last word of who handed it on, and no open door: a third colleague who writes takes what waits."""
    case, talk = _handed_on(TO_LEGAL)
    assert done_to(do(wrote("我看看", by=WANG), case, talk)).holder == WANG
    assert carried(do(wrote("我看看", by=CHEN), *_handed_on(TO_WANG))) == []


def test_a_case_that_went_back_to_the_bot_is_taken_by_words_as_ever() -> None:
    """What was handed on once does not follow a case for ever."""
    gone = held_case(control=Control.BOT, holder=None, handed_on=HandedOn(by=LI.id))
    assert done_to(do(wrote("您好"), gone)).holder == LI


@pytest.mark.practice("S53")
def test_a_last_word_is_no_answer_of_who_has_it_now() -> None:
    """A customer who waits for the holder goes on waiting, so that the holder is reminded."""
    case, talk = _handed_on(TO_WANG, held_case(waiting_since=NOW))
    event = wrote("王同事接着跟您谈")
    turn: Turn = mind(do(event, case, talk), case, event, rules=RULES, at=NOW)
    assert done_to(turn).waiting_since == NOW
    theirs = replace(event, sender=WANG)
    assert done_to(mind(do(theirs, case, talk), case, theirs, rules=RULES, at=NOW)).waiting_since is None
