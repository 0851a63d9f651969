"""First messages as people type them on a phone: spaces for commas, two troubles at once, half a sentence."""

import pytest

from bot.complaint.case import Severity
from tests.stories.stage import Stage


@pytest.mark.practice("R27", "R6")
async def test_a_swollen_power_bank_is_a_danger_and_nobody_is_ill(stage: Stage) -> None:
    """Whoever got a fright is asked whether anybody is hurt, and not sent to the emergency room."""
    await stage.play("""
        客户: 充电宝充着充着鼓起来了吓死我了
        机器人: 先断电、停用，…有人受伤吗？…
    """)
    assert (await stage.case()).severity is Severity.SEV1


@pytest.mark.practice("S22", "S59")
async def test_either_or_is_said_back_whole(stage: Stage) -> None:
    """Half of an either-or is no wish that anybody said."""
    await stage.play("""
        客户: 空调修了三次了 还是不凉 要么退要么换
        机器人: …
        -- 5秒
        机器人: …空调还是不凉，…您的要求原样记下了：“要么退要么换”。…
    """)


@pytest.mark.practice("S59")
async def test_an_old_back_is_no_trouble_of_ours_to_repeat(stage: Stage) -> None:
    """Their age and their strength are not said back as what is wrong."""
    await stage.play("""
        客户: 说好送货上门 给我扔驿站了 我七十多了搬不动
        机器人: …
        -- 5秒
        机器人: 谢谢您告诉我们。这件事，…
    """)


@pytest.mark.practice("S59")
async def test_an_invoice_that_does_not_come_is_no_spoiled_food(stage: Stage) -> None:
    """What runs out is the time to hand it in: both are said back as they were told."""
    await stage.play("""
        客户: 发票开了一个月还没开出来 报销要过期了
        机器人: …
        -- 5秒
        机器人: 谢谢您告诉我们。发票开了一个月还没开出来、报销要过期了，一样接一样，…
    """)


@pytest.mark.practice("S22")
async def test_what_came_in_another_colour_is_no_wish_to_have_it_sent(stage: Stage) -> None:
    """That it came yellow asks for nothing; nothing is promised for it."""
    await stage.play("""
        客户: 衣服色差太大了8 图片是米白 发来是黄的
        机器人: …
        -- 5秒
        机器人: 谢谢您告诉我们。衣服的事，…订单号是多少？…
    """)
    assert (await stage.case()).wishes == ()


@pytest.mark.practice("S64")
async def test_no_power_is_no_late_parcel(english_stage: Stage) -> None:
    """A kettle without power is unplugged and checked, whatever number stands beside it."""
    await english_stage.play("""
        Customer: kettle has no power, order 8841
        Bot: …
        -- 4s
        Bot: …It ought to work, …unplug it…A replacement, a refund or something else: just say.
    """)


@pytest.mark.practice("S3", "S22")
async def test_another_courier_next_time_is_no_wish_to_have_it_changed(stage: Stage) -> None:
    """What should be otherwise next time is advice; nobody gets a new one for it."""
    await stage.play("""
        客户: 东西挺好 就是快递太慢啦 下次换个快递呗
        机器人: …
        -- 5秒
        机器人: 谢谢您告诉我们。快递太慢啦，…
    """)
    assert (await stage.case()).wishes == ()


@pytest.mark.practice("R27", "R6")
async def test_a_hole_in_the_sheet_is_a_danger_and_nobody_is_burnt(english_stage: Stage) -> None:
    """It is asked whether anybody is hurt; the emergency number is for who is."""
    await english_stage.play("""
        Customer: the heating pad burnt a hole in my sheet woke up to the smell
        Bot: …anyone hurt?…
    """)
    assert (await english_stage.case()).severity is Severity.SEV1
