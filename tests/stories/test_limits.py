"""Limits of complaints in a million shipped: looked at once a day, told once, and again when it has doubled."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.complaint.axes import Severity
from bot.complaint.evolving import replace
from bot.complaint.incidents import Alarm, IncidentState
from bot.config import load_rules
from bot.policy.limits import PpmLimits
from bot.policy.rules import Rules
from tests.stories.incident_scene import complain, in_general, incident
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage

EVENING = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
"""Wednesday, six in the evening in Shanghai: the next look is at nine."""
MORNING = timedelta(hours=15)
DAY = timedelta(days=1)
SHIPPED = """product,batch,date,units
全麦吐司面包,,2026-06-25,4000
toast_bread,L20260701,2026-06-20,10000
kettle,,2026-06-20,1000000
"""


def brand(folder: Path, **limits: object) -> Rules:
    """The demo brand, which tells what it shipped."""
    file = folder / "shipments.csv"
    file.write_text(SHIPPED, "utf-8")
    return replace(load_rules(), shipments=str(file), ppm=PpmLimits(**limits))  # type: ignore[arg-type]


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[Stage]:
    """A house that knows what was shipped, the evening before."""
    async with raise_stage(tmp_path, rules=brand(tmp_path), start=EVENING) as stage:
        yield stage


async def of_batch(stage: Stage, count: int, *, first: int = 1) -> None:
    """So many complain of one batch, each of something else: no other rule takes them for one matter."""
    troubles = ("有虫子", "发霉了", "包装破了", "少了两片", "送晚了", "标签看不清")
    for number in range(first, first + count):
        await complain(stage, f"客户{number}", f"面包{troubles[number % 6]}，批号L20260701")


async def morning(stage: Stage, span: timedelta = MORNING, *, tells: bool = True) -> None:
    """The time of the look comes; where it is to tell something, that is waited for."""
    before = len(in_general(stage))
    await stage.pass_time(span)
    if tells:
        await stage.demo.world.wait_until(lambda: len(in_general(stage)) > before)
    await stage.settle()


@pytest.mark.practice("S67", "S68")
async def test_a_batch_above_its_limit_is_told_once(evening: Stage) -> None:
    """Two of 10,000 are 200 PPM: at nine one card says so, with the cases and what they said; then it is quiet."""
    await of_batch(evening, 2)
    assert in_general(evening) == []
    await morning(evening)
    (card,) = in_general(evening)
    assert card.splitlines() == [
        "🟠 事件 1 · 疑似 · 2 件",
        "全麦吐司面包 · 批号 L20260701",
        "超过百万件投诉率上限",
        "📈 全麦吐司面包 L20260701：PPM 200，上限 100；30 天 2 件",
        "📈 全麦吐司面包：PPM 143，上限 100；30 天 2 件",
        "说得最多：发霉 1、破了 1",
        "100-0038、100-0001",
    ]
    assert (await incident(evening)).alarm is Alarm.PPM
    await morning(evening, DAY, tells=False)
    await morning(evening, DAY, tells=False)
    assert in_general(evening) == [card]


@pytest.mark.practice("S68")
async def test_it_is_told_again_when_it_has_doubled(evening: Stage) -> None:
    """A third case is no news; the fourth makes it 400 PPM: the card comes anew, at the end where it is seen."""
    await of_batch(evening, 2)
    await morning(evening)
    await of_batch(evening, 1, first=3)
    await morning(evening, DAY, tells=False)
    assert len(in_general(evening)) == 1
    await of_batch(evening, 1, first=4)
    await morning(evening, DAY)
    first, anew = in_general(evening)
    assert anew.startswith("🟠 事件 1 · 疑似 · 4 件")
    assert "L20260701：PPM 400，上限 100" in anew
    assert first == anew


@pytest.mark.practice("S68", "S71")
async def test_it_is_declared_as_any_incident_is(evening: Stage) -> None:
    """The card has the buttons of incidents: a supervisor declares it, and its cases know it."""
    await of_batch(evening, 2)
    await morning(evening)
    await evening.do("林晓在大群点", "确认是事件")
    assert "主管" in evening.notice()
    await evening.do("陈岚在大群点", "确认是事件")
    assert (await incident(evening)).state is IncidentState.DECLARED
    assert {case.incident for case, _ in await evening.kept()} == {1}


async def test_what_is_no_incident_is_not_told_again_until_it_doubles(evening: Stage) -> None:
    """Dismissed, the crossing stays quiet on the following days; doubled, it is asked about anew."""
    await of_batch(evening, 2)
    await morning(evening)
    await evening.do("陈岚在大群点", "不是")
    await morning(evening, DAY, tells=False)
    assert len(in_general(evening)) == 1
    await of_batch(evening, 2, first=3)
    await morning(evening, DAY)
    assert in_general(evening)[-1].startswith("🟠 事件 2 · 疑似 · 4 件")


async def test_a_house_that_opens_anew_tells_it_no_second_time(tmp_path: Path) -> None:
    """What was told stands on the incident, and the day's look is a row with a name of its own."""
    async with raise_stage(tmp_path, rules=brand(tmp_path), start=EVENING) as first:
        await of_batch(first, 2)
        await morning(first)
    async with raise_stage(tmp_path, rules=brand(tmp_path), again=first) as second:
        await morning(second, timedelta(hours=1), tells=False)
        await morning(second, DAY, tells=False)
        assert len(in_general(second)) == 1


@pytest.mark.practice("S68")
async def test_a_product_may_have_a_limit_of_its_own(tmp_path: Path) -> None:
    """200 PPM are nothing to tell of a product that may have 500."""
    async with raise_stage(
        tmp_path, rules=brand(tmp_path, products={"toast_bread": 500.0}), start=EVENING
    ) as stage:
        await of_batch(stage, 2)
        await morning(stage, tells=False)
        await morning(stage, DAY, tells=False)
        assert in_general(stage) == []


@pytest.mark.practice("S71", "S68")
async def test_three_of_a_day_are_as_grave_in_an_incident_that_a_limit_made(evening: Stage) -> None:
    """The batch is known by its PPM; three more of one kind within a day make it urgent, as they would alone."""
    await of_batch(evening, 2)
    await morning(evening)
    assert (await incident(evening)).severity is Severity.SEV2
    for number in range(3, 6):
        await complain(evening, f"客户{number}", "面包有虫子，批号L20260701")
    found = await incident(evening)
    assert (found.severity, found.count) == (Severity.SEV1, 5)
