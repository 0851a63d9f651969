"""Medical and bank data give themselves away by their words; what only sounds like them does not."""

import pytest

from bot.reading.sensitivewords import kind_called, sensitive_in

pytestmark = pytest.mark.practice("R52")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("医院诊断为二度烫伤", "medical"),
        ("化验结果出来了，白细胞高", "medical"),
        ("我既往病史有哮喘", "medical"),
        ("She was diagnosed with gastritis", "medical"),
        ("My lab results came back", "medical"),
        ("开户行：招商银行上海分行", "bank"),
        ("账号 6225 8812 3456", "bank"),
        ("account number is 12345678", "bank"),
        ("吃了拉肚子，在医院", ""),
        ("我账号登不上去了", ""),
        ("你们查一下病句吧", ""),
        ("my account is locked", ""),
        ("what sort of service is this", ""),
    ],
)
def test_words_that_hold_the_data(text: str, what: str) -> None:
    """A record's own words and numbers of accounts; being ill is what the complaint tells, and stays in view."""
    assert sensitive_in(text) == what


@pytest.mark.parametrize(
    ("caption", "what"),
    [
        ("这是病历", "medical"),
        ("医药费单子", "medical"),
        ("hospital bill", "medical"),
        ("银行卡正面", "bank"),
        ("就是这个壶", ""),
        ("the kettle, from below", ""),
    ],
)
def test_what_stands_under_a_file(caption: str, what: str) -> None:
    """The words under a file say what is on it."""
    assert sensitive_in(caption, of_file=True) == what


@pytest.mark.parametrize(
    ("word", "what"), [("医疗", "medical"), ("Bank", "bank"), ("银行", "bank"), ("壶", "")]
)
def test_what_colleagues_call_it(word: str, what: str) -> None:
    """The command takes either language."""
    assert kind_called(word) == what
