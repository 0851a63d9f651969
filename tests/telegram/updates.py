"""Sample updates from Telegram, and the events they become."""

# ruff: noqa: ANN401 - updates are JSON, and a test reads whatever event comes

from datetime import UTC, datetime
from typing import Any

import msgspec

from bot.complaint.events import Event
from bot.complaint.ids import ChatId
from bot.telegram.parsing import Identity, parse

DESK = -1001000000002
BOT = 77
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SENT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
US = Identity(desk=ChatId(DESK), bot_id=BOT, bot_name="brand_bot", other_desks=frozenset({ChatId(-1009)}))

ALICE = {"id": 42, "is_bot": False, "first_name": "Alice", "last_name": "Chen", "language_code": "zh-hans"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Alice"}
FORUM = {"id": DESK, "type": "supergroup", "title": "Desk", "is_forum": True}
GROUP = {"id": -500, "type": "group", "title": "Friends"}
PHOTO = [{"file_id": "s", "file_unique_id": "us"}, {"file_id": "l", "file_unique_id": "ul", "file_size": 9}]


def message(chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    """A message of Alice's, as Telegram brings it."""
    return {"message_id": 7, "date": int(SENT.timestamp()), "chat": chat, "from": ALICE, **more}


def events(**update: Any) -> list[Event]:
    """What an update comes to."""
    return parse(msgspec.json.encode({"update_id": 1, **update}), us=US, at=AT)


def event(**update: Any) -> Any:
    """The one event that it comes to."""
    (found,) = events(**update)
    return found
