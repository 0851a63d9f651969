"""Training: a weight for every gram and label by logistic regression, rounded to keep the file small."""

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from bot.reading.learned import BETWEEN, FINENESS, Weights

Truth = Mapping[str, "np.ndarray[Any, np.dtype[np.int_]]"]

Guesses = dict[str, "np.ndarray[Any, np.dtype[np.float64]]"]
PARTS: Final = 5
STRETCH: Final = 25
"""Examples that stay together when the learned is tried on what it has not seen."""
UNKNOWN: Final = -1
"""Marks an example that says nothing about a label."""
MISS_WEIGHS: Final = {"risk.injury": 1.6, "risk.self_harm": 2.0, "risk.extortion": 2.2, "risk.social": 0.5}
"""How much a miss weighs against a false alarm: most where life is at stake. Of the messages that come, far fewer
show a risk than of the examples, so false alarms weigh more than these figures show."""
ELSE_WEIGHS: Final = 0.6
AS_GOOD: Final = 0.995
"""From what share of the best a threshold counts as good as the best."""
GRAVE: Final = ("risk.injury", "risk.self_harm", "risk.extortion")
"""The only risks with examples enough to learn from words in company."""
SCOPED: Final = ("risk.self_harm",)
"""The risks of which scope tells more than the grams do; for the others it was tried, and told no more."""
LIMITS: Final = np.round(np.concatenate([np.arange(0.03, 0.2, 0.01), np.arange(0.2, 0.9, 0.05)]), 2)
"""From what likeness on a risk may be taken to be there: the best of these."""


class Judge(NamedTuple):
    """A trained label: a weight for every gram, and an intercept."""

    weights: "np.ndarray[Any, np.dtype[np.float64]]"
    bias: float

    def likeness(self, rows: "csr_matrix[np.float64]") -> "np.ndarray[Any, np.dtype[np.float64]]":
        """The probability for each row, from 0 to 1."""
        return np.asarray(0.5 + 0.5 * np.tanh(0.5 * (rows @ self.weights + self.bias)))


Judges = dict[str, Judge]


class Measure(NamedTuple):
    """Precision and recall."""

    precision: float
    recall: float


LEAST_SEEN: Final = 2
"""A gram that one example alone has teaches nothing that holds elsewhere."""
SMALLEST: Final = 0.012
"""Weights below this share of the largest are left out."""
STRENGTH: Final = 40.0
STRENGTH_SCALED: Final = 10.0
STEEPEST: Final = 4.0
FLATTEST: Final = 0.3
"""How far a gram may count for its odds, and how much it counts at least."""
RARE: Final = 3.0
"""How much more a positive example of a risk counts than a negative one."""
NEARLY: Final = 1e-6
STIFF: Final = 1e-3
"""Against a lean that only a few examples ask for."""


class Bag:
    """The vocabulary: every gram with its rarity (inverse document frequency)."""

    def __init__(self, found: Sequence[set[str]]) -> None:
        seen = Counter(gram for one in found for gram in one)
        kept = sorted(gram for gram, count in seen.items() if count >= LEAST_SEEN)
        self.vocabulary = {gram: place for place, gram in enumerate(kept)}
        self.company = [place for place, gram in enumerate(kept) if gram.startswith("=+")]
        """Where the marks of words in company stand."""
        self.scope = [place for place, gram in enumerate(kept) if gram.startswith("=@")]
        """Where the marks of what clauses tell stand."""
        self.rarity = [round(float(np.log(len(found) / seen[gram]) + 1), 3) for gram in kept]

    def rows(self, found: Sequence[set[str]]) -> "csr_matrix[np.float64]":
        """The matrix of these texts; every row is normalised to length one."""
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


def fit(
    rows: "csr_matrix[np.float64]", truth: Truth, company: Sequence[int] = (), scope: Sequence[int] = ()
) -> Judges:
    """Train a judge for every label that some examples have and some have not.

    Each is the middle of two: one that takes the grams as they come, and one for which those weigh more that the
    examples of the label have far oftener, or far more seldom, than the others. For risks that are rare among
    the examples the grams at the places `company` do not count; those at the places `scope` count for few.
    """
    judges = {}
    unscoped = _without(rows, scope)
    plain = _without(unscoped, company)
    for label, yes in truth.items():
        told = yes != UNKNOWN
        if {0, 1} <= set(yes[told]):
            counted = plain if label.startswith("risk.") and label not in GRAVE else unscoped
            judges[label] = _judge(label, (rows if label in SCOPED else counted)[told], yes[told])
    return judges


def _without(rows: "csr_matrix[np.float64]", places: Sequence[int]) -> "csr_matrix[np.float64]":
    kept = np.ones(rows.shape[1])
    kept[list(places)] = 0.0
    return csr_matrix(rows @ diags(kept))


def _judge(label: str, rows: "csr_matrix[np.float64]", yes: "np.ndarray[Any, np.dtype[np.int_]]") -> Judge:
    weight = {0: 1.0, 1: RARE if label.startswith("risk.") else 1.0}
    scale = _odds_scale(rows, yes)
    plain = _regression(STRENGTH, weight).fit(rows, yes)
    scaled = _regression(STRENGTH_SCALED, weight).fit(csr_matrix(rows @ diags(scale)), yes)
    return Judge(
        weights=(plain.coef_[0] + scaled.coef_[0] * scale) / 2,
        bias=(float(plain.intercept_[0]) + float(scaled.intercept_[0])) / 2,
    )


