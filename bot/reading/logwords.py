"""Parses a logged complaint: who, how to reach them, its number elsewhere, and the words themselves."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_EDGES = " \t,，、;；:：|｜"
_HEAD = 30
"""A number that begins later belongs to the words."""
_STROKE = re.compile(r"\s*[|｜]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogWords:
    """The parts of a logged line; a missing one is empty. `words` are verbatim."""

    name: str = ""
    phone: str = ""
    other: str = ""
    """How to reach them where it is no phone."""
    ref: str = ""
    words: str = ""


def log_words(text: str) -> LogWords:
    """The parts of a line such as "Ms Wang 13812345678 the tin was bloated".

    Name and contact stand before the words: parted by the contact itself, by strokes, or by the end of the line.
    """
    head, _, words = text.strip().partition("\n")
    if not words.strip():
        head, words = _parted(text.strip())
    ref, contact = _forms()
    found = ref.search(head)
    head = _without(head, found)
    way = contact.search(head)
    name = " ".join(_STROKE.sub(" ", _without(head, way)).split())
    return LogWords(
        name=name.strip(_EDGES)[:60],
        phone=(way["phone"] or "") if way else "",
        other=(way["other"] or "") if way else "",
        ref=found["ref"] if found else "",
        words=words.strip(),
    )


def reference_in(text: str) -> tuple[str, str]:
    """The number that a matter has elsewhere, and the words without it."""
    found = _forms()[0].search(text)
    return (found["ref"] if found else ""), _without(text, found)


def _parted(line: str) -> tuple[str, str]:
    """Who and how before, the words behind."""
    strokes = _STROKE.split(line)
    if len(strokes) > 1:
        return " ".join(strokes[:-1]), strokes[-1]
    ref, contact = _forms()
    found = (contact.search(line), ref.search(line))
    ends = [one.end() for one in found if one and one.start() <= _HEAD and line[one.end() :].strip()]
    return (line[: max(ends)], line[max(ends) :].strip(_EDGES)) if ends else ("", line)


def _without(text: str, found: re.Match[str] | None) -> str:
    return text if found is None else f"{text[: found.start()]} {text[found.end() :]}"


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    raw = tomllib.loads((files("bot.reading") / "deskwords.toml").read_text(encoding="utf-8"))
    row = raw["log"][0]
    return re.compile(row["ref"], re.IGNORECASE), re.compile(row["contact"], re.IGNORECASE)
