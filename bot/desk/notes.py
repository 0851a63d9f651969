"""Notes and commands, which never leave the desk. All else that an agent writes goes to the complainant."""

import re
import unicodedata
from typing import Final, NamedTuple

from bot.complaint.actions import Relay, Turn
from bot.complaint.events import AgentWrote, Event, Pressed
from bot.complaint.ids import CaseNo
from bot.desk.presses import read_press

_UNSEEN: Final = re.compile(r"\A[\s\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
"""Spaces and signs without a shape, before which a slash is still the first thing one sees."""


_NUMBER: Final = re.compile(r"[0-9]{7}")
"""A case's number without its dash."""


class Order(NamedTuple):
    """A command with what was written behind it."""

    name: str
    argument: str


def _opening(text: str) -> str:
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text)[:2])


def is_note(text: str) -> bool:
    """Whether this begins with `//`, half or full width: an internal note."""
    return _opening(text).startswith("//")


def stays_inside(text: str) -> bool:
    """Whether this is a note or a command, which the complainant never sees."""
    return _opening(text).startswith("/")


def note_words(text: str) -> str:
    """A note without its sign."""
    return _UNSEEN.sub("", text)[2:].strip()


def order_of(text: str) -> Order | None:
    """The command that a message gives; None if it is a note or words for the complainant."""
    if is_note(text) or not stays_inside(text):
        return None
    typed = _UNSEEN.sub("", text)[1:]
    words = typed.split(maxsplit=1) if typed[:1].strip() else ["", typed.strip()]
    return Order(words[0].partition("@")[0].lower() if words else "", words[1].strip() if words[1:] else "")


def named_number(event: Event) -> CaseNo | None:
    """The case that a command's first word names, or a button's value."""
    if isinstance(event, Pressed):
        press = read_press(event.data)
        word = press.value if press is not None else ""
    else:
        order = order_of(event.text) if isinstance(event, AgentWrote) else None
        word = order.argument.partition(" ")[0] if order is not None else ""
    digits = unicodedata.normalize("NFKC", word).replace("-", "")
    return CaseNo(f"{digits[:3]}-{digits[3:]}") if _NUMBER.fullmatch(digits) else None


def note_of(event: Event, turn: Turn | None = None) -> bool:
    """Whether an event is an internal line of the case, which the complainant never sees.

    With the `turn` it is told exactly: whatever an agent wrote that was not carried over stays a note.
    """
    if not isinstance(event, AgentWrote):
        return False
    if turn is None:
        return stays_inside(event.text)
    return not any(isinstance(one, Relay) and one.to_customer for one in turn.actions)
