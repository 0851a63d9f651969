"""Putting right what was written down: only what stood there, only in words that mean it, and nothing else moves."""

import pytest

from bot.complaint.actions import Say
from bot.complaint.conversation import Step
from tests.dialogue.talk_scene import Chat


def at_the_wish() -> Chat:
    """A talk where a kettle's order was found and it was asked what is wanted."""
    chat = Chat()
    chat.write("上周买的电热壶不通电")
    chat.quiet()
    chat.write("8841")
    assert (chat.talk.step, chat.case.facts.product) == (Step.WISH, "电热壶")
    return chat


@pytest.mark.practice("S92")
@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("不是壶，是锅", "product", "锅"),
        ("是破壁机，不是电热壶", "product", "破壁机"),
        ("不对，是电饭锅坏了", "product", "电饭锅"),
        ("不是白色的，是蓝色的", "product", "蓝色电热壶"),
        ("不是上周，是昨天买的", "bought", "昨天"),
        ("订单号错了，是1029", "order_no", "HS260603-1029"),
        ("不是8841，是1029", "order_no", "HS260603-1029"),
        ("8841写错了，是1029", "order_no", "HS260603-1029"),
        ("电话错了，是13912345678", "phone", "13912345678"),
    ],
)
def test_plain_words_change_the_field_they_mean(words: str, field: str, value: str) -> None:
    """One line says the new value, the talk stays where it was, and no wish is made of it."""
    chat = at_the_wish()
    moment = chat.write(words)
    assert getattr(chat.case.facts, field) == value
    assert [one.name for one in moment.turn.actions if isinstance(one, Say)] == ["repair/corrected"]
    assert (chat.talk.step, chat.talk.asked, chat.case.wishes) == (Step.WISH, "wish", ())


@pytest.mark.parametrize(
    "words",
    [
        "不是电热壶的问题，是底座漏水",
        "不是我不想要电热壶，是它坏了",
        "不是一次，是三次了",
        "不是第一次，是第二次",
        "不，是真的坏了",
        "不是不通电，是漏电",
    ],
)
def test_what_was_never_written_down_is_not_put_right(words: str) -> None:
    """Words of the same form that mean no known fact change none."""
    chat = at_the_wish()
    before = chat.case.facts
    chat.write(words)
    assert (chat.case.facts.product, chat.case.facts.order_no) == (before.product, before.order_no)


def test_an_order_that_cannot_be_found_is_not_kept_from_before() -> None:
    """The old order is no longer theirs, and the line says that the new one was not found."""
    chat = at_the_wish()
    moment = chat.write("订单号错了，是9999")
    assert (chat.case.facts.order, chat.case.facts.order_no) == (None, "9999")
    (said,) = [one for one in moment.turn.actions if isinstance(one, Say)]
    assert said.fields["unknown"] is True


@pytest.mark.parametrize("words", ["算了，不用改了", "跳过", "壶还漏水，冒烟了"])
def test_what_is_no_answer_to_the_button_changes_nothing(words: str) -> None:
    """After the button other things may be said: they are what they are, and the question before it stands again."""
    chat = at_the_wish()
    chat.press("mend", "product")
    assert chat.talk.mending == "product"
    chat.write(words)
    assert (chat.case.facts.product, chat.talk.mending) == ("电热壶", "")


def test_a_button_of_an_older_read_back_is_late() -> None:
    """When the talk has moved on it does nothing."""
    chat = at_the_wish()
    old = next(one for one in chat.last if one.startswith("c|mend|product|"))
    chat.write("换新")
    chat.press_data(old)
    assert (chat.talk.mending, chat.talk.step) == ("", Step.AGREEMENT)


def test_the_same_value_again_is_no_change() -> None:
    """Who says what stands there already is not told that it was changed."""
    chat = at_the_wish()
    moment = chat.write("不对，是电热壶")
    assert "repair/corrected" not in [one.name for one in moment.turn.actions if isinstance(one, Say)]


def test_another_colour_is_the_same_thing_and_another_thing_needs_its_order() -> None:
    """A blue kettle keeps the kettle's order; a blender does not, and its order is asked for before any offer."""
    chat = at_the_wish()
    blue = chat.write("不是白色的，是蓝色的").turn.case
    blender = chat.write("不对，我买的是破壁机").turn.case
    assert blue is not None
    assert blender is not None
    assert [one.facts.order is None for one in (blue, blender)] == [False, True]
    asked = chat.write("退款")
    assert [one.name for one in asked.turn.actions if isinstance(one, Say)] == ["wish/need_order"]
    again = chat.write("不对，我买的是电热壶")
    assert "repair/corrected" in [one.name for one in again.turn.actions if isinstance(one, Say)]
    assert chat.talk.asked == "order_no"
