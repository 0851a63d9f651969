"""What the brand learns, as chat logs: a cause is ended by somebody, with proof, and it shows whether it came back."""

from datetime import timedelta

import pytest

from bot.complaint.lessons import Fate, Lesson, LessonState
from bot.office.booking.bookkeeping import bring_up_to_date, measures_of
from tests.stories import spots
from tests.stories.stage import Stage
from tests.stories.test_afterwards import IDEA

CAUSED = """
    客户: 转人工，电热壶不通电，订单8841
    机器人: …已为您转人工…
    林晓点: 我来接
    机器人: 客服同事已经接手…
    林晓: /upheld 插头内焊点虚焊 | 这一批全部返检
    机器人: 查清楚了…
    群: 林晓 认定属实…
    林晓点: 生产
"""


async def made(stage: Stage) -> None:
    """The rows of facts are made, as the bookkeeper does once a case has rested."""
    store = stage.house.store
    await bring_up_to_date(store, await measures_of(store, stage.rules, stage.clock.now()))


async def lesson(stage: Stage) -> Lesson:
    """The newest lesson, as it is kept."""
    return (await stage.house.store.lessons())[-1]


def in_general(stage: Stage) -> str:
    """What the bot said last in General."""
    return spots.from_bot(stage.demo, spots.general(stage.demo, "大群"))[-1].text


@pytest.mark.practice("S65", "R18")
async def test_a_cause_gets_somebody_who_ends_it_by_a_day_and_shows_the_proof(stage: Stage) -> None:
    """Set in the case's topic, reminded when due, done only with proof; from that day on it is in force."""
    await stage.play(f"""
        {CAUSED}
        林晓: /lesson @王珂 7月8日 换焊接夹具
        群: 改进 1 · 进行中 生产 · 1.7升电热壶…换焊接夹具…王珂，7月8日(周三)18:00前…近 90 天这类…最早从 100-0001 提起…
        林晓: /lesson 完成 1
        群: 没有改进 1，或它已经结束，或少了凭据。…
    """)
    assert (await lesson(stage)).state is LessonState.OPEN
    await stage.live_through(timedelta(days=7, hours=9))
    said = [one.text for one in spots.from_bot(stage.demo, spots.general(stage.demo, "大群"))]
    assert [one for one in said if one.startswith("⏰ 改进 1：换焊接夹具")]
    assert [one for one in said if one.startswith("❗ 改进 1 过期没做完：换焊接夹具")]
    await stage.do("王珂在大群", "/lesson 完成 1 夹具照片和百件抽检")
    assert "改进 1 · 已完成" in in_general(stage)
    assert "凭据：夹具照片和百件抽检" in in_general(stage)
    kept = await lesson(stage)
    today = stage.clock.now().astimezone(stage.rules.clock).date()
    assert (kept.state, kept.in_force, kept.owner) == (LessonState.DONE, today, "王珂")
    before = len(spots.from_bot(stage.demo, spots.general(stage.demo, "大群")))
    await stage.live_through(timedelta(days=4))
    after = [one.text for one in spots.from_bot(stage.demo, spots.general(stage.demo, "大群"))][before:]
    assert not [one for one in after if "改进" in one]


@pytest.mark.practice("S65")
async def test_without_a_cause_there_is_nothing_to_end(stage: Stage) -> None:
    """First the cause; outside a case it is told how it is written."""
    await stage.play("""
        客户: 转人工，电热壶不通电，订单8841
        机器人: …
        林晓点: 我来接
        机器人: 客服同事已经接手…
        林晓: /lesson @王珂 周五 换焊接夹具
        群: 先选原因：/cause。改进是针对原因的。
    """)
    await stage.do("林晓在大群", "/lesson @王珂 周五 换焊接夹具")
    assert in_general(stage).startswith("这样写")
    assert await stage.house.store.lessons() == []


