"""First words in which people told what is wrong without any of the usual words for it."""

import pytest

from bot.complaint.reading import Category, Family, RemedyKind
from bot.reading.reader import Reader


@pytest.mark.parametrize(
    ("text", "category", "issue"),
    [
        ("手机壳买大了一个型号", Category.QUALITY, "买大了"),
        ("奶粉勺子不在罐里", Category.DELIVERY, "勺子不在罐里"),
        ("说明书没在盒子里", Category.DELIVERY, "说明书没在盒子里"),
        ("泡脚桶插上电就咔哒咔哒响", Category.QUALITY, "咔哒咔哒响"),
        ("牛奶喝着有点酸", Category.FOOD_SAFETY, "牛奶喝着有点酸"),
        ("电热壶壶盖盖不紧", Category.QUALITY, "盖不紧"),
        ("买的壶按哪个都没反应", Category.QUALITY, "按哪个都没反应"),
        ("电饭锅糊锅", Category.QUALITY, "糊锅"),
        ("衣服线头好多", Category.QUALITY, "线头好多"),
        ("客服让我自己找快递 快递让我找客服", Category.SERVICE, "让我自己找快递"),
        ("my kettle leaks", Category.QUALITY, "leaks"),
        ("half the jigsaw pieces are missing", Category.DELIVERY, "missing"),
    ],
)
def test_a_trouble_in_everyday_words_is_understood(
    text: str, category: Category, issue: str, reader: Reader
) -> None:
    """It has its kind, and the words in which it can be said back."""
    reading = reader.read(text)
    assert reading.is_complaint
    assert reading.category is category
    assert issue in reading.issue


@pytest.mark.parametrize(
    "text",
    ["订错地址了能改吗", "地址填错了，能改吗", "怎么注销会员"],
)
def test_what_they_want_done_is_a_wish(text: str, reader: Reader) -> None:
    """A question how to have it done asks for it."""
    remedy = reader.read(text).remedy
    assert remedy is not None
    assert remedy.kinds == (RemedyKind.OTHER,)


@pytest.mark.practice("R32")
@pytest.mark.parametrize(
    "text",
    ["我妈今年七十三了", "我是个老太婆 不太会打字", "我帮我爷爷问的，他86了", "my mum's 81 and it wobbles"],
)
def test_age_is_heard_in_figures_and_words(text: str, reader: Reader) -> None:
    """The elderly come first, however they tell their age."""
    assert reader.read(text).shows(Family.VULNERABLE)


@pytest.mark.parametrize("text", ["我妈等了七天了", "他买了80了", "我爸今年退休了", "手机用了86天了"])
def test_other_figures_are_no_age(text: str, reader: Reader) -> None:
    """Days and pieces make nobody old."""
    assert not reader.read(text).shows(Family.VULNERABLE)


@pytest.mark.parametrize("text", ["买的电饭锅内胆掉皮了", "行李箱拉杆掉皮", "电热壶按钮按不下去"])
def test_a_coat_that_comes_off_or_a_button_that_sticks_hurts_nobody(text: str, reader: Reader) -> None:
    """Nobody is asked after their health for it."""
    assert not reader.read(text).may_show(Family.INJURY)


@pytest.mark.parametrize(
    "text", ["我手掉皮了", "用了洗手液手掉皮", "用了内胆掉皮的锅，手掉皮", "戴了耳机耳朵起皮"]
)
def test_skin_that_comes_off_is_harm(text: str, reader: Reader) -> None:
    """The same word of a hand is an injury."""
    assert reader.read(text).may_show(Family.INJURY)


@pytest.mark.parametrize("text", ["我点的微辣 送来特辣", "要的M码，发来的是L码"])
def test_another_than_was_ordered_is_a_wrong_delivery(text: str, reader: Reader) -> None:
    """Ordered this, came that."""
    assert reader.read(text).category is Category.DELIVERY


@pytest.mark.practice("R27")
@pytest.mark.parametrize(
    "text",
    ["孩子吞了个硬币", "孩子把硬币吞了", "宝宝把零件吞了", "你们给的赠品被孩子吞了", "我妈吞了一块塑料"],
)
def test_what_somebody_swallowed_is_harm_still(text: str, reader: Reader) -> None:
    """A coin in a child is none in a machine."""
    assert reader.read(text).shows(Family.INJURY)


@pytest.mark.practice("R24")
def test_who_asks_when_we_call_asks_for_a_call(reader: Reader) -> None:
    """A question about a call to come is a wish for one, though it begins with "you say"."""
    remedy = reader.read("你们说一下什么时候给我打电话").remedy
    assert remedy is not None
    assert remedy.kinds == (RemedyKind.CALLBACK,)
