"""Ending a case, and giving it back to the bot."""

import pytest

from bot.complaint.actions import AnswerPress, Say, Tell
from bot.complaint.case import Case, Control, PromiseStatus, Severity, Verdict
from bot.complaint.conversation import Step
from tests.desk.desk_scene import (
    LI,
    WANG,
    a_talk,
    carried,
    do,
    done_to,
    held_case,
    of,
    pressed,
    promise,
    quiet_case,
    refund,
    said,
    talk_of,
    told,
    waiting_case,
    wrote,
)

UPHELD = {"verdict": Verdict.UPHELD}


@pytest.mark.practice("S95", "S84")
def test_a_person_asks_before_it_ends() -> None:
    """That a case is settled is asked of the complainant; the agent's word alone closes nothing."""
    turn = do(wrote("/resolve 新壶今天寄出"), held_case())
    (say,) = of(turn, Say)
    assert (say.name, say.fields["words"]) == ("people/is_it_settled", "新壶今天寄出")
    assert [button.act for row in say.buttons for button in row] == ["settled_yes", "settled_no"]
    assert (talk_of(turn).step, talk_of(turn).asked) == (Step.RESOLVING, "settled")
    assert talk_of(turn).turn > a_talk().turn
    assert done_to(turn).is_open


@pytest.mark.practice("S53", "S65", "S84", "R11")
@pytest.mark.parametrize(
    ("case", "kinds"),
    [
        (held_case(promises=(promise(2, "call_back"),)), ["promise"]),
        (held_case(fulfilments=(refund(),), promises=(promise(2, "refund_full"),)), ["fulfilment"]),
        (held_case(fulfilments=(refund(promise_id=None),)), ["fulfilment"]),
        (held_case(**UPHELD), ["finding", "prevention", "cause"]),
        (held_case(**UPHELD, finding="封口温度偏低"), ["prevention", "cause"]),
        (held_case(**UPHELD, finding=" ", prevention="已停售"), ["finding", "cause"]),
        (held_case(**UPHELD, finding="封口温度偏低", prevention="已停售"), ["cause"]),
        (held_case(verdict=Verdict.PARTLY), ["finding", "prevention", "cause"]),
        (waiting_case(control=Control.HUMAN, holder=LI), ["answer"]),
        (waiting_case(), ["answer"]),
    ],
)
def test_what_is_still_owed_stands_in_the_way(case: Case, kinds: list[str]) -> None:
    """A case with an open promise, an open remedy, or our fault unexplained is not ended; what lacks is named."""
    turn = do(wrote("/resolve"), case)
    (line,) = of(turn, Tell)
    assert line.name == "cannot_resolve"
    missing = line.fields["missing"]
    assert isinstance(missing, list)
    assert [one["kind"] for one in missing] == kinds
    assert said(turn) == []
    assert turn.case == case


def test_closing_words_are_the_promised_answer() -> None:
    """Closing words are a person's words: with them the promised answer is given."""
    turn = do(wrote("/resolve 给您换了新的"), waiting_case())
    case = done_to(turn)
    assert said(turn) == ["people/taken_over", "people/is_it_settled"]
    assert case.open_promises == ()
    assert case.open_escalation is None


def test_the_question_is_put_once_at_a_time() -> None:
    """While the question waits for the complainant it is not put again."""
    asked = do(wrote("/resolve"), held_case())
    again = do(wrote("/resolve"), done_to(asked), talk_of(asked))
    assert told(again) == ["already_asked"]
    assert said(again) == []
    tapped = do(pressed("resolve"), done_to(asked), talk_of(asked))
    assert (told(tapped), said(tapped)) == ([], []), "a notice on the screen says it"


def test_a_press_that_cannot_be_done_says_so_on_the_screen() -> None:
    """A button for what cannot be done yet is answered at once, and the reason stands in the topic."""
    turn = do(pressed("resolve"), held_case(fulfilments=(refund(),)))
    assert [one.name for one in of(turn, AnswerPress)] == ["desk/notice_cannot"]
    assert told(turn) == ["cannot_resolve"]


@pytest.mark.practice("R33")
def test_back_to_the_bot_only_after_asking() -> None:
    """The complainant is told and asked before the bot speaks again; until their yes the person has the case."""
    turn = do(wrote("/bot"), held_case())
    (say,) = of(turn, Say)
    assert say.name == "people/back_to_bot"
    assert [button.act for row in say.buttons for button in row] == ["back_yes", "back_no"]
    assert talk_of(turn).step is Step.RETURNING
    assert (done_to(turn).control, done_to(turn).holder) == (Control.HUMAN, LI)


@pytest.mark.practice("R27", "R33")
@pytest.mark.parametrize(
    ("case", "why"),
    [
        (held_case(severity=Severity.SEV1), "danger"),
        (waiting_case(control=Control.HUMAN, holder=LI), "answer"),
    ],
)
def test_danger_and_an_owed_answer_stay_with_people(case: Case, why: str) -> None:
    """Neither a case of danger nor one whose promised answer is owed goes back to the bot."""
    turn = do(wrote("/bot"), case)
    (line,) = of(turn, Tell)
    assert (line.name, line.fields["why"]) == ("cannot_return", why)
    assert said(turn) == []


