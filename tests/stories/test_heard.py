"""What people say besides the answer is heard, and what is offered fits what happened, as chat logs."""

import pytest

from tests.stories.stage import Stage

BROKEN_KETTLE = """
    客户: 电热壶不通电，订单8841，退款
    机器人: …
    -- 4秒
    机器人: 谢谢…找到了…①全额退款¥89…
"""


@pytest.mark.practice("S13", "S59", "S91")
async def test_who_tells_more_is_not_told_to_have_been_misread(stage: Stage) -> None:
    """Something told instead of the answer is noted, and the question comes back lightly, once."""
    await stage.play("""
        客户: 洗衣机脱水的时候声音很响
        机器人: …
        -- 6秒
        机器人: …订单号是多少？…
        客户: 你们师傅来看过说正常
        -- 6秒
        机器人: 这点也记下了。订单号方便的话发我一下，没有就跳过。
        客户: 我一店买的
        -- 6秒
        机器人: 我记下的是：…你们师傅来看过说正常…
    """)


@pytest.mark.practice("S22", "S93")
async def test_who_names_no_wish_is_offered_what_fits_the_trouble(stage: Stage) -> None:
    """Buttons under the repeated question: nobody is offered a new one for a clerk's manners."""
    await stage.play("""
        客户: 快递三天没动了
        机器人: …
        -- 6秒
        机器人: 谢谢您告诉我们。快递三天没动了，…订单号是多少？…
        客户: 没有订单号
        -- 6秒
        机器人: …补寄、退款…
        客户: 是孩子开学要用的书包
        -- 6秒
        机器人: 这点也记下了。您最希望怎么处理？…
        按钮: 补寄 | 退款 | 别的 | 转人工
    """)


@pytest.mark.practice("S13", "S91")
async def test_who_looks_for_the_number_is_not_hurried(stage: Stage) -> None:
    """Looking for it is no answer and no miss; the question stays open."""
    await stage.play("""
        客户: 音箱有杂音
        机器人: …
        -- 6秒
        机器人: …订单号是多少？…
        客户: 等一下我找找
        机器人: 不急，找到了发在这里就行；找不到也没关系…
        按钮: 跳过 | 转人工
        -- 6秒
        客户: 找不到了
        机器人: 我记下的是：音箱有杂音。…
    """)


@pytest.mark.practice("S13", "R35")
async def test_a_number_alone_is_the_order_and_no_sum(stage: Stage) -> None:
    """Who wrote the number is not asked for it, and nobody reads it as thousands of yuan."""
    await stage.play("""
        客户: 电热壶不通电 8841
        机器人: …
        -- 6秒
        机器人: …不通电…找到了：6月21日，1.7升电热壶，¥89。…
    """)
    await stage.play("""
        客户: 8841
        -- 6秒
        机器人: …
    """)
    assert not (await stage.case()).wishes


@pytest.mark.practice("R35", "S92")
async def test_an_order_for_another_thing_is_not_refunded_for_theirs(stage: Stage) -> None:
    """The kettle's order verifies no shoes: the right number is asked for once, then people look."""
    await stage.play("""
        客户: 鞋子穿了两天开胶了，订单8841，退款
        机器人: …
        -- 6秒
        机器人: 谢谢您告诉我们。…开胶…HS260621-8841 这一单是1.7升电热壶，您说的是鞋子。…
        客户点: 跳过
        机器人: 您的要求原样记下了：…我请客服同事来核…
    """)
    assert not (await stage.case()).offers


@pytest.mark.practice("S97", "S27")
async def test_what_never_came_is_sent_again_and_not_fetched(stage: Stage) -> None:
    """Nobody can hand the courier a parcel that they never got."""
    await stage.play("""
        客户: 物流显示签收了，我根本没收到，订单8841，给我换一个新的
        机器人: …
        -- 6秒
        机器人: 谢谢…没收到…①补寄没收到的那份，运费我们付…
    """)
    assert not any("取走" in one for one in stage.said())


