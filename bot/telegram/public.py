"""Parses messages in public groups: who wrote, and whether the bot is meant."""

import re
from typing import Final

from bot.complaint.case import Person
from bot.complaint.events import Event, Unknown
from bot.complaint.ids import ChatId, MessageId, ThreadId, UserId
from bot.complaint.moments import from_unix
from bot.complaint.signs import shown_name
from bot.complaint.squares import PublicMessage, SquareMoved, SquareStanding
from bot.telegram.media import media_of
from bot.telegram.shapes import Chat, MemberChange, Message, User

_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s|$)")
_ANYBODYS: Final = frozenset({"mute", "unmute"})
"""Commands that are heard without our name behind them; who may give them is looked up."""
_PRESENT: Final = frozenset({"member", "administrator", "creator", "restricted"})
_OPENS: Final = "?start=group"


def public(message: Message, bot_id: int, bot_name: str, *, edited: bool = False) -> Event:
    """The event of a new or edited message in a public group."""
    at, chat = from_unix(message.edit_date or message.date), ChatId(message.chat.id)
    if message.migrate_to_chat_id is not None:
        return SquareMoved(at=at, chat=chat, new_chat=ChatId(message.migrate_to_chat_id))
    if message.migrate_from_chat_id is not None:
        return SquareMoved(at=at, chat=ChatId(message.migrate_from_chat_id), new_chat=chat)
    text = message.text or message.caption or ""
    media = media_of(message)
    if not text and media is None:
        return Unknown(at=at, chat=chat, kind="message")
    command, ours = _command(text, bot_name)
    thread, answered = message.message_thread_id, message.reply_to_message
    post = message.is_automatic_forward or (answered is not None and answered.is_automatic_forward)
    return PublicMessage(
        at=at,
        chat=chat,
        sender=_caller(message),
        message=MessageId(message.message_id),
        text=text,
        private_chat=f"https://t.me/{bot_name}{_OPENS}" if bot_name else "",
        addressed=ours or _to_us(message, text, bot_id, bot_name),
        title=shown_name(message.chat.title),
        thread=ThreadId(thread) if thread is not None else None,
        topic=message.is_topic_message,
        reply_to=MessageId(answered.message_id) if answered is not None else None,
        command=command,
        anonymous=_is(message.sender_chat, message.chat),
        linked=post,
        edited=edited,
        media=media if media is not None and media.unique_id and media.kind != "contact" else None,
        album=message.media_group_id,
    )


def _command(text: str, bot_name: str) -> tuple[str, bool]:
    """The command, and whether it names our bot; another bot's command is None."""
    match = _COMMAND.match(text)
    if match is None:
        return "", False
    name, whose = match[1].lower(), (match[2] or "").lower()
    ours = bool(whose) and whose == bot_name.lower()
    return (name, ours) if ours or (not whose and name in _ANYBODYS) else ("", False)


def _to_us(message: Message, text: str, bot_id: int, bot_name: str) -> bool:
    """Whether it replies to our message or mentions us."""
    answered = message.reply_to_message
    if answered is not None and answered.sender is not None and answered.sender.id == bot_id:
        return True
    marked = message.entities or message.caption_entities or ()
    if any(e.type == "text_mention" and e.user is not None and e.user.id == bot_id for e in marked):
        return True
    return (
        bot_name != ""
        and re.search(rf"(?<![A-Za-z0-9_])@{re.escape(bot_name)}(?![A-Za-z0-9_])", text, re.IGNORECASE)
        is not None
    )


def _caller(message: Message) -> Person | None:
    """The author, if they could open a private chat: no bots, no anonymous group or channel."""
    spoken_for = message.sender_chat
    if message.is_automatic_forward or _is(spoken_for, message.chat):
        return None
    if spoken_for is not None:
        # somebody writes as a channel of theirs: who it is, Telegram does not tell
        return _person(User(id=spoken_for.id, first_name=spoken_for.title))
    if message.sender is None or message.sender.is_bot:
        return None
    return _person(message.sender)


def _is(one: Chat | None, other: Chat) -> bool:
    return one is not None and one.id == other.id


def _person(user: User) -> Person:
    name = shown_name(f"{user.first_name} {user.last_name}") or user.username or ""
    return Person(id=UserId(user.id), name=name, username=user.username, language_code=user.language_code)


def standing(change: MemberChange) -> Event:
    """The bot was taken into a group that is no desk, put out of it, or given other rights there."""
    at, chat = from_unix(change.date), ChatId(change.chat.id)
    if change.chat.type not in ("group", "supergroup"):
        return Unknown(at=at, chat=chat, kind="my_chat_member")
    present = change.new_chat_member.status in _PRESENT
    by, title = _person(change.sender), shown_name(change.chat.title)
    return SquareStanding(at=at, chat=chat, title=title, present=present, sender=by)
