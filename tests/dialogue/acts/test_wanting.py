"""Wishes, bargaining, cards and what follows from a yes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.complaint.case import Control, PromiseStatus, Queue, Status
from bot.complaint.conversation import Step
from bot.complaint.reading import RemedyKind
from tests.dialogue.roads import (
    to_agreement,
    to_agreement_on_words,
    to_fulfilling,
    to_fulfilment_check,
    to_options,
    to_options_beyond,
    to_survey,
    to_wish,
)
from tests.dialogue.talk_scene import Chat, Moment


def said_then_quiet(chat: Chat, text: str) -> Moment:
    """A message, and its answer when the burst is over."""
    chat.write(text)
    return chat.quiet()


@pytest.mark.practice("R25")
def test_a_wish_that_is_not_understood_is_asked_for_with_buttons_and_then_by_a_person() -> None:
    """Once with the common ones to tap, and then not again."""
    chat = Chat()
    to_wish(chat)
    again = said_then_quiet(chat, "嗯嗯嗯")
    assert again.said == ["wish/ask_again"]
    assert {one.split("|")[1] for one in chat.last} == {"replace", "refund", "other", "human"}
    assert said_then_quiet(chat, "哼哼哼").said == ["people/not_understood"]


def test_the_buttons_of_the_wish_are_wishes() -> None:
    """Replace leads to its card, refund to its own; something else asks for words."""
    for act, kind in (("replace", RemedyKind.REPLACE), ("refund", RemedyKind.REFUND_FULL)):
        chat = Chat()
        to_wish(chat)
        said_then_quiet(chat, "嗯嗯嗯")
        moment = chat.press(act)
        assert moment.said == ["agreement/card"]
        assert moment.case.wishes[-1].kinds == (kind,)
        assert moment.case.offers[-1].kinds == (kind,)
    chat = Chat()
    to_wish(chat)
    said_then_quiet(chat, "嗯嗯嗯")
    assert chat.press("other").said == ["wish/ask_in_words"]
    assert chat.talk.step is Step.WISH


def test_utter_rage_at_the_wish_brings_a_person() -> None:
    """Nobody is asked twice while they are beside themselves."""
    chat = Chat()
    to_wish(chat)
    assert said_then_quiet(chat, "傻逼客服").said == ["people/handed_over"]


@pytest.mark.practice("S94")
def test_bargaining_ends_after_two_rounds_with_people() -> None:
    """The first counter-offer brings the options again, the second only people."""
    chat = Chat()
    to_options_beyond(chat)
    assert chat.write("赔我2000").said == ["proposing/again"]
    last = chat.write("至少赔我1500")
    assert last.said == ["proposing/only_people"]
    assert last.case.control is Control.QUEUED


def test_a_counter_that_can_be_granted_is_granted() -> None:
    """Beyond at first, and then a wish within authority: its card, at once."""
    chat = Chat()
    to_options_beyond(chat)
    moment = chat.write("那换个新的吧")
    assert moment.said == ["agreement/card"]
    assert [one.state for one in moment.case.offers].count("chosen") == 1


def test_words_beside_the_options_ask_for_a_choice_and_then_a_person() -> None:
    """Once it is said how to choose; the second time a person comes."""
    chat = Chat()
    to_options(chat)
    assert said_then_quiet(chat, "嗯嗯嗯").said == ["proposing/choose"]
    assert said_then_quiet(chat, "哼哼哼").said == ["proposing/only_people"]


def test_a_wish_within_a_burst_at_the_options_counts() -> None:
    """Read together, several lines may hold a counter-offer."""
    chat = Chat()
    to_options(chat)
    chat.write("嗯嗯嗯")
    moment = chat.write("赔我3000")
    assert moment.said == ["proposing/again"]


def test_who_would_rather_wait_for_people_may() -> None:
    """The options stand aside; an answer is promised."""
    chat = Chat()
    to_options_beyond(chat)
    moment = chat.press("wait_people")
    assert moment.said == ["proposing/only_people"]
    assert moment.case.open_escalation is not None


@pytest.mark.practice("S93", "S95")
def test_a_chosen_option_is_laid_out_and_the_others_give_way() -> None:
    """One is chosen, the rest replaced; the card repeats it, and nothing is agreed yet."""
    chat = Chat()
    to_options(chat)
    moment = chat.press("option", "2")
    assert [one.state for one in moment.case.offers] == ["replaced", "chosen", "replaced"]
    assert moment.said == ["agreement/card"]
    assert moment.case.agreement is None


def test_an_option_that_is_not_there_means_people() -> None:
    """A number that no option has leads to people, not to a fault."""
    chat = Chat()
    to_options(chat)
    data = chat.last[0].replace("|1|", "|9|")
    assert chat.press_data(data).said == ["proposing/only_people"]


@pytest.mark.practice("S95")
def test_a_card_may_be_changed() -> None:
    """No, or a change, asks what should be different; a new wish brings a new card."""
    chat = Chat()
    to_agreement(chat)
    assert chat.press("change").said == ["agreement/change"]
    assert chat.write("还是退款吧").said == ["agreement/card"]
    assert chat.case.offers[-1].kinds == (RemedyKind.REFUND_FULL,)
    assert [one.state for one in chat.case.offers].count("chosen") == 1
    assert said_then_quiet(chat, "嗯……我看看").said == ["agreement/change"]


@pytest.mark.practice("S4")
def test_what_needs_no_goods_is_promised_with_a_time() -> None:
    """An explanation chosen from the options has its card and its agreement."""
    chat = Chat()
    to_agreement_on_words(chat)
    moment = chat.press("agree")
    assert moment.case.agreement is not None
    assert moment.case.is_open


@pytest.mark.practice("R11", "S53")
def test_each_agreed_remedy_becomes_a_task_with_a_promise() -> None:
    """Owner, time and promise row of each; the farewell names the last of the times."""
    chat = Chat()
    to_options(chat)
    chat.press("option", "3")
    moment = chat.press("agree")
    tasks = moment.case.fulfilments
    assert [one.kind for one in tasks] == list(moment.case.offers[-1].kinds)
    assert [one.promise_id for one in tasks] == [one.id for one in moment.case.promises]
    assert moment.reply("agreement/farewell").fields["due"] == max(one.due_at for one in tasks)
    assert tasks[0].worth == moment.case.offers[-1].refund
    assert moment.told == ["agreed"]
    assert moment.case.status is Status.FULFILLING


def test_words_after_an_agreement_are_kept_and_trouble_goes_to_people() -> None:
    """A remark is noted with the time that stands; new trouble has people on it."""
    chat = Chat()
    to_fulfilling(chat)
    noted = chat.write("嗯嗯")
    assert noted.said == ["fulfil/noted"]
    assert noted.reply("fulfil/noted").fields["due"] == noted.case.promises[0].due_at
    trouble = chat.write("又坏了！")
    assert trouble.said == ["people/more_trouble"]
    assert trouble.case.escalations[-1].reason == "reopened"
    again = Chat()
    to_fulfilling(again)
    assert again.write("店员还骂人").case.escalations[-1].reason == "more_trouble"


def test_what_did_not_arrive_is_looked_for_by_a_person() -> None:
    """No to the question, and somebody looks, by a time."""
    chat = Chat()
    to_fulfilment_check(chat)
    moment = chat.press("not_arrived")
    assert moment.said == ["fulfil/not_arrived"]
    assert moment.case.status is Status.FULFILLING
    assert moment.case.escalations[-1].reason == "not_arrived"


def test_arrival_is_asked_once_and_not_while_a_person_speaks() -> None:
    """Where a person has the case the bot does not ask."""
    chat = Chat()
    to_fulfilling(chat)
    chat.agent("/done RF-1")
    chat.agent("您好，我来看")
    assert [moment.said for moment in chat.wait(days=6)] == [[]]


@pytest.mark.practice("R10", "S53")
def test_a_yes_does_not_close_what_is_still_owed() -> None:
    """Where a promise is open the yes is thanked for, and what is owed is named."""
    chat = Chat()
    to_fulfilment_check(chat)
    case = chat.case
    chat.cases[case.no] = case.evolve(
        fulfilments=tuple(replace(one, done_at=None) for one in case.fulfilments), status=Status.FOLLOW_UP
    )
    moment = chat.press("arrived")
    assert moment.said == ["people/still_owed"]
    assert moment.told == ["still_owed"]
    assert moment.case.is_open
    assert moment.talk.step is Step.WITH_PEOPLE


@pytest.mark.practice("R19", "R34", "S10")
def test_three_taps_and_the_case_rests() -> None:
    """Handling, outcome, again: each is kept; thanks end it."""
    chat = Chat()
    to_survey(chat)
    assert chat.press("score", "h4").said == ["survey/outcome"]
    assert chat.press("score", "o5").said == ["survey/again"]
    moment = chat.press("buy", "no")
    survey = moment.case.surveys[-1]
    assert (survey.handling, survey.outcome, survey.would_buy_again) == (4, 5, False)
    assert moment.reply("survey/thanks").fields["score"] == 4
    assert moment.talk.step is Step.CLOSED


@pytest.mark.parametrize(("first", "second"), [("h1", "o5"), ("h5", "o2"), ("h2", "o2")])
def test_a_poor_score_brings_people_back(first: str, second: str) -> None:
    """Two or less of five, in either: open again, with people, and a time."""
    chat = Chat()
    to_survey(chat)
    chat.press("score", first)
    moment = chat.press("score", second)
    assert moment.said == ["survey/poor"]
    assert moment.case.is_open
    assert moment.case.reopened == 1
    assert moment.case.status is Status.REOPENED


def test_words_instead_of_a_score_are_kept_and_trouble_reopens() -> None:
    """A free word ends the survey; a complaint in it opens the case again."""
    chat = Chat()
    to_survey(chat)
    moment = chat.write("还行吧")
    assert moment.said == ["survey/thanks"]
    assert moment.case.surveys[-1].words == "还行吧"
    again = Chat()
    to_survey(again)
    assert again.write("新壶又不通电了").said == ["people/reopened"]
    assert again.case.reopened == 1


@pytest.mark.practice("R27")
def test_danger_in_the_survey_opens_the_case_again() -> None:
    """A closed case is no place to leave somebody who is hurt: it is open again, and agents can act."""
    chat = Chat()
    to_survey(chat)
    moment = chat.write("孩子烫伤住院了")
    assert moment.case.is_open
    assert moment.case.open_escalation is not None
    assert moment.case.status is Status.REOPENED
    assert "reopened" in moment.told
    assert "people/taken_over" in chat.agent("/claim").said


@pytest.mark.parametrize("text", ["下架！别再害人", "误工费一天200,歇了三天"])
def test_a_wish_for_safety_or_quality_brings_no_options(text: str) -> None:
    """What moves the case to their queues is in people's hands alone, and nothing is refused at the ledger."""
    chat = Chat()
    to_wish(chat)
    moment = chat.write(text)
    assert moment.case.queue in (Queue.QUALITY, Queue.SAFETY)
    assert moment.case.offers == ()
    assert moment.case.open_escalation is not None


def test_a_withdrawal_settles_every_promise() -> None:
    """Their complaint, their word: nothing is owed any more, and the desk hears it."""
    chat = Chat()
    to_fulfilling(chat)
    chat.command("withdraw")
    moment = chat.press("withdraw_yes")
    assert moment.said == ["withdraw/done"]
    assert moment.told == ["withdrawn"]
    assert {one.status for one in moment.case.promises} == {PromiseStatus.WITHDRAWN}
    assert moment.case.status is Status.WITHDRAWN


def test_a_withdrawal_after_danger_leaves_people_on_it() -> None:
    """Where somebody was hurt people still look at it."""
    chat = Chat()
    chat.write("孩子吃了嘴肿起来了，喘")
    chat.command("withdraw")
    moment = chat.press("withdraw_yes")
    assert moment.said == ["withdraw/done_safety"]
    assert moment.case.open_escalation is not None
    assert moment.case.status is Status.WITHDRAWN


def test_an_offer_has_its_end() -> None:
    """What is offered stands for some days, and says until when."""
    chat = Chat()
    to_options(chat)
    for offer in chat.case.offers:
        assert offer.valid_until - chat.now > timedelta(days=chat.rules.offer_days - 1)
