"""A topic that was opened while the program, or the line, broke: Telegram has it, and no case does."""

from contextlib import suppress
from datetime import timedelta

import pytest

from bot.office.lookup.whereabouts import STRAY
from tests.stories.stage import Stage

HANDED_OVER = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…
"""


@pytest.mark.practice("S2")
async def test_a_topic_that_was_opened_twice_is_shut_with_the_way_to_the_other(stage: Stage) -> None:
    """The answer to its opening was lost, so another was opened: the first says where the case is, and closes."""
    world, desk = stage.demo.world, stage.demo.desk.id
    world.reset_next("createForumTopic", after_effect=True)
    world.say(stage.demo.customer.id, "转人工，电热壶不通电")
    while not world.topics(desk)[1:]:
        with suppress(TimeoutError):
            await world.wait_until(lambda: len(world.topics(desk)) > 1, 0.2)
        stage.clock.move(timedelta(seconds=10))
    await stage.settle()
    stray, own = world.topics(desk)
    assert stray.name == own.name
    await stage.live_through(timedelta(minutes=6))
    assert (stray.closed, own.closed) == (True, False)
    (line,) = world.from_bot(desk, thread_id=stray.id)
    assert line.text == "这个话题多开了，关掉了。100-0001 在另一个话题里。"
    (link,) = [one for one in line.entities if one["type"] == "text_link"]
    assert link["url"].endswith(f"/{own.id}")
    before = len(world.calls)
    await stage.live_through(timedelta(hours=2))
    assert not [one for one in world.calls[before:] if one.params.get("message_thread_id") == stray.id]


async def test_a_topic_of_its_case_is_left_alone(stage: Stage) -> None:
    """Telegram tells the bot of each topic that it opens: for what is in order nothing happens, then or later."""
    await stage.play(HANDED_OVER)
    await stage.live_through(timedelta(minutes=12))
    (topic,) = stage.demo.world.topics(stage.demo.desk.id)
    assert not topic.closed
    assert not any("多开了" in one.text for one in stage.demo.world.from_bot(stage.demo.desk.id))
    assert STRAY not in str(await stage.house.store.next_due())
