"""What is told beside the question, all at once or by half, is kept and said back, and not asked again."""

import pytest

from bot.complaint.reading import RemedyKind
from tests.stories.stage import Stage


@pytest.mark.practice("S92", "S11", "S59")
async def test_every_trouble_of_one_message_is_said_back(stage: Stage) -> None:
    """Three troubles in a breath are three troubles: in the answer, and in the case."""
    await stage.play("""
        客户: 买的儿童水杯漏水，而且味道很大，还少了个吸管
        机器人: …
        -- 5秒
        机器人: 谢谢您告诉我们。儿童水杯漏水、味道很大、少了个吸管，一样接一样，换谁都恼火，很抱歉。…
    """)
    assert len((await stage.case()).facts.issue) > 1


@pytest.mark.practice("S92", "S21")
async def test_causes_of_one_trouble_are_not_told_for_three(stage: Stage) -> None:
    """Possible causes that fit one of several troubles only are left out."""
    await stage.play("""
        客户: 空气炸锅不热了，快递员态度特别差，少发了一个烤盘
        机器人: …空气炸锅不热了、快递员态度特别差、少发了一个烤盘…
        客户: 8841
        -- 5秒
        机器人: …您觉得怎么处理比较合适？…
    """)
    assert "可能是" not in stage.said()[-1]


@pytest.mark.practice("S92")
async def test_a_trouble_told_later_is_kept_with_the_first(stage: Stage) -> None:
    """What they add while they are asked for the order belongs to the case too."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: …
        -- 5秒
        机器人: …订单号是多少？…
        客户: 壶嘴还漏水
        -- 5秒
        机器人: 这点也记下了。订单号方便的话发我一下，没有就跳过。
    """)
    issue = (await stage.case()).facts.issue
    assert any("不通电" in one for one in issue)
    assert any("漏水" in one for one in issue)


@pytest.mark.practice("S13", "S91")
async def test_the_place_told_beside_the_question_is_not_asked_for(stage: Stage) -> None:
    """Asked for a picture they say where they bought it: the next question is another one."""
    await stage.play("""
        客户: 饼干里面有头发，没吃
        机器人: …
        -- 5秒
        机器人: …方便拍一下包装正面…
        客户: 全联买的
        -- 5秒
        机器人: 收到，谢谢。方便在它旁边放把尺子拍一张吗？…
        客户点: 跳过
        机器人: 买回来以后是放常温、冷藏，还是别的地方？…
    """)
    assert (await stage.case()).facts.store == "全联买的"


@pytest.mark.practice("S13")
async def test_who_bought_in_a_shop_is_not_asked_for_the_order_twice(stage: Stage) -> None:
    """There is no order number to a shop: a colleague looks for it, by a time."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: …
        -- 5秒
        机器人: …订单号是多少？…
        客户: 不知道什么订单，超市买的
        -- 5秒
        机器人: …
        客户: 换个新的吧
        机器人: 您的要求原样记下了：“换个新的吧”。订单还没对上，我请客服同事来核，…
    """)


@pytest.mark.practice("S22", "S91")
async def test_a_wish_instead_of_an_answer_is_a_wish(stage: Stage) -> None:
    """No money, but find out: said instead of a place, it is what they want."""
    await stage.play("""
        客户: 饼干里面有头发，没吃
        机器人: …
        -- 5秒
        机器人: …方便拍一下包装正面…
        客户: 不用赔 但你们要查清楚
        机器人: 您的要求原样记下了：“不用赔 但你们要查清楚”。…
    """)


@pytest.mark.practice("S22", "S7")
async def test_a_manager_who_should_apologise_is_no_call_for_a_person(stage: Stage) -> None:
    """An apology by the manager is a remedy; nobody is put into a queue for it again."""
    await stage.play("""
        客户: 你们店员骂我，说我穷鬼
        机器人: …
        -- 5秒
        机器人: …
        客户: 让店长给我道个歉
        机器人: …
    """)
    assert any(RemedyKind.APOLOGY in one.kinds for one in (await stage.case()).wishes)
    assert not any("转人工，您排在" in one for one in stage.said())


@pytest.mark.practice("R31", "S22")
async def test_a_wish_after_the_hand_over_is_said_back(stage: Stage) -> None:
    """Whoever names a wish while people are awaited reads it back, and by when it is answered."""
    await stage.play("""
        客户: 转人工
        机器人: …已为您转人工…
        客户: 电热壶不通电
        -- 5秒
        机器人: …
        客户: 退钱就行
        机器人: “退钱就行”记下了，客服同事今天14:00前一并答复您。
    """)


@pytest.mark.practice("S91", "S76")
async def test_no_to_what_is_wanted_is_an_answer(stage: Stage) -> None:
    """Who wants nothing in particular is not told that it was not understood."""
    await stage.play("""
        客户: 电热壶不通电，订单8841
        机器人: …
        -- 5秒
        机器人: …怎么处理比较合适？…
        客户: 没有
        -- 5秒
        机器人: 好，不急着定。事情客服同事照样去查，…前答复您。想到要什么，随时说。
    """)


