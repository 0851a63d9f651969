"""Parses Telegram's updates into events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import msgspec

from bot.complaint.events import (
    AgentReacted,
    ContactChanged,
    CustomerReacted,
    DeskStanding,
    Event,
    Pressed,
    Unknown,
)
from bot.complaint.ids import ChatId, MessageId
from bot.complaint.moments import from_unix
from bot.telegram import business, shapes
from bot.telegram.business import UpdateUnreadable as UpdateUnreadable  # noqa: PLC0414 - one word for both
from bot.telegram.messages import Place, edited, moved, person, thread_of, wrote
from bot.telegram.public import public, standing

MEMBERS: Final = "chat_member"
"""The kind of update that tells who came into a group, or went."""
WANTED: Final = (
    *("message", "edited_message", "callback_query"),
    *("my_chat_member", "message_reaction", MEMBERS),
    *business.KINDS,
)
"""The kinds of updates to ask Telegram for; reactions and members come only when asked for."""

_REACHABLE: Final = frozenset({"member", "administrator", "creator", "restricted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the bot is, and which chats are its desks (the main one first)."""

    desk: ChatId
    bot_id: int
    bot_name: str = ""
    page: str = ""
    """The link that opens the bot's Mini App; empty where there is none."""
    other_desks: frozenset[ChatId] = field(default_factory=frozenset)

    doors: Mapping[str, business.Entrance] = field(default_factory=dict)
    """The brand's own accounts, by Telegram's names for the connections to them."""

    def is_desk(self, chat: int) -> bool:
        """Whether this chat is a desk of ours."""
        return chat == self.desk or chat in self.other_desks

    def place(self, chat: shapes.Chat) -> Place:
        """The kind of this chat for us."""
        if self.is_desk(chat.id):
            return Place.DESK
        return Place.PRIVATE if chat.type == "private" else Place.ELSEWHERE


_updates = msgspec.json.Decoder(shapes.Update)
_anything = msgspec.json.Decoder(dict[str, msgspec.Raw])


def parse(update: bytes, *, us: Identity, at: datetime) -> list[Event]:
    """The events in an update; `at` is its arrival, for updates without a time of their own.

    Raises:
        UpdateUnreadable: no JSON, or not in the shape that the Bot API describes.
    """
    try:
        found = _updates.decode(update)
        return _events(found, update, us, at)
    except (msgspec.DecodeError, OverflowError, OSError, ValueError, RecursionError) as error:
        # the decoder's sentence names a field, never a value
        raise UpdateUnreadable(str(error)) from None


def _events(update: shapes.Update, raw: bytes, us: Identity, at: datetime) -> list[Event]:
    if update.message is not None:
        return _message_events(update.message, raw, us)
    if update.edited_message is not None:
        return _edited(update.edited_message, us)
    if update.callback_query is not None:
        return [_pressed(update.callback_query, us, at)]
    if update.message_reaction is not None:
        return [_reacted(update.message_reaction, us)]
    if update.my_chat_member is not None:
        return [_standing_changed(update.my_chat_member, us)]
    found = business.events(update, raw, us.doors, at) if business.concerned(update) else None
    return found if found is not None else [Unknown(at=at, chat=chat_of(raw), kind=kind_of(raw))]


def _message_events(message: shapes.Message, raw: bytes, us: Identity) -> list[Event]:
    old = message.migrate_from_chat_id
    if old is not None and us.is_desk(old):
        return [moved(message, old, message.chat.id)]
    return wrote(message, us.place(message.chat), us.bot_id, us.bot_name, raw)


def _edited(message: shapes.Message, us: Identity) -> list[Event]:
    place = us.place(message.chat)
    if place is Place.ELSEWHERE:
        return [public(message, us.bot_id, us.bot_name, edited=True)]
    return edited(message, place)


def kind_of(update: bytes) -> str:
    """Telegram's name for the kind of an update."""
    return next((name for name in _anything.decode(update) if name != "update_id"), "nothing")


