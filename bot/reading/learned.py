"""The classifier: how like a text is to the examples of each label. Pure arithmetic, no library.

The weights are a file made by `python -m bot.reading.learning`; they are read once.
"""

import re
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import accumulate
from math import sqrt, tanh
from struct import Struct
from typing import Final

import msgspec

from bot.reading.grams import grams

FILE: Final = "learned.bin"
BETWEEN: Final = "\0"
"""What stands in no gram."""
FINENESS: Final = 1000
"""Rarity is written in parts as small as this."""
_CLAUSE: Final = re.compile(r"[^，。！？；：、,.!?;:\n~…]+")
_SHORT: Final = 2
_MOST_ROWS: Final = 16_384
"""Rows that are kept, of a quarter of a kilobyte each."""
_LANE: Final = 64
"""Bits that one figure of a row has to itself."""
_FINE: Final = 1 << 24
"""Figures are counted in parts as small as this."""
_SEA: Final = 1 << (_LANE - 2)
"""An offset that keeps every lane of the sum positive, so that none borrows from its neighbour."""


class Weights(msgspec.Struct, frozen=True):
    """The file: each gram with its rarity and its weights per label, in steps of `step`.

    What there is of each gram stands in its order, in one piece for all: a value of its own for each would take
    twenty times the memory.
    """

    labels: list[str]
    bias: list[float]
    step: float
    vocabulary: str
    """The grams, with `BETWEEN` between them."""
    rarity: bytes
    """For each gram in thousandths, two bytes each, the low one first."""
    counts: bytes
    """For each gram: how many labels it tells of."""
    labels_of: bytes
    """The places of those labels, gram by gram."""
    weights_of: bytes
    """Their weights, shifted by 128."""
    least: dict[str, float] = {}
    """For each risk: from what likeness on it is perhaps there."""


class _Rows(dict[str, int]):
    """The rows of grams, built when first met, since most are met again and starting must be fast.

    A row is one whole number: first the square of the gram's rarity, then its weight for each label times its
    rarity, each in a lane of its own. So a text is one sum of numbers, which is many times as quick as a sum for each
    label, and comes out the same in whatever order they are met.
    """

    __slots__ = ("_known", "_told")

    def __init__(self, known: Mapping[str, int], told: "Told") -> None:
        super().__init__()
        self._known, self._told = known, told

    def __missing__(self, gram: str) -> int:
        place = self._known.get(gram)
        row = 0 if place is None else self._row(place)
        if len(self) >= _MOST_ROWS:
            self.clear()
        self[gram] = row
        return row

    def _row(self, place: int) -> int:
        rarity = self._told.rarity[place] / FINENESS
        row = round(rarity * rarity * _FINE)
        for label, weight in self._told.of(place):
            row += round((weight - 128) * rarity * _FINE) << (label + 1) * _LANE
        return row


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What each gram tells, by its place in the vocabulary."""

    rarity: Sequence[int] = ()
    """In thousandths."""
    starts: Sequence[int] = (0,)
    """Where the labels of each gram begin in what follows."""
    labels: bytes = b""
    weights: bytes = b""

    def of(self, place: int) -> Iterator[tuple[int, int]]:
        """Each label that a gram tells of, with its weight, shifted by 128."""
        first, last = self.starts[place], self.starts[place + 1]
        return zip(self.labels[first:last], self.weights[first:last], strict=True)


@dataclass(frozen=True, slots=True)
class Learned:
    """The classifier."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    known: Mapping[str, int]
    """Where each gram stands in what follows."""
    told: Told = Told()
    step: float = 1.0
    least: Mapping[str, float] = field(default_factory=dict)
    _rows: _Rows = field(init=False, compare=False, repr=False)
    _lanes: Struct = field(init=False, compare=False, repr=False)
    _lifted: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        count = len(self.labels) + 1
        fill = object.__setattr__
        fill(self, "_rows", _Rows(self.known, self.told))
        fill(self, "_lanes", Struct(f"<{count}Q"))
        fill(self, "_lifted", sum(_SEA << lane * _LANE for lane in range(count)))

    def likeness(self, folded: str, marks: Iterable[str] = ()) -> dict[str, float]:
        """For each label the probability, from 0 to 1."""
        total = sum(map(self._rows.__getitem__, grams(folded, marks)), self._lifted)
        squares, *sums = self._lanes.unpack(total.to_bytes(self._lanes.size, "little"))
        scale = self.step / (sqrt((squares - _SEA) * _FINE) or _FINE)
        return {
            # the logistic curve, written so that nothing is too steep for it
            label: 0.5 + 0.5 * tanh(0.5 * (bias + (told - _SEA) * scale))
            for label, bias, told in zip(self.labels, self.bias, sums, strict=True)
        }

    def _places(self, folded: str) -> list[int]:
        """The positions of the known grams of a text."""
        places = map(self.known.get, grams(folded))
        return sorted([place for place in places if place is not None])

    def telling(self, folded: str, label: str) -> tuple[int, int]:
        """The clause that contributes most to a label, as start and end."""
        place = self.labels.index(label)
        clauses = [one for one in _CLAUSE.finditer(folded) if len(one.group().strip()) >= _SHORT]
        best = max(clauses, key=lambda one: self._weight(one.group(), place), default=None)
        return best.span() if best is not None else (0, len(folded))

    def _weight(self, clause: str, label: int) -> float:
        return sum(
            (weight - 128) * self.told.rarity[place] / FINENESS
            for place in self._places(clause)
            for number, weight in self.told.of(place)
            if number == label
        )


def unpack(packed: bytes) -> Learned:
    """The classifier in a file's bytes."""
    raw = msgspec.msgpack.decode(zlib.decompress(packed), type=Weights)
    rarity = array("H", raw.rarity)
    if sys.byteorder == "big":
        rarity.byteswap()
    starts = array("I", accumulate(raw.counts, initial=0))
    return Learned(
        labels=tuple(raw.labels),
        bias=tuple(raw.bias),
        known={gram: place for place, gram in enumerate(raw.vocabulary.split(BETWEEN))},
        told=Told(rarity=rarity, starts=starts, labels=raw.labels_of, weights=raw.weights_of),
        step=raw.step,
        least=raw.least,
    )


@cache
def learned() -> Learned:
    """The classifier that comes with the program."""
    return unpack((files("bot.reading") / FILE).read_bytes())
