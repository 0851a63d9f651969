"""Similarity of two texts: the share of character pairs in common, estimated from sketches.

A sketch holds the smallest numbers that the pairs of characters have; of two sketches, the smallest of both
together are a fair sample of all pairs (bottom-k). The same words give the same sketch on every machine.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final
from zlib import crc32

SIZE: Final = 48
"""Numbers in a sketch: the likeness is right to about a seventh."""
LONGEST: Final = 600
"""Characters that are looked at."""
_NOISE: Final = re.compile(r"[\W\d_]+")


def sketch(told: Iterable[str]) -> tuple[int, ...]:
    """The sketch of a text; punctuation, digits and spaces do not count."""
    words = _NOISE.sub("", unicodedata.normalize("NFKC", "".join(told))[:LONGEST].casefold())
    pairs = {words[at : at + 2] for at in range(len(words) - 1)}
    return tuple(sorted({crc32(one.encode()) for one in pairs})[:SIZE])


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Similarity from 0 (nothing in common) to 1 (the same). An empty text is like nothing."""
    if not one or not other:
        return 0.0
    sample = sorted({*one, *other})[:SIZE]
    both = set(one).intersection(other)
    return sum(number in both for number in sample) / len(sample)
