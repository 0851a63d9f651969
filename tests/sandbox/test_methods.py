from datetime import timedelta

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReactionTypeEmoji,
    ReplyParameters,
)

from bot.sandbox import Demo, Upload, World
from tests.sandbox.conftest import picture

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("同意", callback_data="yes")]])


async def test_the_bot_knows_itself(bot: Bot, world: World) -> None:
    """GetMe gives the account that the token belongs to."""
    me = await bot.get_me()

    assert (me.id, me.username, me.is_bot) == (world.bot.id, "demo_brand_bot", True)


async def test_a_message_comes_back_as_telegram_shows_it(bot: Bot, customer: int) -> None:
    """Formatting, buttons and the answered message are all in the answer."""
    first = await bot.send_message(customer, "一")
    sent = await bot.send_message(
        customer,
        "<b>您好</b> 😀",
        parse_mode="HTML",
        reply_markup=BUTTONS,
        reply_parameters=ReplyParameters(first.message_id, quote="一"),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )

    assert sent.text == "您好 😀"
    assert sent.text_html == "<b>您好</b> 😀"
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == first.message_id
    assert sent.quote is not None
    assert sent.reply_markup == BUTTONS


async def test_every_kind_of_file_can_be_sent_and_sent_again_by_its_id(bot: Bot, customer: int) -> None:
    """An upload gets a file id, and the id is good for another message of the same kind."""
    photo = (await bot.send_photo(customer, picture(40, 30), caption="<i>图</i>", parse_mode="HTML")).photo[
        -1
    ]
    assert (photo.width, photo.height) == (40, 30)
    assert (await bot.send_photo(customer, photo.file_id)).photo[-1].file_id == photo.file_id
    document = (await bot.send_document(customer, b"%PDF", filename="小票.pdf")).document
    assert document is not None
    assert document.file_name == "小票.pdf"
    voice = (await bot.send_voice(customer, b"OggS", duration=3)).voice
    assert voice is not None
    assert voice.duration == timedelta(seconds=3)
    assert (await bot.send_audio(customer, b"ID3")).audio
    assert (await bot.send_video(customer, b"mp4")).video
    assert (await bot.send_video_note(customer, b"mp4")).video_note
    assert (await bot.send_animation(customer, b"gif")).animation
    assert (await bot.send_sticker(customer, b"webp")).sticker


async def test_a_file_can_be_fetched_byte_for_byte(bot: Bot, world: World, customer: int) -> None:
    """GetFile and the download give exactly what the customer sent."""
    sent = world.send_file(customer, "photo", Upload(data=picture()))

    file = await bot.get_file(sent.body["photo"][-1]["file_id"])

    assert bytes(await file.download_as_bytearray()) == picture()


async def test_places_contacts_and_polls_can_be_sent(bot: Bot, customer: int) -> None:
    """The less usual kinds work too."""
    assert (await bot.send_location(customer, 31.2, 121.5)).location
    assert (await bot.send_venue(customer, 31.2, 121.5, "门店", "南京路")).venue
    assert (await bot.send_contact(customer, "+8613800000000", "客服")).contact
    poll = (await bot.send_poll(customer, "满意吗", ["满意", "不满意"])).poll
    assert poll is not None
    assert [one.text for one in poll.options] == ["满意", "不满意"]


async def test_an_album_is_several_messages_under_one_id(bot: Bot, customer: int) -> None:
    """SendMediaGroup answers with all of them."""
    media = [InputMediaPhoto(picture(), caption="一"), InputMediaPhoto(picture())]

    sent = await bot.send_media_group(customer, media)

    assert len({one.media_group_id for one in sent}) == 1
    assert [one.caption for one in sent] == ["一", None]


async def test_a_copy_hides_the_sender_and_a_forward_names_them(
    bot: Bot, world: World, customer: int, desk: int
) -> None:
    """Relaying to the desk keeps the content either way."""
    said = world.say(customer, "发霉了")
    photo = world.send_file(customer, "photo", Upload(data=picture()), caption="看")

    copied = await bot.copy_message(desk, customer, photo.id, caption="顾客的照片")
    forwarded = await bot.forward_message(desk, customer, said.id)
    several = await bot.copy_messages(desk, customer, [said.id, photo.id, 999])

    copy = world.message(desk, copied.message_id)
    assert copy is not None
    assert (copy.text, copy.media is not None, "forward_origin" in copy.body) == ("顾客的照片", True, False)
    assert forwarded.forward_origin is not None
    assert len(several) == 2


