"""The classifier: how like a text is to the examples of each label. Pure arithmetic, no library.

The weights are a file made by `python -m bot.reading.learning`; they are read once.
"""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import sqrt, tanh
from struct import Struct
from typing import Final

import msgspec

from bot.reading.grams import grams

FILE: Final = "learned.bin"
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
    """The file: each gram with its rarity and its weights per label, in steps of `step`."""

    labels: list[str]
    bias: list[float]
    step: float
    vocabulary: list[str]
    rarity: list[float]
    labels_of: list[bytes]
    """For each gram: the places of its labels."""
    weights_of: list[bytes]
    """For each gram: the weights of those labels, shifted by 128."""
    least: dict[str, float] = {}
    """For each risk: from what likeness on it is perhaps there."""


class _Rows(dict[str, int]):
    """The rows of grams, built when first met, since most are met again and starting must be fast.

    A row is one whole number: first the square of the gram's rarity, then its weight for each label times its
    rarity, each in a lane of its own. So a text is one sum of numbers, which is many times as quick as a sum for each
    label, and comes out the same in whatever order they are met.
    """

    __slots__ = ("_known", "_rarity", "_told")

    def __init__(
        self, known: Mapping[str, int], rarity: Sequence[float], told: Sequence[tuple[bytes, bytes]]
    ) -> None:
        super().__init__()
        self._known, self._rarity, self._told = known, rarity, told

    def __missing__(self, gram: str) -> int:
        place = self._known.get(gram)
        row = 0 if place is None else self._row(place)
        if len(self) >= _MOST_ROWS:
            self.clear()
        self[gram] = row
        return row

    def _row(self, place: int) -> int:
        rarity = self._rarity[place]
        row = round(rarity * rarity * _FINE)
        for label, weight in zip(*self._told[place], strict=True):
            row += round((weight - 128) * rarity * _FINE) << (label + 1) * _LANE
        return row


@dataclass(frozen=True, slots=True)
class Learned:
    """The classifier."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    known: Mapping[str, int]
    """Where each gram stands in what follows."""
    rarity: Sequence[float] = ()
    told: Sequence[tuple[bytes, bytes]] = ()
    """For each gram: the places of its labels, and their weights, shifted by 128."""
    step: float = 1.0
    least: Mapping[str, float] = field(default_factory=dict)
    _rows: _Rows = field(init=False, compare=False, repr=False)
    _lanes: Struct = field(init=False, compare=False, repr=False)
    _lifted: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        count = len(self.labels) + 1
        fill = object.__setattr__
        fill(self, "_rows", _Rows(self.known, self.rarity, self.told))
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
        found = ((place, self.told[place]) for place in self._places(clause))
        return sum(
            (weight - 128) * self.rarity[place]
            for place, told in found
            for number, weight in zip(*told, strict=True)
            if number == label
        )


def unpack(packed: bytes) -> Learned:
    """The classifier in a file's bytes."""
    raw = msgspec.msgpack.decode(zlib.decompress(packed), type=Weights)
    return Learned(
        labels=tuple(raw.labels),
        bias=tuple(raw.bias),
        known=dict(zip(raw.vocabulary, range(len(raw.vocabulary)), strict=True)),
        rarity=raw.rarity,
        told=list(zip(raw.labels_of, raw.weights_of, strict=True)),
        step=raw.step,
        least=raw.least,
    )


@cache
def learned() -> Learned:
    """The classifier that comes with the program."""
    return unpack((files("bot.reading") / FILE).read_bytes())