def test_only_the_holder_ends_or_returns_a_case() -> None:
    """A colleague who has not the case neither ends it nor gives it to the bot."""
    for command in ("/resolve", "/bot", "/release", "/upheld 甲 | 乙"):
        turn = do(wrote(command, WANG), held_case())
        assert turn.case == held_case()
        assert said(turn) == []


@pytest.mark.practice("S28", "S65", "R56")
def test_our_fault_is_owned_with_finding_and_prevention() -> None:
    """When an agent finds for the complainant, the full apology goes out with what was found and what prevents it."""
    turn = do(wrote("/upheld 封口温度偏低｜该批次已停售,加了在线检漏"), held_case())
    case = done_to(turn)
    assert (case.verdict, case.finding) == (Verdict.UPHELD, "封口温度偏低")
    assert case.prevention == "该批次已停售,加了在线检漏"
    (say,) = of(turn, Say)
    assert say.name == "people/upheld"
    assert (say.fields["finding"], say.fields["prevention"]) == (case.finding, case.prevention)


@pytest.mark.practice("S27", "S28")
@pytest.mark.parametrize("command", ["/upheld", "/upheld 封口温度偏低", "/upheld | 停售", "/upheld 封口 |"])
def test_no_fault_is_owned_with_half_a_finding(command: str) -> None:
    """Without a finding and a prevention there is no verdict and no apology for a fault."""
    turn = do(wrote(command), held_case())
    assert turn.case == held_case()
    assert told(turn) == ["verdict_how"]


@pytest.mark.practice("S28")
def test_the_apology_for_a_fault_comes_only_with_the_verdict() -> None:
    """The apology for our fault is said in no other turn than that of the verdict."""
    for text in ("您好", "/resolve 好", "/bot", "/release", "/done x", "/claim", "/card", "/help"):
        assert "people/upheld" not in said(do(wrote(text), held_case(fulfilments=(refund(),))))


@pytest.mark.practice("R11", "S53")
def test_a_remedy_is_done_with_its_proof() -> None:
    """With the reference of its proof a remedy is done, its promise kept, and the complainant told that reference."""
    case = held_case(fulfilments=(refund(),), promises=(promise(2, "refund_full"),))
    turn = do(wrote("/done RF20260701"), case)
    after = done_to(turn)
    assert (after.fulfilments[0].proof, after.promises[0].status) == ("RF20260701", PromiseStatus.KEPT)
    (say,) = of(turn, Say)
    assert (say.name, say.fields["proof"], say.fields["worth"]) == ("fulfil/done", "RF20260701", 15900)
    assert after.status.value == "fulfilled"


@pytest.mark.parametrize("command", ["/done", "/done f1", "/done f2", "/done RF1"])
def test_without_proof_or_name_nothing_is_done(command: str) -> None:
    """With two remedies open, a reference must say whose it is, and a name alone proves nothing."""
    case = held_case(fulfilments=(refund(1), refund(2)))
    turn = do(wrote(command), case)
    assert turn.case == case
    assert told(turn) == ["done_how"]


def test_one_of_two_remedies_leaves_the_other_open() -> None:
    """Of two remedies the named one is done, and the case is not fulfilled before the other is."""
    case = held_case(fulfilments=(refund(1, promise_id=None), refund(2, promise_id=None)))
    half = done_to(do(wrote("/done f2 RF-2"), case))
    assert [one.proof for one in half.fulfilments] == [None, "RF-2"]
    assert half.status is case.status
    whole = done_to(do(wrote("/done RF-1"), half))
    assert whole.status.value == "fulfilled"


def test_a_colleague_may_carry_out_what_the_bot_agreed() -> None:
    """Whoever carries out a remedy says so without taking the case."""
    case = quiet_case(fulfilments=(refund(promise_id=None),))
    after = done_to(do(wrote("/done RF-1", WANG), case))
    assert (after.control, after.holder) == (Control.BOT, None)


@pytest.mark.practice("S48", "S53")
def test_a_promised_call_is_kept_with_its_result() -> None:
    """A call that was promised is kept when its result is written down; then the case can end."""
    case = held_case(promises=(promise(2, "call_back"),))
    assert told(do(wrote("/done"), case)) == ["done_how"]
    turn = do(wrote("/done p2 已电话说明,顾客接受换新"), case)
    assert done_to(turn).promises[0].status is PromiseStatus.KEPT
    assert said(turn) == []
    assert said(do(wrote("/resolve"), done_to(turn))) == ["people/is_it_settled"]


def test_with_nothing_open_there_is_nothing_to_do() -> None:
    """A reference for which no remedy waits is answered so."""
    assert told(do(wrote("/done RF"), held_case())) == ["nothing_open"]
    assert carried(do(wrote("/done RF"), held_case())) == []


def test_the_button_for_done_asks_for_the_proof() -> None:
    """One tap proves nothing: the button is answered with how the reference is given."""
    turn = do(pressed("done"), held_case(fulfilments=(refund(),)))
    (line,) = of(turn, Tell)
    assert line.name == "done_how"
    assert line.fields["open"] == [
        {"ref": "f1", "kind": "refund_full", "worth": 15900, "due": refund().due_at}
    ]
    assert turn.case == held_case(fulfilments=(refund(),))


def test_the_question_of_returning_is_put_once_at_a_time() -> None:
    """While it is asked whether the bot may go on, that is not asked again."""
    asked = do(wrote("/bot"), held_case())
    again = do(wrote("/bot"), done_to(asked), talk_of(asked))
    assert (told(again), said(again)) == (["already_asked"], [])
