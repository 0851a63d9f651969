"""Danger that is only suspected: a look, a question or a line for the desk; the talk stays calm."""

import pytest

from bot.complaint.actions import Tell
from bot.complaint.case import Control, Severity
from bot.complaint.conversation import Step
from bot.complaint.reading import Family
from bot.dialogue.steps import Signal
from tests.dialogue.moment import Moment
from tests.dialogue.talk_scene import Chat
from tests.furniture import the_reader


def sounding(family: Family, *phrases: str) -> str:
    """The first of these in which the family is suspected: which one that is may change with what is learned."""
    return next(one for one in phrases if the_reader().read(one).doubt(family))


SOUNDS_HURT = sounding(
    Family.INJURY,
    "穿了这双鞋一天，脚后跟磨掉一层皮似的",
    "戴了一下午这个耳夹，耳垂那里又红又胀",
    "用了这个洗发水，头皮一碰就钻心",
    "新买的椅子坐上去就散了，我现在腰直不起来",
    "这个暖手宝抱了一会儿，肚皮上一大片红的",
    "贴了你们的膏药，撕下来那块不对劲，一直火烧火燎",
)
SOUNDS_ILL = sounding(
    Family.INJURY,
    "吃完那份凉皮，一晚上没离开过厕所",
    "外卖吃下去没多久，我妈就抱着马桶不撒手",
    "吃了你家的卤味，半夜起来三趟",
)
SOUNDS_DESPAIRING = sounding(
    Family.SELF_HARM,
    "东西你们留着吧，我也用不上了，往后没有往后了",
    "这钱退不退都行了，反正明天以后也用不着了",
    "猫送人了，东西也分了，退款打给我妹就行",
    "没事了，反正我在不在也没人知道",
    "以后不会再打扰你们了，也不会再打扰任何人",
)
SOUNDS_LIKE_A_THREAT = sounding(
    Family.EXTORTION,
    "监控我截了三段，店里那几位的脸都清楚，想让我别乱传，拿一万来说话",
    "你们懂的，给个数，我手里的视频就不往外放",
)


def looks(moment: Moment) -> list[Tell]:
    """The lines that ask the desk to look."""
    return [one for one in moment.all(Tell) if one.name == "look"]


@pytest.mark.parametrize(
    ("text", "family"),
    [
        (SOUNDS_HURT, Family.INJURY),
        (SOUNDS_ILL, Family.INJURY),
        (SOUNDS_DESPAIRING, Family.SELF_HARM),
        (SOUNDS_LIKE_A_THREAT, Family.EXTORTION),
    ],
)
def test_what_only_sounds_like_danger_is_a_suspicion(text: str, family: Family) -> None:
    """No cue stands there: it is perhaps so, and nothing is shown."""
    reading = the_reader().read(text)
    assert reading.doubt(family)
    assert reading.may_show(family)
    assert not reading.shows(family)
    assert reading.cue(family) is None


@pytest.mark.practice("R27")
def test_suspected_harm_is_asked_after_before_anything_else() -> None:
    """One question with buttons, no alarm; nobody is called before the answer."""
    chat = Chat()
    asked = chat.write(SOUNDS_HURT)
    assert asked.signal is Signal.PERHAPS_HURT
    assert asked.said == ["safety/hurt"]
    assert asked.talk.step is Step.SAFETY
    assert asked.case.control is Control.BOT
    assert asked.case.severity > Severity.SEV1


def test_food_that_made_somebody_ill_perhaps_is_asked_after_as_food() -> None:
    """For food the question is whether it was eaten."""
    assert Chat().write(SOUNDS_ILL).said == ["safety/eaten"]


def test_whoever_is_unharmed_goes_on_with_the_matter() -> None:
    """The question costs one tap, and is not put again."""
    chat = Chat()
    chat.write(SOUNDS_HURT)
    answered = chat.write("没有受伤")
    assert answered.signal is Signal.UNHARMED
    assert answered.case.facts.harmed is False
    assert "listening/thanks_sorry" in answered.said
    assert chat.write(SOUNDS_HURT).signal is not Signal.PERHAPS_HURT


@pytest.mark.practice("R27")
def test_a_yes_to_the_question_is_an_injury() -> None:
    """What was suspected is now told: help first, and a person."""
    chat = Chat()
    chat.write(SOUNDS_HURT)
    told = chat.write("有，脚破了流血了")
    assert told.case.severity is Severity.SEV1
    assert told.case.control is Control.QUEUED


def test_an_answer_about_something_else_does_not_raise_an_alarm() -> None:
    """It only sounded like harm: if they speak of other things the talk goes on with those."""
    chat = Chat()
    chat.write(SOUNDS_HURT)
    chat.write("订单8841，上周三买的")
    on = chat.quiet()
    assert on.talk.step is not Step.SAFETY
    assert on.case.severity > Severity.SEV1


@pytest.mark.practice("R27")
def test_suspected_despair_is_looked_at_by_a_person_at_once() -> None:
    """The case is raised and the desk asked to look; to the complainant nothing changes."""
    chat = Chat()
    moment = chat.write(SOUNDS_DESPAIRING)
    (line,) = looks(moment)
    assert line.general
    assert line.fields["family"] == "self_harm"
    assert str(line.fields["cue"]) in SOUNDS_DESPAIRING
    assert moment.case.severity is Severity.SEV2
    assert moment.case.at_desk
    assert not any(name.startswith("safety/") for name in moment.said)
    assert not looks(chat.write(SOUNDS_DESPAIRING))


@pytest.mark.practice("R45")
def test_a_suspected_threat_changes_neither_severity_nor_hands() -> None:
    """A suspicion is no ground: what may be given stays as it was, and nobody holds the evidence for it."""
    moment = Chat().write(SOUNDS_LIKE_A_THREAT)
    assert moment.signal is not Signal.EXTORTS
    assert not moment.case.evidence_hold
    assert Family.EXTORTION not in moment.case.families()
    assert moment.case.control is Control.BOT


def test_a_suspected_threat_is_a_line_at_the_desk_that_has_the_case() -> None:
    """People who were called for something else are told of it once."""
    chat = Chat()
    chat.write("转人工，电热壶不通电")
    assert [one.fields["family"] for one in looks(chat.write(SOUNDS_LIKE_A_THREAT))] == ["extortion"]
