"""The finder: finds all cues in one pass over the text (Aho-Corasick).

All anchors stand in one Aho-Corasick automaton; only patterns whose anchor is there are tried. So the cost of a
message depends on what it says, not on how many cues there are.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from bot.reading.cuebook import Cues, Label
from bot.reading.pattern import Pattern, parse
from bot.reading.surroundings import Surroundings

_STRONG, _WEAK, _NEVER = 2, 1, 0
_MOST_HITS = 100
"""Signs of one label in one text: more of them say nothing more."""
NOT = "not."
"""Before a risk's name: words that only look like it ("人工草坪"), or that their surroundings take back."""


class Hit(NamedTuple):
    """A cue found in the folded text, from `start` to `end`."""

    start: int
    end: int
    weak: bool


Found = Mapping[str, list[Hit]]


class _Entry(NamedTuple):
    label: str
    grade: int


def _ascii_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _cut_word(text: str, start: int, end: int) -> bool:
    """Whether an English cue stands in the middle of a longer word."""
    left = start > 0 and _ascii_word(text[start]) and _ascii_word(text[start - 1])
    return left or (end < len(text) and _ascii_word(text[end - 1]) and _ascii_word(text[end]))


class _Ground:
    """A set of text ranges, added in order of their start."""

    def __init__(self, pieces: Iterable[tuple[int, int]]) -> None:
        self._firsts: list[int] = []
        self._reach: list[int] = []
        for first, stop in pieces:
            self._firsts.append(first)
            self._reach.append(max(stop, self._reach[-1]) if self._reach else stop)

    def touches(self, start: int, end: int) -> bool:
        """Whether any range overlaps `start`..`end`."""
        before = bisect_left(self._firsts, end)
        return before > 0 and self._reach[before - 1] > start


class Finder:
    """All cues, compiled. Read-only after construction, so it can be shared."""

    def __init__(self, cues: Cues) -> None:
        self._labels = cues.labels
        self._around = Surroundings(cues.words)
        self._plain: list[list[_Entry]] = []
        self._english: list[bool] = []
        """Whether an anchor begins or ends with a letter or figure of English, and so may be a piece of a word."""
        self._gated: list[list[int]] = []
        self._patterns: list[tuple[_Entry, Pattern]] = []
        self._reach: list[int] = []
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._places: dict[str, int] = {}
        for name, label in cues.labels.items():
            self._learn(name, label)
        self._automaton = AhoCorasick(list(self._places), matchkind=MatchKind.Standard)

    def _learn(self, name: str, label: Label) -> None:
        for grade, cues in ((_STRONG, label.strong), (_WEAK, label.weak), (_NEVER, label.never)):
            entry = _Entry(name, grade)
            for cue in cues:
                self._learn_cue(entry, parse(cue))

    def _learn_cue(self, entry: _Entry, pattern: Pattern) -> None:
        if pattern.regex is None:
            for words in pattern.anchors:
                entries = self._plain[self._place(words)]
                if entry not in entries:
                    entries.append(entry)
            return
        for anchor in pattern.anchors:
            self._gated[self._place(anchor)].append(len(self._patterns))
        self._patterns.append((entry, pattern))
        self._reach.append(pattern.reach)

    def _place(self, anchor: str) -> int:
        place = self._places.get(anchor)
        if place is None:
            place = self._places[anchor] = len(self._places)
            self._english.append(_ascii_word(anchor[0]) or _ascii_word(anchor[-1]))
            self._plain.append([])
            self._gated.append([])
        return place

    def find(self, text: str) -> dict[str, list[Hit]]:
        """All labels shown in a folded text, with their places in order."""
        raw: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        due: dict[int, list[int]] = {}  # where each pattern is tried: from, to, from, to
        plain, gated, english, reaches = self._plain, self._gated, self._english, self._reach
        for place, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for number in gated[place]:
                reach = reaches[number]
                ground = due.get(number)
                if ground is None:
                    due[number] = [start - reach, end + reach]
                elif start - reach <= ground[-1]:
                    ground[-1] = end + reach  # anchors come in the order of their ends
                else:
                    ground += (start - reach, end + reach)
            if plain[place] and not (english[place] and _cut_word(text, start, end)):
                for name, grade in plain[place]:
                    raw[name].append((start, -end, -grade))
        self._try(text, due, raw)
        found = {name: hits for name, marks in raw.items() if (hits := self._valid(text, name, marks))}
        for name, marks in raw.items():
            if name.startswith("risk.") and (name not in found or any(mark[2] == _NEVER for mark in marks)):
                found[f"{NOT}{name}"] = [Hit(start, -last, weak=False) for start, last, _ in marks]
        return found

    def _try(self, text: str, due: dict[int, list[int]], raw: dict[str, list[tuple[int, int, int]]]) -> None:
        """Try the patterns whose anchors were found, and note what matches."""
        for number, ground in due.items():
            name, grade = self._patterns[number][0]
            regex = self._compiled.get(number) or self._regex(number)
            for first, last in zip(ground[::2], ground[1::2], strict=True):
                for match in regex.finditer(text, max(0, first), last):
                    raw[name].append((match.start(), -match.end(), -grade))

    def _regex(self, number: int) -> re.Pattern[str]:
        """Compile a pattern on first use: most of them are rare, and starting must be fast."""
        regex = self._compiled[number] = re.compile(self._patterns[number][1].regex or "")
        return regex

    def _valid(self, text: str, name: str, marks: list[tuple[int, int, int]]) -> list[Hit]:
        """The marks that are not cancelled, the longest at each place; a weak one never hides a strong one."""
        unless = self._labels[name].unless
        if len(marks) == 1:
            # mostly, and then there is nothing to weigh it against
            ((start, last, grade),) = marks
            void = grade == _NEVER or (unless and self._around.void(text, start, -last, unless))
            return [] if void else [Hit(start, -last, grade == -_WEAK)]
        marks.sort()
        never = [(start, -last) for start, last, grade in marks if grade == _NEVER]
        back = _Ground(never) if never else None
        hits: list[Hit] = []
        reach = -1
        for start, last, grade in marks:
            end = -last
            if grade == _NEVER or (end <= reach and not (grade == -_STRONG and hits[-1].weak)):
                continue
            if back is not None and back.touches(start, end):
                continue
            if unless and self._around.void(text, start, end, unless):
                continue
            hits.append(Hit(start, end, grade == -_WEAK))
            if len(hits) == _MOST_HITS:
                break
            reach = max(reach, end)
        return hits
