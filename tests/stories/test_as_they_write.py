"""People write short, broken and in their own way; the answer fits what happened to them."""

from datetime import timedelta

import pytest

from bot.complaint.reading import Category
from tests.stories.stage import Stage


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


@pytest.mark.practice("R27")
async def test_cantonese_of_an_upset_stomach_is_heard(stage: Stage) -> None:
    """Ill is ill in Cantonese too."""
    await stage.play("""
        客户: 食完你哋嘅嘢成晚屙
        机器人: …安全专员…
    """)


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