async def test_texts_captions_and_buttons_can_be_edited(bot: Bot, world: World, customer: int) -> None:
    """An edit changes the message in place and keeps what it was for those who look."""
    text = await bot.send_message(customer, "一", reply_markup=BUTTONS)
    photo = await bot.send_photo(customer, picture())

    edited = await bot.edit_message_text("二", customer, text.message_id, reply_markup=BUTTONS)
    await bot.edit_message_reply_markup(customer, text.message_id)
    captioned = await bot.edit_message_caption(customer, photo.message_id, caption="说明")

    assert not isinstance(edited, bool)
    assert (edited.text, edited.edit_date is not None) == ("二", True)
    assert not isinstance(captioned, bool)
    assert captioned.caption == "说明"
    kept = world.message(customer, text.message_id)
    assert kept is not None
    assert (kept.buttons, [one["text"] for one in kept.versions]) == ([], ["一", "二"])


async def test_messages_can_be_deleted_one_by_one_and_together(bot: Bot, world: World, customer: int) -> None:
    """What is deleted is gone for the customer."""
    ids = [(await bot.send_message(customer, str(number))).message_id for number in range(3)]

    await bot.delete_message(customer, ids[0])
    await bot.delete_messages(customer, [ids[1], ids[2], 999])

    assert world.from_bot(customer) == []


async def test_reactions_pins_and_typing_are_taken(bot: Bot, world: World, customer: int) -> None:
    """The small gestures have their effects."""
    said = world.say(customer, "谢谢")

    await bot.set_message_reaction(customer, said.id, ReactionTypeEmoji("❤️"))
    assert await bot.pin_chat_message(customer, said.id)
    assert await bot.send_chat_action(customer, "typing")

    assert said.reactions == {world.bot.id: ["❤"]}
    assert world.history(customer)[-1].service == "pinned_message"


async def test_a_topic_lives_from_opening_to_deletion(bot: Bot, world: World, desk: int) -> None:
    """Each step of a topic leaves its service message, and deletion takes everything along."""
    topic = await bot.create_forum_topic(desk, "CB-1")
    thread = topic.message_thread_id
    said = await bot.send_message(desk, "卡片", message_thread_id=thread)
    await bot.edit_forum_topic(desk, thread, name="CB-1 结案")
    await bot.close_forum_topic(desk, thread)
    await bot.reopen_forum_topic(desk, thread)

    kinds = [one.service for one in world.history(desk, thread_id=thread) if one.service]
    assert kinds == [
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
    ]
    assert (said.message_thread_id, said.is_topic_message) == (thread, True)
    assert thread != 1
    assert await bot.delete_forum_topic(desk, thread)
    assert world.topics(desk) == []
    assert world.history(desk, thread_id=thread) == []


async def test_rights_and_members_can_be_asked(bot: Bot, demo: Demo, desk: int) -> None:
    """The roster tells administrators, members and strangers apart."""
    first, second, _, manager, _ = demo.agents
    statuses = [(await bot.get_chat_member(desk, one.id)).status for one in (first, second, demo.stranger)]
    administrators = {one.user.id for one in await bot.get_chat_administrators(desk)}

    assert statuses == ["administrator", "member", "left"]
    assert administrators == {first.id, manager.id, demo.world.bot.id}
    assert (await bot.get_chat(desk)).is_forum
    assert await bot.get_chat_member_count(desk) == 6
    assert await bot.leave_chat(desk)


async def test_commands_and_descriptions_are_kept_by_scope_and_language(bot: Bot) -> None:
    """A menu set for one language does not leak into another."""
    await bot.set_my_commands([BotCommand("status", "查进度")], BotCommandScopeAllPrivateChats(), "zh")
    await bot.set_my_description("写下您的投诉", "zh")
    await bot.set_my_short_description("投诉")

    (command,) = await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "zh")
    assert command.description == "查进度"
    assert await bot.get_my_commands(language_code="zh") == ()
    assert (await bot.get_my_description("zh")).description == "写下您的投诉"
    assert (await bot.get_my_short_description("en")).short_description == "投诉"
    assert await bot.delete_my_commands(BotCommandScopeAllPrivateChats(), "zh")
    assert await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "zh") == ()
