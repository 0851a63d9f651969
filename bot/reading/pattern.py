r"""The pattern language of cue files, translated to regular expressions.

Plain words mean themselves. `(a|b|)` is any of these, the empty one included; `~` is a gap of a few characters
inside one clause (`~20` of up to twenty); `#` is a number in digits or Chinese numerals; `[abc]` is one of these
characters; `^` and `$` are the beginning and end of a clause; `*` lets an English word go on; `\` takes the
next character as it is. English words match as whole words.

Each pattern also yields its *anchors*: words of which at least one must be in a text for the pattern to match.
"""

import re
from dataclasses import dataclass

BREAKS = "。！？!?；;，,、\n…:：."
_STOPS = re.escape(BREAKS)
_DIGIT = "0-9零〇一二两三四五六七八九十百千万几多半壹贰叁肆伍陆柒捌玖拾佰仟"
_LONGEST_NUMBER, _LONGEST_ENDING, _MOST_BLANKS = 24, 24, 4
_NUMBER = f"[{_DIGIT}](?:[{_DIGIT}.]|,(?=[0-9])){{0,{_LONGEST_NUMBER - 1}}}"
_BLANK = re.compile(r"\s+")
_BLANKS = rf"\s{{1,{_MOST_BLANKS}}}"
_LEFT = r"(?:(?<![a-z0-9])|(?![a-z0-9]))"
_RIGHT = r"(?:(?![a-z0-9])|(?<![a-z0-9]))"
_PLAIN = re.compile(r"[^(|)~#\[^$*\\]*")
_FLAT = re.compile(r"([^\W_]*(?:\|[^\W_]*)+)\)")
"""Words to choose from, without signs among them: most brackets hold only such, and need no parsing."""
"""Characters that mean themselves."""
_GAP_ZH, _GAP_EN = 6, 24

_COMMON = frozenset("的了是不有在我你就都也还没一上个买用")
"""Words that stand in nearly every message: poor anchors."""
_MOST_WAYS = 240
_EDGE = 3
"""Characters beyond a match at which it is looked whether a word or a clause ends."""

Words = frozenset[str]


class BadCueError(ValueError):
    """A cue that cannot be understood, or one that anything would match. Say which, and mend the cue file."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled cue. Without `regex` it is plain: each anchor is one complete way to write it."""

    cue: str
    anchors: Words
    regex: str | None
    reach: int = 0
    """How far from an anchor, in characters, a match may begin or end."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a cue: `exact` when it can only be these words, else `anchors` of which one must be there."""

    regex: str
    longest: int
    exact: Words | None = None
    anchors: Words | None = None


_NOTHING: Words = frozenset({""})


def _weight(anchors: Words) -> tuple[bool, int, int]:
    """How rarely they are met: the best anchor is the one for which a pattern is tried least often."""
    return _COMMON.isdisjoint(anchors), min(map(len, anchors)), -len(anchors)


def _in_a_row(parts: list[_Part]) -> _Part:
    """Parts in sequence: exact neighbours are joined into longer anchors."""
    if len(parts) == 1:
        return parts[0]
    runs: list[Words] = []
    run = _NOTHING
    whole = True
    for part in parts:
        if part.exact is not None and len(run) * len(part.exact) <= _MOST_WAYS:
            run = frozenset(head + tail for head in run for tail in part.exact)
            continue
        whole = False
        runs += [run, *([part.anchors] if part.anchors else [])]
        run = part.exact if part.exact is not None else _NOTHING
    regex, longest = "".join(part.regex for part in parts), sum(part.longest for part in parts)
    if whole:
        return _Part(regex, longest, exact=run)
    known = [one for one in (*runs, run) if "" not in one]
    return _Part(regex, longest, anchors=max(known, key=_weight) if known else None)


def _any_way(ways: list[_Part]) -> _Part:
    regex, longest = "(?:" + "|".join(way.regex for way in ways) + ")", max(way.longest for way in ways)
    exact = [way.exact for way in ways if way.exact is not None]
    if len(exact) == len(ways):
        return _Part(regex, longest, exact=frozenset().union(*exact))
    must = [way.exact if way.exact is not None else way.anchors for way in ways]
    known = [words for words in must if words and "" not in words]
    return _Part(regex, longest, anchors=frozenset().union(*known) if len(known) == len(ways) else None)


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
        return ways[0] if len(ways) == 1 else _any_way(ways)

    def _sequence(self) -> _Part:
        parts = []
        while self._peek() not in {"", "|", ")"}:
            parts.append(self._part())
        return _in_a_row(parts)

    def _part(self) -> _Part:
        char = self._take()
        match char:
            case "(":
                flat = _FLAT.match(self._cue, self._at)
                if flat is not None:
                    self._at = flat.end()
                    words = flat[1].split("|")
                    return _Part(f"(?:{flat[1]})", max(map(len, words)), exact=frozenset(words))
                inner = self._choice()
                if self._take() != ")":
                    raise BadCueError(f"the cue {self._cue!r} lacks a closing bracket")
                return inner
            case "[":
                return self._one_of()
            case "~" | "#" | "^" | "$" | "*":
                return self._open_ended(char)
            case _:
                return self._words(self._take() if char == "\\" else char)

    def _open_ended(self, sign: str) -> _Part:
        """The signs that stand for no fixed words."""
        match sign:
            case "~":
                gap = self._digits() or self._gap
                return _Part(f"(?:[^{_STOPS}]|(?<=[0-9])[.,](?=[0-9])){{0,{gap}}}?", gap)
            case "#":
                return _Part(_NUMBER, _LONGEST_NUMBER)
            case "^":
                return _Part(f"(?<![^{_STOPS}\\s])(?<![a-z0-9] )", 0)
            case "$":
                return _Part(f"(?![^{_STOPS}\\s~])(?! [a-z0-9])", 0)
            case _:
                return _Part(f"[a-z]{{0,{_LONGEST_ENDING}}}", _LONGEST_ENDING)

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
        return _Part(f"[{re.escape(chars)}]", 1, exact=frozenset(chars))

    def _words(self, first: str) -> _Part:
        rest = _PLAIN.match(self._cue, self._at)
        text = first if rest is None else first + rest[0]
        self._at += len(text) - len(first)
        if text.isalnum():
            return _Part(text, len(text), exact=frozenset({text}))
        words = _BLANK.split(text)
        regex = _BLANKS.join(map(re.escape, words))
        return _Part(regex, len(text) + _MOST_BLANKS * (len(words) - 1), exact=frozenset({text}))


def parse(cue: str) -> Pattern:
    """The compiled cue.

    Raises:
        BadCueError: the cue is malformed, empty, or could match without any fixed word.
    """
    if not cue or cue != cue.strip():
        raise BadCueError(f"the cue {cue!r} is empty or has blanks around it")
    if _PLAIN.fullmatch(cue) and "n't" not in cue:
        return Pattern(cue, frozenset({cue}), None)
    # many leave the apostrophe out
    part = _Parser(cue.replace("n't", "n('|)t")).whole()
    anchors = part.exact if part.exact is not None else part.anchors
    if not anchors or "" in anchors:
        raise BadCueError(f"the cue {cue!r} has no word that must be there")
    if part.exact is not None:
        return Pattern(cue, anchors, None)
    right = "" if cue.endswith("*") else _RIGHT
    return Pattern(cue, anchors, _LEFT + "(?:" + part.regex + ")" + right, part.longest + _EDGE)