@pytest.mark.practice("S65", "R18")
async def test_the_list_shows_what_is_done_against_which_cause_and_what_nobody_ends(stage: Stage) -> None:
    """With the number of cases; a cause with two cases and without an owner is named; it can be narrowed."""
    await stage.play(CAUSED)
    await stage.play(CAUSED.replace("客户:", "客户2:"))
    await made(stage)
    await stage.do("陈岚在大群", "/lessons")
    assert in_general(stage) == "改进：没有\n还没人管：生产 1.7升电热壶 2 件"
    await stage.do("林晓", "/lesson @王珂 7月8日 换焊接夹具")
    await stage.do("陈岚在大群", "/lessons 电热壶")
    assert in_general(stage).startswith(
        "改进 “电热壶” 1 项，1 项没做完\n▫️ 1 生产 · 1.7升电热壶 · 2 件\n换焊接夹具 · 王珂"
    )
    await stage.do("陈岚在大群", "/lessons 运输")
    assert in_general(stage) == "改进 “运输”：没有"


@pytest.mark.practice("R18")
async def test_what_comes_back_after_a_fix_is_counted(stage: Stage) -> None:
    """Cases of the same cause and product after its first day, beside those of the ninety days before."""
    await stage.play(CAUSED)
    await stage.do("林晓", "/lesson @王珂 7月8日 换焊接夹具")
    await stage.pass_time(timedelta(days=1))
    await stage.do("王珂在大群", "/lesson 完成 1 照片")
    await stage.pass_time(timedelta(days=20))
    await made(stage)
    await stage.do("陈岚在大群", "/lesson 1")
    assert "前 90 天 1 件，后 21 天 0 件，没再发生" in in_general(stage)
    await stage.do("客户2", "转人工，电热壶不通电，订单8841")
    await stage.do("林晓点", "我来接")
    await stage.do("林晓", "/upheld 插头内焊点虚焊 | 这一批全部返检")
    await stage.do("林晓点", "生产")
    await made(stage)
    await stage.do("陈岚在大群", "/lesson 1")
    assert "前 90 天 1 件，后 21 天 1 件，反而多了" in in_general(stage)


@pytest.mark.practice("S41", "S100", "S40")
async def test_a_suggestion_has_an_owner_and_a_fate_and_its_last_word(stage: Stage) -> None:
    """Given to somebody, adopted with thanks, done with one more word to whoever wanted to hear; then it is over."""
    await stage.play(f"""
        {IDEA}
        客户点: 可以
        机器人: 好…
    """)
    await stage.do("陈岚在大群", "/suggestions")
    assert "建议 1 条" in in_general(stage)
    assert "· 新" in in_general(stage)
    await stage.play("""
        林晓: /idea @王珂
        群: 建议：评估中 · 王珂
        林晓: /idea 完成 新包装上架
        群: …在建议的案子里写…
        林晓: /idea 采用 包装加了易撕口
        机器人: 您提的建议，我们采用了：包装加了易撕口。…
        群: 已登记采用…
    """)
    await stage.do("陈岚在大群", "/suggestions")
    assert "· 已采用 · 王珂\n包装加了易撕口" in in_general(stage)
    await stage.play("""
        林晓: /idea 完成 新包装七月起上架
        机器人: 您的建议已经做到了：新包装七月起上架。谢谢您当时告诉我们。
        群: 建议：已做到 · 王珂：新包装七月起上架。已告诉顾客
        .. 5天
    """)
    await stage.do("陈岚在大群", "/suggestions")
    assert in_general(stage) == "建议：没有"
    await stage.do("陈岚在大群", "/suggestions 全部")
    assert "· 已做到" in in_general(stage)
    idea = (await stage.case()).idea
    assert idea is not None
    assert (idea.fate, idea.owner) == (Fate.DONE, "王珂")


@pytest.mark.practice("S100")
async def test_what_is_declined_is_kept_with_its_reason_and_nobody_is_written_to(stage: Stage) -> None:
    """A promise of news was one of good news; a reason is needed, and a complaint is no suggestion."""
    await stage.play(f"""
        {IDEA}
        客户点: 可以
        机器人: 好…
        林晓: /idea 不采用
        群: …这条没看懂。…
        林晓: /idea 不采用 会漏油
        群: 建议：不采用 · 林晓：会漏油
        .. 5天
    """)
    await stage.do("陈岚在大群", "/suggestions")
    assert in_general(stage) == "建议：没有"