@pytest.mark.practice("S108")
async def test_no_need_after_never_mind_lets_it_rest(stage: Stage) -> None:
    """Tired out they said never mind, and then no need: the case rests, and is no new complaint."""
    await stage.play("""
        客户: 外卖洒了一半，汤全没了
        机器人: …
        -- 5秒
        机器人: …等来这样一份，换谁都扫兴，很抱歉。…
        客户: 算了吧
        机器人: 听着还是有些失望。…
        客户: 不用了
        机器人: 好，按您说的撤回了…
    """)
    assert "不用了" not in (await stage.case()).story


@pytest.mark.practice("S48", "S58")
async def test_more_of_the_story_is_no_refusal_of_a_call(stage: Stage) -> None:
    """Asked for an hour they go on telling: that is noted, and the hour asked once more, then never again."""
    await stage.play("""
        客户: 气死我了气死我了
        机器人: …您先说，我听着…
        客户: 什么破玩意儿
        -- 20秒
        机器人: …您哪个时间方便？…
        客户: 用了三天就坏
        -- 5秒
        机器人: 这些也记下了，打电话的同事都看得到。您哪个时间方便接？…
        客户: 吹风机
        -- 5秒
        机器人: 都记下了，电话就不打了。您在这里等，…前答复您。
    """)


async def test_a_number_beside_a_refund_is_an_order(stage: Stage) -> None:
    """Who wants the money back and writes a bare number names an order, and asks for no such sum."""
    await stage.play("""
        客户: 转人工
        机器人: …
        客户: 电热壶不通电
        -- 5秒
        机器人: …
        客户: 要退
        机器人: …
        客户: 8814
        -- 5秒
        机器人: …
    """)
    assert not any(RemedyKind.COMPENSATION in one.kinds for one in (await stage.case()).wishes)


async def test_half_an_answer_is_not_misunderstood(stage: Stage) -> None:
    """Asked which thing and what is wrong, they name the thing; that is asked on, not handed over."""
    await stage.play("""
        客户: 有问题
        机器人: …
        -- 5秒
        机器人: 我听着。是哪样东西、哪里不对，一两句就行。
        客户: 洗衣机
        -- 5秒
        机器人: 我听着。洗衣机具体哪里不对，再说一两句就行。
    """)


@pytest.mark.practice("S91", "S13")
async def test_who_does_not_see_what_is_asked_reads_it_in_other_words(stage: Stage) -> None:
    """To ask what we mean is no point of the story: the question is put another way."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: …
        -- 5秒
        机器人: …订单号是多少？…
        客户: 什么意思
        -- 5秒
        机器人: 订单号就是下单后订单页上那串数字，有了它能直接查到这一单。找不到就跳过。
        客户: 8841
        -- 5秒
        机器人: …怎么处理比较合适？…
        客户: 啥意思
        -- 5秒
        机器人: 是问您想怎么解决这件事。点一个，或者用您自己的话说。
    """)
    assert (await stage.case()).story == ("电热壶不通电",)


@pytest.mark.practice("R35")
async def test_a_number_that_they_call_an_orders_is_no_sum(stage: Stage) -> None:
    """An order corrected to 8814 demands no ¥8,814, whatever was asked."""
    await stage.play("""
        客户: 电热壶不通电，订单8841
        机器人: …
        -- 5秒
        机器人: …怎么处理比较合适？…
        客户: 哦我说错了单号是8814
        -- 5秒
        机器人: …
    """)
    assert not any(RemedyKind.COMPENSATION in one.kinds for one in (await stage.case()).wishes)


@pytest.mark.practice("R35", "S98")
async def test_no_money_is_offered_for_an_order_of_another_thing(stage: Stage) -> None:
    """The order found is a kettle's and they speak of an air conditioner: its price is no option."""
    await stage.play("""
        客户: 空调装完第二天就漏水 把地板泡了
        机器人: …
        -- 5秒
        机器人: …订单号是多少？…
        客户: 8841
        -- 5秒
        机器人: …您说的是空调；不是这一单的话，把对的订单号发我就行。…
        客户: 修好 地板也要赔
        机器人: …
    """)
    assert "¥89" not in stage.said()[-1]


@pytest.mark.practice("S13")
async def test_a_batch_instead_of_a_wish_was_understood(stage: Stage) -> None:
    """Asked what they want they give the batch: it is noted, and the question asked once more."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: …
        -- 5秒
        机器人: …订单号是多少？…
        客户点: 跳过
        机器人: …怎么处理比较合适？…
        客户: 批号20260311
        -- 5秒
        机器人: 这点也记下了。您最希望怎么处理？点一个，或者直接说。
    """)
