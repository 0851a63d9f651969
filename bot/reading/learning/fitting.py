"""Fitting: a weight for every gram and label, by logistic regression; then rounded so that the file stays small."""

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.reading.learned import Weights

Truth = Mapping[str, "np.ndarray[Any, np.dtype[np.int_]]"]
Judges = dict[str, LogisticRegression]

Guesses = dict[str, "np.ndarray[Any, np.dtype[np.float64]]"]
PARTS: Final = 5
UNKNOWN: Final = -1
"""In the truth of a label: this example does not tell."""
DANGER: Final = frozenset({"risk.injury", "risk.self_harm", "risk.extortion"})
DANGER_BETA: Final = 1.2


class Measure(NamedTuple):
    """How well something is told: how much of what was said is true, and how much of the truth was said."""

    precision: float
    recall: float

    def score(self, beta: float = 1.0) -> float:
        """Both in one; with `beta` above one recall weighs more."""
        below = beta * beta * self.precision + self.recall
        return (1 + beta * beta) * self.precision * self.recall / below if below else 0.0


LEAST_SEEN: Final = 2
"""A gram that one example alone has teaches nothing that holds elsewhere."""
SMALLEST: Final = 0.012
"""Weights below this share of the largest are left out."""
STRENGTH: Final = 40.0
RARE: Final = 3.0
"""How much more a positive example of a risk counts than a negative one."""


class Bag:
    """The grams that are counted, each with how rare it is: the rarer, the more it says."""

    def __init__(self, found: Sequence[set[str]]) -> None:
        seen = Counter(gram for one in found for gram in one)
        kept = sorted(gram for gram, count in seen.items() if count >= LEAST_SEEN)
        self.vocabulary = {gram: place for place, gram in enumerate(kept)}
        self.rarity = [round(float(np.log(len(found) / seen[gram]) + 1), 3) for gram in kept]

    def rows(self, found: Sequence[set[str]]) -> "csr_matrix[np.float64]":
        """The matrix of these texts; every row has the same length, however much the text holds."""
        data: list[float] = []
        columns: list[int] = []
        starts = [0]
        for one in found:
            places = sorted(self.vocabulary[gram] for gram in one if gram in self.vocabulary)
            length = np.sqrt(sum(self.rarity[place] ** 2 for place in places)) or 1.0
            columns += places
            data += [self.rarity[place] / length for place in places]
            starts.append(len(columns))
        return csr_matrix((data, columns, starts), shape=(len(found), len(self.vocabulary)))


def fit(rows: "csr_matrix[np.float64]", truth: Truth) -> Judges:
    """One judge for every label that some examples have and some have not."""
    judges = {}
    for label, yes in truth.items():
        told = yes != UNKNOWN
        if {0, 1} <= set(yes[told]):
            judges[label] = _judge(label).fit(rows[told], yes[told])
    return judges


def _judge(label: str) -> LogisticRegression:
    weight = {0: 1.0, 1: RARE if label.startswith("risk.") else 1.0}
    return LogisticRegression(
        C=STRENGTH, class_weight=weight, solver="liblinear", random_state=0, max_iter=400
    )


def cross_checked(rows: "csr_matrix[np.float64]", truth: Truth) -> Guesses:
    """Each part of the examples judged by what was learned from the others."""
    count = rows.shape[0]
    part_of = np.random.default_rng(0).integers(0, PARTS, count)
    guessed = {label: np.zeros(count) for label in truth}
    for number in range(PARTS):
        here, there = part_of == number, part_of != number
        for label, judge in fit(rows[there], {name: yes[there] for name, yes in truth.items()}).items():
            guessed[label][here] = judge.predict_proba(rows[here])[:, 1]
    return guessed


def measured(
    said: "np.ndarray[Any, np.dtype[np.bool_]]", yes: "np.ndarray[Any, np.dtype[np.int_]]"
) -> Measure:
    """Precision and recall of what was said against the truth."""
    said, yes = said[yes != UNKNOWN], yes[yes != UNKNOWN]
    hits = float((said & (yes == 1)).sum())
    return Measure(hits / max(1.0, float(said.sum())), hits / max(1.0, float(yes.sum())))


def least_of(label: str, guessed: "np.ndarray[Any, np.dtype[np.float64]]", yes: Any) -> float:  # noqa: ANN401 - numpy's own
    """From what likeness on this is best taken to be there; for danger a miss weighs more than a false alarm."""
    beta = DANGER_BETA if label in DANGER else 1.0
    steps = np.arange(0.1 if label in DANGER else 0.02, 0.9, 0.01)
    return round(float(max(steps, key=lambda one: measured(guessed >= one, yes).score(beta))), 2)


def pack(bag: Bag, judges: Judges) -> bytes:
    """The file of weights."""
    labels = list(judges)
    matrix = np.vstack([judges[label].coef_[0] for label in labels])
    largest = float(np.abs(matrix).max())
    step = largest / 127
    steps = np.rint(matrix / step).astype(int)
    steps[np.abs(matrix) < largest * SMALLEST] = 0
    kept = {gram: np.nonzero(steps[:, place])[0] for gram, place in bag.vocabulary.items()}
    places = bag.vocabulary
    weights = Weights(
        labels=labels,
        bias=[round(float(judges[label].intercept_[0]), 4) for label in labels],
        step=step,
        vocabulary=list(kept),
        rarity=[bag.rarity[places[gram]] for gram in kept],
        labels_of=[bytes(int(one) for one in rows) for rows in kept.values()],
        weights_of=[
            bytes(int(steps[one, places[gram]]) + 128 for one in rows) for gram, rows in kept.items()
        ],
    )
    return zlib.compress(msgspec.msgpack.encode(weights), 9)