@pytest.mark.practice("S27", "R9")
async def test_a_refund_that_is_due_is_looked_for_and_not_granted_twice(stage: Stage) -> None:
    """An overdue refund is no new wish: people find out where it is."""
    await stage.play("""
        客户: 退款半个月了还没到账，订单8841
        机器人: …
        -- 6秒
        机器人: 谢谢您告诉我们。退款半个月了还没到账，…这笔退款走到哪一步，我请客服同事去查，…前告诉您。…
    """)
    assert not (await stage.case()).offers


@pytest.mark.practice("R26", "S91")
@pytest.mark.parametrize("words", ["我积分怎么清零了，八千多分呢", "你们会员自动续费扣了我198"])
async def test_points_and_memberships_have_no_order_to_ask_for(stage: Stage, words: str) -> None:
    """What no order is about goes to people, with a time."""
    await stage.play(f"""
        客户: {words}
        机器人: …
        -- 6秒
        机器人: 谢谢…这件事由客服同事来办，…前答复您。…您希望怎么处理？…
    """)
    assert not any("订单" in one for one in stage.said())


@pytest.mark.practice("S120")
async def test_what_is_no_complaint_is_not_treated_as_one(stage: Stage) -> None:
    """Opening hours: where to ask. Praise: thanks, and no sorrow."""
    await stage.play("""
        客户: 你们店几点关门啊
        机器人: …
        -- 6秒
        机器人: 我只管不满意的事，…400-000-8841…
        客户2: 你们一店的小王特别好，一定要表扬她
        机器人: …
        -- 6秒
        机器人: 谢谢您特意说一声…
    """)


@pytest.mark.practice("S40")
async def test_who_wants_no_questions_gets_none(stage: Stage) -> None:
    """Being left alone ends the questions and the reminders; what was told is kept."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: …
        -- 6秒
        机器人: …订单号是多少？…
        客户: 别烦我了
        机器人: 好，不再问您了。说过的都留着，想接着说，随时回到这里。
        .. 5天
    """)


@pytest.mark.practice("S95")
async def test_a_moment_to_think_leaves_the_offer_as_it_is(stage: Stage) -> None:
    """A moment to think changes nothing: the card can still be agreed to."""
    await stage.play(f"""
        {BROKEN_KETTLE}
        客户: 我想想
        机器人: 不急，您想好了再说，写在这里就行。
        -- 6秒
        客户点: 同意
        机器人: 好，都登记上了…
    """)


@pytest.mark.practice("S120", "R1")
async def test_a_polite_complaint_is_one(stage: Stage) -> None:
    """Thanks at its end make a scratch no praise."""
    await stage.play("""
        客户: 您好，想反映一个小问题，买的台灯灯罩上有一道划痕，不影响用，谢谢
        机器人: …
        -- 6秒
        机器人: 谢谢您告诉我们。…有一道划痕…很抱歉…
    """)


@pytest.mark.practice("S98")
async def test_too_little_is_a_no_to_what_was_offered(stage: Stage) -> None:
    """Why they want none of it is heard as a no, not as a choice that could not be read; people go on."""
    await stage.play("""
        客户: 上周买的电热壶不通电
        机器人: 在的…
        -- 5秒
        机器人: …订单号…
        客户: 8841
        机器人: …怎么处理比较合适？…
        客户: 你们看着办
        机器人: …①全额退款…
        客户: 不行，太少了
        机器人: 这件事请客服同事跟您谈更合适…答复您。
    """)


async def test_only_praise_is_passed_on(stage: Stage) -> None:
    """Whoever thanks somebody at length is thanked, and not asked to go on."""
    await stage.play("""
        客户: 你们快递小哥人真好，下雨天还帮我把东西送到楼下，谢谢你们
        机器人: 在的…
        -- 5秒
        机器人: 谢谢您特意说一声，我转告给做这件事的同事。
    """)


@pytest.mark.practice("S108")
async def test_who_mended_it_themselves_is_not_called_disappointed(stage: Stage) -> None:
    """They say that it works again: one question whether to withdraw, and nothing about their mood."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: 在的…
        -- 5秒
        机器人: …订单号…
        客户: 算了 我自己修好了
        机器人: 跟您确认一下：这次投诉就到这里，撤回吗？…
    """)
