"""One case, one holder."""

from datetime import timedelta

import pytest

from bot.complaint.actions import (
    AnswerPress,
    CancelTimer,
    CloseTopic,
    React,
    Relay,
    Say,
    SetTimer,
    ShowCard,
    StripButtons,
    Tell,
)
from bot.complaint.case import Case, Control, PromiseStatus, Severity, Status
from bot.complaint.conversation import Heard, Step
from bot.complaint.ids import MessageId
from tests.desk.desk_scene import (
    LI,
    NOW,
    PHOTO,
    WANG,
    a_talk,
    carried,
    do,
    done_to,
    edited,
    held_case,
    of,
    pressed,
    promise,
    quiet_case,
    reacted,
    said,
    talk_of,
    told,
    waiting_case,
    wrote,
)


@pytest.mark.practice("R31")
def test_the_first_words_claim_the_case() -> None:
    """Who writes first in a case that waits has it from then on, and the words go out."""
    turn = do(wrote("您好,我在看"), waiting_case())
    case = done_to(turn)
    assert (case.control, case.holder) == (Control.HUMAN, LI)
    assert said(turn) == ["people/taken_over"]
    assert carried(turn) == ["您好,我在看"]
    assert of(turn, ShowCard)


@pytest.mark.practice("S53")
def test_the_first_words_keep_the_promised_answer() -> None:
    """A person's first words answer the hand-over and keep its promise, with the time at which they did."""
    turn = do(wrote("您好"), waiting_case())
    case = done_to(turn)
    assert case.open_escalation is None
    assert case.escalations[0].answered_at == NOW
    assert (case.promises[0].status, case.promises[0].settled_at) == (PromiseStatus.KEPT, NOW)
    assert {one.key for one in of(turn, CancelTimer)} == {"half:p1", "near:p1", "due:p1"}


def test_words_after_the_promised_time_are_late() -> None:
    """An answer after the promised time is written down as late, not as kept."""
    case = done_to(do(wrote("您好"), waiting_case(), now=NOW + timedelta(hours=5)))
    assert case.promises[0].status is PromiseStatus.LATE


@pytest.mark.practice("S14", "S53")
def test_a_claim_by_one_tap_does_not_yet_keep_the_promise() -> None:
    """A tap takes the case, while the promised answer is owed until somebody really writes."""
    turn = do(pressed("claim"), waiting_case())
    case = done_to(turn)
    assert (case.control, case.holder) == (Control.HUMAN, LI)
    assert case.open_escalation is not None
    assert [one.name for one in of(turn, AnswerPress)] == ["desk/notice_claimed"]
    answered = done_to(do(wrote("您好"), case, talk_of(turn)))
    assert answered.open_escalation is None
    assert answered.promises[0].status is PromiseStatus.KEPT


@pytest.mark.practice("S61", "R21")
def test_the_customer_is_told_once_and_without_a_name() -> None:
    """That a person took over is told once in a case, with the team and never with a colleague's name."""
    first = do(wrote("您好"), waiting_case())
    (say,) = of(first, Say)
    assert say.fields["team"] == "general"
    assert "李" not in str(say.fields)
    freed = do(pressed("release"), done_to(first), talk_of(first))
    again = do(wrote("您好", WANG), done_to(freed), talk_of(freed))
    assert said(again) == []
    assert carried(again) == ["您好"]


def test_no_name_goes_with_an_agents_words() -> None:
    """An agent's words carry no name to the complainant."""
    (relay,) = of(do(wrote("您好"), held_case()), Relay)
    assert relay.by == ""


def test_an_agent_may_step_in_while_the_bot_talks() -> None:
    """Words in a case that the bot still has take it over, with all that waited for an answer."""
    heard = (Heard(message=MessageId(5), at=NOW, text="发霉了"),)
    turn = do(wrote("您好"), quiet_case(), a_talk(step=Step.CLARIFYING, asked="order_no", heard=heard))
    talk = talk_of(turn)
    assert done_to(turn).control is Control.HUMAN
    assert (talk.step, talk.asked, talk.heard) == (Step.WITH_PEOPLE, None, ())
    assert talk.turn > a_talk().turn


