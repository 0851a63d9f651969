"""A message's formatting as Telegram HTML."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import telegram

from bot.telegram.shapes import Entity

_LONG_AGO: Final = datetime.fromtimestamp(0, UTC)
_CHAT: Final = telegram.Chat(1, "private")


def html_of(text: str, entities: Sequence[Entity]) -> str:
    """The text with its marks as HTML."""
    marked = [_mark(one) for one in entities]
    message = telegram.Message(1, _LONG_AGO, _CHAT, text=text, entities=marked)
    return message.text_html


def _mark(entity: Entity) -> telegram.MessageEntity:
    user = entity.user
    return telegram.MessageEntity(
        entity.type,
        entity.offset,
        entity.length,
        url=entity.url or None,
        user=telegram.User(user.id, user.first_name, is_bot=user.is_bot) if user is not None else None,
        language=entity.language or None,
        custom_emoji_id=entity.custom_emoji_id or None,
    )
