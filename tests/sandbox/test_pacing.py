from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from bot.sandbox import TELEGRAM_LIMITS, Limits, World
from tests.handclock import HandClock


async def _pause_asked(call: object) -> int:
    with pytest.raises(RetryAfter) as caught:
        await call  # type: ignore[misc]
    wait = caught.value.retry_after
    assert isinstance(wait, timedelta)
    return int(wait.total_seconds())


async def test_a_group_takes_twenty_events_a_minute_of_all_kinds(
    bot: Bot, world: World, clock: HandClock, desk: int
) -> None:
    """Messages, edits and topic events share one budget; the answer names the right pause."""
    world.pace.set_limits(Limits(per_group_minute=20))
    thread = (await bot.create_forum_topic(desk, "一")).message_thread_id
    clock.move(timedelta(seconds=10))
    sent = await bot.send_message(desk, "0", message_thread_id=thread)
    for number in range(1, 18):
        await bot.edit_message_text(str(number), desk, sent.message_id)
    await bot.close_forum_topic(desk, thread)

    assert await _pause_asked(bot.send_message(desk, "x")) == 50
    await bot.get_chat_administrators(desk)
    clock.move(timedelta(seconds=50))
    await bot.send_message(desk, "x")
    assert await _pause_asked(bot.send_message(desk, "x")) == 10


async def test_a_private_chat_takes_a_burst_and_then_one_a_second(
    bot: Bot, world: World, clock: HandClock, customer: int
) -> None:
    """Other chats are not held up by it."""
    world.pace.set_limits(Limits(per_private_chat=1, burst=2))
    other = world.add_user("别人")
    world.say(other.id, "你好")
    for _ in range(2):
        await bot.send_message(customer, "x")

    assert await _pause_asked(bot.send_message(customer, "x")) == 1
    await bot.send_message(other.id, "x")
    clock.move(timedelta(seconds=1))
    await bot.send_message(customer, "x")


async def test_all_chats_together_have_a_limit_too(bot: Bot, world: World, clock: HandClock) -> None:
    """Thirty a second over everybody."""
    world.pace.set_limits(TELEGRAM_LIMITS)
    people = await world.crowd(31, ["在吗"])
    for person in people[:30]:
        await bot.send_message(person, "x")

    assert await _pause_asked(bot.send_message(people[30], "x")) == 1
    clock.move(timedelta(seconds=1))
    await bot.send_message(people[30], "x")


async def test_one_chat_can_be_put_under_a_pause(
    bot: Bot, world: World, clock: HandClock, customer: int, desk: int
) -> None:
    """Everything else goes on."""
    world.pause_chat(customer, 7)

    assert await _pause_asked(bot.send_message(customer, "x")) == 7
    await bot.send_message(desk, "x")
    clock.move(timedelta(seconds=7))
    await bot.send_message(customer, "x")