def _regression(strength: float, weight: Mapping[int, float]) -> LogisticRegression:
    return LogisticRegression(
        C=strength, class_weight=weight, solver="liblinear", random_state=0, max_iter=400
    )


def _odds_scale(
    rows: "csr_matrix[np.float64]", yes: "np.ndarray[Any, np.dtype[np.int_]]"
) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """How far each gram's share among the examples of a label is from its share among the others."""
    there = (rows > 0).astype(float)
    with_it, without = (np.asarray(there[yes == one].sum(axis=0)).ravel() + 1.0 for one in (1, 0))
    odds = np.log((with_it / with_it.sum()) / (without / without.sum()))
    return np.asarray(np.minimum(np.abs(odds), STEEPEST) + FLATTEST)


def parts_of(files: Sequence[str]) -> "np.ndarray[Any, np.dtype[np.int_]]":
    """The fold of each example. Neighbours in a file are alike, so they stay together."""
    stretch = np.arange(len(files)) // STRETCH
    _, of = np.unique(
        [f"{file} {number}" for file, number in zip(files, stretch, strict=True)], return_inverse=True
    )
    return np.random.default_rng(0).integers(0, PARTS, int(of.max()) + 1)[of]


def cross_checked(
    rows: "csr_matrix[np.float64]",
    truth: Truth,
    files: Sequence[str],
    company: Sequence[int] = (),
    scope: Sequence[int] = (),
) -> Guesses:
    """Cross-validation: each fold judged by a model trained on the others."""
    part_of = parts_of(files)
    guessed = {label: np.zeros(len(files)) for label in truth}
    for number in range(PARTS):
        here, there = part_of == number, part_of != number
        if not here.any():
            continue
        told = {name: yes[there] for name, yes in truth.items()}
        for label, judge in fit(rows[there], told, company, scope).items():
            guessed[label][here] = judge.likeness(rows[here])
    return guessed


def measured(
    said: "np.ndarray[Any, np.dtype[np.bool_]]", yes: "np.ndarray[Any, np.dtype[np.int_]]"
) -> Measure:
    """Precision and recall of what was said against the truth."""
    said, yes = said[yes != UNKNOWN], yes[yes != UNKNOWN]
    hits = float((said & (yes == 1)).sum())
    return Measure(hits / max(1.0, float(said.sum())), hits / max(1.0, float(yes.sum())))


def least_of(label: str, guessed: "np.ndarray[Any, np.dtype[np.float64]]", yes: Any) -> float:  # noqa: ANN401 - numpy's own
    """The threshold for "perhaps": where misses and false alarms, weighted, are fewest.

    For grave risks the lowest of those that are nearly as good: where a few examples would move it, a false alarm
    is the smaller harm.
    """
    weighs = MISS_WEIGHS.get(label, ELSE_WEIGHS) ** 2

    def worth(limit: float) -> float:
        found = measured(guessed >= limit, yes)
        return (
            (1 + weighs)
            * found.precision
            * found.recall
            / max(NEARLY, weighs * found.precision + found.recall)
        )

    best = max(map(worth, LIMITS))
    return float(min(limit for limit in LIMITS if worth(limit) >= best * (AS_GOOD if label in GRAVE else 1)))


def leans(guesses: Guesses, truth: Truth) -> dict[str, float]:
    """An offset per category, so that the most likely one by all judges together is right most often."""
    labels = [label for label in truth if label.startswith("category.")]
    told = truth[labels[0]] != UNKNOWN
    known = np.clip(np.vstack([guesses[label][told] for label in labels]).T, NEARLY, 1 - NEARLY)
    odds = np.log(known / (1 - known))
    true = np.vstack([truth[label][told] for label in labels]).T.astype(float)

    def loss(lean: Any) -> tuple[float, Any]:  # noqa: ANN401 - numpy's own
        shifted = odds + lean
        shifted = shifted - shifted.max(axis=1, keepdims=True)
        share = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
        missed = -np.log(np.maximum((share * true).sum(axis=1), NEARLY)).mean()
        return float(missed + STIFF * (lean**2).sum()), (share - true).mean(axis=0) + 2 * STIFF * lean

    found = minimize(loss, np.zeros(len(labels)), jac=True, method="L-BFGS-B").x
    return {label: round(float(one), 2) for label, one in zip(labels, found, strict=True)}


def pack(bag: Bag, judges: Judges, lean: Mapping[str, float], least: Mapping[str, float]) -> bytes:
    """The file of weights."""
    labels = list(judges)
    matrix = np.vstack([judges[label].weights for label in labels])
    largest = float(np.abs(matrix).max())
    step = largest / 127
    steps = np.rint(matrix / step).astype(int)
    steps[np.abs(matrix) < largest * SMALLEST] = 0
    kept = {gram: np.nonzero(steps[:, place])[0] for gram, place in bag.vocabulary.items()}
    places = bag.vocabulary
    weights = Weights(
        labels=labels,
        bias=[round(judges[label].bias + lean.get(label, 0.0), 4) for label in labels],
        step=step,
        vocabulary=BETWEEN.join(kept),
        rarity=b"".join(round(bag.rarity[places[gram]] * FINENESS).to_bytes(2, "little") for gram in kept),
        counts=bytes(len(rows) for rows in kept.values()),
        labels_of=bytes(int(one) for rows in kept.values() for one in rows),
        weights_of=bytes(int(steps[one, places[gram]]) + 128 for gram, rows in kept.items() for one in rows),
        least=dict(least),
    )
    return zlib.compress(msgspec.msgpack.encode(weights), 9)
