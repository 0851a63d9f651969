"""Law, policy and blame, row by row: what is put on the customer or on others is found."""

import pytest

from bot.wording import draft_findings
from tests.wording.conftest import Held
from tests.wording.lines import both, caught


@pytest.mark.practice("S43", "R45")
@pytest.mark.parametrize(
    ("source", "language", "wrong", "right"),
    both(
        "S43",
        ("zh", "我们会发律师函。", "12315 随时可以打。"),
        ("zh", "再这样我们就报警。", "有危险请先拨 110。"),
        ("zh", "将追究您的责任。", "这件事我们追到底。"),
        ("zh", "根据消费者权益保护法，不支持。", "找消协调解，权利不受影响。"),
        ("zh", "《食品安全法》写得很清楚。", "包装上写得很清楚。"),
        ("zh", "我们公司会起诉。", "也可以去法院起诉，这是您的权利。"),
        ("en", "Our lawyers will write to you.", "You can call 12315 at any time."),
        ("en", "We will call the police.", "If anybody is in danger, call 110."),
        ("en", "Under the law you have seven days.", "You have seven days."),
        ("en", "We reserve the right to legal action.", "The courts are open to you too."),
    ),
)
def test_no_law_at_the_customer(held: Held, source: str, language: str, wrong: str, right: str) -> None:
    """S43: law is a way that is open to them, never cited or threatened."""
    assert caught(held(language, wrong, ""), source)
    assert held(language, right, "") == []


@pytest.mark.practice("S46")
@pytest.mark.parametrize(
    ("source", "language", "wrong", "right"),
    both(
        "S46",
        ("zh", "这不是我们的问题。", "这件事我们来查。"),
        ("zh", "别人都没事。", "别人送的也可以换。"),
        ("zh", "别的顾客都没有这样。", "这样的情况我们想弄清楚。"),
        ("zh", "您是不是没按说明用？", "当时是怎么用的？"),
        ("en", "This is not our problem.", "We look into it."),
        ("en", "Nobody else complained.", "We want to know how it came about."),
        ("en", "Did you even read the leaflet?", "How did you use it?"),
    ),
)
def test_a_defensive_line_is_found(held: Held, source: str, language: str, wrong: str, right: str) -> None:
    """S46: nobody hears that it is not our problem, that others are content, or that they did it themselves."""
    assert caught(held(language, wrong, ""), source)
    assert held(language, right, "") == []


@pytest.mark.practice("S52")
@pytest.mark.parametrize(
    ("source", "language", "wrong", "right"),
    both(
        "S52",
        ("zh", "按规定不行。", "可以这样办：换一件新的。"),
        ("zh", "没办法，这是规定。", "换新、退款都可以。"),
        ("zh", "不可能。", "有几种可能，要看实物。"),
        ("zh", "不能退款，可以换新。", "可以换新；退款要等看到实物。"),
        ("zh", "很抱歉，无法退款。", "很抱歉。可以先给您换一件，退款由同事来谈。"),
        ("en", "Our policy is clear.", "Here is what we can do."),
        ("en", "There is nothing we can do.", "Here is what we can do today."),
        ("en", "We cannot refund this.", "We can replace it today; a refund is for a colleague to decide."),
    ),
)
def test_what_can_be_done_comes_first(held: Held, source: str, language: str, wrong: str, right: str) -> None:
    """S52: policy is what can be done; the limit comes after it."""
    assert caught(held(language, wrong, ""), source)
    assert held(language, right, "") == []


