import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.sandbox import World


async def test_calls_can_be_refused_a_number_of_times(bot: Bot, world: World, customer: int) -> None:
    """429, 500 and 502 come in order, without effect, and then all is well."""
    world.fail_next("sendMessage", code=429, retry_after=3)
    world.fail_next("sendMessage", code=500)
    world.fail_next(code=502, chat_id=customer)

    with pytest.raises(RetryAfter):
        await bot.send_message(customer, "一")
    with pytest.raises(TelegramError, match="Internal Server Error"):
        await bot.send_message(customer, "二")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(customer, "三")
    await bot.send_message(customer, "四")

    assert [one.text for one in world.from_bot(customer)] == ["四"]
    sends = [one for one in world.calls if one.method == "sendMessage"]
    assert [(one.code, one.chat_id) for one in sends] == [(code, customer) for code in (429, 500, 502, 200)]


async def test_a_line_can_break_before_the_effect(bot: Bot, world: World, customer: int) -> None:
    """The bot learns nothing, and nothing happened."""
    world.reset_next("sendMessage", after_effect=False)

    with pytest.raises(NetworkError):
        await bot.send_message(customer, "一")
    assert world.from_bot(customer) == []


async def test_a_line_can_break_after_the_effect(bot: Bot, world: World, customer: int) -> None:
    """The bot learns nothing, yet the customer has the message."""
    world.reset_next("sendMessage", after_effect=True)

    with pytest.raises(NetworkError):
        await bot.send_message(customer, "一")
    assert [one.text for one in world.from_bot(customer)] == ["一"]
    await bot.send_message(customer, "二")


async def test_an_answer_can_come_late(bot: Bot, world: World, customer: int) -> None:
    """The effect is there at once, the answer later than the bot's patience."""
    world.delay_next("sendMessage", seconds=30)

    with pytest.raises(NetworkError):
        await bot.send_message(customer, "一", read_timeout=0.05)
    await world.wait_until(lambda: world.from_bot(customer))
    assert [one.text for one in world.from_bot(customer)] == ["一"]


async def test_trouble_for_one_chat_leaves_the_others_alone(
    bot: Bot, world: World, customer: int, desk: int
) -> None:
    """Faults can be bound to a chat."""
    world.fail_next("sendMessage", chat_id=desk)

    await bot.send_message(customer, "一")
    with pytest.raises(TelegramError):
        await bot.send_message(desk, "二")
