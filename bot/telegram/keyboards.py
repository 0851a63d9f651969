"""Buttons as the Bot API writes them."""

from typing import Any, TypeAlias

from bot.complaint.letters import Key, Letter

Json: TypeAlias = dict[str, Any]


def reply_markup(letter: Letter) -> Json | None:
    """What hangs under a letter: buttons, the contact button, or the contact button taken away."""
    if any(key.contact for row in letter.keys for key in row):
        rows = [[_under_the_text_field(key) for key in row] for row in letter.keys]
        return {"keyboard": rows, "one_time_keyboard": True, "resize_keyboard": True}
    if letter.keys:
        return inline(letter)
    return {"remove_keyboard": True} if letter.drop_keyboard else None


def inline(letter: Letter) -> Json:
    """The buttons inside the message; none takes them away."""
    return {"inline_keyboard": [[_inside(key) for key in row] for row in letter.keys]}


def _inside(key: Key) -> Json:
    return {"text": key.label, "url": key.url} if key.url else {"text": key.label, "callback_data": key.data}


def _under_the_text_field(key: Key) -> Json:
    return {"text": key.label, "request_contact": True} if key.contact else {"text": key.label}
