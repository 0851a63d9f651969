"""Digests: one message at its time, once, with what matters and nobody's name."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.complaint.evolving import replace
from bot.config import load_rules
from bot.policy.digests import Digests
from bot.policy.rules import Rules
from bot.sandbox.messages import Message
from tests.stories import spots
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage

EVENING = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
"""Wednesday, six in the evening in Shanghai."""
SATURDAY = datetime(2026, 7, 4, 2, 0, tzinfo=UTC)


def brand(daily: str = "09:00", weekly: str = "") -> Rules:
    """The demo brand with digests."""
    return replace(load_rules(), digest=Digests(daily=daily, weekly=weekly))


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[Stage]:
    """A house that wants a digest at nine, the evening before."""
    async with raise_stage(tmp_path, rules=brand(), start=EVENING) as stage:
        yield stage


def digests(stage: Stage) -> list[Message]:
    """What stands in General of the desk."""
    said = spots.from_bot(stage.demo, spots.general(stage.demo, "大群"))
    return [one for one in said if one.text.startswith(("日报", "一周"))]


async def later(stage: Stage, hours: float, *, comes: bool = True) -> None:
    """Time passes; where a digest is to come, it is waited for."""
    before = len(digests(stage))
    await stage.pass_time(timedelta(hours=hours))
    if comes:
        await stage.demo.world.wait_until(lambda: len(digests(stage)) > before)
    await stage.settle()


@pytest.mark.practice("S41")
async def test_the_daily_digest_tells_yesterday_in_one_message(evening: Stage) -> None:
    """At nine the desk reads what came, what it was about, and what customers say."""
    await evening.do("客户", "上周买的电热壶不通电，壶嘴一倒就漏水")
    await evening.do("客户2", "快递送错了，等了三天还没换")

    await later(evening, 15)

    (told,) = digests(evening)
    lines = told.text.splitlines()
    assert lines[0] == "日报 7月1日"
    assert lines[1].startswith("来了 2 件，结案 0 件")
    assert "“快递送错了，等了三天还没换”" in lines
    assert len(lines) < 16


async def test_it_comes_once_however_often_the_house_opens(tmp_path: Path) -> None:
    """A digest is a row with a name of its own: a house that opens anew sends it no second time."""
    async with raise_stage(tmp_path, rules=brand(), start=EVENING) as first:
        await first.do("客户", "上周买的电热壶不通电")
        await later(first, 15)
    async with raise_stage(tmp_path, rules=brand(), again=first) as second:
        await second.settle()
        await later(second, 1, comes=False)

        assert len(digests(second)) == 1


async def test_after_days_away_there_is_one_late_digest(tmp_path: Path) -> None:
    """The house was down from Thursday noon to Tuesday noon: one daily digest, of all days since the last one."""
    async with raise_stage(tmp_path, rules=brand(), start=EVENING) as first:
        await first.do("客户", "上周买的电热壶不通电")
        await later(first, 15)
        await first.do("客户2", "快递送错了，等了三天还没换")
    first.clock.move(timedelta(days=5, hours=3))
    async with raise_stage(tmp_path, rules=brand(), again=first) as second:
        await second.demo.world.wait_until(lambda: len(digests(second)) > 1)
        await second.settle()
        await later(second, 1, comes=False)

        told = [one.text.splitlines()[:2] for one in digests(second)]
        assert [days for days, _ in told] == ["日报 7月1日", "日报 7月2日—7月6日"]
        assert [line[:4] for _, line in told] == ["来了 1", "来了 1"]


async def test_a_day_without_anything_to_tell_is_quiet(evening: Stage) -> None:
    """No case, no promise: no message."""
    await later(evening, 15, comes=False)
    await later(evening, 24, comes=False)

    assert not digests(evening)


async def test_no_digest_comes_on_days_on_which_nobody_works(tmp_path: Path) -> None:
    """Saturday's complaint is told on Monday, with the whole weekend."""
    async with raise_stage(tmp_path, rules=brand(), start=SATURDAY) as stage:
        await stage.do("客户", "上周买的电热壶不通电")
        await later(stage, 24, comes=False)
        assert not digests(stage)

        await later(stage, 24)

        assert digests(stage)[0].text.startswith("日报 7月3日—7月5日")


@pytest.mark.practice("S41", "R16")
async def test_nobody_can_be_found_by_a_digest(evening: Stage) -> None:
    """Names, telephone numbers, orders and addresses of customers never stand in it."""
    await evening.do("客户", "我叫周敏，电热壶漏水")
    await evening.do("客户2", "订单尾号88123的炒锅掉涂层")
    await evening.do("客户3", "快递员放在阳光小区门口就走了")
    await evening.do("客户4", "打我电话 13912345678 说清楚")
    await evening.do("客户5", "面包发霉了，全家都不敢吃")

    await later(evening, 15)

    (told,) = digests(evening)
    for secret in ("周敏", "88123", "小区", "139", "客户"):
        assert secret not in told.text
    assert "面包发霉了" in told.text


async def test_the_weekly_digest_has_a_picture(tmp_path: Path) -> None:
    """On Monday at nine the week stands under a picture, in one message."""
    async with raise_stage(tmp_path, rules=brand("", "mon 09:00"), start=SATURDAY) as stage:
        await stage.do("客户", "上周买的电热壶不通电")
        await later(stage, 48)

        (told,) = digests(stage)
        assert told.text.startswith("一周 6月29日—7月5日")
        assert told.body["photo"]


async def test_an_english_desk_reads_english(tmp_path: Path) -> None:
    """The digest speaks the brand's first language."""
    english = replace(brand(), languages=tuple(reversed(load_rules().languages)))
    async with raise_stage(tmp_path, lang="en", rules=english, start=EVENING) as stage:
        await stage.do("Customer", "the kettle I bought last week will not switch on")
        await stage.pass_time(timedelta(hours=15))
        general = spots.general(stage.demo, "大群")
        await stage.demo.world.wait_until(
            lambda: any(one.text.startswith("Daily") for one in spots.from_bot(stage.demo, general)), 20
        )

        told = spots.from_bot(stage.demo, general)[-1].text
        assert told.splitlines()[0] == "Daily 1 July"
        assert "“the kettle I bought last week will not switch on”" in told
