"""What was learned from labelled examples: how like a text is to those of each label. Pure arithmetic, no library.

The weights are a file made by `python -m bot.reading.learning`; they are read once.
"""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import exp, sqrt
from typing import Final

import msgspec

from bot.reading.grams import grams

FILE: Final = "learned.bin"
_STEEPEST: Final = 30.0
_CLAUSE: Final = re.compile(r"[^，。！？；：、,.!?;:\n~…]+")
_SHORT: Final = 2
_MOST_ROWS: Final = 8192
"""Rows that are kept, of about a kilobyte each at most."""


class Weights(msgspec.Struct, frozen=True):
    """The file: each gram with its rarity, and the labels that it speaks for or against, in steps of `step`."""

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


@dataclass(frozen=True, slots=True)
class Learned:
    """The learned reader. What a gram tells is unpacked when it is met: a start should take no time."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    known: Mapping[str, int]
    """Where each gram stands in what follows."""
    rarity: Sequence[float] = ()
    told: Sequence[tuple[bytes, bytes]] = ()
    """For each gram: the places of its labels, and their weights, shifted by 128."""
    step: float = 1.0
    least: Mapping[str, float] = field(default_factory=dict)
    rows: dict[int, list[float]] = field(default_factory=dict, compare=False)
    """What the grams told that were met lately."""

    def likeness(self, folded: str, marks: Iterable[str] = ()) -> dict[str, float]:
        """For each label, from 0 to 1, how like this text is to its examples."""
        # in one order, so that the last digits are the same on every run
        places = self._places(folded, marks)
        length = sum([self.rarity[place] * self.rarity[place] for place in places])
        rows = [self.rows.get(place) or self._row(place) for place in places]
        scale = self.step / (sqrt(length) or 1.0)
        totals = map(sum, zip([0.0] * len(self.labels), *rows, strict=True))
        scores = [bias + total * scale for bias, total in zip(self.bias, totals, strict=True)]
        return dict(zip(self.labels, map(_squashed, scores), strict=True))

    def _places(self, folded: str, marks: Iterable[str] = ()) -> list[int]:
        """Where the grams of a text stand, those that are known."""
        places = map(self.known.get, grams(folded, marks))
        return sorted([place for place in places if place is not None])

    def _row(self, place: int) -> list[float]:
        """What a gram tells for each label, times its rarity. Rows are kept: most grams are met again."""
        rarity, row = self.rarity[place], [0.0] * len(self.labels)
        for label, weight in zip(*self.told[place], strict=True):
            row[label] = (weight - 128) * rarity
        if len(self.rows) >= _MOST_ROWS:
            self.rows.clear()
        self.rows[place] = row
        return row

    def telling(self, folded: str, label: str) -> tuple[int, int]:
        """The clause of a text that speaks most for a label, as places from and up to."""
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


def _squashed(score: float) -> float:
    if score > _STEEPEST:
        score = _STEEPEST
    elif score < -_STEEPEST:
        score = -_STEEPEST
    return 1.0 / (1.0 + exp(-score))


def unpack(packed: bytes) -> Learned:
    """The learned reader of a file's bytes."""
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
    """What comes with the program."""
    return unpack((files("bot.reading") / FILE).read_bytes())
