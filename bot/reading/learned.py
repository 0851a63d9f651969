"""What was learned from labelled examples: how like a text is to those of each label. Pure arithmetic, no library.

The weights are a file made by `python -m bot.reading.learning`; they are read once.
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import exp, sqrt
from typing import Final, NamedTuple

import msgspec

from bot.reading.grams import grams

FILE: Final = "learned.bin"
_STEEPEST: Final = 30.0
_CLAUSE: Final = re.compile(r"[^，。！？；：、,.!?;:\n~…]+")
_SHORT: Final = 2


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


class Gram(NamedTuple):
    """What one gram tells: how rare it is, and its weight for each label by the label's place."""

    rarity: float
    weights: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """The learned reader."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    known: Mapping[str, Gram]
    least: Mapping[str, float] = field(default_factory=dict)

    def likeness(self, folded: str, marks: Iterable[str] = ()) -> dict[str, float]:
        """For each label, from 0 to 1, how like this text is to its examples."""
        totals = [0.0] * len(self.labels)
        length = 0.0
        known = self.known
        for gram in grams(folded, marks):
            found = known.get(gram)
            if found is None:
                continue
            length += found.rarity * found.rarity
            for place, weight in found.weights:
                totals[place] += weight
        scale = 1.0 / (sqrt(length) or 1.0)
        return {
            label: _squashed(bias + total * scale)
            for label, bias, total in zip(self.labels, self.bias, totals, strict=True)
        }

    def telling(self, folded: str, label: str) -> tuple[int, int]:
        """The clause of a text that speaks most for a label, as places from and up to."""
        place = self.labels.index(label)
        clauses = [one for one in _CLAUSE.finditer(folded) if len(one.group().strip()) >= _SHORT]
        best = max(clauses, key=lambda one: self._weight(one.group(), place), default=None)
        return best.span() if best is not None else (0, len(folded))

    def _weight(self, clause: str, place: int) -> float:
        found = (self.known[gram] for gram in grams(clause) if gram in self.known)
        return sum(weight for one in found for number, weight in one.weights if number == place)


def _squashed(score: float) -> float:
    return 1.0 / (1.0 + exp(-max(-_STEEPEST, min(_STEEPEST, score))))


def unpack(packed: bytes) -> Learned:
    """The learned reader of a file's bytes."""
    raw = msgspec.msgpack.decode(zlib.decompress(packed), type=Weights)
    rows = zip(raw.vocabulary, raw.rarity, raw.labels_of, raw.weights_of, strict=True)
    known = {
        gram: Gram(
            rarity, tuple((p, (w - 128) * raw.step * rarity) for p, w in zip(places, values, strict=True))
        )
        for gram, rarity, places, values in rows
    }
    return Learned(tuple(raw.labels), tuple(raw.bias), known, raw.least)


@cache
def learned() -> Learned:
    """What comes with the program."""
    return unpack((files("bot.reading") / FILE).read_bytes())
