from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.sandbox import Demo, SandboxServer, World
from bot.sandbox.errors import NOT_MODIFIED, QUERY_TOO_OLD
from tests.handclock import HandClock
from tests.sandbox.conftest import picture


def _button(data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data=data)]])


async def _refused(call: object, words: str, kind: type[TelegramError] = BadRequest) -> None:
    with pytest.raises(kind) as caught:
        await call  # type: ignore[misc]
    assert caught.value.message.casefold() == words.casefold()


async def test_texts_that_telegram_would_not_take(bot: Bot, customer: int) -> None:
    """Empty, too long and malformed texts are refused with Telegram's words; the longest allowed one passes."""
    await _refused(bot.send_message(customer, " \n"), "message text is empty")
    await _refused(bot.send_message(customer, "<b></b>", parse_mode="HTML"), "message text is empty")
    await _refused(bot.send_message(customer, "字" * 4097), "message is too long")
    await _refused(bot.send_photo(customer, picture(), caption="字" * 1025), "message caption is too long")
    await _refused(
        bot.send_message(customer, "<b>x", parse_mode="HTML"),
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    )
    assert (await bot.send_message(customer, "😀" * 4096)).text == "😀" * 4096


async def test_buttons_hold_one_to_sixty_four_bytes(bot: Bot, customer: int) -> None:
    """Button data is counted in bytes, so 22 Chinese characters are too many."""
    await _refused(bot.send_message(customer, "x", reply_markup=_button("字" * 22)), "BUTTON_DATA_INVALID")
    await bot.send_message(customer, "x", reply_markup=_button("字" * 21))


async def test_edits_that_change_nothing_or_find_nothing(bot: Bot, world: World, customer: int) -> None:
    """The same words and buttons again are "not modified"; other buttons alone are an edit."""
    sent = await bot.send_message(customer, "<b>x</b>", parse_mode="HTML", reply_markup=_button("a"))

    def edit(data: str) -> object:
        return bot.edit_message_text(
            "<b>x</b>", customer, sent.message_id, parse_mode="HTML", reply_markup=_button(data)
        )

    await _refused(edit("a"), NOT_MODIFIED)
    await edit("b")  # type: ignore[misc]
    await _refused(bot.edit_message_text("y", customer, 999), "message to edit not found")
    said = world.say(customer, "我写的")
    await _refused(bot.edit_message_text("y", customer, said.id), "message can't be edited")
    await _refused(bot.delete_message(customer, 999), "message to delete not found")


async def test_chats_that_do_not_listen(bot: Bot, demo: Demo, customer: int) -> None:
    """Unknown, silent, blocked and deleted people each have their own answer."""
    world = demo.world
    newcomer = world.add_user("新人")
    await _refused(bot.send_message(5, "x"), "chat not found")
    await _refused(
        bot.send_message(newcomer.id, "x"),
        "Forbidden: bot can't initiate conversation with a user",
        Forbidden,
    )
    world.block(customer)
    await _refused(bot.send_message(customer, "x"), "Forbidden: bot was blocked by the user", Forbidden)
    world.unblock(customer)
    await bot.send_message(customer, "x")
    world.delete_account(customer)
    await _refused(bot.send_message(customer, "x"), "Forbidden: user is deactivated", Forbidden)
    await _refused(
        bot.send_message(5, "x", reply_parameters=ReplyParameters(1)),
        "chat not found",
    )


async def test_a_reply_needs_its_message_unless_it_may_do_without(bot: Bot, customer: int) -> None:
    """An answer to a message that is gone is refused, unless allow_sending_without_reply is set."""
    await _refused(
        bot.send_message(customer, "x", reply_parameters=ReplyParameters(999)),
        "message to be replied not found",
    )
    lenient = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(customer, "x", reply_parameters=lenient)).reply_to_message is None


async def test_topics_that_are_gone_closed_or_unchanged(
    bot: Bot, world: World, demo: Demo, desk: int
) -> None:
    """The desk's table is the only truth about topics; these are the answers when it is wrong."""
    thread = (await bot.create_forum_topic(desk, "一")).message_thread_id
    await _refused(bot.edit_forum_topic(desk, thread, name="一"), "TOPIC_NOT_MODIFIED")
    await _refused(bot.reopen_forum_topic(desk, thread), "TOPIC_NOT_MODIFIED")
    await bot.close_forum_topic(desk, thread)
    await _refused(bot.send_message(desk, "x", message_thread_id=thread), "TOPIC_CLOSED")
    world.delete_topic(desk, thread)
    await _refused(bot.send_message(desk, "x", message_thread_id=thread), "message thread not found")
    await _refused(bot.send_message(desk, "x", message_thread_id=1), "message thread not found")
    plain = world.add_group("不是论坛")
    await _refused(bot.create_forum_topic(plain.id, "x"), "the chat is not a forum")
    weak = world.add_forum("没有权限", bot_rights=["can_manage_chat"])
    await _refused(bot.create_forum_topic(weak.id, "x"), "not enough rights to create a topic")
    foreign = world.open_topic(demo.agents[0].id, weak.id, "别人开的")
    await _refused(bot.close_forum_topic(weak.id, foreign.id), "not enough rights to close or open the topic")
    await _refused(bot.delete_forum_topic(weak.id, foreign.id), "not enough rights to delete the topic")
    await _refused(bot.close_forum_topic(desk, thread), "TOPIC_ID_INVALID")


async def test_a_group_that_became_a_supergroup_names_its_new_id(bot: Bot, world: World) -> None:
    """The library raises ChatMigrated, and the new id takes messages."""
    old = world.add_group("老群", kind="group")
    new = world.upgrade_group(old.id)

    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(old.id, "x")

    assert caught.value.new_chat_id == new.id
    await bot.send_message(caught.value.new_chat_id, "x")


async def test_a_press_grows_too_old_to_answer(
    bot: Bot, world: World, clock: HandClock, customer: int
) -> None:
    """After 150 seconds, or for an id that never was, the query cannot be answered."""
    sent = await bot.send_message(customer, "x", reply_markup=_button("a"))
    query = world.press(customer, customer, sent.message_id, data="a")
    clock.move(timedelta(seconds=151))

    await _refused(bot.answer_callback_query(query.id), QUERY_TOO_OLD)
    await _refused(bot.answer_callback_query("12"), QUERY_TOO_OLD)


async def test_files_of_another_kind_or_of_no_kind(bot: Bot, customer: int) -> None:
    """A voice note cannot be sent as a photo."""
    voice = (await bot.send_voice(customer, b"OggS")).voice
    assert voice is not None
    await _refused(bot.send_photo(customer, voice.file_id), "can't use file of type VoiceNote as Photo")
    await _refused(bot.send_photo(customer, "no-such-file"), "wrong file identifier/HTTP URL specified")


async def test_a_wrong_token_and_an_unknown_method(
    server: SandboxServer, bot: Bot, http: aiohttp.ClientSession
) -> None:
    """401 for a stranger's token, 404 for a method that does not exist."""
    stranger = Bot("7:wrong", base_url=f"{server.base_url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()
    async with http.post(f"/bot{bot.token}/flyToTheMoon") as answer:
        assert (answer.status, (await answer.json())["description"]) == (404, "Not Found")
