"""Features of the classifier: short runs of characters, and English words."""

import re
from collections.abc import Iterable, Iterator
from operator import add
from typing import Final

_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
_WORD: Final = re.compile(r"[a-z']+|\d+|[!?！？]{2,}")
_LONGEST_RUN: Final = 4
"""Runs of one to four Chinese characters are counted."""
_READ: Final = 600
"""Characters looked at: a complaint says what it is about well before that."""


def grams(folded: str, marks: Iterable[str] = ()) -> set[str]:
    """The features of a folded text; `marks` are the cues found, which count too."""
    found = {f"={mark}" for mark in marks}
    text = folded[:_READ]
    for run in _HAN.findall(text):
        # over a gap of anything else they do not reach
        runs = list(run)
        found.update(runs)
        for length in range(1, _LONGEST_RUN):
            runs = list(map(add, runs, run[length:]))
            found.update(runs)
    found.update(_words(text))
    return found


def _words(text: str) -> Iterator[str]:
    """Words, neighbouring pairs, and the stems of long words; numbers are all alike."""
    before = ""
    for match in _WORD.finditer(text):
        word = "0" if match.group().isdigit() else match.group()
        yield f"_{word}"
        if before:
            yield f"_{before}_{word}"
        if len(word) > 5 and word.isalpha():  # noqa: PLR2004 - shorter words are their own stems
            yield f"^{word[:5]}"
        before = word
