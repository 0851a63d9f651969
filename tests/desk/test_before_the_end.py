"""What stands before the end of a case: an offer that waits for its answer, and danger that nobody looked into."""

from datetime import timedelta

import pytest

from bot.complaint.actions import AnswerPress, CancelTimer, Say, Tell, Turn
from bot.complaint.case import Case, Level, Offer, Part, PromiseStatus, Severity, Status, Verdict
from bot.complaint.colleagues import Role
from bot.complaint.conversation import Conversation, Step
from bot.complaint.evolving import replace
from bot.complaint.ids import Cents
from bot.complaint.reading import RemedyKind
from bot.policy.reopening import reopened
from bot.policy.retention import held
from tests.desk.desk_scene import (
    NO,
    NOW,
    RULES,
    WANG,
    a_talk,
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

GRAVE = {"severity": Severity.SEV1}


def offered(*kinds: RemedyKind, **changes: object) -> Case:
    """A case in which Li offered something, and the complainant has not answered."""
    offer = Offer(
        id="o1",
        ref=f"{NO}.o1",
        at=NOW - timedelta(hours=2),
        kinds=kinds,
        worth=Cents(89_00),
        refund=Cents(89_00),
        by="李",
        level=Level.A1,
        valid_until=NOW + timedelta(days=7),
        state="chosen",
        note="people",
        words="全额退款¥89",
        parts=tuple(Part(kind=one, cents=Cents(89_00)) for one in kinds),
    )
    return held_case(offers=(offer,), status=Status.PROPOSING).evolve(**changes)


def waiting_talk() -> Conversation:
    """The talk while the offer's card is the last thing in it."""
    return a_talk(step=Step.OFFERED)


def _acts(turn: Turn) -> list[str]:
    return [key.act for one in of(turn, Tell) for row in one.buttons for key in row]


@pytest.mark.practice("S95", "S84")
def test_an_open_offer_is_asked_about_before_the_customer_is() -> None:
    """Who would end a case over an offer hears what is open and since when, and has two ways under their thumb."""
    case = offered(RemedyKind.REFUND_FULL)
    for event in (wrote("/resolve"), pressed("resolve")):
        turn = do(event, case, waiting_talk())
        (line,) = of(turn, Tell)
        assert (line.name, line.fields["since"]) == ("offer_open", case.offers[0].at)
        assert _acts(turn) == ["wait_for_answer", "ask_without_offer"]
        assert (said(turn), done_to(turn), talk_of(turn).step) == ([], case, Step.OFFERED)
    assert of(do(pressed("resolve"), case, waiting_talk()), AnswerPress)


def test_the_words_that_were_to_go_with_the_question_belong_to_that_offer() -> None:
    """The question holds them, also when it is put again; over another offer they are not sent unasked."""
    case = offered(RemedyKind.REFUND_FULL)
    turn = do(wrote("/resolve 新壶今天寄出"), case, waiting_talk())
    (line,) = of(turn, Tell)
    assert line.fields["words"] == "新壶今天寄出"
    (again,) = of(do(wrote("/resolve"), case, talk_of(turn)), Tell)
    assert again.fields["words"] == "新壶今天寄出"
    other = case.evolve(offers=(replace(case.offers[0], id="o2"),))
    taken = do(pressed("ask_without_offer", "o2"), other, talk_of(turn))
    assert [one.fields["words"] for one in of(taken, Say)] == [""]


def test_waiting_changes_nothing() -> None:
    """The offer stands with its end, and the question is off the screen."""
    case = offered(RemedyKind.REFUND_FULL)
    turn = do(pressed("wait_for_answer", "o1"), case, waiting_talk())
    assert (done_to(turn), said(turn), told(turn)) == (case, [], [])


@pytest.mark.practice("S95")
def test_one_tap_takes_the_offer_back_and_asks() -> None:
    """The customer reads in one message that it is off, and is asked whether it is settled."""
    case = offered(RemedyKind.REFUND_FULL)
    turn = do(pressed("ask_without_offer", "o1"), case, waiting_talk())
    (say,) = of(turn, Say)
    assert (say.name, say.fields["withdrawn"]) == ("people/is_it_settled", True)
    assert done_to(turn).offers[0].state == "withdrawn"
    assert talk_of(turn).step is Step.RESOLVING
    assert "offer:o1" in [one.key for one in of(turn, CancelTimer)]


def test_the_tap_is_late_once_the_offer_was_answered() -> None:
    """Agreed meanwhile: nothing is taken back, and nobody is asked."""
    case = offered(RemedyKind.REFUND_FULL)
    agreed = case.evolve(offers=(replace(case.offers[0], state="agreed"),))
    turn = do(pressed("ask_without_offer", "o1"), agreed, a_talk())
    assert (done_to(turn), said(turn)) == (agreed, [])


@pytest.mark.practice("R11", "S53", "S95")
def test_a_yes_given_elsewhere_is_an_agreement_with_its_note() -> None:
    """By phone, in the shop: the parts become dated work, and the customer reads what was noted."""
    turn = do(wrote("/agreed 电话里同意了"), offered(RemedyKind.REFUND_FULL), waiting_talk())
    case = done_to(turn)
    assert case.agreement is not None
    assert (case.agreement.offer_id, case.offers[0].state) == ("o1", "agreed")
    (work,) = case.fulfilments
    assert (work.kind, work.worth, work.proof) == (RemedyKind.REFUND_FULL, 89_00, None)
    assert work.promise_id in [one.id for one in case.promises if one.status is PromiseStatus.OPEN]
    assert (said(turn), told(turn)) == (["offer/agreed_elsewhere"], ["agreed"])
    assert (case.status, talk_of(turn).step) == (Status.FULFILLING, Step.WITH_PEOPLE)
    (missing,) = of(do(wrote("/resolve"), case, talk_of(turn)), Tell)
    assert missing.name == "cannot_resolve", "the refund itself is still to be made"


def test_where_only_words_were_agreed_the_case_may_be_ended_at_once() -> None:
    """An apology that was accepted is said now, and nothing is owed."""
    turn = do(wrote("/agreed 电话里说道歉就行"), offered(RemedyKind.APOLOGY), waiting_talk())
    assert done_to(turn).status is Status.FULFILLED
    assert said(turn) == ["agreement/apology_done"]
    assert said(do(wrote("/resolve"), done_to(turn), talk_of(turn))) == ["people/is_it_settled"]


@pytest.mark.parametrize(("order", "line"), [("/agreed", "agreed_how"), ("/agreed //电话", "agreed_how")])
def test_nobody_agrees_for_the_customer_without_a_note(order: str, line: str) -> None:
    """How and where they said yes stands in the record."""
    case = offered(RemedyKind.REFUND_FULL)
    turn = do(wrote(order), case, waiting_talk())
    assert (told(turn), done_to(turn)) == ([line], case)


def test_what_was_never_offered_is_not_agreed() -> None:
    """Without an offer there is nothing to agree to; and only whoever has the case may note it."""
    assert told(do(wrote("/agreed 电话里同意"), held_case())) == ["no_offer"]
    case = offered(RemedyKind.REFUND_FULL)
    assert done_to(do(wrote("/agreed 电话里同意", by=WANG), case, waiting_talk())) == case


@pytest.mark.practice("R7", "S65", "R48")
@pytest.mark.parametrize("event", [wrote("/resolve"), pressed("resolve")])
def test_danger_does_not_end_before_somebody_looked_into_it(event: object) -> None:
    """Whoever was hurt, the case is not settled before it stands there what was found."""
    turn = do(event, held_case(**GRAVE))  # type: ignore[arg-type]
    (line,) = of(turn, Tell)
    assert line.name == "cannot_resolve"
    assert [one["kind"] for one in line.fields["missing"]] == ["verdict"]  # type: ignore[attr-defined]
    assert said(turn) == []


@pytest.mark.parametrize("verdict", [Verdict.NOT_UPHELD, Verdict.UNDETERMINED])
def test_any_finding_will_do(verdict: Verdict) -> None:
    """Nothing found, or nothing certain, is a finding too."""
    case = held_case(**GRAVE, verdict=verdict, finding="留样合格")
    assert said(do(wrote("/resolve"), case)) == ["people/is_it_settled"]


@pytest.mark.practice("S54")
def test_a_supervisor_may_let_it_end_without_a_finding() -> None:
    """By one command and with a reason; agents cannot, and without a reason nobody can."""
    case = held_case(**GRAVE)
    assert told(do(wrote("/nofinding 联系不上"), case)) == ["no_right"]
    assert told(do(wrote("/nofinding"), case, role=Role.SUPERVISOR)) == ["nofinding_why"]
    turn = do(wrote("/nofinding 家属不愿再谈，医院已出院", by=WANG), case, role=Role.SUPERVISOR)
    let = done_to(turn)
    assert (let.excused, let.holder) == ("家属不愿再谈，医院已出院", case.holder)
    assert (told(turn), _acts(turn)) == (["nofinding_set"], ["resolve"])
    assert said(do(pressed("resolve"), let)) == ["people/is_it_settled"]


def test_what_was_let_pass_once_is_asked_for_again_when_the_case_comes_back() -> None:
    """A reopened case has new facts; a case that needs no finding is told so."""
    assert reopened(held_case(**GRAVE, excused="联系不上"), "reopened").excused == ""
    assert told(do(wrote("/nofinding 不用"), held_case(), role=Role.SUPERVISOR)) == ["nofinding_not_needed"]


def test_a_closed_case_owes_no_finding() -> None:
    """What was closed before may become anonymous in its time."""
    closed = held_case(**GRAVE).evolve(closed_at=NOW, status=Status.CLOSED)
    after = NOW + timedelta(days=RULES.retention_days, minutes=1)
    assert held(closed, RULES, after) is None
