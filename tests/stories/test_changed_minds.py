"""They change their mind, put things right, joke and withdraw: what they meant is done, and nothing else."""

from datetime import timedelta

import pytest

from tests.stories.stage import Stage


@pytest.mark.practice("S92", "S13")
@pytest.mark.parametrize("words", ["不对 是2846", "等等 是2846那单", "错了，2846那单"])
async def test_another_order_is_no_sum(stage: Stage, words: str) -> None:
    """The order that was read back is put right with its bare number, which nobody demands as money."""
    await stage.play(f"""
        客户: 电饭煲煮饭糊底
        机器人: 在的，…
        -- 5秒
        机器人: …订单号是多少？…
        客户: 8841
        -- 5秒
        机器人: 找到了：6月21日，1.7升电热壶，¥89。…
        客户: {words}
        -- 5秒
        机器人: 改好了：订单号是 2846（3升电饭煲，¥189）。…您希望怎么处理？
    """)
    assert not (await stage.case()).wishes


@pytest.mark.practice("S92", "S94")
async def test_a_sum_is_still_put_right_as_a_sum(stage: Stage) -> None:
    """Where money was asked for and no order is known, the bare number is the sum."""
    for words in ("你们的破壁机坏了 赔我2000", "不对 是2500"):
        await stage.do("客户", words)
        await stage.pass_time(timedelta(seconds=5))
    assert (await stage.case()).wishes[-1].amount == 2500


@pytest.mark.practice("S92")
async def test_a_second_correction_undoes_the_first(stage: Stage) -> None:
    """It was the blender after all: what was written down follows."""
    await stage.play("""
        客户: 上周买的破壁机打不碎豆子
        机器人: 在的，…
        -- 5秒
        机器人: …订单号是多少？…
        客户: 不对 不是破壁机 是料理棒
        -- 5秒
        机器人: 改好了：产品是料理棒。…
        客户: 算了就是破壁机 我说错了
        -- 5秒
        机器人: 改好了：产品是破壁机。…
    """)


@pytest.mark.practice("S92")
async def test_not_the_pan_but_the_wok(english_stage: Stage) -> None:
    """An offhand "sorry, the wok not the pan" puts the product right."""
    await english_stage.play("""
        Customer: the pan handle is wobbly
        Bot: I'm here…
        -- 5s
        Bot: …What is the order number?…
        Customer: sorry, the wok not the pan
        -- 5s
        Bot: Corrected: product wok.…
    """)


@pytest.mark.practice("S25", "S96")
async def test_what_was_brought_instead_is_no_wish(stage: Stage) -> None:
    """Cat litter in place of milk: asked what they want before anything is laid out."""
    await stage.play("""
        客户: 呵呵 真牛 买的鲜牛奶给我送来一箱猫砂
        机器人: 在的，…
        -- 5秒
        机器人: 谢谢您告诉我们。…订单号是多少？…
        客户: 3017
        -- 5秒
        机器人: 找到了：…您觉得怎么处理比较合适？…
        客户: 哪个说要退款了
        -- 5秒
        机器人: …
        客户: 我说的是换！不是退
        -- 5秒
        机器人: …
    """)
    wished = [kind.value for wish in (await stage.case()).wishes for kind in wish.kinds]
    assert wished == ["replace"]


@pytest.mark.practice("S22")
async def test_a_joke_is_not_passed_on_as_a_wish(english_stage: Stage) -> None:
    """A joke ("third time lucky") is sarcasm, and nothing to be quoted as what they want."""
    await english_stage.play("""
        Customer: Third time lucky? You've now sent me three wrong parcels. Slow clap.
        Bot: I'm here…
        -- 5s
        Bot: Thank you for telling us.…What is the order number?…
    """)


@pytest.mark.practice("S95")
@pytest.mark.parametrize("words", ["great", "agree", "perfect, thanks"])
async def test_a_plain_yes_in_english_is_one(english_stage: Stage, words: str) -> None:
    """Whoever answers "is that all right?" so is not asked again."""
    await english_stage.play(f"""
        Customer: the pan handle is wobbly
        Bot: I'm here…
        -- 5s
        Bot: …What is the order number?…
        Customer: 1317
        -- 5s
        Bot: Found it: …
        Customer: what would you do
        -- 5s
        Bot: Here's what I can do now:…
        Customer: hmm option 2
        -- 5s
        Bot: Yes, let's do that.…
        Customer: {words}
        -- 5s
        Bot: All set:…
    """)


