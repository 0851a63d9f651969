"""A frightened mother, an old man with voice typing, a sarcastic expat: whole talks as such people have them."""

import pytest

from tests.stories.stage import Stage


@pytest.mark.practice("R27", "S8")
async def test_a_splinter_that_a_baby_ate_is_for_a_doctor_before_anything_is_felt(stage: Stage) -> None:
    """A doubtful "seems to be plastic" is no yes; that the baby ate half a bowl is answered before any photo."""
    await stage.play("""
        客户: 你好 我买的你们那个宝宝米粉里面有个东西 硬硬的 透明的
        机器人: 先问最要紧的：有人吃了或者不舒服吗？…
        客户: 好像是塑料
        -- 5秒
        机器人: …先回我一句：有人吃下去，或者不舒服吗？
        客户: 我女儿才八个月
        机器人: …安全专员…
        客户: 喂了半碗了我才看到的
        -- 5秒
        机器人: 吃下去的人要紧：别等不舒服，先去给医生看看，…
        机器人: 谢谢您告诉我们。…
        客户: 要不要去医院啊
        机器人: 我不是医生，不敢替您断。不放心就去看看，…
    """)


@pytest.mark.practice("R27", "S8", "R32")
async def test_who_ate_of_it_after_all_is_minded_before_the_next_question(stage: Stage) -> None:
    """He did not eat of the bulging tin, and then his wife did: that is not answered with "where did you buy it?"."""
    await stage.play("""
        客户: 昨儿个在你们那买了两听肉罐头鼓起来了鼓得跟个皮球一样子你讲能吃不能吃
        机器人: 先问最要紧的：…
        客户: 我没吃我又不憨
        -- 5秒
        机器人: 谢谢您告诉我们。…
        客户: 我老太婆吃了一口
        机器人: …安全专员…
        -- 5秒
        机器人: 吃下去的人要紧：别等不舒服，先去给医生看看，…
        机器人: …
    """)


@pytest.mark.practice("R27")
async def test_a_late_bite_of_mouldy_bread_is_watched(stage: Stage) -> None:
    """Mould is no splinter: whoever ate of it watches how they feel."""
    await stage.play("""
        客户: 面包发霉了
        机器人: 先问最要紧的：…
        客户: 没人吃
        -- 5秒
        机器人: 谢谢您告诉我们。…
        客户: 哦不对 我老公早上吃了一片
        机器人: …安全专员…
        -- 5秒
        机器人: 吃过的人这一两天多留意，有一点不舒服就去看医生，…
        机器人: …
    """)


@pytest.mark.practice("R27", "S64")
async def test_a_squeezed_finger_is_for_cold_water(stage: Stage) -> None:
    """A child's hand, pinched and a little red, is no ambulance; people call all the same."""
    await stage.play("""
        客户: 孩子手夹了一下有点红
        机器人: 先用凉水冲一冲，或者拿湿毛巾敷一会儿。要是肿起来、动着费劲，或者越来越疼，就去看医生，…安全专员…
    """)


@pytest.mark.practice("R27")
async def test_a_pulled_plug_is_no_injury(stage: Stage) -> None:
    """Told to pull the plug, she says that she did: nobody sends her to the emergency room for it."""
    await stage.play("""
        客户: 你们那个毯子冒烟了
        机器人: 先断电、停用，…有人受伤吗？…
        客户: 关了关了插头拔了
        -- 5秒
        机器人: …有人受伤吗？
        客户: 没烫着
        -- 5秒
        机器人: 谢谢您告诉我们。毯子冒烟，…
    """)


@pytest.mark.practice("R27")
async def test_a_kettle_that_went_bang_is_a_danger_and_nobody_is_hurt_yet(english_stage: Stage) -> None:
    """A blown fuse is asked about: the flat that tripped is no person."""
    await english_stage.play("""
        Customer: your kettle just went BANG and tripped the whole flat
        Bot: Please switch it off at the wall, … Is anyone hurt?…
    """)


@pytest.mark.practice("R27")
async def test_who_breathes_well_is_not_well(english_stage: Stage) -> None:
    """Swollen lips are not over because the breathing is fine."""
    await english_stage.play("""
        Customer: I'm allergic to peanuts and your "nut free" cookies just made my lips swell
        Bot: Please call 120…
        Customer: breathing is fine
        Bot: Your health comes first;…
    """)


@pytest.mark.practice("R27", "S13")
async def test_a_child_that_seems_well_was_asked_about_once(english_stage: Stage) -> None:
    """A parent who says that the boy seems well has answered; whether to see a doctor is answered too."""
    await english_stage.play("""
        Customer: My toddler ate half a slice of your bread before I saw the mould
        Bot: First the most important thing: is anyone who ate it feeling unwell?…
        -- 5s
        Bot: …safety specialist…
        Customer: he seems ok but I'm panicking
        -- 5s
        Bot: Thank you for telling us.…
        Customer: should I take him to the doctor
        -- 5s
        Bot: I'm no doctor, so I won't guess. If you're worried,…
    """)


@pytest.mark.practice("S61", "R6")
async def test_short_hair_is_no_hair_in_the_food(stage: Stage) -> None:
    """A rude cashier is told by her hair: nobody asks who ate of it."""
    await stage.play("""
        客户: 你们大学城店那个短头发的女的 我问她一句价格她翻白眼说买不起别问
        机器人: 在的，您接着说，…
        -- 5秒
        机器人: 谢谢您告诉我们。…
    """)
    assert not (await stage.case()).facts.foreign_object


@pytest.mark.practice("R26", "S57")
async def test_a_stranger_who_knows_it_all_is_no_call_for_a_person(stage: Stage) -> None:
    """Somebody rang and knew the order: a leak, with the warning first; "what now?" is not about food."""
    await stage.play("""
        客户: 刚有人给我打电话 报出了我的名字地址还有买了啥 说是你们客服要给我退款
        机器人: 在的，…
        -- 5秒
        机器人: …验证码和密码谁要都别给，也别发在这里。…您希望怎么处理？…
        客户: 那我现在怎么办
        -- 5秒
        机器人: 好，怎么办由我们先拿出来，您看了再说。…
    """)
    assert (await stage.case()).families()


@pytest.mark.practice("S13", "R27")
async def test_a_sick_cat_is_not_asked_about_again(stage: Stage) -> None:
    """Whether the treats may still be fed is answered; that the cat is ill was told."""
    await stage.play("""
        客户: 你们家猫粮开袋就有一股霉味 我家猫吃了两天吐了三回
        机器人: 先带它去看兽医，…
        客户: 订单3017
        -- 5秒
        机器人: 收到，…
        客户: 猫条我也买了 那个能不能继续吃
        -- 5秒
        机器人: 拿不准就先别喂了。…
    """)


@pytest.mark.practice("S22", "S47")
async def test_what_was_spat_out_is_no_claim(stage: Stage) -> None:
    """Glass that she spat out is not read back to a pregnant woman as what she wants."""
    await stage.play("""
        客户: 我怀孕六个月 刚喝了你们的蜂蜜柚子茶 咬到一个硬的 吐出来是玻璃
        机器人: 请立刻拨打 120，…
        客户: 我吐出来了 应该没咽下去
        -- 5秒
        机器人: 收到，…
    """)
    assert not (await stage.case()).wishes
