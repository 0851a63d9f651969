"""Cross words and wishes to be rid of a thing, beside the same words in earnest (E1, E6)."""

import pytest

from bot.complaint.reading import Family
from bot.reading.reader import Reader
from bot.reading.saidwords import said_back

CROSS = (
    "气炸了",
    "心态炸了",
    "群里炸了",
    "肺都气炸了",
    "看得我头疼",
    "嘴皮子都磨破了",
    "吐了 服了你们",
    "我真是吐了",
    "呕 什么态度",
    "一插电就跳闸",
    "空调一插上电就没反应",
    "退钱吧 不想要了",
    "不想要了，退了吧",
    "等不下去了 给我退了",
    "我已经无所谓了，退钱就行",
    "我真的要崩溃了 都第三次了",
    "不活了 笑死我了 这包装",
    "just refund me i don't want this anymore",
    "the pan burnt my dinner",
    "the iron burned my shirt",
    "your bread maker burnt my loaf",
    "新电饭煲煮饭都烧糊了",
    "把饭烧糊了 锅底都粘住了",
    "电饭锅煮饭糊锅",
)
WEARY = (
    "绝望 打了八个电话",
    "打了八个电话没人接 绝望",
    "绝望了 客服没一个接的",
    "真的绝望 等了一个月还没发货",
    "没意思 退了算了",
    "累了 不想折腾了",
    "好累啊 不想再打电话了",
    "累了，不想再跟你们扯了",
)
"""What somebody says of us who has had enough of it, and not of life."""
IN_EARNEST = {
    "手机炸了": Family.INJURY,
    "空气炸锅炸了": Family.INJURY,
    "吃完就吐了": Family.INJURY,
    "吐了三次": Family.INJURY,
    "孩子吐了": Family.INJURY,
    "喝完就呕": Family.INJURY,
    "头疼得厉害": Family.INJURY,
    "嘴皮子都划破了": Family.INJURY,
    "一插电就麻了一下": Family.INJURY,
    "不想要了，上脸就刺痛，红了三天": Family.INJURY,
    "不用退了，我已经不想活了": Family.SELF_HARM,
    "退了也没意义了，反正我也不在了": Family.SELF_HARM,
    "真的不活了": Family.SELF_HARM,
    "refund it to my mum, i won't need it where i'm going": Family.SELF_HARM,
    "the pan burned my hand": Family.INJURY,
    "the iron burned my son": Family.INJURY,
    "煮饭的时候插头烧糊了": Family.INJURY,
    "想死": Family.SELF_HARM,
    "真的想死": Family.SELF_HARM,
    "绝望到想死": Family.SELF_HARM,
    "活着没意思": Family.SELF_HARM,
    "撑不下去了": Family.SELF_HARM,
    "没意思 退了算了 反正我也活不长了": Family.SELF_HARM,
    "打了八个电话没人接 绝望 不想活了": Family.SELF_HARM,
    "绝望 不知道还有什么意义": Family.SELF_HARM,
    "累了 真的累了 不想再撑了": Family.SELF_HARM,
}


@pytest.mark.parametrize("text", CROSS)
def test_who_is_only_cross_or_wants_to_be_rid_of_it_is_not_in_danger(text: str, reader: Reader) -> None:
    """Nobody is sent to an ambulance, or asked whether they want to live, for a figure of speech."""
    assert not {one.family for one in reader.read(text).risks} & {Family.INJURY, Family.SELF_HARM}


@pytest.mark.parametrize("text", WEARY)
def test_who_has_had_enough_of_us_has_not_had_enough_of_life(text: str, reader: Reader) -> None:
    """Despair at a telephone that nobody answers is a complaint, and calls no person to look after a life."""
    assert not reader.read(text).may_show(Family.SELF_HARM)


@pytest.mark.parametrize("text", ["想死你们家的蛋糕了", "想死我了这个味道", "我可不想死 这插座带电"])
def test_who_longs_for_something_or_fears_for_their_life_wants_to_live(text: str, reader: Reader) -> None:
    """The same two words are a longing, or the contrary."""
    assert not reader.read(text).may_show(Family.SELF_HARM)


@pytest.mark.parametrize(("text", "family"), IN_EARNEST.items())
def test_the_same_words_in_earnest_are_heard(text: str, family: Family, reader: Reader) -> None:
    """What sounds like the figure of speech and is meant counts."""
    assert family in {one.family for one in reader.read(text).risks}


def test_a_tripped_breaker_is_said_back(reader: Reader) -> None:
    """The trouble with the thing comes before the trouble with the telephone."""
    text = "上礼拜买的电热水壶 烧一次水跳闸 打客服没人接 气死了"
    assert said_back([text], reader.read(text).issue, "热水壶") == "热水壶烧一次水跳闸、打客服没人接"
