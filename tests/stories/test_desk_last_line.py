"""Whoever handed a case to another group still stands in its old topic: a last line typed there is not lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.complaint.case import Control, Queue
from bot.sandbox.people import Person
from tests.stories.deeds import send_thing
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage
from tests.stories.test_groups import HELD

LEFT = f"""
    {HELD}
    林晓: /transfer 法务 顾客要打官司
    机器人: 这件事转给了…
    群: 林晓 转给了法务…
    群: 🗂 按清单办…
"""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Stage]:
    """A house whose legal team has a group of its own."""
    async with raise_stage(tmp_path, desks={Queue.LEGAL: "法务群"}) as ready:
        yield ready


def agent(house: Stage, name: str) -> Person:
    """One of the colleagues."""
    return next(one for one in house.demo.agents if one.name == name)


def read_there(house: Stage) -> list[str]:
    """What the bot wrote in the topic that the case has left."""
    desk = house.demo.desk.id
    (old,) = house.demo.world.topics(desk)
    return [one.text for one in house.demo.world.from_bot(desk, thread_id=old.id)]


async def say_there(house: Stage, who: str, words: str) -> str:
    """Somebody writes in the old topic before they see it close; what the bot answers there."""
    world, desk = house.demo.world, house.demo.desk.id
    (old,) = world.topics(desk)
    before = len(read_there(house))
    world.reopen_topic(agent(house, who).id, desk, old.id)
    world.say(agent(house, who).id, words, chat_id=desk, thread_id=old.id)
    await house.settle()
    return "\n".join(read_there(house)[before:])


@pytest.mark.practice("R31", "S53", "S55")
async def test_a_last_line_in_the_old_topic_reaches_the_customer(house: Stage) -> None:
    """It goes out, the team reads it where the case is now, and its writer reads once where that is."""
    await house.play(LEFT)
    told = await say_there(house, "林晓", "已经请法务的同事接着跟您谈")
    assert told.startswith("已发给顾客。案子还在法务的群里")
    assert "拿回来" not in told
    await house.play("""
        机器人: 已经请法务的同事接着跟您谈
        群: 林晓（原来的话题里）：已经请法务的同事接着跟您谈
    """)
    assert await say_there(house, "林晓", "您写的我都转过去了") == ""
    await house.play("""
        机器人: 您写的我都转过去了
        群: 林晓（原来的话题里）：您写的我都转过去了
    """)
    (old,) = house.demo.world.topics(house.demo.desk.id)
    assert old.closed
    case = await house.case()
    assert (case.queue, case.control, case.holder) == (Queue.LEGAL, Control.QUEUED, None)


@pytest.mark.practice("R31", "S55")
async def test_a_last_line_that_is_held_is_asked_about_where_it_was_written(house: Stage) -> None:
    """Its writer may not even see the other group: the question stands under the words, and its button works."""
    await house.play(LEFT)
    told = await say_there(house, "林晓", "我理解您着急，但是要等法务")
    assert told.startswith("⏸ 先没发。“但是”")
    world, desk = house.demo.world, house.demo.desk.id
    (old,) = world.topics(desk)
    asked = world.from_bot(desk, thread_id=old.id)[-1]
    world.press(agent(house, "林晓").id, desk, asked.id, text="照发")
    await house.settle()
    await house.play("""
        机器人: 我理解您着急，但是要等法务
        群: 林晓（原来的话题里）：我理解您着急，但是要等法务
    """)


@pytest.mark.practice("R31", "S32")
async def test_a_last_picture_goes_the_same_way(house: Stage) -> None:
    """The customer gets it, and so does the team."""
    await house.play(LEFT)
    world, desk, lin = house.demo.world, house.demo.desk.id, agent(house, "林晓").id
    (old,) = world.topics(desk)
    world.reopen_topic(lin, desk, old.id)
    send_thing(world, agent(house, "林晓"), "发图", "发票在这", desk, old.id)
    await house.settle()
    await house.play("""
        机器人: 发票在这
        群: 林晓（原来的话题里）：发了这个
        群: …发票在这
    """)
    assert any(one.media for one in world.from_bot(house.demo.group("法务群").id))


@pytest.mark.practice("R31")
async def test_other_words_in_the_old_topic_are_shown_back_with_the_way(house: Stage) -> None:
    """Nobody else speaks from there: the words stand ready to be copied, and the customer sees nothing."""
    await house.play(LEFT)
    told = await say_there(house, "王珂", "您还在吗")
    assert "没发给顾客" in told
    assert "您还在吗" in told
    assert "您还在吗" not in house.said()
