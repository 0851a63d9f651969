from hypothesis import given
from hypothesis import strategies as st

from bot.wording import plain
from bot.wording import tidy as tidied
from bot.wording.space import marked


def tidy(source: str) -> str:
    return tidied(marked(source))


def test_a_wrapped_line_of_chinese_joins_without_a_gap() -> None:
    """A writer may break a Chinese line anywhere."""
    assert tidy("谢谢您\n  告诉我们。\n<b>订单</b>\n8841") == "谢谢您告诉我们。<b>订单</b>8841"


def test_a_wrapped_line_of_english_joins_with_a_space() -> None:
    """A writer may break an English line between words."""
    assert tidy("Thank you\n   for <i>telling</i>\nus.") == "Thank you for <i>telling</i> us."


def test_a_blank_line_parts_paragraphs_and_a_break_ends_a_line() -> None:
    """Only what the writer asked for is left of the white space."""
    assert tidy("\n\n一。\n\n\n \n二。<br>\n三。\n\n") == "一。\n\n二。\n三。"


def test_a_paragraph_that_came_out_empty_leaves_no_hole() -> None:
    """An optional paragraph whose field is missing vanishes."""
    assert tidy("一。\n\n<i> </i>\n\n二。") == "一。\n\n二。"


def test_a_condition_that_says_nothing_leaves_no_paragraph() -> None:
    """Blank lines that rendering leaves behind are no paragraphs; those that the writer typed are."""
    assert tidied("一。\n\n\n二。") == "一。二。"
    assert tidied(marked("一。\n\n二。").replace("一。", "一。\n\n")) == "一。\n\n二。"


@given(st.text(alphabet="甲乙ab \n\t。.", max_size=80))
def test_what_is_tidy_stays_as_it_is(text: str) -> None:
    """Words never change, and one pass is enough for a single paragraph."""
    once = tidy(text)
    assert "".join(plain(once).split()) == "".join(text.split())
    assert "  " not in once
    assert "\n\n\n" not in once