def test_everything_an_agent_sends_is_carried_over_as_it_is() -> None:
    """Media, albums and replies go over with what they belong to."""
    event = wrote("看这里", media=PHOTO, album="a1", reply_to=MessageId(7))
    (relay,) = of(do(event, held_case()), Relay)
    assert (relay.media, relay.album, relay.text) == (PHOTO, "a1", "看这里")
    assert relay.reply_to is not None
    assert (relay.reply_to.chat, relay.reply_to.message) == (event.chat, 7)


def test_edits_and_reactions_of_agents_are_carried_over() -> None:
    """An agent's edit changes the copy, and a reaction shows on the other side."""
    (relay,) = of(do(edited("更正:明天"), held_case()), Relay)
    assert (relay.edited, relay.text, relay.to_customer) == (True, "更正:明天", True)
    (react,) = of(do(reacted("👍"), held_case()), React)
    assert (react.emoji, react.to_customer) == ("👍", True)


def test_a_second_agents_words_are_held_back_with_a_question() -> None:
    """Words of a colleague in a case that another has wait, and the ways to send or keep them are shown."""
    turn = do(wrote("我来说", WANG), held_case())
    (line,) = of(turn, Tell)
    assert line.name == "held_held"
    assert [button.name for row in line.buttons for button in row] == [
        "take_and_send",
        "let_this_one",
        "was_note",
    ]
    assert [(one.text, one.why) for one in talk_of(turn).drafts] == [("我来说", "held")]
    assert carried(turn) == []
    assert turn.case == held_case()


def test_an_album_that_is_held_back_gets_one_line() -> None:
    """The pictures of one album that are held back wait together, with one line at the desk."""
    first = do(wrote("看", WANG, message=1, media=PHOTO, album="a1"), held_case())
    second = do(wrote("", WANG, message=2, media=PHOTO, album="a1"), held_case(), talk_of(first))
    assert (told(first), told(second)) == (["held_held"], [])
    (held,) = talk_of(second).drafts
    assert [one.message for one in held.sources] == [1, 2]


def test_taking_over_changes_the_holder_and_nothing_else() -> None:
    """Taking over hands the case on with everything in it, and tells the desk alone."""
    turn = do(pressed("take_over", str(LI.id), WANG), held_case(promises=(promise(),)))
    assert done_to(turn) == held_case(promises=(promise(),)).evolve(holder=WANG)
    assert said(turn) == []
    assert told(turn) == ["taken_over"]
    assert of(turn, StripButtons)


def test_a_late_take_over_takes_nothing() -> None:
    """When somebody else took the case meanwhile, the button from before does nothing."""
    now_wangs = held_case(holder=WANG)
    turn = do(pressed("take_over", str(LI.id), LI), now_wangs)
    assert turn.case == now_wangs
    assert [one.name for one in of(turn, AnswerPress)] == ["desk/notice_late"]


def test_a_claim_of_a_held_case_says_who_has_it() -> None:
    """One case has one holder, and who comes second is told who it is."""
    turn = do(wrote("/claim", WANG), held_case())
    (line,) = of(turn, Tell)
    assert (line.name, line.fields["holder"]) == ("held_by_other", "李")
    (answer,) = of(do(pressed("claim", by=WANG), held_case()), AnswerPress)
    assert (answer.name, answer.fields["holder"]) == ("desk/notice_held", "李")


def test_claiming_twice_changes_nothing() -> None:
    """Who has the case already is told so."""
    assert do(wrote("/claim"), held_case()).case == held_case()


