"""How small a harm is, told from its look-alikes: a scratch, a hiccup."""

import pytest

from bot.complaint.reading import Family
from bot.reading.harmwords import Help, help_for, is_in_the_mouth
from tests.furniture import the_reader

WOUNDS = (
    "用你们的牙刷牙龈有点出血",
    "吃薯片嘴里划破了一点皮",
    "嘴唇划破了点皮",
    "开罐头手划了一下出了点血",
    "新鞋把脚后跟磨破皮了",
    "牙线弄得牙龈出了点血",
    "纸箱把手割了个小口子",
    "手被椅子夹了一下 流了一点血",
    "my gums bleed a bit from your toothbrush",
    "I got a small cut on my finger from the lid",
    "the chips scratched my gum, a little blood",
)
GRAVE = (
    "牙龈出血止不住",
    "手划破了流了好多血",
    "牙龈有点出血，喘不上气",
    "嘴角划破一点皮还肿了",
    "吞了个刺，嗓子有点出血",
    "鱼刺扎到嗓子 有点出血",
    "拉肚子有点出血",
    "被狗咬了破了点皮",
    "眼睛旁边划破一点皮",
    "划破手缝了三针",
    "腰疼得直不起来 腿也没知觉了",
    "烫出水泡",
    "my gums won't stop bleeding",
    "deep cut on my hand, a little blood",
    "I swallowed a piece and there was a little blood",
)
FOR_A_DOCTOR = (
    "睡了一礼拜 腰疼得直不起来",
    "鞋把脚后跟磨出水泡",
    "shoes rubbed my heel raw first day, skins off",
    "chair collapsed under me my bum hurts lol",
)
HICCUPS = (
    "喝了你们的汽水一直打嗝",
    "吃了你们的饼干一直打嗝停不下来",
    "吃完你们的自热火锅打嗝打了两天了",
    "your soda gives me hiccups all day",
    "burping all night after your sausage",
)
NO_HICCUPS = (
    "一直打嗝",
    "笑得我打嗝了",
    "看你们直播笑到打嗝",
    "等了半天客服气得我直打嗝",
    "你们的音响播放一直打嗝卡顿",
    "汽水打不出嗝，没气",
    "吃得太饱打了个嗝，味道不错",
    "there was a hiccup in delivery",
    "a small hiccup with my order",
)


@pytest.mark.practice("R6", "R27")
@pytest.mark.parametrize("words", WOUNDS)
def test_a_little_blood_is_cared_for_at_home_first(words: str) -> None:
    """Whoever cut themselves a little is told to rinse it, and when to see a doctor; no ambulance is sent for."""
    assert help_for(words) is Help.WOUND


@pytest.mark.practice("R27")
@pytest.mark.parametrize("words", GRAVE)
def test_what_is_more_than_a_scratch_goes_to_the_emergency_number(words: str) -> None:
    """Blood that does not stop, a thing swallowed, hard breath, a bite: small words beside it change nothing."""
    assert help_for(words) is Help.EMERGENCY


@pytest.mark.practice("R27", "S60")
@pytest.mark.parametrize("words", FOR_A_DOCTOR)
def test_a_back_or_a_heel_that_hurts_is_for_a_doctor(words: str) -> None:
    """However strongly it is put, no ambulance is called for a blister."""
    assert help_for(words) is Help.DOCTOR


@pytest.mark.practice("R32")
def test_a_childs_scratch_is_for_a_doctor() -> None:
    """Whoever bears it less well is looked at by somebody who knows."""
    assert help_for("孩子手划破一点皮") is Help.DOCTOR
    assert help_for("孩子手划破，血止不住") is Help.EMERGENCY


def test_a_mouth_is_rinsed_and_a_hand_is_pressed() -> None:
    """The first aid fits the place."""
    assert is_in_the_mouth("牙龈有点出血")
    assert not is_in_the_mouth("手划破一点皮")


@pytest.mark.practice("R6")
@pytest.mark.parametrize("words", HICCUPS)
def test_a_hiccup_after_eating_or_drinking_is_an_illness(words: str) -> None:
    """What came of eating or drinking our goods is looked at as harm."""
    assert the_reader().read(words).may_show(Family.INJURY)


@pytest.mark.practice("R6")
@pytest.mark.parametrize("words", NO_HICCUPS)
def test_a_hiccup_of_laughing_of_a_loudspeaker_or_alone_is_none(words: str) -> None:
    """Nobody is asked after their health because they laughed, or because a thing stutters."""
    assert not the_reader().read(words).may_show(Family.INJURY)
