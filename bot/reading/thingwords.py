"""What kind of thing a complaint is about: food, a served meal, feed, something with a plug, or none of these."""

import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from bot.reading.folding import fold


class Thing(StrEnum):
    """A kind of thing, where the words tell one."""

    PET = "pet"
    SERVED = "served"
    FOOD = "food"
    ELECTRIC = "electric"
    PLAIN = "plain"
    UNKNOWN = ""


_FIRST: Final = (Thing.PET, Thing.SERVED)
"""Found anywhere, they tell how the food was eaten, and by whom."""
REMEMBERED: Final = 1024


@lru_cache(maxsize=REMEMBERED)
def thing_in(product: str, story: tuple[str, ...]) -> Thing:
    """The kind of thing: as the product is called, else by the first words of the story that tell."""
    named = [list(_things(text)) for text in (product, *story) if text]
    found = next((one for one in _FIRST if any(one in kinds for kinds in named)), None)
    if found is Thing.SERVED and named and product and named[0][:1] in ([Thing.ELECTRIC], [Thing.PLAIN]):
        found = None
    return found or next((kinds[0] for kinds in named if kinds), Thing.UNKNOWN)


def _things(text: str) -> Iterator[Thing]:
    automaton, kinds = _words()
    folded = fold(text)
    for place, start, end in automaton.find_matches_as_indexes(folded):
        if kinds[place] and not _inside_a_word(folded, start, end):
            yield Thing(kinds[place])


def _inside_a_word(text: str, start: int, end: int) -> bool:
    """Whether an English word stands inside a longer one that is not its plural."""
    if not text[start].isascii():
        return False
    ends = end + 1 if text[end : end + 1] == "s" else end
    return text[start - 1 : start].isalpha() or text[ends : ends + 1].isalpha()


@cache
def _words() -> tuple[AhoCorasick, tuple[str, ...]]:
    raw = tomllib.loads((files("bot.reading") / "thingwords.toml").read_text(encoding="utf-8"))
    kinds = {fold(word): "" if kind == "other" else kind for kind, words in raw.items() for word in words}
    return AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest), tuple(kinds.values())
