"""Where a message goes (chat, topic, reply), and whether the bot may write there."""

from dataclasses import dataclass, field

from bot.sandbox.errors import Json, bad_request, forbidden
from bot.sandbox.keyboards import inline_keyboard, reply_keyboard
from bot.sandbox.markup import parse_html, trimmed, with_found
from bot.sandbox.messages import Message
from bot.sandbox.parameters import Given
from bot.sandbox.people import Chat
from bot.sandbox.state import State

MOST_TEXT = 4096
MOST_CAPTION = 1024


@dataclass(slots=True, kw_only=True)
class Place:
    """A chat that takes the message, the topic, and what it answers."""

    chat: Chat
    thread_id: int | None = None
    reply_to: Message | None = None
    extras: Json = field(default_factory=dict)


def open_chat(world: State, chat_id: int) -> Chat:
    """Find the chat and make sure that the bot can be heard there."""
    chat = world.chats.get(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    if chat.moved_to is not None:
        raise bad_request(
            "group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=chat.moved_to,
        )
    if chat.person is not None:
        _check_person(chat)
    elif not chat.has(world.bot.id):
        member = chat.members.get(world.bot.id)
        was_kicked = member is not None and member.status == "kicked"
        raise forbidden(
            f"bot {'was kicked from' if was_kicked else 'is not a member of'} the {chat.kind} chat"
        )
    return chat


def _check_voice(world: State, chat: Chat) -> None:
    """A group may have taken the word from the bot."""
    member = chat.members.get(world.bot.id)
    if member is not None and member.status == "restricted" and "can_send_messages" not in member.rights:
        raise bad_request("not enough rights to send text messages to the chat")


def _check_person(chat: Chat) -> None:
    if chat.person is not None and chat.person.gone:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")


def chat_of(given: Given) -> int:
    """Read chat_id; a name that nobody bears is no chat."""
    value = given.values.get("chat_id")
    if isinstance(value, str) and value.startswith("@"):
        raise bad_request("chat not found")
    return given.required("chat_id")


def place_of(world: State, given: Given) -> Place:
    """Read chat, topic and reply of a call that sends something."""
    chat = open_chat(world, chat_of(given))
    _check_voice(world, chat)
    thread_id = given.number("message_thread_id") or None
    place = Place(chat=chat, thread_id=thread_id)
    _answered(world, given, place)
    if place.thread_id is not None:
        if not chat.is_forum:
            raise bad_request("message thread not found")
        topic = world.topic(chat, place.thread_id)
        if topic is not None and topic.closed:
            raise bad_request("TOPIC_CLOSED")
    elif chat.general_closed:
        raise bad_request("TOPIC_CLOSED")
    if given.flag("protect_content"):
        place.extras["has_protected_content"] = True
    return place


def _answered(world: State, given: Given, place: Place) -> None:
    wanted: Json = given.nested("reply_parameters") or {}
    message_id = wanted.get("message_id") or given.number("reply_to_message_id")
    if not message_id:
        return
    chat_id = int(wanted.get("chat_id") or place.chat.id)
    message = world.message(chat_id, int(message_id))
    if message is None:
        if wanted.get("allow_sending_without_reply") or given.flag("allow_sending_without_reply"):
            return
        raise bad_request("message to be replied not found")
    if chat_id != place.chat.id:
        place.extras["external_reply"] = {
            "origin": origin(message),
            "chat": world.chats[chat_id].body,
            "message_id": message.id,
        }
        return
    place.reply_to = message
    if place.chat.is_forum:
        place.thread_id = place.thread_id or message.thread_id
    elif message.thread_id is not None:
        # comments under one post are a thread, and no topic
        place.extras["message_thread_id"] = message.thread_id
    if quote := wanted.get("quote"):
        place.extras["quote"] = _quoted(quote, message)


def _quoted(quote: str, message: Message) -> Json:
    """The TextQuote object; 400 if the message does not hold these words."""
    if quote not in message.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    position = len(message.text[: message.text.index(quote)].encode("utf-16-le")) // 2
    return {"text": quote, "position": position, "is_manual": True}


def origin(message: Message) -> Json:
    """Write where a forwarded message came from."""
    return {"type": "user", "sender_user": message.sender.body, "date": message.body["date"]}


def formatted(given: Given, name: str) -> tuple[str, list[Json]]:
    """Read "text" or "caption" with its formatting."""
    source = given.words(name) or ""
    mode = (given.words("parse_mode") or "").lower()
    if mode == "html":
        text, entities = parse_html(source)
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        key = "entities" if name == "text" else "caption_entities"
        text, entities = source, given.nested(key) or []
    text, entities = trimmed(text, entities)
    return text, with_found(text, entities)


def with_people(world: State, content: Json) -> Json:
    """Turn links to people into mentions of those whom Telegram knows; their phones ring."""
    for name in ("entities", "caption_entities"):
        if name in content:
            content[name] = [_mention(world, one) for one in content[name]]
    return content


def _mention(world: State, entity: Json) -> Json:
    wanted = str(entity.get("url", "")).partition("tg://user?id=")[2]
    person = world.people.get(int(wanted)) if wanted.isdecimal() else None
    if person is None:
        return entity
    return {
        "type": "text_mention",
        "offset": entity["offset"],
        "length": entity["length"],
        "user": person.body,
    }


def text_content(given: Given) -> Json:
    """Read the text of a message; 400 when it is empty or too long."""
    text, entities = formatted(given, "text")
    if not text:
        raise bad_request("message text is empty")
    if len(text) > MOST_TEXT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_content(given: Given) -> Json:
    """Read the caption of a medium; it may be empty, and 400 when it is too long."""
    if not given.values.get("caption"):
        return {}
    text, entities = formatted(given, "caption")
    if len(text) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    content: Json = {"caption": text} if text else {}
    return {**content, "caption_entities": entities} if entities else content


def post(world: State, given: Given, content: Json) -> Message:
    """Put what the bot says into its chat."""
    markup: Json | None = given.nested("reply_markup")
    buttons = inline_keyboard(markup)
    place = place_of(world, given)
    if buttons:
        content["reply_markup"] = buttons
    content = with_people(world, {**content, **place.extras})
    if markup:
        keyboard = reply_keyboard(markup, place.chat.keyboard)
        if keyboard != place.chat.keyboard:
            place.chat.keyboard = keyboard
            world.audience.changed("people", dict)
    return world.post(
        place.chat,
        world.bot,
        content,
        thread_id=place.thread_id,
        reply_to=place.reply_to,
    )
