"""What a message puts right is read with its parts, and what only sounds like it is not; in time that grows evenly."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.reading import Fix
from bot.reading import Reader
from bot.reading.corrections import read_fixes
from bot.reading.folding import fold
from tests.furniture import the_reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The reader with the cues that come with the program."""
    return the_reader()


@pytest.mark.practice("S92")
@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("不是壶，是锅", Fix(was="壶", now="锅")),
        ("不是壶是锅", Fix(was="壶", now="锅")),
        ("是锅，不是壶", Fix(was="壶", now="锅")),
        ("我买的是电饭锅，不是电热壶", Fix(was="电热壶", now="电饭锅")),
        ("不是300，是200", Fix(was="300", now="200")),
        ("订单号错了，是8842", Fix(now="8842", field="order_no")),
        ("单号我写错了，应该是 HS260621-8842", Fix(now="HS260621-8842", field="order_no")),
        ("單號錯了，是8842", Fix(now="8842", field="order_no")),
        ("訂單改成8842", Fix(now="8842", field="order_no")),
        ("产品写错了，是破壁机", Fix(now="破壁机", field="product")),
        ("日期记错了，是6月20日买的", Fix(now="6月20日买的", field="bought")),
        ("手机号错了，是13912345678", Fix(now="13912345678", field="phone")),
        ("不对，是电饭锅", Fix(now="电饭锅")),
        ("no, it was the blue one", Fix(now="blue one")),
        ("not 300, it's 200", Fix(was="300", now="200")),
        ("not the kettle, the blender", None),
        ("I meant the blender, not the kettle", Fix(was="kettle", now="blender")),
        ("the order number is wrong, it's 8842", Fix(now="8842", field="order_no")),
        ("Wrong order number: 8842", Fix(now="8842", field="order_no")),
        ("The correct order number is 8842", Fix(now="8842", field="order_no")),
        ("sorry, order number is 8842, not 8841", Fix(was="8841", now="8842")),
    ],
)
def test_a_correction_is_read_with_its_parts(reader: Reader, text: str, fix: Fix | None) -> None:
    """What it is not, what it is, and what it is about where a word says so, in the customer's own letters."""
    assert reader.read(text).fixes[:1] == ((fix,) if fix else ())


@pytest.mark.parametrize(
    "text",
    [
        "不是我弄坏的，是你们质量差",
        "这不是电热壶的问题，是底座的问题",
        "你们是不是骗子",
        "不是，是质量问题",
        "不行，是你们的责任",
        "货不对，是小号的",
        "东西不对，是坏的",
        "商品错了，是旧款",
        "发错货了，是红色的",
        "价格不对，是299",
        "it's not my fault, it's your problem",
        "no, it was broken",
        "the item is wrong, it's a small one",
        "I'm not happy with it",
        "上周买的电热壶不通电，我要退款",
    ],
)
def test_a_complaint_that_sounds_like_one_puts_nothing_right(reader: Reader, text: str) -> None:
    """Blame, causes and goods that are not what was ordered are told, and no fact of ours is meant."""
    assert reader.read(text).fixes == ()


def test_a_number_that_is_put_right_is_no_sum_that_is_asked_for(reader: Reader) -> None:
    """After the question what is wanted, a corrected order number is no claim for that much money."""
    reading = reader.read("订单号错了，是8842", asked="wish")
    assert (reading.remedy, reading.order_numbers) == (None, ("8842",))
    assert reader.read("不是300，是200", asked="wish").order_numbers == ()


@given(st.text(alphabet="不是错了订单号，。是notisit'swrong 8842\n" + string.punctuation, max_size=400))
def test_no_text_breaks_it(text: str) -> None:
    """Whatever is written: parts stand in the text, and are never empty."""
    for fix in read_fixes(fold(text), text):
        assert fix.now
        assert fix.now in text
        assert fix.was in text
