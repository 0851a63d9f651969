"""Methods for the topics of a forum."""

from bot.sandbox import forum
from bot.sandbox.errors import Json, bad_request
from bot.sandbox.methods.address import chat_of, open_chat
from bot.sandbox.parameters import Given
from bot.sandbox.people import ICONS, Chat, Topic
from bot.sandbox.state import State

MOST_NAME = 128
COLOURS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)


def _forum(world: State, given: Given) -> Chat:
    chat = open_chat(world, chat_of(given))
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def _topic(world: State, chat: Chat, given: Given, action: str) -> Topic:
    """Find the topic to change; what the bot opened itself it may also rename and close without the right."""
    number = given.number("message_thread_id") or 0
    if number <= 0:
        raise bad_request("invalid forum topic identifier specified")
    topic = chat.topics.get(number)
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    right = "can_delete_messages" if action == "delete" else "can_manage_topics"
    is_own = topic.root.sender is world.bot and action != "delete"
    if not is_own and not chat.may(world.bot.id, right):
        raise bad_request(f"not enough rights to {action} the topic")
    return topic


def _name(given: Given) -> str:
    """Read a name; what is too long of it is cut off without a word."""
    name = (given.words("name") or "").strip()[:MOST_NAME]
    if not name:
        raise bad_request("name must be non-empty")
    return name


def _icon(given: Given) -> str | None:
    """Read an icon: one of the stickers that Telegram offers; an empty one, or no number, takes it away."""
    icon = given.words("icon_custom_emoji_id")
    if icon and not icon.isdecimal():
        return ""
    if icon and icon not in ICONS:
        raise bad_request("DOCUMENT_INVALID")
    return icon


def get_forum_topic_icon_stickers(_world: State, _given: Given) -> list[Json]:
    """GetForumTopicIconStickers."""
    return [
        {
            "file_id": f"icon{number}",
            "file_unique_id": f"icon{number}",
            "type": "custom_emoji",
            "width": 100,
            "height": 100,
            "is_animated": True,
            "is_video": False,
            "emoji": emoji,
            "set_name": "Topics",
            "custom_emoji_id": icon,
        }
        for number, (icon, emoji) in enumerate(ICONS.items())
    ]


def create_forum_topic(world: State, given: Given) -> Json:
    """CreateForumTopic."""
    chat = _forum(world, given)
    if not chat.may(world.bot.id, "can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    name = _name(given)
    colour = given.number("icon_color") or COLOURS[len(chat.topics) % len(COLOURS)]
    if colour not in COLOURS:
        raise bad_request("invalid icon color specified")
    topic = forum.open_topic(world, chat, world.bot, name, colour, _icon(given))
    return {"message_thread_id": topic.id, **topic.root.body["forum_topic_created"]}


def edit_forum_topic(world: State, given: Given) -> bool:
    """EditForumTopic: a new name or icon."""
    chat = _forum(world, given)
    topic = _topic(world, chat, given, "edit")
    name = _name(given) if given.values.get("name") else topic.name
    icon = _icon(given)
    if name == topic.name and icon in {None, topic.icon_custom_emoji_id or ""}:
        raise bad_request("TOPIC_NOT_MODIFIED")
    forum.rename_topic(world, chat, topic, world.bot, name, icon)
    return True


def close_forum_topic(world: State, given: Given) -> bool:
    """CloseForumTopic."""
    return _set_closed(world, given, closed=True)


def reopen_forum_topic(world: State, given: Given) -> bool:
    """ReopenForumTopic."""
    return _set_closed(world, given, closed=False)


def reopen_general_forum_topic(world: State, given: Given) -> bool:
    """ReopenGeneralForumTopic."""
    chat = _forum(world, given)
    if not chat.may(world.bot.id, "can_manage_topics"):
        raise bad_request("not enough rights to open the topic")
    if not chat.general_closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    chat.general_closed = False
    return True


def _set_closed(world: State, given: Given, *, closed: bool) -> bool:
    chat = _forum(world, given)
    topic = _topic(world, chat, given, "close or open")
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    forum.shut_topic(world, chat, topic, world.bot, closed=closed)
    return True


def delete_forum_topic(world: State, given: Given) -> bool:
    """DeleteForumTopic, with everything in it."""
    chat = _forum(world, given)
    forum.drop_topic(world, chat, _topic(world, chat, given, "delete"))
    return True
