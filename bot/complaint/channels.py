"""The ways in which a complaint can come, and the stand-in chat id of cases without a chat (S120)."""

from enum import StrEnum
from hashlib import sha256
from typing import Final

from bot.complaint.ids import ChatId


class Channel(StrEnum):
    """How a complaint came. All but the first three have no chat: a colleague has to pass messages on."""

    PRIVATE = "telegram_private"
    GROUP = "group"
    BUSINESS = "business"
    PHONE = "phone"
    STORE = "store"
    EMAIL = "email"
    LETTER = "letter"
    HOTLINE = "12315"
    HEIMAO = "heimao"
    REGULATOR = "regulator"
    MEDIA = "media"


LOGGED: Final = (
    Channel.PHONE,
    Channel.STORE,
    Channel.EMAIL,
    Channel.LETTER,
    Channel.HOTLINE,
    Channel.HEIMAO,
    Channel.REGULATOR,
    Channel.MEDIA,
)
"""The ways that colleagues log."""
_FAR: Final = 2**52
"""Telegram's own numbers end below it."""


def far_chat(desk: ChatId, message: int) -> ChatId:
    """The stand-in chat id of a complaint logged by this message; the same each time."""
    digest = sha256(f"{desk}:{message}".encode()).digest()
    return ChatId(_FAR + int.from_bytes(digest[:7], "big") % _FAR)


def is_far(chat: int) -> bool:
    """Whether this is a stand-in chat id, to which nothing can be sent."""
    return chat >= _FAR
