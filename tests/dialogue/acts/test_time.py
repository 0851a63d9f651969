"""When time passes and when people have the case: nudges, promises near and missed, a bot that is silent."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.complaint.actions import CloseTopic, Remark
from bot.complaint.case import Control, PromiseStatus, Severity, Status
from bot.complaint.conversation import Step
from bot.complaint.events import Due
from bot.complaint.ids import CaseNo
from bot.complaint.reading import Language
from bot.dialogue.steps import Signal
from tests.dialogue.roads import (
    to_a_person,
    to_clarifying,
    to_closed,
    to_danger,
    to_fulfilling,
    to_people,
    to_press,
    to_resolving,
    to_returning,
    to_safety,
    to_suggestion,
)
from tests.dialogue.talk_scene import Chat


def replies(chat: Chat, **span: float) -> list[str]:
    """All that is said while time passes."""
    return [name for moment in chat.wait(**span) for name in moment.said]


@pytest.mark.practice("S69", "R34")
def test_silence_is_asked_after_twice_and_then_let_go_with_a_word() -> None:
    """Two gentle words, a summary, and a closed case; never at night."""
    chat = Chat()
    to_clarifying(chat)
    moments = chat.wait(days=9)
    assert [one.said for one in moments] == [["nudge/first"], ["nudge/second"], ["close/no_response"]]
    assert all(9 <= one.event.at.astimezone(chat.rules.clock).hour < 21 for one in moments)
    assert moments[0].reply("nudge/first").fields["question"] == "order_no"
    assert moments[1].case.status is Status.DORMANT
    assert chat.case.status is Status.CLOSED_NO_RESPONSE


def test_who_writes_again_is_not_nudged_for_the_past() -> None:
    """A word in between begins the waiting anew."""
    chat = Chat()
    to_clarifying(chat)
    chat.wait(hours=20)
    chat.command("status")
    assert replies(chat, hours=20) == []


def test_nobody_is_nudged_while_people_owe_the_answer() -> None:
    """Where an answer is promised it is not the complainant's turn."""
    chat = Chat()
    to_people(chat)
    assert (chat.case.no, "nudge") not in chat.timers


@pytest.mark.practice("S69")
def test_a_case_left_for_another_is_nudged_once_and_closed() -> None:
    """Each of the two cases comes to its end, and neither writes for ever."""
    chat = Chat()
    to_clarifying(chat)
    left = chat.case.no
    chat.command("new")
    said = [
        one.said for one in chat.wait(days=30) if isinstance(one.event, Due) and one.event.case_no == left
    ]
    assert said == [["nudge/first"], ["close/no_response"]]
    assert chat.cases[left].status is Status.CLOSED_NO_RESPONSE


@pytest.mark.practice("S53", "S88")
def test_a_miss_is_told_before_owned_after_and_ever_more_rarely() -> None:
    """Warned at four fifths, owned when missed, severity up one step, promised anew; then less and less often."""
    chat = Chat()
    to_people(chat)
    moments = [one for one in chat.wait(days=3) if one.said]
    assert [one.said for one in moments][:2] == [["people/still_on_it"], ["people/late"]]
    first = moments[1]
    assert first.before is not None
    assert first.case.severity == first.before.severity - 1
    assert first.case.promises[0].warned
    assert first.case.promises[0].status is PromiseStatus.LATE
    assert first.told == ["promise_late"]
    assert first.case.promises[1].owner == "supervisor"
    assert first.case.escalations[0].promise_id == first.case.promises[1].id
    times = [one.event.at for one in moments[1:]]
    gaps = [after - before for before, after in pairwise(times)]
    assert gaps == sorted(gaps)
    assert len(moments) < 8


def test_a_missed_remedy_stays_owed_and_somebody_answers_for_it() -> None:
    """What was to be sent is late; the promise that is new is an answer."""
    chat = Chat()
    to_fulfilling(chat)
    late = next(one for one in chat.wait(days=4) if "people/late" in one.said)
    assert late.case.fulfilments[0].done_at is None
    assert late.case.open_escalation is not None
    assert late.case.open_escalation.reason == "broken_promise"


def test_sev1_is_not_reached_by_a_broken_word() -> None:
    """However often a promise is missed, nobody is called out of bed for it."""
    chat = Chat()
    to_people(chat)
    chat.wait(days=20)
    assert chat.case.severity is Severity.SEV2


@pytest.mark.practice("S53")
def test_after_an_outage_the_miss_is_told_and_no_warning_before_it() -> None:
    """What came due while the house was away is owned once."""
    chat = Chat()
    to_people(chat)
    moments = chat.outage(timedelta(days=1))
    assert next(one.said for one in moments if one.said) == ["people/late"]


@pytest.mark.practice("R33")
def test_while_a_person_speaks_time_says_nothing() -> None:
    """Warnings and misses go to the desk alone."""
    chat = Chat()
    to_people(chat)
    chat.agent("/claim")
    moments = chat.wait(days=2)
    assert [name for one in moments for name in one.said] == []
    assert "promise_near" in [name for one in moments for name in one.told]
    assert "promise_late" in [name for one in moments for name in one.told]


def test_a_timer_of_a_settled_promise_does_nothing() -> None:
    """A warning or a due time that comes for what is kept already is nobody's business."""
    chat = Chat()
    to_people(chat)
    chat.agent("您好，我来看")
    for kind, key in (("promise_near", "near:p1"), ("promise_due", "due:p1"), ("promise_due", "due:p9")):
        event = Due(at=chat.now, chat=chat.case.chat, case_no=chat.case.no, kind=kind, key=key)
        moment = chat.feed(event)
        assert moment.case == moment.before
        assert moment.turn.actions == ()


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
    """That they are seen is said once; the card shows the rest; a wish in them is kept."""
    chat = Chat()
    to_people(chat)
    assert chat.write("还有壶盖也裂了").said == ["people/added"]
    assert chat.write("赔我3000").said == []
    assert chat.case.wishes[-1].amount == 3000


@pytest.mark.practice("S42")
def test_the_press_is_thanked_and_its_questions_kept() -> None:
    """What they wrote is on the card, word for word."""
    chat = Chat()
    to_press(chat)
    moment = chat.write("XX日报，截稿今晚八点")
    assert moment.said == ["people/press_thanks"]
    assert moment.case.facts.press == "XX日报，截稿今晚八点"
    assert moment.talk.step is Step.WITH_PEOPLE


@pytest.mark.practice("R27")
def test_help_comes_first_and_a_number_if_a_call_is_wanted() -> None:
    """One message with help; a call needs a number once; what is said again is that people are on it."""
    chat = Chat()
    to_danger(chat)
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
    assert last.said == ["safety/with_you"]
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
