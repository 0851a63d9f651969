"""How the log of a story is read: its lines, deeds, spans of time, and the words to be found."""

import re
from datetime import timedelta
from typing import Any

from bot.sandbox.messages import Message
from tests.stories.deeds import MEDIA, THINGS

UNITS = {
    "秒": 1, "s": 1, "分钟": 60, "分": 60, "min": 60, "小时": 3600, "h": 3600, "天": 86_400, "d": 86_400,
}  # fmt: skip
DEEDS = ("点", "回", "改", "留号码", "表情", "在大群", "发相册", *MEDIA, *THINGS)


class StoryBroken(AssertionError):
    """The conversation did not go as the log says."""


def buttons_of(message: Message) -> list[str]:
    """The labels of a message's buttons, row by row."""
    return [key["text"] for row in _rows(message.body) for key in row]


def _rows(body: dict[str, Any]) -> list[list[dict[str, Any]]]:
    markup = body.get("reply_markup", {})
    rows: list[list[dict[str, Any]]] = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return rows


def button_of(messages: list[Message], label: str) -> tuple[Message, str]:
    """The newest button with this label, as it stands or once stood, and its data."""
    for message in reversed(messages):
        for body in (message.body, *reversed(message.versions)):
            for key in (one for row in _rows(body) for one in row):
                if key["text"] == label and "callback_data" in key:
                    return message, str(key["callback_data"])
    raise StoryBroken(f"there is no button {label}")


def lines_of(log: str) -> list[str]:
    """The lines of a log; a line that begins deeper belongs to the one before."""
    joined: list[str] = []
    for raw in log.strip("\n").splitlines():
        text = raw.strip()
        if not text or text.startswith("#"):
            continue
        joined.append(text)
    return joined


def who_and_deed(who: str) -> tuple[str, str]:
    """Who acts, and what they do; without a deed they write."""
    found = next((deed for deed in sorted(DEEDS, key=len, reverse=True) if who.endswith(deed)), "")
    name = who.removesuffix(found).strip() if found else who
    for english, deed in (
        (" presses", "点"),
        (" sends a photo", "发图"),
        (" replies", "回"),
        (" edits", "改"),
    ):
        if who.endswith(english):
            return who.removesuffix(english), deed
    return name, found


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
