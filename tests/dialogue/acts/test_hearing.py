"""Small talk, insults, misses, questions and their answers: what is said to what is no complaint yet."""

from datetime import timedelta

import pytest

from bot.complaint.case import Control, Status
from bot.complaint.conversation import Step
from bot.dialogue.steps import Signal
from tests.dialogue.moment import Moment
from tests.dialogue.roads import to_call_back, to_clarifying, to_listening, to_suggestion, to_wish
from tests.dialogue.talk_scene import Chat


def said_then_quiet(chat: Chat, text: str) -> Moment:
    """A message, and its answer when the burst is over."""
    chat.write(text)
    return chat.quiet()


def greeted() -> Chat:
    """Somebody who has only said hello."""
    chat = Chat()
    chat.write("在吗")
    return chat


@pytest.mark.parametrize(
    ("text", "reply"),
    [("谢谢", "listening/praise"), ("你好", "listening/go_on"), ("asdf", "listening/tell_more")],
)
def test_small_talk_gets_a_small_answer(text: str, reply: str) -> None:
    """Thanks, a greeting, and what nobody understands: one short line each, and no case talk."""
    assert said_then_quiet(greeted(), text).said == [reply]


@pytest.mark.practice("R25")
def test_what_is_not_understood_twice_goes_to_a_person() -> None:
    """The first time they are asked for more, the second time a person comes, with a time."""
    chat = greeted()
    said_then_quiet(chat, "asdf")
    again = said_then_quiet(chat, "qwerty")
    assert again.said == ["people/not_understood"]
    assert again.case.control is Control.QUEUED
    assert again.case.escalations[0].reason == "not_understood"


@pytest.mark.practice("S6")
def test_insults_meet_two_calm_lines_and_then_a_person() -> None:
    """Nobody is insulted back, nothing is closed, and after the second line people take over."""
    chat = Chat()
    chat.write("你好")
    replies = []
    for _ in range(6):
        chat.write("你们这些畜生")
        if (chat.case.no, "quiet") in chat.timers:
            replies += chat.quiet().said
    assert replies.count("calming/boundary") <= 2
    assert chat.case.is_open


@pytest.mark.practice("S108")
def test_a_shrug_after_a_story_is_asked_about() -> None:
    """呵呵 after a complaint is displeasure: they may go on, or let it go."""
    chat = Chat()
    to_listening(chat)
    chat.quiet()
    chat.command("withdraw")
    chat.press("withdraw_no")
    moment = said_then_quiet(chat, "呵呵")
    assert moment.said == ["listening/check_in"]
    assert [key.name for row in moment.reply("listening/check_in").buttons for key in row] == [
        "continue",
        "withdraw",
        "human",
    ]
    assert chat.press("withdraw").said == ["withdraw/ask"]


def test_a_picture_alone_asks_for_its_story() -> None:
    """A photo without words is evidence, and asks what it shows; to a voice a person listens."""
    chat = Chat()
    chat.send("photo")
    assert chat.quiet().reply("listening/tell_more").fields["has_photo"] is True
    chat.send("voice")
    assert chat.quiet().said == ["listening/voice"]
    assert [one.kind for one in chat.case.evidence] == ["photo", "voice"]


@pytest.mark.practice("S91", "S13")
def test_a_question_is_put_again_once_and_then_left() -> None:
    """Words that are no answer bring the question back once; after that the talk goes on without."""
    chat = Chat()
    to_clarifying(chat)
    again = said_then_quiet(chat, "嗯嗯嗯")
    assert again.reply("clarify/ask").fields["again"] is True
    assert said_then_quiet(chat, "嗯嗯嗯").said == ["wish/ask"]
    assert chat.talk.times_asked("order_no") == 2


def test_an_order_that_nobody_knows_is_asked_about_once() -> None:
    """A number that the book does not have: once more, and then without."""
    chat = Chat()
    to_clarifying(chat)
    assert chat.write("订单9999").said == ["clarify/order_unknown"]
    assert chat.write("订单9998").said == ["wish/ask"]


def test_an_order_named_in_the_story_and_unknown_is_asked_about_in_the_first_answer() -> None:
    """Thanks first, then that the number was not found; it is not asked as if it had not been given."""
    chat = Chat()
    chat.write("订单9999的电热壶不通电")
    assert chat.quiet().said == ["listening/thanks_sorry", "clarify/order_unknown"]


def test_answers_in_words_are_learnt() -> None:
    """Where, when and how it was kept go onto the case as they were said."""
    chat = Chat()
    chat.write("店员态度特别差，说话难听")
    chat.quiet()
    moment = said_then_quiet(chat, "昨天下午在人民路店")
    assert chat.case.facts.store == "昨天下午在人民路店"
    assert moment.said == ["wish/ask"]


def test_food_is_asked_after_in_its_order() -> None:
    """Eaten, pack and batch, a picture of the thing, where bought, how kept: one at a time."""
    chat = Chat()
    chat.write("酸奶里有根头发")
    assert chat.press("not_eaten").reply("listening/thanks_sorry").fields["question"] == "photo_pack"
    chat.send("photo", "批号 20260610A")
    assert chat.quiet().reply("clarify/ask").fields["question"] == "photo_object"
    chat.send("photo")
    assert chat.quiet().reply("clarify/ask").fields["question"] == "where_bought"
    assert said_then_quiet(chat, "楼下超市").reply("clarify/ask").fields["question"] == "storage"
    last = said_then_quiet(chat, "一直放冰箱")
    assert last.said == ["wish/ask_quality"]
    assert (chat.case.facts.store, chat.case.facts.storage) == ("楼下超市", "一直放冰箱")
    assert chat.case.facts.eaten is not True


