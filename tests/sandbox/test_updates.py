import asyncio
from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from bot.sandbox import Demo, World
from tests.handclock import HandClock


def _texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [one.message.text for one in updates if one.message is not None]


async def test_updates_come_again_until_an_offset_confirms_them(
    bot: Bot, world: World, customer: int
) -> None:
    """An update is forgotten at the call with a higher offset, and not before."""
    for text in ("一", "二", "三"):
        world.say(customer, text)

    first = await bot.get_updates(limit=2)
    again = await bot.get_updates()
    rest = await bot.get_updates(offset=first[-1].update_id + 1)

    assert _texts(first) == ["一", "二"]
    assert _texts(again) == ["一", "二", "三"]
    assert _texts(rest) == ["三"]
    assert len(world.pending()) == 1


async def test_a_negative_offset_keeps_only_the_last(bot: Bot, world: World, customer: int) -> None:
    """-1 gives the newest update and forgets the rest."""
    for text in ("一", "二", "三"):
        world.say(customer, text)

    assert _texts(await bot.get_updates(offset=-1)) == ["三"]
    assert len(world.pending()) == 1


async def test_one_answer_holds_at_most_a_hundred(bot: Bot, world: World, customer: int) -> None:
    """A long queue comes in portions."""
    for number in range(130):
        world.say(customer, str(number))

    assert len(await bot.get_updates(limit=100)) == 100


async def test_a_long_poll_wakes_when_something_comes(bot: Bot, world: World, customer: int) -> None:
    """Nobody waits for the end of the poll."""
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await asyncio.sleep(0)
    world.say(customer, "在吗")

    assert _texts(await asyncio.wait_for(poll, 40)) == ["在吗"]


async def test_a_second_poller_ends_the_first(bot: Bot, world: World, customer: int) -> None:
    """The older long poll gets 409, the newer one goes on."""
    older = asyncio.create_task(world.updates.take(timeout=50))
    await asyncio.sleep(0)
    newer = asyncio.create_task(bot.get_updates(timeout=50))

    with pytest.raises(Exception, match="terminated by other getUpdates request"):
        await older
    world.say(customer, "在吗")
    assert len(await newer) == 1


async def test_no_polling_while_a_webhook_is_set(bot: Bot) -> None:
    """Whoever polls while a webhook is set gets 409, until deleteWebhook."""
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_reactions_come_only_when_asked_for_and_only_from_groups(
    bot: Bot, world: World, customer: int, desk: int, agent: int
) -> None:
    """allowed_updates is sticky; private chats never tell of reactions."""
    sent = await bot.send_message(desk, "卡片")
    world.react(agent, desk, sent.message_id, "👍")
    assert world.pending() == []

    await bot.get_updates(allowed_updates=["message", "message_reaction"])
    world.react(agent, desk, sent.message_id, "🔥")
    (private,) = world.history(customer)
    world.react(customer, customer, private.id, "👍")

    (update,) = await bot.get_updates()
    assert update.message_reaction is not None
    assert update.message_reaction.old_reaction[0].to_dict()["emoji"] == "👍"
    assert update.message_reaction.new_reaction[0].to_dict()["emoji"] == "🔥"


async def test_messages_wait_a_day_and_presses_150_seconds(
    bot: Bot, demo: Demo, clock: HandClock, customer: int, desk: int
) -> None:
    """An outage shorter than that loses nothing."""
    world = demo.world
    card = world.message(desk, (await bot.send_message(desk, "x")).message_id)
    assert card is not None
    world.press_unseen(demo.agents[0].id, card, "a")
    world.say(customer, "在吗")
    clock.move(timedelta(seconds=151))

    updates = await bot.get_updates()
    assert [one.callback_query for one in updates] == [None]
    clock.move(timedelta(days=1))
    assert await bot.get_updates() == ()


async def test_an_update_can_come_twice_or_be_unreadable(
    world: World, http: aiohttp.ClientSession, customer: int
) -> None:
    """Trouble on order: a duplicate under the same id, and JSON that is no Update."""
    world.say(customer, "在吗")
    first = world.pending()[0]["update_id"]
    world.repeat_update(first)
    poison = world.poison()

    async with http.get(f"/bot{world.token}/getUpdates") as answer:
        result = (await answer.json())["result"]
    assert [one["update_id"] for one in result] == [first, first, poison]
    assert "chat" not in result[2]["message"]


async def test_a_bot_that_is_no_administrator_hears_only_what_is_meant_for_it(
    world: World, customer: int
) -> None:
    """Privacy mode, as in any public group."""
    group = world.add_group("车主群", bot_rights=None)
    world.say(customer, "大家好", chat_id=group.id)
    world.say(customer, "@demo_brand_bot 喝了拉肚子", chat_id=group.id)

    assert [one["message"]["text"] for one in world.pending()] == ["@demo_brand_bot 喝了拉肚子"]