@pytest.mark.practice("S61")
@pytest.mark.parametrize(
    ("source", "language", "wrong", "right"),
    both(
        "S61",
        ("zh", "是快递的问题。", "单号发到这里，我们去查。"),
        ("zh", "这要怪工厂。", "工厂那边我们去问。"),
        ("zh", "同事弄错了。", "同事明天给您打电话。"),
        ("zh", "李经理会联系您。", "主管会联系您。"),
        ("en", "That was the courier's fault.", "Send me the number, we will trace it."),
        ("en", "The warehouse lost it.", "It is not where it belongs; we look for it."),
        ("en", "Our manager Mr Li will call you.", "Our quality specialist will call you."),
    ),
)
def test_nobody_else_is_blamed_and_nobody_is_named(
    held: Held, source: str, language: str, wrong: str, right: str
) -> None:
    """S61: no courier, factory or colleague takes the blame, and no colleague's name stands in a reply."""
    assert caught(held(language, wrong, ""), source)
    assert held(language, right, "") == []


@pytest.mark.practice("S86")
@pytest.mark.parametrize(
    ("source", "language", "wrong", "right"),
    both(
        "S86",
        ("zh", "您误会了。", "背面小字才是沥干后的重量，字确实小。"),
        ("zh", "您搞错了。", "正面写的是净含量。"),
        ("zh", "您看错了。", "您看到的是净含量。"),
        ("en", "You misunderstood.", "The front shows net weight; the small print is easy to miss."),
        ("en", "You are mistaken.", "The front shows net weight."),
    ),
)
def test_a_misunderstanding_is_not_called_one(
    held: Held, source: str, language: str, wrong: str, right: str
) -> None:
    """S86: the fact is shown, and nobody is told that they were wrong."""
    assert caught(held(language, wrong, ""), source)
    assert held(language, right, "") == []


@pytest.mark.practice("R26")
@pytest.mark.parametrize(
    ("source", "language", "wrong", "right"),
    both(
        "R26",
        ("zh", "请把身份证号发给我们核对。", "身份证号请不要发在这里。"),
        ("zh", "银行卡号和验证码发到这里就行。", "验证码和密码谁要都别给。"),
        ("zh", "您的密码是多少？", "我们不会向您要密码。"),
        ("zh", "好的，请提供收款卡号。", "好的，会员卡号发给我就行。"),
        ("zh", "请把银行卡号发给我。", "请问订单号是多少？"),
        ("zh", "别担心。请告诉我您的密码。", "请不要发送银行卡号。"),
        ("en", "Please send your password.", "We will never ask for your password."),
        ("zh", "请填验证码。", "请拍一下防伪验证码发给我。"),
        ("en", "Please send us your card number.", "Never send a card number here."),
        ("en", "What is the verification code?", "We never ask for passwords or codes."),
        ("en", "To go on, give me your ID number.", "Give codes and passwords to nobody."),
    ),
)
def test_nobody_is_asked_for_what_opens_their_money(
    held: Held, source: str, language: str, wrong: str, right: str
) -> None:
    """R26: no reply asks for a password, a code, a card or an identity; to warn of sending one is right."""
    assert caught(held(language, wrong, ""), source)
    assert held(language, right, "") == []


@pytest.mark.practice("R26")
@pytest.mark.parametrize(
    ("asks", "text"),
    [
        (True, "您把短信验证码发我一下，我帮您退"),
        (True, "麻烦提供一下支付密码"),
        (True, "验证码是多少？"),
        (True, "Could you send the verification code you got?"),
        (True, "Tell me your password and I'll look"),
        (False, "千万不要把验证码发给任何人"),
        (False, "我们不会问您要密码，要验证码的都是骗子"),
        (False, "取件的验证码我发给您了，凭它取货"),
        (False, "请提供收款的银行卡号，退款打到那张卡"),
        (False, "拍一下瓶盖上的防伪验证码发给我"),
        (False, "The locker will text you a code; I can't see it"),
        (False, "Please don't tell me your password"),
        (False, "I'll send you the verification code of the locker"),
    ],
)
def test_an_agent_who_asks_for_a_code_is_held_back(text: str, *, asks: bool) -> None:
    """Whoever gives it away is robbed, whoever asked; an account to pay into may be asked for by a person."""
    assert any("R26" in one.source for one in draft_findings(text)) is asks