@pytest.mark.practice("S86", "R34")
async def test_nothing_is_withdrawn_where_nothing_is_open(stage: Stage) -> None:
    """First words that withdraw a complaint find none here, and people who may know of it."""
    await stage.play("""
        客户: 刚才那个投诉 我撤了吧
        机器人: …这里没有您在办的投诉，没什么要撤的。在别处投诉过的，点“转人工”，同事帮您查；…
        按钮: 转人工
    """)


@pytest.mark.practice("R34", "S108")
async def test_a_complaint_is_withdrawn_in_passing_words_and_kept_again(stage: Stage) -> None:
    """A passing "我撤了吧" is asked about once, and "还是不撤" keeps it open."""
    await stage.play("""
        客户: 蜂蜜罐子有点漏
        机器人: 在的，…
        -- 5秒
        机器人: …
        客户: 刚才那个投诉 我撤了吧
        机器人: 跟您确认一下：这次投诉就到这里，撤回吗？…
        客户: 算了还是不撤
        机器人: 好，那就接着办，…
    """)


@pytest.mark.practice("S22", "R27")
async def test_who_wants_no_complaint_is_not_quoted_as_asking_for_one(stage: Stage) -> None:
    """In danger nobody is let go silently; "我不投诉了" is no demand to be passed on either."""
    await stage.play("""
        客户: 牛奶里有虫子 我女儿喝了
        机器人: 先问最要紧的：…
        -- 5秒
        机器人: …
        客户: 没事 没不舒服
        -- 5秒
        机器人: 谢谢您告诉我们。…
        客户: 我不投诉了
        -- 5秒
        机器人: 好，不急着定。事情安全专员照样去查，…
    """)


@pytest.mark.practice("S13", "S97")
async def test_not_for_the_money_is_a_story_and_no_waiver(stage: Stage) -> None:
    """Said amid the story, "it's not about the money" does not end the talk: the order is still asked for."""
    await stage.play("""
        客户: 货架上写9块9 收银收我15块8
        机器人: 在的，…
        -- 5秒
        机器人: …订单号是多少？…
        客户: 一个面包差6块钱 不是钱的事 是骗人
        -- 5秒
        机器人: …订单号…
    """)


@pytest.mark.practice("S8")
async def test_where_it_was_bought_makes_no_fake(stage: Stage) -> None:
    """The answer "from the official shop" does not send hair in the yoghurt to the lawyers."""
    await stage.play("""
        客户: 你们的酸奶里面有头发
        机器人: …
        客户: 没有人吃
        -- 5秒
        机器人: …
        客户发图: 包装
        -- 5秒
        机器人: …
        客户发图: 头发
        -- 5秒
        机器人: …是在哪里买的？…
        客户: 在官网买的 3586
        -- 5秒
        机器人: …
        客户: 全额退款
        -- 5秒
        机器人: …已经转给质量专员，…
    """)


@pytest.mark.practice("S31", "S46")
async def test_of_course_is_no_answer_to_a_suspicion(english_stage: Stage) -> None:
    """The suspicion "you're going to bury this, aren't you" is not met with "of course"."""
    await english_stage.play("""
        Customer: the guy at Riverside store mocked my Chinese in front of the queue
        Bot: I'm here…
        -- 5s
        Bot: …
        Customer: an apology would do
        -- 5s
        Bot: …
        Customer presses: Change something
        Bot: What would you like changed?
    """)


@pytest.mark.practice("R22", "R23", "S27")
@pytest.mark.parametrize("words", ["保修几年", "这个还在保修期吗"])
async def test_who_asks_about_the_warranty_hears_who_knows_it(stage: Stage, words: str) -> None:
    """No term is made up and nobody waits a week for one: where it stands, the phone, a person; then the question."""
    await stage.play(f"""
        客户: 电饭煲坏了
        机器人: 在的，…
        -- 5秒
        机器人: …订单号是多少？…
        客户: {words}
        机器人: 保修多久我答不准。…打 400-000-8841（周一至周五 9:00–18:00）问，或者点“转人工”。…
        按钮: 转人工
        机器人: 订单号是多少？…
    """)


@pytest.mark.practice("S92", "R31")
async def test_a_wish_that_changes_while_they_wait_is_read_back_again(stage: Stage) -> None:
    """Replacement, repair, and the same again: each new wish is said back once, so they know that it was heard."""
    await stage.play("""
        客户: 转人工
        机器人: …
        客户: 电饭煲坏了 给我换新
        -- 5秒
        机器人: “电饭煲坏了 给我换新”记下了，…
        客户: 要不还是退款吧
        -- 5秒
        机器人: “要不还是退款吧”记下了，…
        客户: 退款
        -- 5秒
        机器人: 收到，…
    """)
