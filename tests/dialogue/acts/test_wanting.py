"""Wishes, bargaining, cards and what follows from a yes."""

from datetime import timedelta

import pytest

from bot.complaint.case import Control, Queue, Status
from bot.complaint.conversation import Step
from bot.complaint.reading import RemedyKind
from bot.policy.deadlines import due
from tests.dialogue.moment import Moment
from tests.dialogue.roads import (
    to_agreement,
    to_options,
    to_options_beyond,
    to_options_on_words,
    to_wish,
)
from tests.dialogue.talk_scene import Chat


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
    assert said_then_quiet(chat, "嗯……这个嘛").said == ["agreement/unsure"]
    assert chat.talk.step is Step.AGREEMENT, "neither yes nor no leaves the card as it is"


@pytest.mark.practice("S4", "S53")
@pytest.mark.parametrize(("option", "what"), [("1", "call_back"), ("2", "written_answer")])
def test_what_needs_no_goods_is_promised_with_a_time(option: str, what: str) -> None:
    """A call or an explanation chosen from the options is owed until somebody gave it, by its own deadline."""
    chat = Chat()
    to_options_on_words(chat)
    chat.press("option", option)
    moment = chat.press("agree")
    (task,) = moment.case.fulfilments
    assert task.done_at is None
    assert task.due_at == due(chat.rules, what, moment.case.severity, chat.now, moment.case.queue)
    assert [one.id for one in moment.case.promises] == [task.promise_id]
    assert moment.reply("agreement/farewell").fields["due"] == task.due_at


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


@pytest.mark.parametrize("text", ["下架！别再害人", "误工费一天200,歇了三天"])
def test_a_wish_for_safety_or_quality_brings_no_options(text: str) -> None:
    """What moves the case to their queues is in people's hands alone, and nothing is refused at the ledger."""
    chat = Chat()
    to_wish(chat)
    moment = chat.write(text)
    assert moment.case.queue in (Queue.QUALITY, Queue.SAFETY)
    assert moment.case.offers == ()
    assert moment.case.open_escalation is not None


def test_an_offer_has_its_end() -> None:
    """What is offered stands for some days, and says until when."""
    chat = Chat()
    to_options(chat)
    refund, again, sweetened = chat.case.offers
    assert (refund.worth, refund.refund, refund.pickup) == (89_00, 89_00, True)
    assert (again.worth, again.refund) == (53_40, 0)
    assert (sweetened.worth, sweetened.refund, sweetened.item) == (119_00, 89_00, "voucher_30")
    for offer in chat.case.offers:
        assert offer.valid_until - chat.now > timedelta(days=chat.rules.offer_days - 1)


def test_a_card_waits_for_its_answer_and_the_agreed_offer_stays_agreed() -> None:
    """The card is the question that waits; offers that are over are not touched by later ones."""
    chat = Chat()
    to_agreement(chat)
    assert chat.talk.asked == "agree"
    chat.press("change")
    chat.write("还是退款吧")
    assert [one.state for one in chat.case.offers] == ["replaced", "chosen"]
