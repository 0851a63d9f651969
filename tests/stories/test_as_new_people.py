"""What ten new people wrote, and what they should not have been answered."""

import pytest

from bot.complaint.case import Severity
from bot.complaint.reading import Family
from tests.stories.stage import Stage


@pytest.mark.practice("R27", "S13")
@pytest.mark.parametrize("words", ["买的电饭锅内胆掉皮了", "行李箱掉皮了", "水壶壶底起皮"])
async def test_a_thing_that_peels_is_no_injury(stage: Stage, words: str) -> None:
    """A coat comes off a pot: it is asked for the order, and nobody is sent to an emergency room."""
    await stage.play(f"""
        客户: {words}
        机器人: 在的…
        -- 5秒
        机器人: 谢谢您告诉我们。…订单号是多少？…
    """)


@pytest.mark.practice("S8", "R27")
async def test_sour_milk_is_asked_after(stage: Stage) -> None:
    """Milk that tastes a little sour is food gone off, and health comes first."""
    await stage.play("""
        客户: 牛奶喝着有点酸
        机器人: 先问最要紧的：有人吃了或者不舒服吗？…
    """)


@pytest.mark.practice("S13", "R32")
async def test_an_old_lady_who_knows_of_no_order_is_not_asked_for_it(stage: Stage) -> None:
    """What she said amid the question about her health counts: no number is asked for, and she is thanked back."""
    await stage.play("""
        客户: 我是个老太婆 不太会打字
        机器人: …
        -- 5秒
        机器人: …
        客户: 那个电热水壶 烧水烧一半它自己就停了 停了我又按 按了又停 我一个人在家 孩子都不在身边
        机器人: …有人受伤或者不舒服吗？
        客户: 我不知道什么订单号 是我孙子给我买的
        -- 5秒
        机器人: …您觉得怎么处理比较合适？…
        客户: 换一个也行
        机器人: …
        客户: 好 谢谢你啊 小姑娘
        机器人: 不客气。还有事随时写在这里。
        客户: 好的
    """)
    case = await stage.case()
    assert Family.VULNERABLE in case.families()


@pytest.mark.practice("S18", "S50")
async def test_a_broken_fridge_is_the_matter_though_nobody_answers(stage: Stage) -> None:
    """Who adds that nobody answers is asked for the order of the fridge, and not which shop it was."""
    await stage.play("""
        客户: 冰箱坏了 客服没人管
        机器人: 在的…
        -- 5秒
        机器人: 谢谢您告诉我们。…订单号是多少？…
    """)


@pytest.mark.practice("R22", "S53")
async def test_a_call_that_was_promised_and_did_not_come_is_a_broken_promise(stage: Stage) -> None:
    """Told that they would call within three days, and this is the fifth, it hears a complaint and no new request."""
    await stage.play("""
        客户: 客服说三天内给我回电话，今天第五天了
        机器人: 在的…
        -- 5秒
        机器人: 谢谢您告诉我们。…“回电话”。已经转给客服同事，…
    """)
    case = await stage.case()
    assert Family.BROKEN_PROMISE in case.families()
    assert case.severity <= Severity.SEV2


@pytest.mark.practice("S22", "S84")
async def test_a_wrong_address_is_passed_on_at_once(stage: Stage) -> None:
    """It is no claim to be weighed for a week, and no receipt is wanted for it."""
    await stage.play("""
        客户: 订错地址了能改吗
        机器人: 在的…
        -- 5秒
        机器人: …您的要求原样记下了：“订错地址了能改”。已经转给客服同事，明天18:00前答复您。
    """)


@pytest.mark.practice("S60", "S22")
async def test_who_wants_to_leave_is_not_pitied_for_a_leak(stage: Stage) -> None:
    """To close a membership is a wish, and nothing of theirs has come out."""
    await stage.play("""
        客户: 怎么注销会员
        机器人: 在的…
        -- 5秒
        机器人: 谢谢您告诉我们。这件事给您添堵了，很抱歉。…“怎么注销”。已经转给客服同事，…
    """)


@pytest.mark.practice("S64", "S8")
async def test_nobody_eats_detergent(stage: Stage) -> None:
    """Lumps in the detergent: it is put aside, and nobody is asked who ate of it."""
    await stage.play("""
        客户: 洗衣液倒出来有一坨一坨的 还能用不
        机器人: …拿不准就先别吃、别用；…
        -- 5秒
        机器人: 谢谢您告诉我们。洗衣液的事，…先别再用了，东西和包装都留着。…
    """)


