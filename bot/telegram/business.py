"""The brand's own accounts (Telegram Business): their updates, and calls through them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

import msgspec

from bot.complaint.doors import Account, behind
from bot.complaint.errors import ComplaintError
from bot.complaint.events import (
    AccountChanged,
    Commanded,
    Erased,
    Event,
    PhoneEdited,
    PhoneWrote,
    Unknown,
    Wrote,
    WroteNowhere,
)
from bot.complaint.ids import ChatId, UserId
from bot.complaint.moments import from_unix
from bot.telegram import shapes
from bot.telegram.account import Account as Bot
from bot.telegram.account import read
from bot.telegram.calls import Call
from bot.telegram.media import media_of
from bot.telegram.messages import Place, edited, person, wrote

KINDS: Final = (
    *("business_connection", "business_message"),
    *("edited_business_message", "deleted_business_messages"),
)
"""The kinds of updates that tell of the brand's own accounts."""
MARK: Final = b'"business_connection'
"""A text in every update about a business connection, and in hardly any other."""

Json: TypeAlias = dict[str, Any]


class UpdateUnreadable(ComplaintError):
    """This update is not what the Bot API writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """The owner of a connection, and the door that stands for them."""

    door: int
    owner: UserId


class _Named(msgspec.Struct):
    business_connection_id: str = ""


class _Pressed(msgspec.Struct):
    message: _Named | None = None


class _Any(msgspec.Struct):
    business_connection: shapes.Connection | None = None
    business_message: _Named | None = None
    edited_business_message: _Named | None = None
    deleted_business_messages: _Named | None = None
    callback_query: _Pressed | None = None


_any: Final = msgspec.json.Decoder(_Any)


class _Answer(msgspec.Struct):
    result: shapes.Connection


def connection_in(update: bytes) -> tuple[str, UserId | None]:
    """The connection id of an update, and its owner if the update says so. Never raises."""
    try:
        found = _any.decode(update)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "", None
    if found.business_connection is not None:
        return found.business_connection.id, UserId(found.business_connection.user.id)
    press = found.callback_query.message if found.callback_query is not None else None
    named = (found.business_message, found.edited_business_message, found.deleted_business_messages, press)
    return next((one.business_connection_id for one in named if one is not None), ""), None


async def connection_of(bot: Bot, name: str) -> shapes.Connection:
    """What Telegram says of a connection now.

    Raises:
        Unreachable: Telegram does not answer.
        Refused: it knows none of that name.
    """
    return read(
        _Answer, await bot.ask(Call("getBusinessConnection", {"business_connection_id": name}))
    ).result


def account_of(found: shapes.Connection, door: int) -> Account:
    """A connection as our own value."""
    rights = found.rights or shapes.Rights(can_reply=found.can_reply)
    return Account(
        door=door,
        owner=UserId(found.user.id),
        name=person(found.user).name,
        connection=found.id,
        enabled=found.is_enabled,
        can_reply=rights.can_reply,
        can_read=rights.can_read_messages,
        at=from_unix(found.date),
    )


def concerned(update: shapes.Update) -> bool:
    """Whether an update is about one of the brand's own accounts."""
    return any(getattr(update, kind) is not None for kind in KINDS)


def events(update: shapes.Update, raw: bytes, doors: Mapping[str, Entrance], at: datetime) -> list[Event]:
    """The events in an update about an account.

    Raises:
        UpdateUnreadable: nobody knows the connection that it names.
    """
    if (made := update.business_connection) is not None:
        account = account_of(made, _entrance(made.id, doors).door)
        return [AccountChanged(at=at, chat=ChatId(made.user.id), account=account)]
    nowhere = _nowhere(update, doors, at)
    if nowhere is not None:
        return [nowhere]
    if (gone := update.deleted_business_messages) is not None:
        door = _entrance(gone.business_connection_id, doors).door
        numbers = tuple(behind(door, one) for one in gone.message_ids)
        return [Erased(at=at, chat=ChatId(gone.chat.id), messages=numbers)]
    if update.business_message is not None:
        return _said(update.business_message, doors, raw, new=True)
    if update.edited_business_message is not None:
        return _said(update.edited_business_message, doors, raw, new=False)
    return []


def numbered(message: shapes.Message, doors: Mapping[str, Entrance]) -> shapes.Message:
    """The message and the one it replies to, with our numbers.

    Raises:
        UpdateUnreadable: nobody knows the connection that it names.
    """
    door = _entrance(message.business_connection_id or "", doors).door
    message.message_id = behind(door, message.message_id)
    if message.reply_to_message is not None:
        message.reply_to_message.message_id = behind(door, message.reply_to_message.message_id)
    return message


def _said(message: shapes.Message, doors: Mapping[str, Entrance], raw: bytes, *, new: bool) -> list[Event]:
    entrance = _entrance(message.business_connection_id or "", doors)
    at, chat = from_unix(message.date), ChatId(message.chat.id)
    if message.sender_business_bot is not None or message.chat.id == entrance.owner:
        # our own words come back as a confirmation; what somebody notes for themselves is nobody's business
        return [Unknown(at=at, chat=chat, kind="business_echo")]
    message = numbered(message, doors)
    found = wrote(message, Place.PRIVATE, 0, "", raw) if new else edited(message, Place.PRIVATE)
    if message.sender is None or message.sender.id != entrance.owner:
        return found
    kind = PhoneWrote if new else PhoneEdited
    return [_by_phone(one, kind) for one in found]


def _nowhere(update: shapes.Update, doors: Mapping[str, Entrance], at: datetime) -> Event | None:
    """The event for an unknown connection; None if the connection is known."""
    message = update.business_message
    what = message or update.edited_business_message or update.deleted_business_messages
    if what is None or (what.business_connection_id or "") in doors:
        return None
    chat = ChatId(what.chat.id)
    if message is None or message.sender is None or message.sender.id != message.chat.id:
        # of what is changed or gone nothing is kept, and the owner's own words are nobody's loss
        return Unknown(at=at, chat=chat, kind="business")
    media = media_of(message)
    return WroteNowhere(
        at=from_unix(message.date),
        chat=chat,
        sender=person(message.sender),
        text=message.text or message.caption or "",
        kind=media.kind if media is not None else "",
    )


def _by_phone(event: Event, kind: type[PhoneWrote]) -> Event:
    """The same from the other side: somebody of the brand wrote on the phone."""
    if isinstance(event, Commanded):
        text = f"/{event.name} {event.argument}".strip()
        return kind(at=event.at, chat=event.chat, sender=event.sender, message=event.message, text=text)
    if not isinstance(event, Wrote):
        return Unknown(at=event.at, chat=event.chat, kind="business_service")
    return kind(**{name: getattr(event, name) for name in _FIELDS})


_FIELDS: Final = Wrote.__struct_fields__


def _entrance(connection: str, doors: Mapping[str, Entrance]) -> Entrance:
    found = doors.get(connection)
    if found is None:
        raise UpdateUnreadable("a business connection that Telegram does not know")
    return found
