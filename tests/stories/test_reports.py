"""`/report` at the desk: asked in a few words, answered with pictures, by rights, and by nobody's waiting."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.sandbox.messages import Message
from tests.stories import spots
from tests.stories.raising import raise_stage
from tests.stories.stage import JOB, Stage

TWO = """
    客户: 上周买的电热壶不通电，壶嘴一倒就漏水
    机器人: …
    -- 5秒
    机器人: …
    客户2: 快递送错了，等了三天还没换
    机器人: …
    -- 5秒
    机器人: …
"""


@pytest.fixture
async def busy(tmp_path: Path) -> AsyncIterator[Stage]:
    """A house with two complaints of today."""
    async with raise_stage(tmp_path) as stage:
        await stage.play(TWO)
        yield stage


def pictures(stage: Stage) -> list[Message]:
    """The photos that the bot has put into General."""
    said = spots.from_bot(stage.demo, spots.general(stage.demo, "大群"))
    return [one for one in said if "photo" in one.body]


@asynccontextmanager
async def easel_held_up(stage: Stage) -> AsyncIterator[None]:
    """Whoever draws has begun, and stands still meanwhile."""
    async with asyncio.timeout(JOB):
        while (easel := stage.house.fittings.reports._room._easel) is None:  # noqa: ASYNC110 - as below
            await asyncio.sleep(0)
    easel.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        easel.send_signal(signal.SIGCONT)


def opened(stage: Stage, message: Message) -> Image.Image:
    """A photo as it lies at Telegram."""
    photo: dict[str, Any] = message.body["photo"][-1]
    content = stage.demo.world.files.find_as(photo["file_id"], "photo").data
    return Image.open(BytesIO(content))


async def test_a_supervisor_gets_pictures_with_a_line_each(busy: Stage) -> None:
    """`/report` brings four portraits; what they show stands under them in one line."""
    await busy.play("""
        陈岚在大群: /report
        大群: 6月2日到7月1日来了 2 件，结案 0 件
        大群: 还没有承诺到期
        大群: 还没有人答回访
        大群: 问题最多的是…质量…
    """)

    found = pictures(busy)
    assert [opened(busy, one).size for one in found] == [(960, 1200)] * 4
    assert found[0].body["reply_to_message"]["text"] == "/report"
    assert all(one.body["caption"] for one in found)


async def test_days_and_product_are_understood_in_any_order(busy: Stage) -> None:
    """A period and a product narrow it; the product is called by any of its names."""
    await busy.play("""
        陈岚在大群: /report 电热壶 本周
        大群: 1.7升电热壶：6月29日到7月1日来了 1 件，结案 0 件…
        大群: …
        大群: …
        大群: …
        陈岚在大群: /report kettle 上月
        大群: 6月1日到6月30日没有1.7升电热壶的投诉
    """)


async def test_what_is_not_understood_is_answered_with_examples(busy: Stage) -> None:
    """A period that is none, or a product nobody sells, gets an example at once."""
    await busy.play("""
        陈岚在大群: /report 下下周
        大群: 没看懂“下下周”。这样写：/report 本周…
        陈岚在大群: /report 2026-13
        大群: 没看懂“2026-13”。…
    """)

    assert not pictures(busy)


@pytest.mark.practice("S1")
async def test_an_agent_gets_their_own_card_and_nothing_else(busy: Stage) -> None:
    """Figures of everybody are for supervisors: an agent is shown their own scorecard."""
    await busy.play("""
        林晓在大群: /report 本周
        大群: 6月29日到7月1日您结了 0 件，这是您自己的成绩单
    """)

    assert len(pictures(busy)) == 1


async def test_a_stranger_gets_nothing(busy: Stage) -> None:
    """Who does not belong to the group sees no picture."""
    await busy.do("路人甲在大群", "/report")

    assert not pictures(busy)


async def test_pictures_speak_the_language_of_whoever_asks(tmp_path: Path) -> None:
    """At an English desk the lines are English."""
    async with raise_stage(tmp_path, lang="en") as stage:
        await stage.do("Customer", "the kettle I bought last week will not switch on")
        boss = stage.demo.agents[2].name
        await stage.do(f"{boss}在大群", "/lang en")
        await stage.do(f"{boss}在大群", "/report 7 days")

        assert pictures(stage)[0].body["caption"].startswith("1 came in 25 June to 1 July")


async def test_a_wish_outlives_the_house(tmp_path: Path) -> None:
    """A house that falls while it draws draws anew when it opens again, and shows every picture once."""
    async with raise_stage(tmp_path) as first:
        await first.play(TWO)
        await first._act("陈岚在大群", "/report")
        async with asyncio.timeout(JOB):
            while not first.house.fittings.reports.drawing:  # noqa: ASYNC110 - of its beginning nobody is told
                await asyncio.sleep(0)

    assert not pictures(first)
    async with raise_stage(tmp_path, again=first) as second:
        await second.settle()

        assert len(pictures(second)) == 4


async def test_words_go_on_while_pictures_are_drawn(busy: Stage) -> None:
    """Nobody waits behind a picture: a customer is answered, and an agent too, before it is there."""
    customer = busy.demo.customer.id
    await busy._act("陈岚在大群", "/report")
    async with easel_held_up(busy):
        before = len(busy.demo.world.from_bot(customer))
        await busy._act("客户", "还漏电")

        await busy.demo.world.wait_until(lambda: len(busy.demo.world.from_bot(customer)) > before)

        assert not pictures(busy)
    await busy.settle()
    assert len(pictures(busy)) == 4
