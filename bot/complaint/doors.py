"""Doors: the channels to a complainant, i.e. the bot's own chat and the brand's Telegram Business accounts.

A complainant is one person with one talk, whichever door they come through. Messages of each account are counted
by Telegram on their own, so the number of a message that came through an account's door carries the door.
"""

from datetime import datetime, timedelta
from typing import Any, Final, Self

from msgspec import Struct
from msgspec.structs import replace

from bot.complaint.ids import MessageId, UserId

OWN_CHAT: Final = 0
"""The bot's own chat."""
WINDOW: Final = timedelta(hours=24)
"""R59: through an account's door the bot may write for so long after the complainant's last message."""
AGAIN: Final = frozenset(
    [
        *("photo", "document", "voice", "audio", "video", "video_note", "animation", "sticker"),
        *("location", "venue", "contact"),
    ]
)
"""Content that can be sent anew where Telegram copies nothing: in an account's chats, and out of them."""
_ROOM: Final = 2**32
"""More than Telegram counts messages in one account."""


class Visit(Struct, frozen=True, kw_only=True):
    """The last time a complainant wrote through a door."""

    door: int
    at: datetime


class Account(Struct, frozen=True, kw_only=True):
    """An account of the brand's, with the rights that the bot has on it now.

    The connection may be replaced by another one; the owner and the door stay.
    """

    door: int
    owner: UserId
    name: str
    connection: str
    enabled: bool
    can_reply: bool
    can_read: bool
    at: datetime
    """When Telegram made the connection."""
    former: tuple[str, ...] = ()
    """Connections that were replaced: late messages may still name them."""

    def evolve(self, **changes: Any) -> Self:  # noqa: ANN401 - the fields carry the types
        """The same account with some fields changed."""
        return replace(self, **changes)

    def after(self, before: "Account | None") -> Self:
        """This account updated by a newer notice; replaced connections stay known."""
        if before is None or before.connection == self.connection:
            return self.evolve(former=before.former) if before is not None else self
        former = dict.fromkeys((*before.former, before.connection))
        former.pop(self.connection, None)
        return self.evolve(former=tuple(former))

    @property
    def speaks(self) -> bool:
        """Whether the bot may write there."""
        return self.enabled and self.can_reply


def behind(door: int, message: int) -> MessageId:
    """Our number for a message of this door."""
    return MessageId(door * _ROOM + message)


def door_of(message: int) -> int:
    """The door that a message number belongs to."""
    return message // _ROOM


def number_at(message: int) -> MessageId:
    """Telegram's own number of a message."""
    return MessageId(message % _ROOM)
