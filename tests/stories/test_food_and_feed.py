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
        机器人: …面包有头发，…先别吃，连包装一起用带盖的盒子装好，原来冷藏的放回冰箱，别把它挑出来。…包装正面…
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


@pytest.mark.practice("S8", "S13")
async def test_bad_cat_food_is_asked_after_by_the_cat(stage: Stage) -> None:
    """Mouldy feed: asked is whether the animal ate it, not whether anybody did."""
    await stage.play("""
        客户: 猫粮发霉了
        机器人: 先问最要紧的：它吃了吗，有没有不舒服？…
        按钮: 吃了，没不舒服 | 没吃 | 它不舒服 | 转人工
        客户点: 没吃
        机器人: 谢谢您告诉我们。猫粮发霉…换谁都揪心，很抱歉。先别喂，连包装封好留着。…
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


@pytest.mark.practice("S8", "R27")
async def test_iron_in_a_burger_has_no_plug(stage: Stage) -> None:
    """Metal in food is asked after as such, whatever was talked of before, and no plug is pulled."""
    await stage.play("""
        客户: 叫你们老板来
        机器人: …已为您转人工…
        客户: 汉堡里有铁片
        机器人: 先别再吃，东西留在原处，别挑出来。先问最要紧的：有人吃下去，或者不舒服吗？…
    """)


@pytest.mark.practice("S8", "S64")
async def test_a_can_that_burst_has_no_plug(stage: Stage) -> None:
    """Nobody pulls the plug of a drink, and nobody who was frightened by it hears of a spoiled treat."""
    await stage.play("""
        客户: 可乐罐爆了，炸一地
        机器人: 先别再用，人离远一点，别再去试。…有人受伤吗？…
        客户: 没人伤着
        机器人: 谢谢您告诉我们。可乐爆了，想想都后怕，很抱歉。碎的、漏的别用手收，…
    """)


@pytest.mark.practice("R27")
async def test_who_fell_in_a_shop_has_no_packaging_to_take_along(stage: Stage) -> None:
    """A fall at our door: a doctor, and no word of eating or packaging; the bill is no new emergency."""
    await stage.play("""
        客户: 在你们超市门口滑倒了，尾椎疼
        机器人: 身体要紧，先去看医生，票据留着。越来越重，或者喘不上气，就打 120。…安全专员今天10:15前联系您。…
        客户: 去医院拍片花了600
        机器人: 先顾人要紧，…票据留着就好。
    """)


@pytest.mark.practice("S13", "R27")
async def test_what_might_happen_is_no_injury(stage: Stage) -> None:
    """Told that the child did not eat it, nobody asks; "somebody could die of it" calls no ambulance."""
    await stage.play("""
        客户: 配料表没标牛奶，我家孩子牛奶过敏，幸好没给他吃
        机器人: 这件事我也请了安全专员来看…
        -- 5秒
        机器人: 谢谢您告诉我们。…先别吃，连包装一起收好…
        客户: 你们这样会出人命的
        -- 5秒
        机器人: …是在哪里买的？…
    """)


@pytest.mark.practice("S13", "S22")
async def test_a_wish_named_before_the_answer_about_health_counts(stage: Stage) -> None:
    """An exchange, no, the money: the last one is what is recorded."""
    await stage.play("""
        客户: 面包发霉，换货
        机器人: 在的…
        -- 5秒
        机器人: 先问最要紧的：…
        客户: 算了还是退钱吧
        -- 5秒
        机器人: 您说的都记下了，接着就谈怎么办。…
        客户: 没人吃
        机器人: 谢谢您告诉我们。面包发霉…您的要求原样记下了：“退钱”。…
    """)


@pytest.mark.practice("S13", "R51")
async def test_why_a_picture_is_wanted_is_told(stage: Stage) -> None:
    """Asked what a picture is for, it says so, and goes on without."""
    await stage.play("""
        客户: 饮料里有絮状物，没喝
        机器人: 在的…
        -- 5秒
        机器人: …方便拍一下包装正面…
        客户: 你要照片干嘛
        机器人: 不拍也行，不影响处理。照片只给查这件事的同事看，看得见，查得快些。…是在哪里买的？…
    """)


@pytest.mark.practice("S8", "S93")
async def test_what_will_you_do_about_it_waits_for_the_facts(stage: Stage) -> None:
    """Asked what we will do, nobody quotes that back as a demand: pictures and place come first."""
    await stage.play("""
        客户: 饼干里有头发，你们看着办吧
        机器人: 在的…
        -- 5秒
        机器人: 先问最要紧的：…
        客户: 没吃
        机器人: …方便拍一下包装正面…
        客户: 跳过
        机器人: …放把尺子…
        客户: 跳过
        机器人: 是在哪里买的？…
        客户: 人民路店
        -- 5秒
        机器人: …放常温、冷藏…
        客户: 常温
        -- 5秒
        机器人: 好，怎么办由我们先拿出来，您看了再说。质量专员今天12:05前答复您。
    """)


@pytest.mark.practice("S8")
@pytest.mark.parametrize(
    "words", ["奶粉罐底有铁锈", "螺蛳粉里有只蜗牛", "牛肉干里有塑料", "喝出一个烟头，你们的奶茶"]
)
async def test_whatever_is_found_in_food_is_asked_after(stage: Stage, words: str) -> None:
    """Rust, a snail, plastic, a cigarette end: health comes first, and nobody asks what is wrong."""
    await stage.play(f"""
        客户: {words}
        机器人: …先问最要紧的：有人吃…
    """)


@pytest.mark.practice("S13", "R27")
async def test_who_is_in_hospital_is_not_sent_there(stage: Stage) -> None:
    """Told that they are there already, it sends nobody to the emergency room."""
    await stage.play("""
        客户: 拐杖断了，老人手腕骨折，在医院
        机器人: 先顾人要紧，其他都不急。…
    """)


@pytest.mark.practice("S13", "S91")
async def test_who_answers_with_an_order_is_no_riddle(stage: Stage) -> None:
    """Asked twice whether anybody is unwell, they give the order instead: the talk goes on, without an alarm."""
    await stage.play("""
        客户: 海鲜到了都是臭的，化冻了
        机器人: 先问最要紧的：…
        客户: 顺丰说是你们没放冰
        -- 5秒
        机器人: 您说的都记下了，接着就谈怎么办。…
        客户: 订单8841
        -- 5秒
        机器人: 谢谢您告诉我们。海鲜…
    """)


@pytest.mark.practice("S27", "S64")
async def test_a_bare_demand_is_no_loose_part(stage: Stage) -> None:
    """Money back and nothing else: no plug is pulled and no cause is guessed."""
    await stage.play("""
        客户: 赔钱赔钱
        机器人: 在的…
        -- 5秒
        机器人: 谢谢您告诉我们。这件事给您添堵了，很抱歉。…
    """)


@pytest.mark.practice("S13", "S59")
async def test_who_named_the_thing_is_not_asked_which(stage: Stage) -> None:
    """The fault is not understood; the thing is, and is not asked for again."""
    await stage.play("""
        客户: 咖啡太苦了
        机器人: 在的…
        -- 5秒
        机器人: 我听着。咖啡具体哪里不对，再说一两句就行。
    """)
