"""Food, meals and feed: what is said fits what was eaten, by whom, and whether it was eaten at all."""

import pytest

from tests.stories.stage import Stage


@pytest.mark.practice("S64", "S21")
async def test_yoghurt_has_no_plug(stage: Stage) -> None:
    """Food that is off in taste is neither unplugged nor a loose part."""
    await stage.play("""
        客户: 你们这个酸奶味道不对，酸得离谱
        -- 5秒
        机器人: 先问最要紧的：有人吃了或者不舒服吗？…
        客户: 喝了两口，没有不舒服
        机器人: …谢谢您告诉我们。酸奶味道不对，搁谁都窝火，很抱歉。…要是肚子不舒服、发烧，先去看医生…包装正面…
    """)


@pytest.mark.practice("S8", "S13")
async def test_nobody_who_ate_nothing_is_told_to_watch_for_fever(stage: Stage) -> None:
    """Whoever says that nobody ate it hears what to do with it, and nothing of fever."""
    await stage.play("""
        客户: 面包里有头发
        机器人: 先问最要紧的：有人吃了或者不舒服吗？…
        客户: 没吃
        机器人: 谢谢您告诉我们。面包有头发，换谁都会反胃，很抱歉。先别吃，连包装一起用带盖的盒子装好，原来冷藏的放回冰箱，别把它挑出来。…方便拍一下包装正面…
    """)


@pytest.mark.practice("S8", "S13")
async def test_a_meal_has_no_batch_and_is_not_put_away(stage: Stage) -> None:
    """A cockroach in a delivered meal: asked are a picture and the shop, neither batch nor storage."""
    await stage.play("""
        客户: 外卖里有蟑螂
        机器人: 先问最要紧的：…
        客户: 没吃
        机器人: …先别吃，连盒子留着，留不住就拍张照，小票也收好。…方便拍张照片发来吗？…
        客户: 跳过
        机器人: 是哪家店、什么时候的？外卖的话，订单号也行。
        客户: 朝阳店，昨天中午
        -- 5秒
        机器人: 我记下的是：外卖里有蟑螂。…您希望怎么处理？
    """)


@pytest.mark.practice("S8", "S60")
async def test_a_dog_that_is_ill_goes_to_the_vet(stage: Stage) -> None:
    """Nobody sends a dog to the emergency room."""
    await stage.play("""
        客户: 狗粮吃了狗狗一直吐
        机器人: 先带它去看兽医，把吃的东西和包装带上，票据留着。剩下的先别再喂。…安全专员今天10:15前联系您。…
    """)


@pytest.mark.practice("S8", "S13")
async def test_bad_cat_food_is_asked_after_by_the_cat(stage: Stage) -> None:
    """Mouldy feed: asked is whether the animal ate it, not whether anybody did."""
    await stage.play("""
        客户: 猫粮发霉了
        机器人: 先问最要紧的：它吃了吗，有没有不舒服？…
        按钮: 吃了，没不舒服 | 没吃 | 它不舒服 | 转人工
        客户点: 没吃
        机器人: 谢谢您告诉我们。猫粮发霉，换谁都揪心，很抱歉。先别喂，连包装封好留着。…
    """)


@pytest.mark.practice("R27", "S60")
async def test_who_is_slightly_ill_goes_to_a_doctor(stage: Stage) -> None:
    """An upset stomach needs a doctor; the emergency number is named for the case that it gets worse."""
    await stage.play("""
        客户: 昨晚吃了你们的凉皮，今天拉肚子
        机器人: 身体要紧，先去看医生，…越来越重，或者喘不上气，就打 120。…安全专员今天10:15前联系您。…
        客户: 要去医院吗
        机器人: 我不是医生，不敢替您断。不放心就去看看，…越来越重就打 120。
        客户: 现在好点了
        机器人: 人没事就好。安全专员照样今天10:15前联系您；要是又不舒服，先去看医生，票据留着。…
        客户: 又喘不上气了
        机器人: 请立刻拨打 120…
    """)


@pytest.mark.practice("R27", "R32")
@pytest.mark.parametrize(
    "words", ["孩子吃了酸奶拉肚子", "吃了一直拉肚子，发烧39度", "孩子吞了纽扣电池，现在没事"]
)
async def test_in_doubt_it_is_the_emergency_number(stage: Stage, words: str) -> None:
    """A child, a fever or a battery that was swallowed: no doctor is enough, whatever else is said."""
    await stage.play(f"""
        客户: {words}
        机器人: 请立刻拨打 120…
    """)


@pytest.mark.practice("S27", "R32")
async def test_whether_it_may_be_eaten_is_answered_the_safe_way(stage: Stage) -> None:
    """A question about health gets no verdict and no silence, and the talk goes on."""
    await stage.play("""
        客户: 罐头鼓起来了还能吃吗
        机器人: …我不是医生，不敢替您断。拿不准就先别吃、别用；…有人吃了或者不舒服吗？…
        客户: 没吃
        机器人: 谢谢您告诉我们。罐头的事，搁谁都窝火，很抱歉。先别吃，连包装一起收好…
    """)


@pytest.mark.practice("S13", "S91")
async def test_one_question_at_a_time_after_safety(stage: Stage) -> None:
    """Words that came before the answer about safety do not bring a second question by themselves."""
    await stage.play("""
        客户: 泡面里有虫
        机器人: 先问最要紧的：…
        客户: 就那种小黑虫
        客户: 没人吃
        机器人: 谢谢您告诉我们。…方便拍一下包装正面…
        -- 5秒
        -- 20秒
    """)