def test_a_wish_among_the_answers_is_taken() -> None:
    """What is wanted, said instead of an answer, is a wish, and what it needs is asked for."""
    chat = Chat()
    to_clarifying(chat)
    moment = chat.write("换个新的吧")
    assert moment.signal is Signal.NAMES_REMEDY
    assert moment.said == ["wish/need_order"]
    assert [one.verbatim for one in chat.case.wishes] == ["换个新的吧"]


def test_a_story_told_calmly_after_anger_goes_on() -> None:
    """Who was heard out and tells what happened gets the first answer, and the question."""
    chat = Chat()
    to_clarifying(chat)
    said_then_quiet(chat, "垃圾公司！骗子！我要气死了！！")
    assert chat.talk.step is Step.CALMING
    moment = said_then_quiet(chat, "壶盖也裂了")
    assert moment.said in (["clarify/ask"], ["wish/ask"])


@pytest.mark.practice("S48")
def test_a_call_is_arranged_for_the_hour_that_was_pressed() -> None:
    """The hour, then the number, then one promise for exactly that call, and no other."""
    chat = Chat()
    to_call_back(chat)
    value = next(one.split("|")[2] for one in reversed(chat.last) if "call_window" in one)
    keys = [key for row in chat.passed[-1].says[-1].buttons for key in row if key.act == "call_window"]
    assert [key.fields["times"][0].timestamp() for key in keys] == [int(key.value) for key in keys]  # type: ignore[index]
    assert chat.press("call_window").said == ["calming/ask_phone"]
    moment = chat.write("13800138000")
    assert moment.said == ["calming/call_arranged"]
    promise = next(one for one in chat.case.promises if one.kind == "call_back")
    assert promise.due_at.timestamp() == int(value) + 3600
    assert chat.case.facts.phone == "13800138000"


@pytest.mark.practice("S35")
def test_who_gives_no_number_is_answered_here() -> None:
    """No number, no matter: the answer comes in the chat, by a time."""
    chat = Chat()
    to_call_back(chat)
    moment = said_then_quiet(chat, "不要")
    assert moment.said == ["calming/noted"]
    moment = said_then_quiet(chat, "不想留")
    assert moment.said == ["calming/here"]
    assert chat.case.open_escalation is not None


def test_words_for_a_time_are_an_hour_where_there_is_one() -> None:
    """Tomorrow morning is the first hour of tomorrow's; without a number the number is asked, once."""
    chat = Chat()
    to_call_back(chat)
    chat.write("明天上午")
    assert chat.case.facts.call_from is not None
    assert chat.case.facts.call_from.astimezone(chat.rules.clock).hour < 12
    assert said_then_quiet(chat, "没有电话").said == ["clarify/no_need"]


@pytest.mark.practice("S40")
def test_an_idea_asks_for_leave_to_write_and_keeps_to_the_answer() -> None:
    """Yes in words or by button; no means no."""
    for act, words, agreed in (("consent_yes", "", True), ("consent_no", "", False), ("", "好的", True)):
        chat = Chat()
        to_suggestion(chat)
        moment = chat.press(act) if act else chat.write(words)
        assert moment.case.follow_up_consent is agreed
        assert moment.reply("suggestion/consent").fields["yes"] is agreed
        assert moment.case.status is Status.SUGGESTION_LOGGED
        assert not moment.case.is_open


def test_an_idea_beside_a_complaint_closes_nothing() -> None:
    """A suggestion in a case that has a story is a part of it, not the end of it."""
    chat = Chat()
    to_listening(chat)
    chat.quiet()
    chat.command("withdraw")
    chat.press("withdraw_no")
    moment = said_then_quiet(chat, "建议你们出小包装")
    assert chat.talk.step is Step.CLARIFYING or moment.said == ["wish/ask"]
    assert chat.case.is_open


@pytest.mark.practice("R33")
def test_words_after_a_withdrawal_asked_for_go_to_the_people_who_have_the_case() -> None:
    """Where people owe an answer, words instead of a yes or no are theirs, and the bot does not begin anew."""
    chat = Chat()
    to_wish(chat)
    chat.command("human")
    chat.command("withdraw")
    chat.write("其实壶盖也裂了")
    chat.quiet()
    assert chat.talk.step is Step.WITH_PEOPLE
    assert chat.case.control is Control.QUEUED


@pytest.mark.parametrize(
    "question", ["你是机器人吗", "你们最多能赔多少", "到底赔不赔", "到哪一步了", "不想给个人信息"]
)
@pytest.mark.practice("S11", "R1")
def test_a_question_in_a_burst_does_not_swallow_the_story(question: str) -> None:
    """What is answered at once has its answer; the story told a second before still gets its own."""
    chat = Chat()
    to_listening(chat)
    chat.write(question)
    assert "listening/thanks_sorry" in chat.quiet().said


def test_a_burst_never_waits_longer_than_it_may() -> None:
    """However long somebody goes on writing, the answer comes within the time that the brand set."""
    chat = Chat()
    first = chat.write("电热壶不通电")
    for _ in range(6):
        chat.now += timedelta(seconds=3)
        chat.write("而且没人管")
    due, _ = chat.timers[chat.case.no, "quiet"]
    assert due - first.event.at <= timedelta(seconds=chat.rules.settle.at_most_seconds + 4)
