"""`python -m bot.reading.learning`: trains on the examples, writes `learned.bin`, and prints its scores."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from bot.reading.company import company_of
from bot.reading.cuebook import built_in_cues
from bot.reading.finding import Finder
from bot.reading.folding import fold
from bot.reading.grams import grams
from bot.reading.learned import FILE
from bot.reading.learning.examples import Example, read_examples, read_wishes
from bot.reading.learning.fitting import (
    UNKNOWN,
    Bag,
    Guesses,
    Truth,
    cross_checked,
    fit,
    leans,
    least_of,
    measured,
    pack,
)
from bot.reading.marks import marks_of
from bot.reading.scope import scope_of
from bot.reading.shape import shape_of

HERE = Path(__file__).parent
EVEN = 0.5


def main() -> int:
    """Learn, and write."""
    parser = argparse.ArgumentParser(prog="python -m bot.reading.learning", description=__doc__)
    parser.add_argument("--examples", type=Path, default=HERE / "examples")
    parser.add_argument("--out", type=Path, default=HERE.parent / FILE)
    given = parser.parse_args()
    examples = read_examples(given.examples) + read_wishes(given.examples.parent / "wishes")
    found = [_grams(one.text, finder) for finder in [Finder(built_in_cues())] for one in examples]
    bag = Bag(found)
    rows, truth = bag.rows(found), _truth(examples)
    guesses = cross_checked(rows, truth, [one.file for one in examples], bag.company, bag.scope)
    risks = [label for label in truth if label.startswith("risk.")]
    least = {label: least_of(label, guesses[label], truth[label]) for label in risks}
    sys.stdout.write(_table(guesses, truth, least))
    packed = pack(bag, fit(rows, truth, bag.company, bag.scope), leans(guesses, truth), least)
    given.out.write_bytes(packed)
    size = len(packed) // 1024
    sys.stdout.write(f"{len(examples)} examples, {len(bag.vocabulary)} grams, {size} KiB\n")
    return 0


def _grams(text: str, finder: Finder) -> set[str]:
    folded = fold(text)
    found = finder.find(folded)
    return grams(
        folded, marks_of(found) | shape_of(text) | company_of(folded, found) | scope_of(folded).marks
    )


def _truth(examples: list[Example]) -> Truth:
    labels = sorted({label for one in examples if not one.only for label in one.labels})
    return {label: np.array([_told(one.shows(label)) for one in examples]) for label in labels}


def _told(shown: bool | None) -> int:  # noqa: FBT001 - it is the very thing that is told
    return UNKNOWN if shown is None else int(shown)


def _table(guesses: Guesses, truth: Truth, least: Mapping[str, float]) -> str:
    """How well each label is told on examples that were not learned from."""
    lines = []
    for label, yes in truth.items():
        from_on = least.get(label, EVEN)
        found = measured(guesses[label] >= from_on, yes)
        lines.append(
            f"{label:26} {int((yes == 1).sum()):5} examples, from {from_on:.2f} on: "
            f"precision {found.precision:.2f}, recall {found.recall:.2f}\n"
        )
    return "".join(lines)


if __name__ == "__main__":
    sys.exit(main())
