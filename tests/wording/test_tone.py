"""Tone, row by row: a line that breaks a rule is found with its reason, its neighbour is not."""

import pytest

from tests.wording.conftest import Held
from tests.wording.lines import both, caught


@pytest.mark.practice("S15")
@pytest.mark.parametrize(
    ("source", "language", "wrong", "right"),
    both(
        "S15",
        ("zh", "请您先冷静一下。", "您说的我都记下来。"),
        ("zh", "您别激动，慢慢说。", "您慢慢说，我听着。"),
        ("zh", "您到底想怎么样？", "您想怎么处理？"),
        ("zh", "您这是无理取闹。", "这件事闹得您没睡好，很抱歉。"),
        ("en", "Please calm down first.", "Take all the time you need."),
        ("en", "There is no need to get upset.", "Anybody would be upset by this."),
        ("en", "What do you even want?", "How would you like this put right?"),
    ),
)
def test_nothing_that_fans_the_fire(held: Held, source: str, language: str, wrong: str, right: str) -> None:
    """S15: nobody is told to be calm, asked what they want after all, or called unreasonable."""
    assert caught(held(language, wrong, ""), source)
    assert held(language, right, "") == []


@pytest.mark.practice("S26")
@pytest.mark.parametrize(
    ("source", "language", "wrong", "right"),
    both(
        "S26",
        ("zh", "您应该先看说明。", "可以先看背面的说明。"),
        ("zh", "你必须寄回来。", "寄回来的运费我们付。"),
        ("zh", "规定就是这样。", "可以这样办：换一件新的。"),
        ("zh", "跪求您再给一次机会。", "想请您再给一次机会。"),
        ("zh", "亲，在的。", "母亲和孩子都还好吗？"),
        ("zh", "小的给您赔礼了。", "小的那一包字印得小。"),
        ("zh", "千错万错，很抱歉。", "很抱歉让您遇上。"),
        ("zh", "非常非常抱歉。", "很抱歉。"),
        ("zh", "你的订单找到了。", "您的订单找到了。"),
        ("zh", "如有不便，敬请谅解。", "让您白跑一趟，很抱歉。"),
        ("zh", "给您带来的不便深表歉意。", "壶烧不了水，确实恼人，很抱歉。"),
        ("en", "You should read the leaflet.", "The leaflet has it on page 2."),
        ("en", "You must send it back.", "Send it back at our cost."),
        ("en", "We beg you for another chance.", "We would like another chance."),
        ("en", "Dear valued customer, hello.", "Hello."),
        ("en", "Sorry for any inconvenience.", "I'm sorry you had to drive twice."),
        ("en", "I'm sorry you feel that way.", "I'm sorry the box arrived torn."),
    ),
)
def test_neither_from_above_nor_from_below(
    held: Held, source: str, language: str, wrong: str, right: str
) -> None:
    """S26: no orders, no grovelling, no hollow phrase; 您, never 你."""
    assert caught(held(language, wrong, ""), source)
    assert held(language, right, "") == []


@pytest.mark.practice("S30")
@pytest.mark.parametrize(
    ("source", "language", "wrong", "right"),
    both(
        "S30",
        ("zh", "已为您建立工单。", "编号 583-2716，都记下来了。"),
        ("zh", "样品已送 QC。", "样品已经送去检验。"),
        ("en", "I opened a ticket for you.", "It is on record as 583-2716."),
        ("en", "It was escalated to tier 2.", "It is with a supervisor now."),
    ),
)
def test_jargon_is_found(held: Held, source: str, language: str, wrong: str, right: str) -> None:
    """S30: what only our trade understands is found."""
    assert caught(held(language, wrong, ""), source)
    assert held(language, right, "") == []


@pytest.mark.practice("S30")
@pytest.mark.parametrize(
    ("language", "sentence"), [("zh", "包装正面是净含量。"), ("en", "The front shows net weight. ")]
)
def test_an_explanation_has_three_sentences(held: Held, language: str, sentence: str) -> None:
    """S30: a fourth one is too many."""
    head = 'kind = "explanation"'
    assert held(language, sentence * 3, head) == []
    assert "explanation too long" in {one.rule for one in held(language, sentence * 4, head)}


@pytest.mark.practice("S60")
@pytest.mark.parametrize(
    ("source", "language", "wrong", "right"),
    both(
        "S60",
        ("zh", "您真可怜。", "换作是我也会着急。"),
        ("zh", "真惨。", "确实恼人。"),
        ("zh", "太可怜了。", "谁碰上都窝火。"),
        ("zh", "我们很同情您。", "换谁都会这样想。"),
        ("en", "You poor thing.", "Anybody would be annoyed."),
        ("en", "We feel sorry for you.", "I'm sorry this reached you."),
    ),
)
def test_pity_is_found(held: Held, source: str, language: str, wrong: str, right: str) -> None:
    """S60: we stand beside people, and do not look down on them."""
    assert caught(held(language, wrong, ""), source)
    assert held(language, right, "") == []


@pytest.mark.practice("S85")
@pytest.mark.parametrize(
    ("source", "language", "wrong", "right"),
    both(
        "S85",
        ("zh", "很抱歉，但仓库已经关门。", "很抱歉。仓库明天9:00开门。"),
        ("zh", "我明白，但是要看实物。", "我明白。看到实物才能确定。"),
        ("zh", "您说得对，不过要等。", "没有比这更好的，再好不过了。"),
        ("zh", "谢谢您，可是没货了。", "不但换新，运费也由我们出。"),
        ("en", "I understand, but the shop is closed.", "I understand. The shop opens at nine."),
        ("en", "Thank you; however, it is late.", "Thank you. It is never too late to tell us."),
    ),
)
def test_no_but_after_an_acknowledgement(
    held: Held, source: str, language: str, wrong: str, right: str
) -> None:
    """S85: an acknowledgement stands."""
    assert caught(held(language, wrong, ""), source)
    assert held(language, right, "") == []


@pytest.mark.practice("S88")
@pytest.mark.parametrize(
    ("source", "language", "wrong", "right"),
    both(
        "S88",
        ("zh", "这几天太忙。", "我们来帮忙。"),
        ("zh", "同事正忙着。", "同事在帮您查。"),
        ("zh", "人手不足。", "人工客服已经接手。"),
        ("zh", "系统问题，没收到。", "没有收到，请再发一次。"),
        ("en", "We are very busy these days.", "We look into it today."),
        ("en", "There was a system error.", "It did not arrive; please send it again."),
        ("en", "We have a backlog.", "Three people are ahead of you."),
    ),
)
def test_an_excuse_is_found(held: Held, source: str, language: str, wrong: str, right: str) -> None:
    """S88: every excuse starts the anger anew, and none is said."""
    assert caught(held(language, wrong, ""), source)
    assert held(language, right, "") == []


def test_innocent_neighbours_are_left_alone(held: Held) -> None:
    """Words that only look like a breach are none: 帮忙, 求助, 经理 after a verb, a ticket nobody mentions."""
    for text in ("我们来帮忙。", "要求您的订单都写上。", "任何经理都能看到。", "这几种可能都有。"):
        assert held("zh", text, "") == [], text
    for text in ("We will pick it up.", "The article is on page 2.", "Here are the ways open to you."):
        assert held("en", text, "") == [], text
