"""What happens to a desk in Telegram: the bot loses rights, topics get icons, groups move, messages age."""

from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot, ChatMemberAdministrator, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.sandbox import Demo, Upload, World
from tests.handclock import HandClock
from tests.sandbox.conftest import picture

CHECK, FIRE = "5237699328843200968", "5312241539987020022"


async def _refused(call: object, words: str, kind: type[TelegramError] = BadRequest) -> None:
    with pytest.raises(kind) as caught:
        await call  # type: ignore[misc]
    assert caught.value.message.casefold() == words.casefold()


async def test_the_bot_hears_what_becomes_of_itself(bot: Bot, demo: Demo, desk: int) -> None:
    """Demoted, removed and restored: each comes as my_chat_member with before, after and who did it."""
    world, manager = demo.world, demo.agents[3]
    world.demote_bot(desk, by=manager.id)
    await _refused(bot.create_forum_topic(desk, "x"), "not enough rights to create a topic")
    world.remove_bot(desk)
    await _refused(
        bot.send_message(desk, "x"), "Forbidden: bot was kicked from the supergroup chat", Forbidden
    )
    world.restore_bot(desk)
    assert (await bot.create_forum_topic(desk, "x")).name == "x"

    changes = [one["my_chat_member"] for one in world.pending() if "my_chat_member" in one]
    assert [(one["old_chat_member"]["status"], one["new_chat_member"]["status"]) for one in changes] == [
        ("administrator", "member"),
        ("member", "kicked"),
        ("kicked", "administrator"),
    ]
    assert [one["from"]["id"] for one in changes] == [manager.id, demo.agents[0].id, demo.agents[0].id]


async def test_the_bot_may_keep_some_rights_or_lose_its_voice(bot: Bot, world: World, desk: int) -> None:
    """Without the right to topics it still writes; restricted, it may not even do that."""
    world.demote_bot(desk, ["can_delete_messages"])
    assert (await bot.send_message(desk, "x")).text == "x"
    own = await bot.get_chat_member(desk, world.bot.id)
    assert isinstance(own, ChatMemberAdministrator)
    assert (own.can_manage_topics, own.can_delete_messages) == (False, True)
    world.join(world.bot.id, desk, status="restricted")
    await _refused(bot.send_message(desk, "x"), "not enough rights to send text messages to the chat")


async def test_the_control_api_can_do_it_to_the_bot_too(http: aiohttp.ClientSession, desk: int) -> None:
    """Tests in other processes demote, remove and restore by name."""
    for deed in ("demote_bot", "remove_bot", "restore_bot"):
        async with http.post(f"/sandbox/{deed}", json={"chat_id": desk}) as answer:
            assert (await answer.json())["ok"], deed


async def test_topics_have_the_icons_that_telegram_offers(bot: Bot, world: World, desk: int) -> None:
    """An icon is set, changed and taken away; one that is not offered is refused, the same again is too."""
    offered = {one.custom_emoji_id: one.emoji for one in await bot.get_forum_topic_icon_stickers()}
    assert offered[CHECK] == "✅"
    thread = (await bot.create_forum_topic(desk, "漏电", icon_custom_emoji_id=FIRE)).message_thread_id
    assert await bot.edit_forum_topic(desk, thread, icon_custom_emoji_id=CHECK)
    assert world.topics(desk)[0].icon == "✅"
    same = bot.edit_forum_topic(desk, thread, name="漏电", icon_custom_emoji_id=CHECK)
    await _refused(same, "TOPIC_NOT_MODIFIED")
    await _refused(bot.edit_forum_topic(desk, thread, icon_custom_emoji_id="7"), "DOCUMENT_INVALID")
    assert await bot.edit_forum_topic(desk, thread, icon_custom_emoji_id="")
    assert world.topics(desk)[0].icon == ""
    changes = [
        one.body["forum_topic_edited"] for one in world.history(desk) if "forum_topic_edited" in one.body
    ]
    assert changes == [{"icon_custom_emoji_id": CHECK}, {"icon_custom_emoji_id": ""}]
    await _refused(bot.edit_forum_topic(desk, 999, name="x"), "TOPIC_ID_INVALID")


