"""Contexts in which a cue does not count: denied, supposed, asked about, quoted, or told of others."""

import re
from collections.abc import Iterable, Mapping

from bot.reading.pattern import BREAKS

_STOPS = re.compile(f"[{re.escape(BREAKS)}]")
_PAUSE = re.compile(r"(?<=[\u3400-\u9fff]{2})[ \t]+(?=[\u3400-\u9fff]{2})")
"""A space where others put a comma: "买了壶 漏水 客服不理". Inside a spaced word ("退 款") there is none."""
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
        leads = ("negators", "supposing", "hearsay", "fillers")
        leading = _any_of(word for name in leads for word in words[f"surroundings.{name}"])
        self._goes_on = re.compile(f"(?:{leading})$")
        self._heard = re.compile(_any_of(words["surroundings.hearsay"]))
        self._tails = words["surroundings.question_tails"]
        self._opener = re.compile(f"^\\W*(?:{_any_of(words['surroundings.question_openers'])})\\b")

    def void(self, text: str, start: int, end: int, unless: frozenset[str]) -> bool:
        """Whether one of the named contexts cancels the cue at `start`..`end`."""
        clause = self._clause(text, start)
        if clause and (
            ("negated" in unless and self._negated.search(clause))
            or ("supposed" in unless and self._supposed.search(clause))
            or ("hearsay" in unless and self._heard.search(clause))
        ):
            return True
        if "quoted" in unless and self._quoted(text, start):
            return True
        return "asked" in unless and self._is_asked(text, start, end)

    def _clause(self, text: str, start: int) -> str:
        """What stands before a cue in its clause; after "没有" or "如果" a space ends none."""
        first = max(0, start - _BEFORE)
        said = _STOPS.split(text[first:start])[-1]
        begun = start - len(said)
        pauses = [one for one in _PAUSE.finditer(text, begun, start + 2) if one.start() < start]
        ended = (one.end() for one in reversed(pauses) if not self._goes_on.search(text, begun, one.start()))
        return text[next(ended, begun) : start]

    def _is_asked(self, text: str, start: int, end: int) -> bool:
        ahead = min(len(text), end + _FAR)
        stop = _STOPS.search(text, end, ahead)
        pause = _PAUSE.search(text, end, stop.start() if stop else ahead)
        stop = pause or stop
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