@pytest.mark.practice("R51", "S91")
async def test_what_the_order_is_for_is_told_to_who_will_not_give_it(stage: Stage) -> None:
    """The purpose that is told is that of what was asked; what is no part of the trouble is not read back."""
    await stage.play("""
        客户: 衣服尺码不对 标的L穿着像S
        机器人: 在的…
        -- 5秒
        机器人: …订单号是多少？…
        客户: 我不想给订单号
        机器人: 不想给完全可以，不影响处理。那串号码只用来查到这一单，…我记下的是：衣服尺码不对 标的L穿着像S。…
    """)


@pytest.mark.practice("S92")
async def test_a_question_to_us_is_no_part_of_what_happened(stage: Stage) -> None:
    """Asked who we think they are, the bot does not read that back as their trouble."""
    await stage.play("""
        客户: 耳机左边没声
        机器人: 在的…
        -- 5秒
        机器人: …订单号是多少？…
        客户: 你们怎么知道我是谁
        -- 5秒
        机器人: …
        客户: 跳过
        机器人: 我记下的是：耳机左边没声。可能…
    """)


@pytest.mark.practice("R22", "S53", "R5")
async def test_a_question_after_the_agreement_is_for_people(stage: Stage) -> None:
    """The card is closed that the money should go to: that is no "noted", somebody answers by a time."""
    await stage.play("""
        客户: 壶坏了 8841 退款
        机器人: 在的…
        -- 5秒
        机器人: …这样可以吗？
        客户: 同意
        机器人: 好，都登记上了，…
        客户: 原来的卡注销了怎么办
        机器人: 都记着，同事今天14:30前答复您。…
    """)


@pytest.mark.practice("S45")
async def test_what_has_come_is_not_announced_any_more(stage: Stage) -> None:
    """What is said to have come is noted, without a date by which it will be done."""
    await stage.play("""
        客户: 电热壶不通电 8841 换新
        机器人: 在的…
        -- 5秒
        机器人: …这样可以吗？
        客户: 同意
        机器人: 好，都登记上了，…
        客户: 收到了
        机器人: 记下了。
    """)
    assert stage.said()[-1] == "记下了。"


@pytest.mark.practice("S64", "S13")
async def test_a_kettle_to_be_sent_back_is_no_app(english_stage: Stage) -> None:
    """The page fails that they return it on: the kettle is the matter, and nobody is told not to reinstall it."""
    await english_stage.play("""
        Customer: tried 3 times to return this kettle. website says error. phone rings out. what now
        Bot: I'm here…
        -- 5s
        Bot: …I'm sorry about the kettle. Having to chase it is wearing.…What is the order number?…
    """)


@pytest.mark.practice("S64")
async def test_a_jigsaw_has_no_plug(english_stage: Stage) -> None:
    """Pieces are missing: keep the packing list."""
    await english_stage.play("""
        Customer: is this a joke? half the jigsaw pieces are missing
        Bot: I'm here…
        -- 5s
        Bot: …It's annoying when something is missing.…
    """)


@pytest.mark.practice("S44")
async def test_thanks_are_answered_in_english_too(english_stage: Stage) -> None:
    """Who thanks while they wait is welcome, and a nod needs no answer."""
    await english_stage.play("""
        Customer: I want to talk to a person
        Bot: …passed you to a person.…
        Customer: thank you
        Bot: You're welcome. If there is anything else, just write here.
        Customer: ok
    """)


@pytest.mark.practice("R27", "S13")
@pytest.mark.parametrize(
    "words", ["你们小程序把我券吞了", "自动售货机吞了我的钱", "电动牙刷充不进电 一直闪红灯"]
)
async def test_a_voucher_that_was_swallowed_hurts_nobody(stage: Stage, words: str) -> None:
    """A machine that swallows money, or a red lamp, sends nobody to an emergency room."""
    await stage.play(f"""
        客户: {words}
        机器人: 在的…
        -- 5秒
        机器人: …
    """)
    assert Family.INJURY not in (await stage.case()).families()


@pytest.mark.practice("S84", "R5")
async def test_when_the_refund_comes_is_looked_up(stage: Stage) -> None:
    """Who asks in first words how long their refund takes is not asked what is wrong with which thing."""
    await stage.play("""
        客户: 你好，请问退款多久到账呀，18号退的
        机器人: 在的…
        -- 5秒
        机器人: 谢谢您告诉我们。…订单号是多少？…
        客户: 8841
        -- 5秒
        机器人: 这笔退款走到哪一步，我请客服同事去查，…
    """)


@pytest.mark.practice("S50", "S59")
async def test_a_fitter_who_never_came_is_said_back(stage: Stage) -> None:
    """What happened is said back in a sentence that reads well, and is a matter of after-sales."""
    await stage.play("""
        客户: 预约安装师傅三次都没来
        机器人: 在的…
        -- 5秒
        机器人: 谢谢您告诉我们。预约安装师傅三次都没来，来回折腾，确实耗人，很抱歉。…
    """)
