import asyncio

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.sandbox import Demo, ImpossibleError, Upload, World
from tests.sandbox.conftest import picture


async def test_everything_that_people_send_can_be_read_by_the_library(
    bot: Bot, world: World, customer: int
) -> None:
    """Each kind of message becomes the update that Telegram would send."""
    answered = world.say(customer, "<b>发霉</b>了", html=True, forwarded_from="邻居")
    for kind in ("photo", "document", "voice", "audio", "video", "video_note", "animation", "sticker"):
        world.send_file(customer, kind, Upload(data=picture(), name="a.bin"), reply_to=answered.id)
    world.send_album(customer, [("photo", Upload(data=picture()))] * 2, caption="两张")
    world.share_contact(customer)
    world.share_location(customer, 31.2, 121.5)

    messages = [one.message for one in await bot.get_updates() if one.message is not None]

    assert len(messages) == 13
    assert messages[0].text_html == "<b>发霉</b>了"
    assert [bool(getattr(one, kind)) for one, kind in zip(messages[1:3], ("photo", "document"), strict=True)]
    assert all(one.reply_to_message for one in messages[1:9])
    assert len({one.media_group_id for one in messages[9:11]}) == 1
    assert messages[11].contact is not None
    assert messages[11].contact.user_id == customer
    assert messages[12].location is not None


async def test_a_press_reaches_the_bot_and_its_answer_reaches_the_person(
    bot: Bot, world: World, customer: int
) -> None:
    """Buttons are found by their words or their data; the toast comes back into the query."""
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("同意", callback_data="yes:1")]])
    sent = await bot.send_message(customer, "可以吗", reply_markup=buttons)
    query = world.press(customer, customer, sent.message_id, text="同意")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert (update.callback_query.data, update.callback_query.from_user.id) == ("yes:1", customer)

    await update.callback_query.answer("好的", show_alert=True)

    assert query.answer == {"text": "好的", "show_alert": True, "url": None}
    with pytest.raises(ImpossibleError):
        world.press(customer, customer, sent.message_id, text="没有这个")


async def test_an_edit_reaches_the_bot_as_an_edit(bot: Bot, world: World, customer: int) -> None:
    """People can edit only what they wrote."""
    said = world.say(customer, "坏了")
    sent = await bot.send_message(customer, "收到")
    world.edit(customer, customer, said.id, "坏了两次")

    updates = await bot.get_updates()
    assert [one.edited_message.text for one in updates if one.edited_message] == ["坏了两次"]
    with pytest.raises(ImpossibleError):
        world.edit(customer, customer, sent.message_id, "x")


async def test_words_in_a_topic_answer_its_first_message(
    bot: Bot, world: World, desk: int, agent: int
) -> None:
    """As in Telegram, which trips many bots: a topic's opening counts as the answered message."""
    thread = (await bot.create_forum_topic(desk, "一")).message_thread_id
    said = world.say(agent, "我来", chat_id=desk, thread_id=thread)
    opened, update = await bot.get_updates()
    assert opened.message is not None
    assert opened.message.forum_topic_created is not None

    assert update.message is not None
    assert update.message.message_thread_id == thread
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.forum_topic_created is not None
    assert said.reply_to is None


async def test_people_keep_to_what_an_app_allows(world: World, demo: Demo, customer: int, desk: int) -> None:
    """No writing in others' chats, in closed topics without the right, or to a blocked bot."""
    topic = world.open_topic(demo.agents[0].id, desk, "一")
    world.close_topic(demo.agents[0].id, desk, topic.id)
    with pytest.raises(ImpossibleError):
        world.say(demo.agents[1].id, "x", chat_id=desk, thread_id=topic.id)
    world.say(demo.agents[0].id, "x", chat_id=desk, thread_id=topic.id)
    with pytest.raises(ImpossibleError):
        world.say(demo.stranger.id, "x", chat_id=customer)
    world.block(customer)
    with pytest.raises(ImpossibleError):
        world.say(customer, "x")


async def test_blocking_and_unblocking_tell_the_bot(bot: Bot, world: World, customer: int) -> None:
    """As changes of its own membership."""
    world.block(customer)
    world.unblock(customer)

    changes = [one.my_chat_member for one in await bot.get_updates() if one.my_chat_member]
    assert [one.new_chat_member.status for one in changes] == ["kicked", "member"]


async def test_the_bots_keyboard_lies_under_the_input_field_until_removed(
    bot: Bot, world: World, customer: int
) -> None:
    """A request for the contact is part of it."""
    keys = ReplyKeyboardMarkup([[KeyboardButton("分享电话", request_contact=True)]])
    await bot.send_message(customer, "电话?", reply_markup=keys)

    keyboard = world.chats[customer].keyboard
    assert keyboard is not None
    assert keyboard["keyboard"][0][0]["request_contact"] is True

    await bot.send_message(customer, "好的", reply_markup=ReplyKeyboardRemove())
    assert world.chats[customer].keyboard is None
    once = ReplyKeyboardMarkup([["是", "否"]], one_time_keyboard=True)
    await bot.send_message(customer, "对吗", reply_markup=once)
    world.say(customer, "是")
    assert world.chats[customer].keyboard is None


async def test_waiting_sees_what_is_there_and_what_comes(bot: Bot, world: World, customer: int) -> None:
    """No polling: the waiter wakes with the message, and gives up in time."""
    mark = world.mark
    waiting = asyncio.create_task(world.wait_for(lambda one: one.from_bot, after=mark))
    await bot.send_message(customer, "一")

    assert (await waiting).text == "一"
    assert (await world.wait_for(lambda one: "你好" in one.text)).sender.id == customer
    with pytest.raises(TimeoutError):
        await world.wait_for(lambda one: one.text == "一", 0.01, after=world.mark)


async def test_a_crowd_writes_in_turn(world: World) -> None:
    """For benchmarks: every customer says every text, first texts first."""
    people = await world.crowd(3, ["一", "二"])

    assert [one["message"]["text"] for one in world.pending()] == ["一"] * 3 + ["二"] * 3
    assert world.counts()["people"] == len(people) + 7
