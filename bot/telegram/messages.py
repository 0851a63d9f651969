"""Parses messages: in a private chat, at the desk, or in a group that is neither."""

import re
from collections.abc import Iterable
from enum import Enum, auto
from typing import Any, Final

import msgspec

from bot.complaint.case import Person
from bot.complaint.events import (
    OPENED_BY_US,
    AgentEdited,
    AgentWrote,
    Commanded,
    CustomerEdited,
    CustomerWrote,
    DeskMoved,
    Event,
    Media,
    TopicChanged,
    Unknown,
)
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, MessageId, ThreadId, UserId
from bot.complaint.moments import from_unix
from bot.complaint.signs import shown_name
from bot.telegram.marks import html_of
from bot.telegram.media import media_of
from bot.telegram.public import public
from bot.telegram.shapes import Message, User

_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_NOBODY: Final = User(id=0)


_FORMATS: Final = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "blockquote",
        "expandable_blockquote",
        "text_link",
        "text_mention",
        "custom_emoji",
    ]
)
"""Marks that somebody set; what Telegram finds by itself in plain words is none."""


class Place(Enum):
    """The kind of chat of a message."""

    PRIVATE = auto()
    DESK = auto()
    ELSEWHERE = auto()


def wrote(message: Message, place: Place, bot_id: int, bot_name: str, raw: bytes) -> list[Event]:
    """A new message."""
    if place is Place.DESK and message.migrate_to_chat_id is not None:
        return [moved(message, message.chat.id, message.migrate_to_chat_id)]
    if place is Place.ELSEWHERE:
        return [public(message, bot_id, bot_name)]
    if place is Place.DESK and (change := _topic_change(message)) is not None:
        return _of_ours(message, change) if _is_from(message, bot_id) else [change]
    media = media_of(message)
    if media is None and message.text is None:
        kind = _service(raw)
        if kind is not None or place is Place.DESK:
            return [_unknown(message, kind or "message")]
        media = Media(kind="other")
    return [_desk_words(message, media) if place is Place.DESK else _customer_words(message, media)]


def moved(message: Message, old: int, new: int) -> DeskMoved:
    """The event that the desk's group was upgraded, from either of its two chats."""
    return DeskMoved(at=from_unix(message.date), chat=ChatId(old), new_chat=ChatId(new))


def edited(message: Message, place: Place) -> list[Event]:
    """A changed message."""
    media = media_of(message)
    if media is None and message.text is None:
        return [_unknown(message, "edited_message")]
    if place is Place.DESK:
        return [AgentEdited(**_words(message, media), thread=thread_of(message))]
    return [CustomerEdited(**_words(message, media))]


def person(user: User) -> Person:
    """Somebody on Telegram."""
    return Person(
        id=UserId(user.id),
        name=shown_name(f"{user.first_name} {user.last_name}") or user.username or "",
        username=user.username,
        language_code=user.language_code,
    )


def thread_of(message: Message) -> ThreadId | None:
    """The topic, or None in General; in chats without topics a thread is only a chain of replies."""
    if message.message_thread_id is None or not message.is_topic_message:
        return None
    return ThreadId(message.message_thread_id)


def _customer_words(message: Message, media: Media | None) -> Event:
    command = _COMMAND.fullmatch(message.text or "") if message.forward_origin is None else None
    if command is None:
        return CustomerWrote(**_words(message, media))
    return Commanded(
        at=from_unix(message.date),
        chat=ChatId(message.chat.id),
        sender=_author(message),
        message=MessageId(message.message_id),
        name=command[1].lower(),
        argument=(command[2] or "").strip(),
    )


def _desk_words(message: Message, media: Media | None) -> Event:
    return AgentWrote(**_words(message, media), thread=thread_of(message))


def _author(message: Message) -> Person:
    """The author; an anonymous administrator or a channel appears by title or signature."""
    sender = person(message.sender or _NOBODY)
    if message.sender_chat is None:
        return sender
    name = message.author_signature or message.sender_chat.title or sender.name
    return Person(id=sender.id, name=shown_name(name), username=None, language_code=None)


def _words(message: Message, media: Media | None) -> dict[str, Any]:
    return {
        "at": from_unix(message.edit_date or message.date),
        "chat": ChatId(message.chat.id),
        "sender": _author(message),
        "message": MessageId(message.message_id),
        "text": message.text or message.caption or "",
        "media": media,
        "album": message.media_group_id,
        "reply_to": _answered(message),
        "reply_author": _answered_author(message),
        "forwarded": message.forward_origin is not None,
        "formatted": any(one.type in _FORMATS for one in message.entities or message.caption_entities or ()),
        "html": _marked(message),
    }


def _marked(message: Message) -> str:
    """The words with what was made bold or linked in them; empty where they are plain."""
    text = message.text or message.caption or ""
    marks = [one for one in message.entities or message.caption_entities or () if one.type in _FORMATS]
    return html_of(text, marks) if text and marks else ""


def _answered(message: Message) -> MessageId | None:
    """The message answered; in a topic Telegram also calls the topic's first service message so."""
    reply = message.reply_to_message
    if reply is None or reply.message_id == message.message_thread_id:
        return None
    return MessageId(reply.message_id)


def _answered_author(message: Message) -> UserId | None:
    """Who wrote the message that is answered."""
    reply = message.reply_to_message
    if reply is None or reply.sender is None or _answered(message) is None:
        return None
    return UserId(reply.sender.id)


def _topic_change(message: Message) -> TopicChanged | None:
    changes = {
        "opened": message.forum_topic_created,
        "closed": message.forum_topic_closed,
        "reopened": message.forum_topic_reopened,
        "renamed": message.forum_topic_edited,
    }
    change = next((word for word, mark in changes.items() if mark is not None), None)
    if change is None or message.message_thread_id is None:
        return None
    thread = ThreadId(message.message_thread_id)
    at, chat = from_unix(message.date), ChatId(message.chat.id)
    return TopicChanged(at=at, chat=chat, thread=thread, change=change)


def _is_from(message: Message, user: int) -> bool:
    return message.sender is not None and message.sender.id == user


def _of_ours(message: Message, change: TopicChanged) -> list[Event]:
    """Whether a service message is the echo of our own topic operation."""
    opened = message.forum_topic_created
    return [replace(change, change=OPENED_BY_US, name=opened.name)] if opened is not None else []


def _unknown(message: Message, kind: str) -> Unknown:
    return Unknown(at=from_unix(message.date), chat=ChatId(message.chat.id), kind=kind)


_SERVICE: Final = frozenset(
    [
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "new_chat_photo",
        "delete_chat_photo",
        "group_chat_created",
        "supergroup_chat_created",
        "channel_chat_created",
        "message_auto_delete_timer_changed",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "successful_payment",
        "refunded_payment",
        "users_shared",
        "chat_shared",
        "connected_website",
        "write_access_allowed",
        "proximity_alert_triggered",
        "boost_added",
        "chat_background_set",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "video_chat_scheduled",
        "video_chat_started",
        "video_chat_ended",
        "video_chat_participants_invited",
        "web_app_data",
        "passport_data",
    ]
)


class _Fields(msgspec.Struct):
    message: dict[str, msgspec.Raw] = msgspec.field(default_factory=dict)
    business_message: dict[str, msgspec.Raw] = msgspec.field(default_factory=dict)


_fields = msgspec.json.Decoder(_Fields)


def _service(raw: bytes) -> str | None:
    """Telegram's name for what happened, if the message is no one's words."""
    fields = _fields.decode(raw)
    found: Iterable[str] = fields.message or fields.business_message
    return next((name for name in found if name in _SERVICE), None)
