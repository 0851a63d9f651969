"""Calls by the customer's own clock: nobody is rung up at night, and their times are told as they have them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.config import load_rules
from bot.policy.zones import awake, zones_of
from tests.stories.stage import Stage

TILL_THE_NUMBER = """
    客户: 垃圾公司！骗子！我要气死了！！
    机器人: …
    客户: 我买的电饭锅坏了两次
    客户: 电话打了没人接
    客户: 店员说话还难听
    -- 4秒
    机器人: …后面我不多问了…
    客户: 明天上午
    机器人: …明天…哪个号码…
"""


async def _share(stage: Stage, number: str) -> None:
    """The customer taps Telegram's contact button."""
    stage.demo.world.share_contact(stage.demo.customer.id, phone=number)
    await stage.settle()


@pytest.mark.practice("S48", "S69")
async def test_nobody_is_rung_up_at_night(stage: Stage) -> None:
    """A morning in Shanghai is night in London: others are offered, by their clock."""
    await stage.play(TILL_THE_NUMBER)
    await _share(stage, "447946001800")
    await stage.play("""
        机器人: 这个时间您那边是夜里，不吵您。换一个时间，哪个方便？
        按钮: 今天9:30–10:30（您那边的时间） | 明天9:00–10:00（您那边的时间） | 明天10:00–11:00（您那边的时间） | 转人工
        客户点: 今天9:30–10:30（您那边的时间）
        机器人: 约好了：客服同事今天9:30–10:30（您那边的时间）给您打电话…
    """)
    case = await stage.case()
    assert (case.facts.zone, case.facts.phone_own) == ("Europe/London", True)
    assert case.open_tasks[0].begins == datetime(2026, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/London"))


async def test_where_day_is_night_the_answer_is_written(stage: Stage) -> None:
    """In Buenos Aires it is night whenever the desk works: no call is promised, the answer is written by a time."""
    await stage.play(TILL_THE_NUMBER)
    await _share(stage, "+541112345678")
    await stage.play("""
        机器人: 我们上班时您那边是夜里，就不打电话吵您了。同事…（您那边的时间）前在这里答复您。
    """)
    assert not any(one.kind == "call_back" for one in (await stage.case()).promises)


async def test_a_country_with_several_clocks_is_asked(stage: Stage) -> None:
    """A number from Russia: one tap says what time it is there, and the call follows it."""
    await stage.play(TILL_THE_NUMBER)
    await _share(stage, "+74951234567")
    await stage.play("""
        机器人: 您那边现在几点？点一下，免得半夜吵醒您。
        按钮: 现在5:00 | 现在7:00 | 现在9:00 | 现在12:00 | 转人工
        客户点: 现在12:00
        机器人: 约好了…（您那边的时间）给您打电话…
    """)
    assert (await stage.case()).facts.zone == "Asia/Vladivostok"


async def test_somebody_elses_card_is_as_typed(stage: Stage) -> None:
    """A contact of somebody else's is taken for the number they mean, and is not shown as verified."""
    await stage.play(f"""
        {TILL_THE_NUMBER}
        客户发名片:
        机器人: 约好了…
    """)
    assert (await stage.case()).facts.phone_own is False


@pytest.mark.parametrize(
    ("phone", "zones"),
    [
        ("+44 20 7946 0018", ("Europe/London",)),
        ("0033 1 23 45 67 89", ("Europe/Paris",)),
        ("13812345678", ()),
        ("+852 2345 6789", ("Asia/Hong_Kong",)),
        ("+999 123", ()),
    ],
)
def test_a_number_names_its_country_or_none(phone: str, zones: tuple[str, ...]) -> None:
    """Only a number that begins with a country tells where it is."""
    assert zones_of(phone) == zones


def test_a_number_as_telegram_gives_it_has_no_plus() -> None:
    """It begins with its country all the same; one with several clocks names them all."""
    assert zones_of("447946001800", international=True) == ("Europe/London",)
    assert len(zones_of("12125550100", international=True)) == 4


def test_night_is_by_their_clock() -> None:
    """Eleven in the morning in Shanghai is night in London, and four in the afternoon is not."""
    rules, hour = load_rules(), timedelta(hours=1)
    eleven = datetime(2026, 7, 2, 11, 0, tzinfo=rules.clock)
    assert awake(rules, eleven, eleven + hour, None)
    assert not awake(rules, eleven, eleven + hour, "Europe/London")
    assert awake(rules, eleven + 5 * hour, eleven + 6 * hour, "Europe/London")
