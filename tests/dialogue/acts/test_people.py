"""When people have the case, or should: the way to them, a bot that is silent, cases that come back."""

from datetime import timedelta

import pytest

from bot.complaint.actions import CloseTopic, Remark
from bot.complaint.case import Control, Severity
from bot.complaint.conversation import Step
from bot.complaint.ids import CaseNo
from bot.complaint.reading import Language
from bot.dialogue.steps import Signal
from tests.dialogue.roads import (
    to_a_person,
    to_clarifying,
    to_closed,
    to_danger,
    to_people,
    to_press,
    to_resolving,
    to_returning,
    to_safety,
    to_suggestion,
)
from tests.dialogue.talk_scene import Chat


@pytest.mark.practice("R23", "R30")
def test_asking_again_for_a_person_tells_where_one_stands() -> None:
    """The first time the queue and the time, after that the time again; a person who has it is told."""
    chat = Chat(ahead=3)
    chat.write("电热壶不通电")
    first = chat.command("human").reply("people/handed_over")
    assert first.fields["ahead"] == 3
    assert chat.case.severity is Severity.SEV3
    again = chat.write("转人工").reply("people/already")
    assert again.fields["due"] == chat.case.promises[0].due_at
    chat.agent("/claim")
    held = chat.command("human")
    assert held.said == []
    assert held.told == ["wants_you"]


@pytest.mark.practice("R31")
def test_words_for_people_are_acknowledged_once() -> None:
    """That they are seen is said once, a wish is said back, then by when they are answered; the rest is kept."""
    chat = Chat()
    to_people(chat)
    assert chat.write("还有壶盖也裂了").said == ["people/added"]
    assert chat.write("赔我3000").said == ["people/wish_added"]
    assert chat.write("盖子裂了两处").said == ["people/waits"]
    assert chat.write("盖子裂了三处").said == []
    assert chat.case.wishes[-1].amount == 3000


@pytest.mark.practice("R5", "S2")
def test_whoever_goes_on_writing_is_told_by_when_and_people_are_called_once_a_promise() -> None:
    """Each hour at most they read the time again; those who could take the case are called once for it."""
    chat = Chat()
    to_people(chat)
    chat.write("还有壶盖也裂了")
    first = chat.write("壶底也有锈")
    assert (first.said, first.told) == (["people/waits"], ["still_writing"])
    chat.wait(minutes=70)
    later = chat.write("盖子又裂了一处")
    assert (later.said, later.told) == (["people/waits"], [])


@pytest.mark.practice("S42")
def test_the_press_is_asked_for_what_is_missing_and_its_questions_are_kept() -> None:
    """What they wrote is on the card, word for word; until when they need it is not asked again."""
    chat = Chat()
    to_press(chat)
    moment = chat.write("XX日报，截稿今晚八点")
    assert moment.said == ["people/press_ask"]
    assert "XX日报，截稿今晚八点" in (moment.case.facts.press or "")
    assert moment.case.facts.inquiry is not None
    assert moment.case.facts.inquiry.deadline is not None
    assert moment.talk.step is Step.PRESS


@pytest.mark.practice("R27")
def test_help_comes_first_and_a_number_if_a_call_is_wanted() -> None:
    """One message with help; a call needs a number once; what is said again is that people are on it."""
    chat = Chat()
    to_danger(chat)
    assert chat.case.facts.harmed is True
    assert chat.press("call_me").said == ["safety/ask_phone"]
    moment = chat.send("contact", detail="13800138000")
    assert moment.said == ["safety/phone_thanks"]
    assert moment.case.facts.phone == "13800138000"
    assert chat.write("吃完吐了").said == ["safety/with_you"]


def test_a_second_alarm_is_not_a_second_form() -> None:
    """Smoke told twice brings no second question."""
    chat = Chat()
    to_safety(chat)
    assert chat.write("还在冒烟").said == ["safety/with_you"]
    assert chat.talk.step is Step.WITH_PEOPLE


def test_a_doubt_about_harm_is_taken_for_harm() -> None:
    """Asked twice and not told: people look, and nothing more is asked."""
    chat = Chat()
    to_safety(chat)
    chat.write("不知道啊")
    assert chat.quiet().said == ["safety/ask_again"]
    chat.write("不清楚")
    last = chat.quiet()
    assert last.said == ["safety/unclear"]
    assert "unclear_harm" in (last.case.open_escalation.reason if last.case.open_escalation else "")


@pytest.mark.practice("S32")
def test_extortion_by_an_edit_is_heard_like_any() -> None:
    """The demand is kept word for word, the evidence is held, and people have it."""
    chat = Chat()
    to_clarifying(chat)
    moment = chat.edit("不赔5万我就找媒体曝光，钱到账我就删")
    assert moment.signal is Signal.EXTORTS
    assert moment.said == ["people/extortion"]
    assert moment.case.evidence_hold
    assert "5万" in moment.case.wishes[-1].verbatim


@pytest.mark.practice("S33")
def test_the_line_is_held_twice_and_then_only_by_people() -> None:
    """The same words once more, and after that the bot says nothing."""
    chat = Chat()
    said = [chat.write("封口费一万，这事就当没发生").said for _ in range(4)]
    assert said == [["people/extortion"], ["people/extortion"], [], []]


def test_a_person_is_asked_back_and_stays() -> None:
    """No to a person's question: they stay, and hear which question it was."""
    for road, reply, told in (
        (to_resolving, "people/not_settled", "not_settled"),
        (to_returning, "people/stays", "wants_to_stay"),
    ):
        chat = Chat()
        road(chat)
        moment = chat.write("不行")
        assert moment.said == [reply]
        assert moment.told == [told]
        assert moment.case.control is Control.HUMAN