async def test_old_words_in_a_private_chat_stay(
    bot: Bot, world: World, clock: HandClock, customer: int, desk: int
) -> None:
    """For 48 hours a bot can take words back; after that it is told that it cannot, but at the desk it can."""
    said, there = await bot.send_message(customer, "一"), await bot.send_message(desk, "一")
    clock.move(timedelta(hours=48, seconds=1))
    await _refused(bot.delete_message(customer, said.message_id), "message can't be deleted for everyone")
    assert await bot.delete_messages(customer, [said.message_id])
    assert [one.id for one in world.history(customer)][-1] == said.message_id
    assert await bot.delete_message(desk, there.message_id)


async def test_albums_are_of_one_kind_and_copied_as_albums(
    bot: Bot, world: World, customer: int, desk: int
) -> None:
    """Documents do not mix with photos; ids are copied in rising order, and an album stays one."""
    mixed: list[InputMediaPhoto | InputMediaDocument] = [
        InputMediaPhoto(picture()),
        InputMediaDocument(b"%PDF", filename="a.pdf"),
    ]
    await _refused(bot.send_media_group(customer, mixed), "document can't be mixed with other media types")
    sent = world.send_album(customer, [("photo", Upload(data=picture())) for _ in range(3)], caption="看")
    ids = [one.id for one in sent]
    await _refused(
        bot.copy_messages(desk, customer, ids[::-1]),
        "message identifiers must be in a strictly increasing order",
    )
    copied = await bot.copy_messages(desk, customer, [*ids, 9_999])
    there = [world.message(desk, one.message_id) for one in copied]
    assert len({one.body["media_group_id"] for one in there if one}) == 1
    assert [one.text for one in there if one] == ["看", "", ""]


async def test_people_are_called_by_name(bot: Bot, demo: Demo, desk: int) -> None:
    """A link to somebody's number is a mention that names them; one to nobody stays a link."""
    chen = demo.agents[2]
    sent = await bot.send_message(
        desk, f'<a href="tg://user?id={chen.id}">陈岚</a> <a href="tg://user?id=5">x</a>', parse_mode="HTML"
    )
    assert [one.type for one in sent.entities] == ["text_mention", "text_link"]
    assert sent.entities[0].user is not None
    assert sent.entities[0].user.id == chen.id
    kept = demo.world.message(desk, sent.message_id)
    assert kept is not None
    assert f'<a href="tg://user?id={chen.id}">陈岚</a>' in kept.html


async def test_a_basic_group_becomes_a_desk(bot: Bot, world: World, demo: Demo) -> None:
    """Turning topics on moves a basic group to a new id; whoever writes to the old one is told where to."""
    old = world.add_group("老群", kind="group")
    world.join(demo.agents[0].id, old.id)
    with pytest.raises(BadRequest, match="not a forum"):
        await bot.create_forum_topic(old.id, "x")
    new = world.upgrade_group(old.id, is_forum=True)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old.id, "x")
    assert moved.value.new_chat_id == new.id
    assert (await bot.create_forum_topic(new.id, "x")).name == "x"


async def test_what_happens_by_hand_reaches_the_bot_only_as_telegram_tells(
    bot: Bot, world: World, demo: Demo, desk: int
) -> None:
    """Closing, reopening and renaming by hand leave service messages; a deletion leaves nothing at all."""
    agent = demo.agents[0].id
    thread = (await bot.create_forum_topic(desk, "漏电")).message_thread_id
    world.updates.clear()
    world.rename_topic(agent, desk, thread, "漏电 2")
    world.close_topic(agent, desk, thread)
    await _refused(bot.send_message(desk, "x", message_thread_id=thread), "TOPIC_CLOSED")
    world.reopen_topic(agent, desk, thread)
    told = [next(key for key in one["message"] if key.startswith("forum_")) for one in world.pending()]
    assert told == ["forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"]
    world.updates.clear()
    world.delete_topic(desk, thread)
    assert world.pending() == []
    await _refused(bot.send_message(desk, "x", message_thread_id=thread), "message thread not found")
    await _refused(bot.close_forum_topic(desk, thread), "TOPIC_ID_INVALID")
