"""Whoever floods is heard to the last word, and slows nobody but themselves."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.office.booking.gathering import USUAL
from bot.office.outgoing.pacing import Limits
from bot.sandbox.files import Upload
from bot.sandbox.pacing import Limits as TelegramLimits
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage

HELD = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…
    林晓: 您好，我来处理
    机器人: 客服同事已经接手…
    机器人: 您好，我来处理
"""
MANY = 1_000


async def pours(stage: Stage, many: int, *, picture_every: int = 0) -> None:
    """One customer writes so many messages in a minute."""
    world, customer = stage.demo.world, stage.demo.customer
    for number in range(many):
        if picture_every and number % picture_every == 0:
            world.send_file(customer.id, "photo", Upload(data=b"%d" % number, name="a.jpg"))
        else:
            world.say(customer.id, f"第{number}句还是不行")
        if number % 50 == 49:
            await stage.house.clerk.idle()
            stage.clock.move(timedelta(minutes=1) / (many / 50))


def lines(stage: Stage) -> list[str]:
    """What the bot wrote in the topic."""
    return [one.text for one in stage.demo.world.from_bot(stage.demo.desk.id)]


@pytest.mark.practice("S18")
async def test_a_thousand_words_in_a_minute_all_arrive_in_few_messages(stage: Stage) -> None:
    """All are on record and in the topic, in order; the topic got a handful of messages for them."""
    await stage.play(HELD)
    before, answered = len(lines(stage)), len(stage.said())
    await pours(stage, MANY)
    await passes(stage, timedelta(minutes=5))
    _, rows = (await stage.kept())[0]
    said = [row.entry.text for row in rows if row.entry.who == "customer"]
    assert said[-MANY:] == [f"第{number}句还是不行" for number in range(MANY)]
    told = lines(stage)[before:]
    whole = "\n".join(told)
    assert [place for place in range(MANY) if f"第{place}句" not in whole] == []
    places = [whole.index(f"第{place}句") for place in range(MANY)]
    assert places == sorted(places)
    assert len(told) <= USUAL + 25
    assert len(stage.said()) - answered <= 2


async def test_the_bot_answers_a_flood_in_few_words(stage: Stage) -> None:
    """With the bot a burst has one first word and one answer; further ones follow at their pace, not per message."""
    await pours(stage, 300)
    await passes(stage, timedelta(minutes=2))
    assert len(stage.demo.world.from_bot(stage.demo.customer.id)) <= 8
    _, rows = (await stage.kept())[0]
    assert sum(row.entry.who == "customer" for row in rows) == 300


async def test_others_topics_do_not_wait_for_a_flood(tmp_path: Path) -> None:
    """With the group's real limit: while 120 pictures come in, another case's card and words are there in time."""
    async with raise_stage(tmp_path, pace=Limits(), telegram=TelegramLimits()) as stage:
        stage.demo.world.say(stage.demo.customer.id, "转人工，电热壶不通电")
        await passes(stage, timedelta(minutes=2))
        await pours_without_waiting(stage, 120)
        await passes(stage, timedelta(seconds=70))
        other = stage.demo.world.add_user("客户2", language_code="zh-hans")
        stage.demo.world.say(other.id, "转人工，快递破了")
        await passes(stage, timedelta(seconds=30))
        topics = [one.name for one in stage.demo.world.topics(stage.demo.desk.id)]
        assert len(topics) == 2
        assert any("快递" in one for one in lines(stage))


async def pours_without_waiting(stage: Stage, many: int) -> None:
    """Pictures, all at once."""
    world, customer = stage.demo.world, stage.demo.customer
    for number in range(many):
        world.send_file(customer.id, "photo", Upload(data=b"%d" % number, name="a.jpg"))
    await stage.house.clerk.idle()


async def passes(stage: Stage, span: timedelta) -> None:
    """Time passes in small steps, and what is due meanwhile happens; what is held stays held."""
    step = timedelta(seconds=5)
    for _ in range(int(span / step)):
        stage.clock.move(step)
        stage.house.watch.look()
        stage.house.clerk.wake()
        await stage.demo.world.wait_until(lambda: not stage.demo.world.pending())
        await stage.house.clerk.idle()
        await stage.house.courier.idle()


@pytest.mark.practice("S18")
async def test_pictures_of_a_flood_all_come_in_order_and_colleagues_wait_for_none(stage: Stage) -> None:
    """Pictures and words mixed: each arrives once, and what agents do in that topic shows at once."""
    await stage.play(HELD)
    before = len(lines(stage))
    await pours(stage, 60, picture_every=2)
    stage.demo.world.say(
        next(one.id for one in stage.demo.agents if one.name == "林晓"),
        "/nonsense",
        chat_id=stage.demo.desk.id,
        thread_id=stage.thread,
    )
    await stage.demo.world.wait_until(lambda: any("/nonsense" in one for one in lines(stage)))
    assert len(lines(stage)) - before < 60
    await passes(stage, timedelta(minutes=8))
    shown = stage.demo.world.from_bot(stage.demo.desk.id)[before:]
    assert sum(one.media is not None for one in shown) == 30
    whole = "\n".join(one.text for one in shown)
    assert [n for n in range(60) if n % 2 and f"第{n}句" not in whole] == []


async def test_changing_one_message_over_and_over_fills_no_group(stage: Stage) -> None:
    """Every version is on record and shown; hundreds of them take a few messages."""
    await stage.play(HELD)
    world, customer = stage.demo.world, stage.demo.customer
    said = world.say(customer.id, "坏了")
    await stage.settle()
    before = len(lines(stage))
    for number in range(200):
        world.edit(customer.id, customer.id, said.id, f"坏了{number}次")
    await passes(stage, timedelta(minutes=2))
    told = lines(stage)[before:]
    assert len(told) <= USUAL + 10
    whole = "\n".join(told)
    assert [n for n in range(200) if f"坏了{n}次" not in whole] == []