@pytest.mark.practice("R33")
def test_back_to_the_bot_is_agreed_and_welcomed() -> None:
    """Yes, and the bot speaks again; the desk knows."""
    chat = Chat()
    to_returning(chat)
    moment = chat.press("back_yes")
    assert moment.said == ["people/back_welcome"]
    assert moment.case.control is Control.BOT
    assert moment.case.holder is None
    assert moment.told == ["back_with_bot"]


@pytest.mark.practice("R33")
@pytest.mark.parametrize("text", ["我是晚报记者，想核实投诉", "你是机器人吗", "不想给个人信息", "赔我3000"])
def test_at_a_persons_question_the_bot_hears_yes_and_no_alone(text: str) -> None:
    """Everything else is that person's to answer."""
    chat = Chat()
    to_resolving(chat)
    assert chat.write(text).said == []


def test_a_new_case_does_not_make_the_bot_speak_in_one_that_a_person_has() -> None:
    """Even an empty case is left alone where people have it: a new one is opened."""
    chat = Chat()
    chat.command("human")
    chat.agent("/claim")
    held = chat.case.no
    chat.command("new")
    assert chat.case.no != held
    assert chat.cases[held].control is Control.HUMAN


@pytest.mark.practice("S120")
def test_the_same_trouble_reopens_and_another_opens() -> None:
    """Within the month the case comes back one step up; other words begin another."""
    chat = Chat()
    to_closed(chat)
    first = chat.case
    again = chat.write("又坏了！")
    assert again.said == ["people/reopened"]
    assert again.case.no == first.no
    assert again.case.severity < first.severity
    assert again.all(CloseTopic) == [CloseTopic(reopen=True)]
    alike = Chat()
    to_closed(alike)
    before = alike.case.no
    alike.write("电热壶不通电")
    assert alike.case.no == before
    other = Chat()
    to_closed(other)
    closed = other.case.no
    other.write("店员态度特别差，说话难听")
    assert other.case.no != closed
    late = Chat()
    to_closed(late)
    closed = late.case.no
    late.now += timedelta(days=31)
    late.write("又坏了！")
    assert late.case.no != closed


def test_blocking_and_coming_back_are_known() -> None:
    """The talk knows, and the case's history tells."""
    chat = Chat()
    to_people(chat)
    gone = chat.reach(reachable=False)
    assert blocked(chat)
    assert Remark(what="blocked_us") in gone.turn.actions
    back = chat.reach(reachable=True)
    assert not blocked(chat)
    assert Remark(what="came_back") in back.turn.actions


def spoken(chat: Chat) -> Language:
    """The language of the talk now."""
    return chat.talk.language


def blocked(chat: Chat) -> bool:
    """Whether the complainant has blocked the bot."""
    return chat.talk.blocked


def test_a_chosen_language_stays_chosen() -> None:
    """By command or by button; afterwards the words of the complainant no longer change it."""
    chat = Chat()
    chat.command("language", "en")
    assert spoken(chat) is Language.EN
    chat.write("上周买的电热壶不通电")
    assert spoken(chat) is Language.EN
    assert chat.command("language").said == ["answers/languages"]
    assert chat.press("lang_zh").said == ["answers/language"]
    assert spoken(chat) is Language.ZH
    assert chat.case.language is Language.ZH


def test_questions_without_a_case_open_none() -> None:
    """Who only asks for help, rights, status or languages has complained of nothing."""
    chat = Chat()
    for name in ("help", "rights", "status", "language"):
        assert chat.command(name).turn.case is None
    assert chat.current is None
    assert chat.command("start").case.no == CaseNo("100-0185")


def test_a_suggestion_told_further_is_listened_to() -> None:
    """More words after the thanks are no yes and no no: they are heard."""
    chat = Chat()
    to_suggestion(chat)
    chat.write("还有，瓶盖太紧，拧不开")
    assert chat.talk.step is Step.LISTENING


def test_a_person_who_has_the_case_is_not_welcomed_back_by_the_bot() -> None:
    """/start is a command: it is answered with where it stands."""
    chat = Chat()
    to_a_person(chat)
    assert chat.command("start").said == ["opening/welcome_back"]
    assert chat.talk.step is Step.WITH_PEOPLE


@pytest.mark.practice("R33")
def test_words_after_a_command_are_still_for_the_person_who_has_the_case() -> None:
    """/withdraw is answered by the bot; a story told instead of a yes goes to the person, at once and after."""
    chat = Chat()
    to_a_person(chat)
    chat.command("withdraw")
    assert chat.write("新的水壶也漏水").said == []
    assert (chat.case.no, "quiet") not in chat.timers


@pytest.mark.practice("R24", "S14")
def test_a_bot_asked_for_a_person_says_the_truth_and_brings_one() -> None:
    """Both in one message: the hand-over says yes, it is a bot."""
    chat = Chat()
    chat.write("电热壶不通电")
    moment = chat.write("你是机器人吧，叫人来")
    assert moment.reply("people/handed_over").fields["asked_if_bot"] is True


@pytest.mark.practice("S33", "R20")
def test_a_verdict_asked_for_names_the_time_that_is_owed() -> None:
    """No yes, no no: the time by which people answer."""
    chat = Chat()
    to_people(chat)
    moment = chat.write("到底赔不赔")
    assert moment.reply("answers/verdict").fields["due"] == chat.case.promises[0].due_at
    assert chat.write("不想给个人信息").reply("clarify/no_need").fields["due"] == chat.case.promises[0].due_at
