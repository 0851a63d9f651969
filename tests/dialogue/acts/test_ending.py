"""How it ends: arrival, what is still owed, scores, trouble afterwards, withdrawals."""

import pytest

from bot.complaint.case import PromiseStatus, Severity, Status
from bot.complaint.conversation import Step
from bot.complaint.evolving import replace
from bot.complaint.ids import UserId
from bot.policy.rules import Rules
from bot.policy.surveys import Last, SurveyRules
from tests.dialogue.roads import (
    to_fulfilling,
    to_fulfilment_check,
    to_survey,
)
from tests.dialogue.talk_scene import Chat
from tests.furniture import the_rules


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
        fulfilments=tuple(replace(one, done_at=None, proof=None) for one in case.fulfilments),
        status=Status.FOLLOW_UP,
    )
    moment = chat.press("arrived")
    assert moment.said == ["people/still_owed"]
    assert moment.told == ["cannot_resolve"]
    assert moment.case.is_open
    assert moment.talk.step is Step.WITH_PEOPLE


@pytest.mark.parametrize("severity", [Severity.SEV1, Severity.SEV2])
def test_what_was_grave_is_closed_by_people(severity: Severity) -> None:
    """The bot closes nothing that was grave: after the arrival a person ends it, by a time that is told."""
    chat = Chat()
    to_fulfilment_check(chat)
    chat.cases[chat.case.no] = chat.case.evolve(severity=severity)
    moment = chat.press("arrived")
    assert moment.said == ["close/by_people"]
    assert moment.case.is_open
    assert moment.case.open_escalation is not None
    assert moment.reply("close/by_people").fields["due"] == moment.case.open_promises[0].due_at


@pytest.mark.practice("R19", "R34", "S10", "S40")
def test_three_taps_and_two_more_questions_and_the_case_rests() -> None:
    """Handling, outcome, again, a word, and whether we may write: each is kept; thanks end it."""
    chat = Chat(rules=asks_last("word"))
    to_survey(chat)
    assert chat.press("score", "h4").said == ["survey/outcome"]
    assert chat.press("score", "o5").said == ["survey/again"]
    assert chat.press("buy", "no").said == ["survey/word"]
    assert chat.write("物流可以再快点").said == ["survey/later"]
    moment = chat.press("consent_yes")
    survey = moment.case.surveys[-1]
    assert (survey.handling, survey.outcome, survey.would_buy_again) == (4, 5, False)
    assert survey.words == "物流可以再快点"
    assert (moment.talk.contact, moment.case.follow_up_at) == (True, moment.talk.contact_at)
    assert moment.talk.contact_at is not None
    assert moment.reply("survey/thanks").fields["score"] == 4
    assert moment.talk.step is Step.CLOSED


@pytest.mark.parametrize(("first", "second"), [("h1", "o5"), ("h5", "o2"), ("h2", "o2")])
def test_a_poor_score_asks_what_was_missing_and_brings_people_back_on_a_yes(first: str, second: str) -> None:
    """Two or less of five, in either: what was missing; on a yes open again, with people, and a time."""
    chat = Chat()
    to_survey(chat)
    chat.press("score", first)
    assert chat.press("score", second).said == ["survey/missing"]
    asked = chat.write("等了太久，也没人解释")
    assert asked.said == ["survey/look_again"]
    assert not asked.case.is_open
    assert asked.case.surveys[-1].words == "等了太久，也没人解释"
    moment = chat.press("look_yes")
    assert moment.said == ["survey/poor"]
    assert moment.case.severity < asked.case.severity
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


@pytest.mark.practice("S34", "R12")
@pytest.mark.parametrize(
    "words",
    ["钱根本没到账", "券没见到啊", "还没解决呢", "壶没修好", "the refund never came", "it still isn't fixed"],
)
def test_what_was_called_done_and_is_not_opens_the_case_again(words: str) -> None:
    """No thanks for the honest word: whoever was told that it is done, and has nothing, is with people again."""
    in_survey, afterwards = Chat(), Chat()
    to_survey(in_survey)
    assert in_survey.write(words).said == ["people/undone"]
    to_survey(afterwards)
    afterwards.press("no_survey")
    assert afterwards.write(words).said == ["people/undone"]
    assert (in_survey.case.reopened, afterwards.case.reopened) == (1, 1)


@pytest.mark.parametrize(
    "words", ["都解决了，没什么好说的", "没别的了", "不用了谢谢", "nothing more, it is settled"]
)
def test_a_friendly_word_after_the_end_opens_nothing(words: str) -> None:
    """Only what is still owed to them does."""
    chat = Chat()
    to_survey(chat)
    chat.write(words)
    assert not chat.case.reopened


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


