"""People write short, broken and beside the question; what they told is kept, said back, and not asked again."""

from datetime import timedelta

import pytest

from bot.complaint.reading import Category, RemedyKind
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


@pytest.mark.practice("R58", "R24")
@pytest.mark.parametrize("words", ["机器人滚", "你们那个机器人说的都是废话", "问来问去烦不烦", "答非所问"])
async def test_who_is_tired_of_the_bot_gets_a_person(stage: Stage, words: str) -> None:
    """A complaint about the bot is answered by people, and not with a question about which shop it was."""
    await stage.do("客户", words)
    await stage.pass_time(timedelta(seconds=5))
    assert "已为您转人工" in stage.said()[-1]


@pytest.mark.practice("S21", "S50")
async def test_what_was_never_sent_was_not_delayed_on_the_way(stage: Stage) -> None:
    """Causes fit what happened: goods that were not shipped met no courier."""
    await stage.play("""
        客户: 等了半个月还没发货
        机器人: …
        -- 5秒
        机器人: 谢谢您告诉我们。等了半个月还没发货，等到现在还没动静，确实着急，很抱歉。…
        客户: 订单8841
        -- 5秒
        机器人: …可能是这款在等货、地址或库存卡住了，也可能是我们仓库漏处理了，…
    """)


@pytest.mark.practice("S8", "S27")
async def test_what_soon_expires_has_not_expired(stage: Stage) -> None:
    """Milk with two days left is no spoilt food, and nobody is asked who fell ill."""
    await stage.play("""
        客户: 牛奶还有两天过期 你们就发给我？
        机器人: …
        -- 5秒
        机器人: 谢谢您告诉我们。牛奶的事…
    """)
    assert (await stage.case()).category is not Category.FOOD_SAFETY


@pytest.mark.practice("S8", "S64")
async def test_a_fridge_that_failed_is_the_matter(stage: Stage) -> None:
    """The meat went off because the fridge stopped: nobody is told not to eat a fridge."""
    await stage.play("""
        客户: 冰箱不制冷 里面的肉全臭了
        机器人: …
        -- 5秒
        机器人: 谢谢您告诉我们。冰箱不制冷、里面的肉全臭了，…先别再用了，插着电的话拔下来…
    """)


@pytest.mark.practice("S48", "D4")
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


@pytest.mark.practice("S84", "S13")
async def test_a_refund_that_was_granted_is_looked_for_at_once(stage: Stage) -> None:
    """Whoever waits for a granted refund is not asked what they want."""
    await stage.play("""
        客户: 上周三说好退款 到现在没到
        机器人: …
        -- 5秒
        机器人: …订单号是多少？…
        客户: 8841
        -- 5秒
        机器人: 这笔退款走到哪一步，我请客服同事去查，…
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


@pytest.mark.practice("S3")
async def test_who_says_that_it_is_no_complaint_is_believed(stage: Stage) -> None:
    """A word about the bottle's neck is a suggestion: thanks, and no questions about the batch."""
    await stage.play("""
        客户: 我不是来投诉的啊 就是跟你们说一声 你们那个酱油瓶口设计得不太好
        机器人: …
        -- 5秒
        机器人: …
    """)
    assert (await stage.case()).category is Category.SUGGESTION


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


@pytest.mark.practice("R21", "S108")
async def test_a_nod_before_the_story_is_no_misunderstanding(stage: Stage) -> None:
    """Who asks our name, says "oh" and turns away is answered, listened to, and let go kindly."""
    await stage.play("""
        客户: 怎么称呼你
        机器人: 是的，我是机器人，…
        客户: 哦
        -- 5秒
        机器人: 在的，您慢慢说，想到哪儿说到哪儿。
    """)


@pytest.mark.practice("S59", "R25")
async def test_a_feeling_alone_is_asked_about(stage: Stage) -> None:
    """Nobody is told to pull a plug for having said that they are disappointed."""
    await stage.play("""
        客户: 就是有点失望
        机器人: …
        -- 5秒
        机器人: 我听着。是哪样东西、哪里不对，一两句就行。
    """)


@pytest.mark.practice("S61", "S50")
async def test_a_rude_courier_is_no_late_parcel(stage: Stage) -> None:
    """Sworn at at their own door: that is what we are sorry for."""
    await stage.play("""
        客户: 快递员把我骂了一顿 还把箱子摔地上
        机器人: …
        -- 5秒
        机器人: 谢谢您告诉我们。…东西没收好还受气，换谁都不舒服，很抱歉。…
    """)


@pytest.mark.practice("S84", "S13")
async def test_goods_sent_back_and_no_money_is_a_refund_to_look_for(stage: Stage) -> None:
    """The warehouse signed for it days ago: the money is looked for, and the order is not asked for."""
    await stage.play("""
        客户: 退货你们仓库签收八天了还不给我退款
        机器人: …
        -- 5秒
        机器人: …这笔退款走到哪一步，我请客服同事去查，…
    """)


@pytest.mark.practice("S3", "S22")
async def test_who_wants_no_money_is_thanked_and_answered(stage: Stage) -> None:
    """A word that nothing need be paid is no demand for anything, and no order is asked for."""
    await stage.play("""
        客户: 昨天买的鸡蛋碎了五个 也不贵 就是跟你们反映一下
        机器人: …
        -- 5秒
        机器人: …方便拍张照片发来吗？…
        客户: 不用赔
        机器人: 好，不急着定。事情客服同事照样去查，…
    """)


@pytest.mark.practice("R27")
async def test_a_chipped_tooth_is_for_a_dentist(stage: Stage) -> None:
    """A tooth that hurts badly is no ambulance; asked whether to go, the bot answers, and does not queue them."""
    await stage.play("""
        客户: 牙疼死了 你们的坚果把我牙崩了
        机器人: 身体要紧，先去看医生，…
        客户: 要去看吗
        机器人: 我不是医生，不敢替您断。不放心就去看看，…
    """)


@pytest.mark.practice("E1")
async def test_cantonese_of_an_upset_stomach_is_heard(stage: Stage) -> None:
    """Ill is ill in Cantonese too."""
    await stage.play("""
        客户: 食完你哋嘅嘢成晚屙
        机器人: …安全专员…
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


@pytest.mark.practice("S4", "S35")
async def test_a_visit_is_arranged_by_people(stage: Stage) -> None:
    """Asked to come by, nobody answers that an explanation is only fair."""
    await stage.play("""
        客户: 微波炉转盘裂了
        机器人: …
        -- 5秒
        机器人: …订单号是多少？…
        客户: 你们能上门吗
        机器人: 您的要求原样记下了：“你们能上门吗”。已经转给客服同事，…
    """)


@pytest.mark.practice("S8", "S64")
async def test_vermin_seen_in_a_shop_was_not_eaten(stage: Stage) -> None:
    """A rat in the shop: nobody is asked who ate of it."""
    await stage.play("""
        客户: 你们店里货架上有老鼠
        机器人: …
        -- 5秒
        机器人: 谢谢您告诉我们。…换谁都膈应，很抱歉。拍到的照片先留着。…
    """)


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


@pytest.mark.practice("S84", "R12")
async def test_what_works_again_is_asked_about_and_not_settled_on(stage: Stage) -> None:
    """It was the battery after all: asked whether that is all, and nobody is offered a new one."""
    await stage.play("""
        客户: 遥控器没反应
        机器人: …
        -- 5秒
        机器人: …订单号是多少？…
        客户: 哦好了 是电池装反了
        机器人: 跟您确认一下：这次投诉就到这里，撤回吗？…
    """)
