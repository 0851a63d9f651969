"""Methods that change or remove what is already in a chat, or react to it."""

from bot.sandbox.errors import NOT_MODIFIED, Json, bad_request
from bot.sandbox.keyboards import inline_keyboard
from bot.sandbox.messages import Message
from bot.sandbox.methods.address import (
    caption_content,
    chat_of,
    open_chat,
    text_content,
    with_people,
)
from bot.sandbox.parameters import Given, identifiers
from bot.sandbox.state import State

DELETABLE = 48 * 3600
"""Seconds during which a bot may delete messages in a private chat."""
REACTIONS = frozenset(
    """
    👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌
    🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘
    🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡
    """.split(),  # noqa: SIM905 - a list of eighty quotes reads worse
)


def _own(world: State, given: Given) -> Message:
    """Find the bot's own message that is to be edited."""
    chat = open_chat(world, chat_of(given))
    message = world.message(chat.id, given.number("message_id") or 0)
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender is not world.bot or message.service:
        raise bad_request("message can't be edited")
    return message


def _revise(world: State, given: Given, message: Message, changes: Json, replaced: tuple[str, ...]) -> Json:
    buttons = inline_keyboard(given.nested("reply_markup"))
    if buttons:
        changes["reply_markup"] = buttons
    changes = with_people(world, changes)
    looked_at = (*replaced, "reply_markup")
    if all(message.body.get(name) == changes.get(name) for name in looked_at):
        raise bad_request(NOT_MODIFIED)
    world.revise(message, changes, by=world.bot, removed=looked_at)
    return message.body


def edit_message_text(world: State, given: Given) -> Json:
    """EditMessageText."""
    content = text_content(given)
    message = _own(world, given)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return _revise(world, given, message, content, ("text", "entities"))


def edit_message_caption(world: State, given: Given) -> Json:
    """EditMessageCaption."""
    content = caption_content(given)
    message = _own(world, given)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _revise(world, given, message, content, ("caption", "caption_entities"))


def edit_message_reply_markup(world: State, given: Given) -> Json:
    """EditMessageReplyMarkup."""
    return _revise(world, given, _own(world, given), {}, ())


def _why_not_deleted(world: State, message: Message) -> str | None:
    """Why Telegram would not delete this for the bot; None if it would."""
    chat = world.chats[message.chat_id]
    if chat.is_private:
        is_old = world.now() - message.body["date"] > DELETABLE
        return "message can't be deleted for everyone" if is_old else None
    if message.sender is world.bot or chat.may(world.bot.id, "can_delete_messages"):
        return None
    return "message can't be deleted"


def delete_message(world: State, given: Given) -> bool:
    """DeleteMessage."""
    chat = open_chat(world, chat_of(given))
    message = world.message(chat.id, given.number("message_id") or 0)
    if message is None:
        raise bad_request("message to delete not found")
    if (reason := _why_not_deleted(world, message)) is not None:
        raise bad_request(reason)
    world.erase(message)
    return True


def delete_messages(world: State, given: Given) -> bool:
    """DeleteMessages: those that are not there are passed over."""
    chat = open_chat(world, chat_of(given))
    for message_id in identifiers(given):
        message = world.message(chat.id, message_id)
        if message is not None and _why_not_deleted(world, message) is None:
            world.erase(message)
    return True


def set_message_reaction(world: State, given: Given) -> bool:
    """SetMessageReaction: one emoji of Telegram's list, or none."""
    chat = open_chat(world, chat_of(given))
    message = world.message(chat.id, given.number("message_id") or 0)
    if message is None:
        raise bad_request("message to react not found")
    wanted: list[Json] = given.nested("reaction") or []
    emojis = [str(one.get("emoji")).replace("\ufe0f", "") for one in wanted]
    if len(emojis) > 1 or any(one not in REACTIONS for one in emojis):
        raise bad_request("REACTION_INVALID")
    if emojis:
        message.reactions[world.bot.id] = emojis
    else:
        message.reactions.pop(world.bot.id, None)
    world.audience.changed("edited", lambda: {"message": message.view()})
    return True


def pin_chat_message(world: State, given: Given) -> bool:
    """PinChatMessage, with its service message."""
    chat = open_chat(world, chat_of(given))
    message = world.message(chat.id, given.number("message_id") or 0)
    if message is None:
        raise bad_request("message to pin not found")
    if not chat.is_private and not chat.may(world.bot.id, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        world.post(chat, world.bot, {"pinned_message": message.without_reply()}, thread_id=message.thread_id)
    return True


def unpin_chat_message(world: State, given: Given) -> bool:
    """UnpinChatMessage."""
    chat = open_chat(world, chat_of(given))
    message_id = given.number("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    return True
