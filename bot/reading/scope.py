"""The scope of what is said: who is meant in a clause, and whether it is told as a fact.

A word of danger tells little by itself: a screen bleeds, a film kills, a rash is asked about before buying. So each
clause is read for its signs (a part of the body and a hurt, a sum and a silence), for whom they befall, and for how
they are said. Nothing is decided here: the findings are marks for the learned reader.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from bot.reading.company import stands_inside, words_by_kind
from bot.reading.folding import fold
from bot.reading.pattern import BREAKS

_READ: Final = 600
_STOPS: Final = re.compile(f"[{re.escape(BREAKS)}~…]+")
_SHIELD: Final = "other"
_NEAR_ZH, _NEAR_EN = 9, 26
"""Characters between two words that belong to each other."""
_JUST_BEFORE_ZH, _JUST_BEFORE_EN = 5, 16
_OPENERS: Final = re.compile(
    r"\W*(?:is|are|do|does|did|can|could|will|would|any|what|where|which|how|when|who|has|have)\b"
)
_WHO: Final = ("self", "child", "elder", "pet", "crowd", "staff", "thing", "object", "told")
_BEFORE: Final = ("supposes", "told", "asks", "like", "wish")
"""What bears only on what follows it."""
_BESIDE: Final = ("tale", "not_now", "mended", "buys", "laugh", "praise", "place", "is_a", "price", "figure")
"""What bears on its whole clause."""
_BEARS: Final = frozenset({"victim", "own_money", "honest", "lawful", *_BESIDE})
"""What bears on the whole text."""
_MOST: Final = 3


class Word(NamedTuple):
    """A word with a meaning here."""

    start: int
    end: int
    kinds: tuple[str, ...]


class Clause(NamedTuple):
    """A piece of a text between two stops, with the words that tell, and whether it asks."""

    start: int
    end: int
    words: list[Word]
    asks: bool


class Sign(NamedTuple):
    """Something that befalls somebody; its last word stands from `core` to `end`."""

    name: str
    core: int
    end: int


class Scope(NamedTuple):
    """The findings as marks, and the families whose signs are none of them told as a fact, with how they are told."""

    marks: frozenset[str]
    hedged: Mapping[str, frozenset[str]]


class _Lexicon:
    """All words of all kinds; of words inside each other the longest counts."""

    def __init__(self) -> None:
        raw = tomllib.loads((files("bot.reading") / "cues" / "scope.toml").read_text(encoding="utf-8"))
        meant: dict[str, set[str]] = {}
        own = {fold(word) for kind, words in raw["words"].items() if kind != _SHIELD for word in words}
        for table in (words_by_kind(), raw["words"]):
            for kind, words in table.items():
                for word in map(fold, words):
                    if kind != _SHIELD or word not in own:
                        meant.setdefault(word, set()).add(kind)
        self._kinds = [() if _SHIELD in of else tuple(sorted(of)) for of in meant.values()]
        self._automaton = AhoCorasick(list(meant), matchkind=MatchKind.LeftmostLongest)
        self.alone: dict[str, list[str]] = {}
        self.pairs: dict[str, list[tuple[str, str]]] = {}
        for name, ways in raw["signs"].items():
            for way in ways:
                first, _, second = way.partition(" ")
                if second:
                    self.pairs.setdefault(first, []).append((second, name))
                else:
                    self.alone.setdefault(first, []).append(name)
        self.negators, self.tails = (tuple(raw["forms"][name]) for name in ("negators", "question_tails"))
        self.family = {sign: family for family, signs in raw["families"].items() for sign in signs}

    def words(self, text: str) -> Iterator[Word]:
        """The words of a folded text, in order."""
        for place, start, end in self._automaton.find_matches_as_indexes(text):
            if self._kinds[place] and not stands_inside(text, start, end):
                yield Word(start, end, self._kinds[place])


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon()


def clauses_of(folded: str) -> list[Clause]:
    """The clauses of the beginning of a text."""
    text = folded[:_READ]
    stops = [(stop.start(), stop.group()) for stop in _STOPS.finditer(text)]
    places = [place for place, _ in stops]
    pieces: dict[int, list[Word]] = {}
    for word in _lexicon().words(text):
        pieces.setdefault(bisect_right(places, word.start), []).append(word)
    clauses = []
    for number, words in sorted(pieces.items()):
        start = places[number - 1] + 1 if number else 0
        end, stop = stops[number] if number < len(stops) else (len(text), "")
        clauses.append(Clause(start, end, words, _asks(text[start:end], stop)))
    return clauses


def _asks(clause: str, stop: str) -> bool:
    said = clause.rstrip()
    if said.endswith(_lexicon().tails):
        return True
    if "?" not in stop and "？" not in stop:
        return False
    return not said.isascii() or bool(_OPENERS.match(said))


def signs_of(folded: str, clause: Clause) -> list[Sign]:
    """The signs in a clause, each name once, where it is first."""
    lexicon = _lexicon()
    english = folded[clause.start : clause.end].isascii()
    near = _NEAR_EN if english else _NEAR_ZH
    found: dict[str, Sign] = {}
    for word in clause.words:
        for kind in word.kinds:
            for name in lexicon.alone.get(kind, ()):
                found.setdefault(name, Sign(name, word.start, word.end))
            for other, name in lexicon.pairs.get(kind, ()):
                if name not in found and (partner := _partner(clause.words, word, other, near)):
                    found[name] = Sign(name, max(word.start, partner.start), max(word.end, partner.end))
    return list(found.values())


def _partner(words: list[Word], word: Word, kind: str, near: int) -> Word | None:
    """The nearest other word of a kind."""
    best, least = None, near + 1
    for one in words:
        apart = one.start - word.end if one.start > word.start else word.start - one.end
        if one is not word and kind in one.kinds and apart < least:
            best, least = one, apart
    return best


def settings_of(folded: str, clause: Clause, sign: Sign) -> list[str]:
    """How a sign is said; none of these means as a fact."""
    before = folded[clause.start : sign.core]
    reach = _JUST_BEFORE_EN if before.isascii() else _JUST_BEFORE_ZH
    how = ["asked"] if clause.asks else []
    if any(one in before[-reach:] for one in _lexicon().negators):
        how.append("denied")
    said = {kind for word in clause.words if word.start < sign.core for kind in word.kinds}
    beside = {kind for word in clause.words for kind in word.kinds}
    how += [kind for kind in _BEFORE if kind in said]
    how += [kind for kind in _BESIDE if kind in beside]
    if "degree" in beside and "moved" in said:
        how.append("degree")
    return how


def whom_of(clauses: list[Clause], place: int, sign: Sign) -> str:
    """Whom a sign befalls: the nearest before it in its clause, or after it, or else in the clauses before."""
    own = _named(clauses[place].words, sign.end, last=True) or _named(
        clauses[place].words, 1 << 30, last=False
    )
    if own:
        return own
    for clause in reversed(clauses[max(0, place - 2) : place]):
        if named := _named(clause.words, clause.end, last=True):
            return f"{named}'"
    return "none"


def _named(words: list[Word], until: int, *, last: bool) -> str:
    found = ""
    for word in words:
        if word.start >= until:
            break
        for who in _WHO:
            if who in word.kinds:
                found = who
                if not last:
                    return found
                break
    return found


def scope_of(folded: str) -> Scope:
    """What the clauses of a text tell: each sign, whom it befalls and how it is said."""
    marks: set[str] = set()
    told: dict[str, _Told] = {}
    clauses = clauses_of(folded)
    for place, clause in enumerate(clauses):
        for sign in signs_of(folded, clause):
            how = settings_of(folded, clause, sign)
            marks.update(_marked(sign.name, how, whom_of(clauses, place, sign)))
            if family := _lexicon().family.get(sign.name):
                told.setdefault(family, _Told()).add(how)
    everywhere = {kind for clause in clauses for word in clause.words for kind in word.kinds}
    for family, one in told.items():
        marks.add(f"@{family}={min(one.facts, _MOST)}")
        marks.update(f"@{family}&{kind}" for kind in everywhere & _BEARS)
        if not one.facts:
            marks.update(f"@{family}:only:{how}" for how in one.settings)
    return Scope(
        frozenset(marks), {family: frozenset(one.settings) for family, one in told.items() if not one.facts}
    )


class _Told:
    """How the signs of a family are told: how many as facts, and in which settings the others."""

    def __init__(self) -> None:
        self.facts = 0
        self.settings: set[str] = set()

    def add(self, settings: list[str]) -> None:
        self.facts += not settings
        self.settings.update(settings)


def _marked(name: str, how: list[str], whom: str) -> Iterator[str]:
    yield f"@{name}/{whom}"
    if not how:
        yield f"@{name}:fact/{whom}"
    yield from (f"@{name}:{one}" for one in how or ("fact",))
