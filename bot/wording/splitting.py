"""Splits a message that is too long, counting as Telegram does: code points without tags."""

import re
import unicodedata
from dataclasses import dataclass, field

from bot.wording.space import TAG, plain

_UNIT = re.compile(rf"{TAG.pattern}|&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);|.", re.DOTALL)
_SENTENCE_ENDS = frozenset("。！？；!?;…")
_PAUSES = frozenset("，、,：: ")
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_TAG_NAME = re.compile(r"[A-Za-z][\w-]*")

LONGEST_CAPTION = 1024
"""Visible code points of the words under a picture or file."""

PARAGRAPH, LINE, SENTENCE, PAUSE, ANYWHERE = range(5)


def split(html: str, limit: int = 4096) -> list[str]:
    """The message in parts of at most `limit` visible code points, each complete HTML.

    Cuts at the end of a paragraph if that leaves a part at least half full, else of a line, a sentence or a
    pause, and inside a word only when there is nothing else; never inside a tag, an entity, or between an
    emoji and what modifies it. Tags that are open at a cut are closed and opened again.

    Raises:
        ValueError: no room for a single character.
    """
    if limit < 1:
        raise ValueError("a message needs room for one character at least")
    seen = plain(html)
    if len(seen) <= limit:  # nearly always
        return [html.strip()] if seen.strip() else []
    units = _UNIT.findall(html)
    parts, start, opened = [], 0, _Tags()
    while start < len(units):
        end = _cut(units, start, limit)
        part, opened = opened.around(units[start:end])
        if plain(part).strip():
            parts.append(part)
        start = end
    return parts


@dataclass(frozen=True, slots=True)
class _Tags:
    """The open tags, outermost first."""

    names: tuple[str, ...] = field(default=())

    def around(self, units: list[str]) -> tuple[str, "_Tags"]:
        """These units with open tags reopened before and closed after them, and what stays open."""
        after = list(self.names)
        for unit in units:
            if not _is_tag(unit):
                continue
            if not unit.startswith("</"):
                after.append(unit)
            elif after and _name(after[-1]) == _name(unit):
                after.pop()
        inner = "".join(units).strip()
        ends = "".join(f"</{_name(tag)}>" for tag in reversed(after))
        return "".join(self.names) + inner + ends, _Tags(tuple(after))


def _cut(units: list[str], start: int, limit: int) -> int:
    """The index of the first unit that no longer belongs to the part beginning at `start`."""
    seen = 0
    best: dict[int, tuple[int, int]] = {}
    for index in range(start, len(units)):
        if not _is_tag(units[index]):
            if seen == limit:
                return _best(best, limit, index)
            seen += 1
        rank = _rank(units, index)
        if rank is not None:
            best[rank] = (index + 1, seen)
    return len(units)


def _best(best: dict[int, tuple[int, int]], limit: int, full: int) -> int:
    enough = (
        best[rank][0] for rank in (PARAGRAPH, LINE, SENTENCE) if rank in best and best[rank][1] * 2 >= limit
    )
    found = next(enough, None)
    if found is not None:
        return found
    lesser = (best[rank][0] for rank in (PAUSE, ANYWHERE) if rank in best)
    return next(lesser, full)


def _rank(units: list[str], index: int) -> int | None:
    """How good a cut after this unit is; None: not allowed."""
    unit, following = units[index], units[index + 1] if index + 1 < len(units) else ""
    if _is_tag(unit) or not following:
        return None
    if unit == "\n":
        return PARAGRAPH if index and units[index - 1] == "\n" else LINE
    if unit in _SENTENCE_ENDS or (unit == "." and following.isspace()):
        return SENTENCE
    if unit in _PAUSES:
        return PAUSE
    return None if _clings(unit, following) else ANYWHERE


def _clings(unit: str, following: str) -> bool:
    if unit == "\u200d" or _is_tag(following):
        return True
    first = following[0]
    return first in _JOINERS or ord(first) in _SKIN_TONES or bool(unicodedata.combining(first))


def _is_tag(unit: str) -> bool:
    return len(unit) > 1 and unit[0] == "<"


def _name(tag: str) -> str:
    found = _TAG_NAME.search(tag)
    return found.group().lower() if found else ""