@pytest.mark.practice("R30", "S51")
def test_releasing_leaves_one_dated_promise() -> None:
    """A case given back waits again: one hand-over, one promise with its timers, one line with its time."""
    turn = do(wrote("/release"), held_case())
    case = done_to(turn)
    assert (case.control, case.holder) == (Control.QUEUED, None)
    assert sum(one.open for one in case.escalations) == 1
    (owed,) = case.open_promises
    (say,) = of(turn, Say)
    assert (say.name, say.fields["due"]) == ("people/released", owed.due_at)
    assert {one.key for one in of(turn, SetTimer)} == {
        f"{when}:{owed.id}" for when in ("half", "near", "due")
    }


def test_releasing_an_unanswered_case_keeps_the_first_promise() -> None:
    """An answer that was promised for a time stays promised for that time when the case changes hands."""
    claimed = do(pressed("claim"), waiting_case())
    case = done_to(do(pressed("release"), done_to(claimed), talk_of(claimed)))
    assert case.open_promises == waiting_case().open_promises
    assert sum(one.open for one in case.escalations) == 1


def test_releasing_after_the_promised_time_promises_anew() -> None:
    """A promise that went by is written off as late, and the new hand-over has a new time."""
    claimed = do(pressed("claim"), waiting_case())
    later = NOW + timedelta(hours=6)
    case = done_to(do(pressed("release"), done_to(claimed), talk_of(claimed), now=later))
    assert case.promises[0].status is PromiseStatus.LATE
    assert [one.due_at > later for one in case.open_promises] == [True]
    assert sum(one.open for one in case.escalations) == 1


@pytest.mark.practice("S2")
def test_danger_given_back_is_called_out() -> None:
    """A case of danger that nobody has is called out in General at once."""
    turn = do(wrote("/release"), held_case(severity=Severity.SEV1))
    assert [one.name for one in of(turn, Tell) if one.general] == ["ring"]


@pytest.mark.parametrize("case", [quiet_case(), waiting_case()])
def test_only_a_case_that_is_held_can_be_released(case: Case) -> None:
    """Giving back what nobody has is answered with the way to claim it."""
    turn = do(wrote("/release"), case)
    assert turn.case == case
    assert told(turn) == ["not_held"]


def test_a_held_back_note_is_forgotten_with_one_tap() -> None:
    """That held-back words were meant as a note is said with one tap, and the question goes."""
    turn = do(pressed("was_note", by=WANG), held_case())
    assert turn.case == held_case()
    assert of(turn, StripButtons)


CLOSED = quiet_case(status=Status.CLOSED, closed_at=NOW)


def test_words_to_a_closed_case_are_held_back_with_a_way_on() -> None:
    """Words in a closed case's topic are not sent; one tap takes the case up again."""
    turn = do(wrote("退款到了吗"), CLOSED)
    (line,) = of(turn, Tell)
    assert line.name == "not_sent_closed"
    assert [button.name for row in line.buttons for button in row] == ["reopen"]
    assert carried(turn) == []


@pytest.mark.practice("S84")
def test_an_agent_may_take_up_a_closed_case_again() -> None:
    """A closed case that is not over is taken up again with its number and history, by a holder."""
    turn = do(pressed("reopen"), CLOSED, a_talk(step=Step.CLOSED))
    case = done_to(turn)
    assert case.is_open
    assert (case.no, case.reopened, case.holder, case.control) == (CLOSED.no, 1, LI, Control.HUMAN)
    assert of(turn, CloseTopic) == [CloseTopic(reopen=True)]
    assert not of(turn, StripButtons), "the button stands on the card, whose next buttons must stay"
    assert carried(do(wrote("退款到了吗"), case, talk_of(turn))) == ["退款到了吗"]


def test_an_open_case_cannot_be_opened_again() -> None:
    """What is open is not opened again, and that is said."""
    turn = do(wrote("/reopen"), held_case())
    assert told(turn) == ["already_open"]
    assert turn.case == held_case()
