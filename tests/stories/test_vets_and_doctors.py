"""Who is sent where: a vet, a doctor, or the emergency number; and who is called for it."""

from datetime import timedelta

import pytest

from bot.complaint.case import Queue, Severity
from bot.complaint.reading import Family
from tests.stories.stage import Stage


@pytest.mark.practice("S8", "S60")
async def test_a_dog_that_is_ill_goes_to_the_vet(stage: Stage) -> None:
    """Nobody sends a dog to the emergency room, and nobody is called out of bed for it: its food is looked into."""
    await stage.play("""
        客户: 狗粮吃了狗狗一直吐
        机器人: 先带它去看兽医，把吃的东西和包装带上，票据留着。剩下的先别再喂。…质量专员今天12:00前联系您。…
        -- 6秒
        客户: 去医院了，医生说是肠胃炎
        机器人: 先照顾它，其他都不急。质量专员…票据留着就好。
    """)
    case = await stage.case()
    assert (case.severity, case.queue) == (Severity.SEV2, Queue.QUALITY)
    assert Family.INJURY not in case.families()


@pytest.mark.practice("S54", "R27")
async def test_a_person_who_is_ill_beside_the_dog_comes_first(stage: Stage) -> None:
    """Whoever fell ill with the dog is a person who is ill."""
    await stage.play("""
        客户: 狗吃了你们的火腿肠吐了，我也拉肚子
        机器人: 身体要紧，先去看医生，…安全专员…
    """)
    assert (await stage.case()).severity is Severity.SEV1


@pytest.mark.practice("S8", "R6")
async def test_feed_that_was_eaten_without_harm_is_no_alarm(stage: Stage) -> None:
    """The cat ate of the mouldy feed and is well: people look into the feed, at no emergency's pace."""
    await stage.play("""
        客户: 猫粮发霉了
        机器人: 先问最要紧的：它吃了吗，有没有不舒服？…
        客户: 吃了 没不舒服
        -- 5秒
        机器人: 谢谢您告诉我们。猫粮发霉…
    """)
    assert (await stage.case()).severity is Severity.SEV2


@pytest.mark.practice("R27", "S60")
@pytest.mark.parametrize(
    "words",
    ["宝宝用了你们的湿巾屁股起红疹了", "老人贴了你们的膏药皮肤发痒", "你们那个按摩椅我坐了两天腰更疼了"],
)
async def test_a_rash_is_for_a_doctor_even_on_a_baby(stage: Stage, words: str) -> None:
    """Skin that itches, or a back that aches, needs a doctor; the ambulance is for what may get worse."""
    await stage.do("客户", words)
    await stage.pass_time(timedelta(seconds=5))
    if "有人受伤" in stage.said()[-1]:
        await stage.do("客户点", "有人受伤")
    assert "先去看医生" in stage.said()[-1]
    assert "立刻拨打 120" not in "".join(stage.said())


@pytest.mark.practice("R27")
@pytest.mark.parametrize(
    "words",
    ["宝宝吃了你们的米糊脸上起疹子，嘴唇肿了", "宝宝用了湿巾全身起红疹还发烧", "孩子吃了红疹，喘不上气"],
)
async def test_a_swollen_mouth_or_hard_breath_is_an_emergency(stage: Stage, words: str) -> None:
    """A rash with a swollen mouth, fever or short breath goes to the emergency number."""
    await stage.do("客户", words)
    assert "立刻拨打 120" in stage.said()[-1]


@pytest.mark.practice("S60", "S7")
async def test_the_death_of_a_pet_gets_sympathy_and_no_questions(stage: Stage) -> None:
    """Whoever lost a pet is neither asked what is wrong nor told that others come first."""
    await stage.play("""
        客户: 我家猫吃了你们的猫条死了
        机器人: 它走了，您心里一定很不好受，我也很难过。别的都先放一放，…质量专员今天12:00前联系您。…
        客户: 才两岁
        -- 5秒
    """)


@pytest.mark.practice("R27", "S60")
async def test_a_little_blood_brings_first_aid_and_no_ambulance(stage: Stage) -> None:
    """A gum that bleeds a bit is rinsed; when it does not stop a dentist looks at it, and worse is worse."""
    await stage.play("""
        客户: 用你们的牙刷牙龈有点出血
        机器人: 先用清水漱漱口，…止不住、肿了，或者越来越疼，就去看牙医，…安全专员今天10:15前联系您。…
        按钮: 已经去看医生 | 请现在打给我
        客户: 血止不住了
        机器人: 请立刻拨打 120…
    """)
    assert (await stage.case()).severity is Severity.SEV1


@pytest.mark.practice("R27", "S60")
async def test_a_little_cut_in_english_is_rinsed_and_pressed(english_stage: Stage) -> None:
    """The same in English, for a hand."""
    await english_stage.play("""
        Customer: I got a small cut on my finger from the lid
        Bot: Please rinse it with water and press a clean cloth…see a doctor…10:15 today…
    """)
    assert (await english_stage.case()).severity is Severity.SEV1