def test_a_withdrawal_settles_every_promise() -> None:
    """Their complaint, their word: an answer that was promised is not owed any more, and the desk hears it."""
    chat = Chat()
    chat.write("转人工，电热壶不通电")
    chat.command("withdraw")
    moment = chat.press("withdraw_yes")
    assert moment.said == ["withdraw/done"]
    assert moment.told == ["withdrawn"]
    assert {one.status for one in moment.case.promises} == {PromiseStatus.WITHDRAWN}
    assert moment.case.status is Status.WITHDRAWN


@pytest.mark.practice("R11", "S84")
def test_what_was_agreed_outlasts_a_withdrawal() -> None:
    """A remedy that is under way is neither dropped nor sent against their will: a person asks, by a time."""
    chat = Chat()
    to_fulfilling(chat)
    chat.command("withdraw")
    moment = chat.press("withdraw_yes")
    assert moment.said == ["withdraw/done_owed"]
    assert moment.case.is_open
    assert moment.case.open_escalation is not None


def test_a_withdrawal_after_danger_leaves_people_on_it() -> None:
    """Where somebody was hurt people still look at it."""
    chat = Chat()
    chat.write("孩子吃了嘴肿起来了，喘")
    chat.command("withdraw")
    moment = chat.press("withdraw_yes")
    assert moment.said == ["withdraw/done_safety"]
    assert moment.case.open_escalation is not None
    assert moment.case.status is Status.WITHDRAWN


def asks_last(*questions: str) -> Rules:
    """The brand, with these last questions in turns."""
    return replace(the_rules(), survey=SurveyRules(last=tuple(Last(one) for one in questions)))


@pytest.mark.practice("R19", "R34", "S105")
@pytest.mark.parametrize(
    ("question", "buttons", "typed", "kept"),
    [("recommend", 11, "9", (9, None)), ("recommend", 11, "10分", (10, None)), ("ease", 7, "6", (None, 6))],
)
def test_whose_turn_it_is_says_how_likely_or_how_easy(
    question: str, buttons: int, typed: str, kept: tuple[int | None, int | None]
) -> None:
    """In place of the free word, never beside it: a number is tapped or typed, and the survey is as long as ever."""
    chat = Chat(rules=asks_last(question))
    to_survey(chat)
    chat.press("score", "h5")
    chat.press("score", "o5")
    assert chat.press("buy", "yes").said == [f"survey/{question}"]
    assert sum("|score|" in one for one in chat.last) == buttons
    moment = chat.write(typed)
    assert moment.said == ["survey/later"]
    survey = moment.case.surveys[-1]
    assert (survey.recommend, survey.ease) == kept


def test_a_word_is_as_welcome_as_a_number() -> None:
    """Who writes a line where a number is asked has said it, and is asked no more for the number."""
    chat = Chat(rules=asks_last("recommend"))
    to_survey(chat)
    chat.press("score", "h4")
    chat.press("skip")
    chat.press("buy", "yes")
    moment = chat.write("客服挺耐心")
    assert moment.said == ["survey/later"]
    assert (moment.case.surveys[-1].words, moment.case.surveys[-1].recommend) == ("客服挺耐心", None)


@pytest.mark.practice("S105")
@pytest.mark.parametrize("question", ["recommend", "ease", "again"])
def test_who_was_let_down_is_asked_one_thing_too(question: str) -> None:
    """Loyalty is not asked of the content alone: after a no to the second look comes one last tap, then thanks."""
    chat = Chat(rules=asks_last("word" if question == "again" else question))
    to_survey(chat)
    chat.press("score", "h1")
    chat.press("score", "o2")
    chat.press("skip")
    assert chat.press("look_no").said == [f"survey/{question}"]
    moment = chat.press("buy", "no") if question == "again" else chat.press("score")
    assert moment.said == ["survey/thanks"]
    survey = moment.case.surveys[-1]
    assert [survey.recommend, survey.ease, survey.would_buy_again].count(None) == 2
    assert moment.talk.step is Step.CLOSED


def test_complainants_take_turns() -> None:
    """The next one has the next question, and so has the same one next time."""
    asked = []
    for number in range(3):
        chat = Chat()
        to_survey(chat)
        chat.cases[chat.case.no] = chat.case.evolve(customer=replace(chat.case.customer, id=UserId(number)))
        chat.press("score", "h5")
        chat.press("score", "o5")
        asked += chat.press("buy", "yes").said
    assert asked == ["survey/word", "survey/recommend", "survey/ease"]


def test_a_refusal_at_the_last_question_ends_them_all() -> None:
    """Whatever is asked, a word ends it for good."""
    chat = Chat(rules=asks_last("ease"))
    to_survey(chat)
    chat.press("score", "h5")
    chat.press("score", "o5")
    chat.press("buy", "yes")
    moment = chat.write("别问了")
    assert moment.said == ["survey/stopped"]
    assert moment.talk.no_surveys
