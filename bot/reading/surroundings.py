"""Contexts in which a cue does not count: denied, supposed, asked about, quoted, or told of others."""

import re
from collections.abc import Iterable, Mapping

from bot.reading.pattern import BREAKS

_STOPS = re.compile(f"[{re.escape(BREAKS)}]")
_BEFORE = 24
_FAR = 120
"""Characters that one question hardly exceeds: further off no question mark belongs to a cue."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


class Surroundings:
    """Judges a cue by the words around it in its clause."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        fillers = _any_of(words["surroundings.fillers"])
        self._negated = re.compile(f"(?:{_any_of(words['surroundings.negators'])})(?:{fillers}|\\s)*$")
        self._supposed = re.compile(_any_of(words["surroundings.supposing"]))
        self._heard = re.compile(_any_of(words["surroundings.hearsay"]))
        self._tails = words["surroundings.question_tails"]
        self._opener = re.compile(f"^\\W*(?:{_any_of(words['surroundings.question_openers'])})\\b")

    def void(self, text: str, start: int, end: int, unless: frozenset[str]) -> bool:
        """Whether one of the named contexts cancels the cue at `start`..`end`."""
        before = text[max(0, start - _BEFORE) : start]
        clause = _STOPS.split(before)[-1]
        if clause and (
            ("negated" in unless and self._negated.search(clause))
            or ("supposed" in unless and self._supposed.search(clause))
            or ("hearsay" in unless and self._heard.search(clause))
        ):
            return True
        if "quoted" in unless and self._quoted(text, start):
            return True
        return "asked" in unless and self._is_asked(text, start, end)

    def _is_asked(self, text: str, start: int, end: int) -> bool:
        ahead = min(len(text), end + _FAR)
        stop = _STOPS.search(text, end, ahead)
        last = stop.start() if stop else ahead
        clause = text[max(end - 1, 0) : last].rstrip()
        if clause.endswith(self._tails):
            return True
        if stop is None or stop[0] not in "?？":
            return False
        behind = max(0, start - _FAR)
        first = max(text.rfind(mark, behind, start) for mark in ".!?\n。！？，,") + 1
        return bool((first or not behind) and self._opener.match(text[first:end]))

    @staticmethod
    def _quoted(text: str, start: int) -> bool:
        if text.rfind("“", 0, start) > text.rfind("”", 0, start):
            return True
        return text.count('"', 0, start) % 2 == 1 and '"' in text[start:]
