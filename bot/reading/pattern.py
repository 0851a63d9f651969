"""The small language in which cues are written, and its way to a regular expression.

Plain words mean themselves. `(a|b|)` is any of these, the empty one included; `~` is a gap of a few characters
inside one clause (`~20` of up to twenty); `#` is a number in digits or Chinese numerals; `[abc]` is one of these
characters; `^` and `$` are the beginning and end of a clause; `*` lets an English word go on; `\\` takes the
next character as it is. English words match as whole words.

Each pattern also yields its *anchors*: words of which at least one must be in a text for the pattern to match.
"""

import re
from dataclasses import dataclass

BREAKS = "。！？!?；;，,、\n…:：."
_NUMBER = r"[0-9零〇一二两三四五六七八九十百千万几多半壹贰叁肆伍陆柒捌玖拾佰仟.,]+"
_LEFT = r"(?:(?<![a-z0-9])|(?![a-z0-9]))"
_RIGHT = r"(?:(?![a-z0-9])|(?<![a-z0-9]))"
_SPECIAL = set("(|)~#[^$*\\")
_GAP_ZH, _GAP_EN = 6, 24

Anchors = frozenset[str]


class BadCueError(ValueError):
    """A cue that cannot be understood, or one that anything would match. Say which, and mend the cue file."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A cue made ready. Without `regex` the cue is plain: its one anchor is the cue itself."""

    cue: str
    anchors: Anchors
    regex: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Part:
    regex: str
    anchors: Anchors | None = None


def _weight(anchors: Anchors) -> tuple[int, int]:
    return min(map(len, anchors)), -len(anchors)


class _Parser:
    def __init__(self, cue: str) -> None:
        self._cue = cue
        self._at = 0
        self._gap = _GAP_EN if cue.isascii() else _GAP_ZH

    def _peek(self) -> str:
        return self._cue[self._at] if self._at < len(self._cue) else ""

    def _take(self) -> str:
        char = self._peek()
        if not char:
            raise BadCueError(f"the cue {self._cue!r} ends too early")
        self._at += 1
        return char

    def whole(self) -> _Part:
        part = self._choice()
        if self._peek():
            raise BadCueError(f"the cue {self._cue!r} has a bracket too many")
        return part

    def _choice(self) -> _Part:
        ways = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            ways.append(self._sequence())
        if len(ways) == 1:
            return ways[0]
        known = [way.anchors for way in ways if way.anchors]
        anchors = frozenset().union(*known) if len(known) == len(ways) else None
        return _Part("(?:" + "|".join(way.regex for way in ways) + ")", anchors)

    def _sequence(self) -> _Part:
        parts = []
        while self._peek() not in {"", "|", ")"}:
            parts.append(self._part())
        known = [part.anchors for part in parts if part.anchors]
        return _Part("".join(part.regex for part in parts), max(known, key=_weight) if known else None)

    def _part(self) -> _Part:
        char = self._take()
        match char:
            case "(":
                inner = self._choice()
                if self._take() != ")":
                    raise BadCueError(f"the cue {self._cue!r} lacks a closing bracket")
                return inner
            case "[":
                return self._one_of()
            case "~":
                return _Part(f"[^{re.escape(BREAKS)}]{{0,{self._digits() or self._gap}}}?")
            case "#":
                return _Part(_NUMBER)
            case "^":
                return _Part(f"(?<![^{re.escape(BREAKS)}\\s])")
            case "$":
                return _Part(f"(?![^{re.escape(BREAKS)}\\s~])")
            case "*":
                return _Part("[a-z]*")
            case _:
                return self._words(self._take() if char == "\\" else char)

    def _digits(self) -> int:
        start = self._at
        while self._peek().isdigit():
            self._at += 1
        return int(self._cue[start : self._at] or 0)

    def _one_of(self) -> _Part:
        start = self._at
        while self._take() != "]":
            pass
        chars = self._cue[start : self._at - 1]
        return _Part(f"[{re.escape(chars)}]", frozenset(chars))

    def _words(self, first: str) -> _Part:
        text = first
        while (char := self._peek()) and char not in _SPECIAL:
            text += self._take()
        words = text.split()
        regex = r"\s+".join(map(re.escape, re.split(r"\s+", text)))
        return _Part(regex, frozenset({max(words, key=len)}) if words else None)


def parse(cue: str) -> Pattern:
    """A cue made ready for the finder.

    Raises:
        BadCueError: the cue is malformed, empty, or could match without any fixed word.
    """
    if not cue or cue != cue.strip():
        raise BadCueError(f"the cue {cue!r} is empty or has blanks around it")
    if not _SPECIAL & set(cue) and " " not in cue:
        return Pattern(cue, frozenset({cue}), None)
    part = _Parser(cue).whole()
    if not part.anchors:
        raise BadCueError(f"the cue {cue!r} has no word that must be there")
    right = "" if cue.endswith("*") else _RIGHT
    return Pattern(cue, part.anchors, re.compile(_LEFT + "(?:" + part.regex + ")" + right))
