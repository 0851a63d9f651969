"""The company that words keep, as marks for the learned reader.

A body's part beside a pain is hurt, whatever the two words are; a pain beside a laugh is mostly none. So kinds of
words are counted, each alone and two by two where they share a clause.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from bot.reading.finding import Found
from bot.reading.folding import fold
from bot.reading.pattern import BREAKS

_READ: Final = 600
_STOPS: Final = re.compile(f"[{re.escape(BREAKS)}]")
_SHIELD: Final = "other"
_SETTINGS: Final = frozenset({
    "laugh", "praise", "asks", "suppose", "past", "others", "deny", "work", "gift", "fiction", "object", "price",
    "figure", "wait", "lawful",
})  # fmt: skip
"""What may take the edge off a sign anywhere in the text."""
_TOGETHER: Final = (
    frozenset({"demand", "threat", "exposure", "silence", "fake", "force", "data", "lawful"}),
    frozenset({"die", "means", "farewell", "hopeless", "laugh", "wait", "figure"}),
)
"""What tells in company even some clauses apart: the parts of a bargain, and those of despair."""


class _Kinds:
    """All kinds of words in one automaton; of words inside each other the longest counts."""

    def __init__(self, table: dict[str, list[str]]) -> None:
        of: dict[str, list[str]] = {}
        for kind, words in table.items():
            for word in words:
                of.setdefault(fold(word), []).append(kind)
        self._kinds = [() if _SHIELD in kinds else tuple(kinds) for kinds in of.values()]
        self._automaton = AhoCorasick(list(of), matchkind=MatchKind.LeftmostLongest)

    def found(self, text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Where each known word starts, and of which kinds it is."""
        for place, start, end in self._automaton.find_matches_as_indexes(text):
            if self._kinds[place] and not stands_inside(text, start, end):
                yield start, self._kinds[place]


def stands_inside(text: str, start: int, end: int) -> bool:
    """Whether an English word stands inside a longer one."""
    first, last = text[start], text[end - 1]
    if not (first.isascii() and last.isascii()):
        return False
    left = start > 0 and text[start - 1].isascii() and text[start - 1].isalnum() and first.isalnum()
    return left or (end < len(text) and text[end].isascii() and text[end].isalnum() and last.isalnum())


@cache
def words_by_kind() -> dict[str, list[str]]:
    """The words of each kind."""
    raw = (files("bot.reading") / "cues" / "kinds.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@cache
def _kinds() -> _Kinds:
    return _Kinds(words_by_kind())


def company_of(folded: str, found: Found) -> frozenset[str]:
    """The kinds of words in the beginning of a text, and which of them share a clause, as marks."""
    text = folded[:_READ]
    stops = [stop.start() for stop in _STOPS.finditer(text)]
    clauses: dict[int, set[str]] = {}
    for start, kinds in _kinds().found(text):
        clauses.setdefault(bisect_right(stops, start), set()).update(kinds)
    everywhere = set().union(*clauses.values())
    marks = {f"+{kind}" for kind in everywhere}
    signs = [label for label in found if label.startswith("risk.")]
    for sign in signs:
        for hit in found[sign]:
            clauses.setdefault(bisect_right(stops, hit.start), set()).add(sign)
        marks.update([f"+{one}/{sign}" for one in _SETTINGS & everywhere])
    for together in clauses.values():
        marks.update(_pairs(together, "+"))
    for group in _TOGETHER:
        marks.update(_pairs(group & everywhere, "/"))
    return frozenset(marks)


def _pairs(kinds: set[str] | frozenset[str], between: str) -> list[str]:
    if len(kinds) < 2:  # noqa: PLR2004 - most words stand alone
        return []
    return [f"+{one}{between}{other}" for one, other in combinations(sorted(kinds), 2)]
