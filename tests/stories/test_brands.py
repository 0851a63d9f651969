"""Several brands behind one bot: what is reckoned of one never counts the other's."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.complaint.evolving import replace
from bot.complaint.reading import Language
from bot.config import load_rules
from bot.office.booking.bookkeeping import facts_between, measures_of
from bot.policy.digests import Digests
from tests.stories import spots
from tests.stories.shop import Shop, raise_shop

EVENING = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
"""Wednesday, six in the evening in Shanghai."""
MOULD = "面包发霉了，批号L20260701，太恶心了"


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Shop]:
    """The common brand, and a tea shop with an account and a digest of its own."""
    own = load_rules()
    moon = replace(
        own,
        name={Language.ZH: "月亮茶铺"},
        branch="月亮茶铺",
        digest=Digests(daily="09:00"),
        people=own.people,
    )
    rules = replace(own, branches={1009: moon}, digest=Digests(daily="09:30"))
    async with raise_shop(tmp_path, rules=rules, start=EVENING) as shop:
        assert shop.open("茶铺").id == 1009
        await shop.settle()
        yield shop


def general(shop: Shop) -> list[str]:
    """What the bot has said in General."""
    return [one.text for one in spots.from_bot(shop.demo, spots.general(shop.demo, "大群"))]


async def test_rows_of_facts_carry_their_brand(two: Shop) -> None:
    """The door tells whose case it is, and by whose rules it is measured."""
    await two.do("客户", MOULD)
    await two.do("客户2在茶铺", "茶叶受潮了，要求退款")
    now, store = two.clock.now(), two.house.store
    measures = await measures_of(store, two.rules, now)
    found = await facts_between(store, measures, now - timedelta(days=1), now + timedelta(days=1))

    assert sorted(one.brand for one in found) == ["Hesui", "月亮茶铺"]


@pytest.mark.practice("S71")
async def test_a_cluster_of_one_brand_counts_no_case_of_the_other(two: Shop) -> None:
    """Two of a batch here and one there are none; the third of one brand is, and has those three alone."""
    await two.do("客户", MOULD)
    await two.do("客户2", MOULD)
    await two.do("客户3在茶铺", MOULD)
    await two.pass_time(timedelta(minutes=1))
    assert await two.house.store.last_incident() == 0

    await two.do("客户4", MOULD)
    await two.pass_time(timedelta(minutes=1))

    (incident,) = await two.house.store.incidents(dismissed_since=EVENING)
    channels = {case.no: case.channel for case, _ in await two.kept()}
    assert [channels[no] for no in await two.house.store.linked(incident.no)] == ["telegram_private"] * 3


def digests(shop: Shop) -> list[str]:
    """The daily digests that have come to General, among whatever else is said there."""
    return [one for one in general(shop) if "日报" in one]


def _digests_are(shop: Shop, count: int) -> bool:
    return len(digests(shop)) == count


@pytest.mark.practice("S41")
async def test_each_brand_reads_its_own_digest(two: Shop) -> None:
    """The tea shop's tells of the tea shop; the common one of all, and how many came to each."""
    await two.do("客户", MOULD)
    await two.do("客户2", "快递送错了，等了三天还没换")
    await two.do("客户3在茶铺", "茶叶受潮了，要求退款")
    for count, hours in enumerate((15, 1), start=1):
        two.clock.move(timedelta(hours=hours))
        await two.demo.world.wait_until(partial(_digests_are, two, count))

    own, common = digests(two)
    assert own.splitlines()[:2] == ["月亮茶铺 日报 7月1日", "来了 1 件，结案 0 件"]
    assert common.splitlines()[0] == "日报 7月1日"
    assert common.splitlines()[1].startswith("来了 3 件")
    assert "禾穗 2 件、月亮茶铺 1 件" in common.splitlines()


async def test_pictures_of_one_brand_show_its_cases_alone(two: Shop) -> None:
    """`/report` with a brand's name, in any order with the days."""
    await two.do("客户", MOULD)
    await two.do("客户3在茶铺", "茶叶受潮了，要求退款")
    await two.do("陈岚在大群", "/report 月亮茶铺 本周")
    await two.demo.world.wait_until(lambda: any("来了" in one for one in general(two)))

    assert "月亮茶铺：6月29日到7月1日来了 1 件，结案 0 件" in general(two)
    assert not any("来了 2 件" in one for one in general(two))
