"""Parses the log of a story: its lines, actions, times, and expected words."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bot.sandbox.messages import Message
from tests.stories.deeds import MEDIA, THINGS

UNITS = {
    "秒": 1, "s": 1, "分钟": 60, "分": 60, "min": 60, "小时": 3600, "h": 3600, "天": 86_400, "d": 86_400,
}  # fmt: skip
DEEDS = ("点", "回", "改", "删", "留号码", "表情", "发相册", *MEDIA, *THINGS)
IN_PRIVATE = "私聊"


class StoryBroken(AssertionError):
    """The conversation did not go as the log says."""


def buttons_of(message: Message) -> list[str]:
    """The labels of a message's buttons, row by row."""
    return [key["text"] for row in _rows(message.body) for key in row]


def _rows(body: dict[str, Any]) -> list[list[dict[str, Any]]]:
    markup = body.get("reply_markup", {})
    rows: list[list[dict[str, Any]]] = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return rows


def button_now(messages: list[Message], label: str) -> tuple[Message, str] | None:
    """The newest button with this label that is on the screen, and its data."""
    return _button([(one, one.body) for one in reversed(messages)], label)


def button_once(messages: list[Message], label: str) -> tuple[Message, str] | None:
    """The same, if it ever stood there: an old screen still has it."""
    bodies = [(one, body) for one in reversed(messages) for body in (one.body, *reversed(one.versions))]
    return _button(bodies, label)


def _button(bodies: list[tuple[Message, dict[str, Any]]], label: str) -> tuple[Message, str] | None:
    for message, body in bodies:
        for key in (one for row in _rows(body) for one in row):
            if key["text"] == label and "callback_data" in key:
                return message, str(key["callback_data"])
    return None


def lines_of(log: str) -> list[str]:
    """The lines of a log; a line that begins deeper belongs to the one before."""
    joined: list[str] = []
    for raw in log.strip("\n").splitlines():
        text = raw.strip()
        if not text or text.startswith("#"):
            continue
        joined.append(text)
    return joined


def who_where_deed(who: str, groups: Iterable[str] = ()) -> tuple[str, str, str]:
    """Who acts, where (empty: where they always do), and what they do; without a deed they write."""
    for english, chinese in (
        (" presses", "点"),
        (" sends a photo", "发图"),
        (" replies", "回"),
        (" edits", "改"),
        (" in General", "在大群"),
        (" in private", IN_PRIVATE),
    ):
        who = who.removesuffix(english) + chinese if who.endswith(english) else who
    deed = next((one for one in sorted(DEEDS, key=len, reverse=True) if who.endswith(one)), "")
    name = who.removesuffix(deed).strip()
    if name.endswith(IN_PRIVATE):
        return name.removesuffix(IN_PRIVATE).strip(), IN_PRIVATE, deed
    place = next((one for one in ("大群", *groups) if name.endswith(f"在{one}")), "")
    return (name.removesuffix(f"在{place}").strip() if place else name), place, deed


def span_of(words: str) -> timedelta:
    """A time that passes, as a log writes it."""
    match = re.fullmatch(r"(\d+)\s*(\D+)", words)
    if match is None or match[2].strip() not in UNITS:
        raise StoryBroken(f"how long is {words}?")
    return timedelta(seconds=int(match[1]) * UNITS[match[2].strip()])


def match_words(pattern: str, text: str, where: str) -> None:
    """Every piece between the dots stands in the text, in this order."""
    place = 0
    flat = " ".join(text.split())
    for piece in (one.strip() for one in pattern.split("…")):
        found = flat.find(piece, place)
        if found < 0:
            raise StoryBroken(f"{where}: “{piece}” is missing in\n{text}")
        place = found + len(piece)