class _InChat(msgspec.Struct):
    chat: shapes.Chat | None = None


class _Press(msgspec.Struct, rename={"sender": "from"}):
    sender: shapes.Chat | None = None
    message: _InChat | None = None


class _Chats(msgspec.Struct):
    """Every kind of update that belongs to a chat."""

    message: _InChat | None = None
    edited_message: _InChat | None = None
    callback_query: _Press | None = None
    message_reaction: _InChat | None = None
    my_chat_member: _InChat | None = None
    chat_member: _InChat | None = None
    channel_post: _InChat | None = None
    edited_channel_post: _InChat | None = None
    business_message: _InChat | None = None
    edited_business_message: _InChat | None = None
    deleted_business_messages: _InChat | None = None


_chats = msgspec.json.Decoder(_Chats)


def chat_of(update: bytes) -> ChatId:
    """The chat by which order is kept; 0 if the update has none or cannot be read. Never raises."""
    try:
        found = _chats.decode(update)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ChatId(0)
    holder: _InChat | None = found.message or found.edited_message
    if holder is None and (press := found.callback_query) is not None:
        holder = press.message or _InChat(press.sender)
    if holder is None:
        holder = next((h for name in _RARE if (h := getattr(found, name)) is not None), None)
    return ChatId(holder.chat.id if holder is not None and holder.chat is not None else 0)


_RARE: Final = tuple(name for name in _Chats.__struct_fields__ if name != "callback_query")


def _pressed(press: shapes.CallbackQuery, us: Identity, at: datetime) -> Event:
    message = press.message
    if message is not None and message.business_connection_id is not None:
        message = business.numbered(message, us.doors)
        if press.sender.id != message.chat.id:
            # somebody at the account's phone pressed what was meant for the complainant
            return Unknown(at=at, chat=ChatId(message.chat.id), kind="business_press")
    if message is None or us.place(message.chat) is Place.ELSEWHERE:
        return Unknown(at=at, chat=ChatId(message.chat.id if message else 0), kind="callback_query")
    return Pressed(
        at=at,
        chat=ChatId(message.chat.id),
        sender=person(press.sender),
        message=MessageId(message.message_id),
        query=press.id,
        data=press.data,
        label=_label(message, press.data),
        thread=thread_of(message),
    )


def _label(message: shapes.Message, data: str) -> str:
    """What the pressed button said, as the message shows it."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup is not None else []
    return next((key.text for row in rows for key in row if key.callback_data == data), "")


def _reacted(change: shapes.ReactionChange, us: Identity) -> Event:
    at, chat = from_unix(change.date), ChatId(change.chat.id)
    place = us.place(change.chat)
    before = {r.emoji for r in change.old_reaction}
    now = [r.emoji for r in change.new_reaction if r.type == "emoji"]
    # a custom emoji has no character that we could show on the other side
    if place is Place.ELSEWHERE or change.user is None or (change.new_reaction and not now):
        return Unknown(at=at, chat=chat, kind="message_reaction")
    emoji = next((e for e in now if e not in before), now[0] if now else "")
    kind = AgentReacted if place is Place.DESK else CustomerReacted
    message = MessageId(change.message_id)
    return kind(at=at, chat=chat, sender=person(change.user), message=message, emoji=emoji)


def _standing_changed(change: shapes.MemberChange, us: Identity) -> Event:
    at, chat = from_unix(change.date), ChatId(change.chat.id)
    if us.is_desk(chat):
        now = change.new_chat_member
        able = now.status == "creator" or (now.status == "administrator" and now.can_manage_topics)
        return DeskStanding(at=at, chat=chat, able=able, why=now.status)
    if change.chat.type != "private":
        return standing(change)
    reachable = change.new_chat_member.status in _REACHABLE
    return ContactChanged(at=at, chat=chat, sender=person(change.sender), reachable=reachable)
