"""How well unseen messages are read: `python -m tests.reading.measure` prints it, with learning and by cues alone."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from bot.complaint.reading import Category, Emotion, Family, Reading
from bot.reading import Reader
from bot.reading.learned import Learned
from bot.reading.learning.examples import RISKS, Example, read_examples

UNSEEN = Path(__file__).parent / "unseen"


class Figure(NamedTuple):
    """Precision and recall of one label."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Both in one."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def figure(said: Iterable[bool], true: Iterable[bool]) -> Figure:
    """What was said against the truth."""
    pairs = list(zip(said, true, strict=True))
    hits = sum(one and other for one, other in pairs)
    return Figure(
        hits / max(1, sum(one for one, _ in pairs)), hits / max(1, sum(other for _, other in pairs))
    )


def shown(reading: Reading) -> frozenset[str]:
    """The risks of a reading, by the labels of the examples."""
    found = {family.value for family in Family if reading.shows(family)}
    found |= {"injury"} if reading.hazard else set()
    return frozenset(found | ({"anger"} if reading.emotion >= Emotion.ANGRY else set()))


def table(examples: list[Example], read: Callable[[str], Reading]) -> dict[str, float]:
    """Every figure by its name."""
    readings = [read(one.text) for one in examples]
    by_category = [
        figure([r.category is wanted for r in readings], [e.category == wanted.value for e in examples])
        for wanted in Category
    ]
    complaint = figure([r.is_complaint for r in readings], [bool(e.shows("complaint")) for e in examples])
    figures = {
        "category macro-F1": sum(one.f1 for one in by_category) / len(by_category),
        "is a complaint F1": complaint.f1,
    }
    risks = [shown(one) for one in readings]
    for label in RISKS:
        told = figure([label in one for one in risks], [label in one.risks for one in examples])
        figures[f"{label} precision"], figures[f"{label} recall"] = told
    return figures


def by_cues_alone() -> Reader:
    """The reader before it learned anything."""
    reader = Reader()
    reader._learned = Learned((), (), {})
    return reader


def main() -> int:
    """Print the table."""
    examples = read_examples(UNSEEN)
    learned, cues = table(examples, Reader().read), table(examples, by_cues_alone().read)
    sys.stdout.write(f"{len(examples)} unseen messages{'':14}with learning   cues alone\n")
    for name, value in learned.items():
        sys.stdout.write(f"{name:32}{value:15.3f}{cues[name]:13.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
