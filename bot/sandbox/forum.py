"""Operations on topics, with their service messages."""

from bot.sandbox.errors import Json
from bot.sandbox.messages import Message
from bot.sandbox.people import Chat, Person, Topic
from bot.sandbox.state import State

PLAIN_COLOUR = 0x6FB9F0


def open_topic(
    world: State,
    chat: Chat,
    by: Person,
    name: str,
    colour: int = PLAIN_COLOUR,
    icon_custom_emoji_id: str | None = None,
) -> Topic:
    """Open a topic; its id is that of the service message."""
    created: Json = {"name": name, "icon_color": colour}
    if icon_custom_emoji_id:
        created["icon_custom_emoji_id"] = icon_custom_emoji_id
    root = world.post(chat, by, {"forum_topic_created": created}, thread_id=chat.last_id + 1)
    topic = Topic(
        id=root.id,
        name=name,
        icon_color=colour,
        root=root,
        icon_custom_emoji_id=icon_custom_emoji_id,
    )
    chat.topics[topic.id] = topic
    _tell(world, chat, topic)
    return topic


def rename_topic(
    world: State, chat: Chat, topic: Topic, by: Person, name: str, icon: str | None = None
) -> Message:
    """Give the topic another name or icon."""
    changed: Json = {}
    if name != topic.name:
        changed["name"] = topic.name = name
    if icon is not None and icon != (topic.icon_custom_emoji_id or ""):
        changed["icon_custom_emoji_id"] = icon
        topic.icon_custom_emoji_id = icon or None
    message = world.post(chat, by, {"forum_topic_edited": changed}, thread_id=topic.id)
    _tell(world, chat, topic)
    return message


def shut_topic(world: State, chat: Chat, topic: Topic, by: Person, *, closed: bool) -> Message:
    """Close the topic, or open it again."""
    topic.closed = closed
    kind = "forum_topic_closed" if closed else "forum_topic_reopened"
    message = world.post(chat, by, {kind: {}}, thread_id=topic.id)
    _tell(world, chat, topic)
    return message


def drop_topic(world: State, chat: Chat, topic: Topic) -> None:
    """Delete the topic and everything in it; Telegram tells no bot of it."""
    del chat.topics[topic.id]
    for message in chat.messages.values():
        if message.thread_id == topic.id:
            message.deleted = True
    _tell(world, chat, topic)


def _tell(world: State, chat: Chat, topic: Topic) -> None:
    world.audience.changed("topic", lambda: {"chat_id": chat.id, "thread_id": topic.id})
