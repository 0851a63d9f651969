"""Reads the labelled examples from their files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.complaint.evolving import replace
from bot.complaint.reading import Category

RISKS: Final = (
    "injury",
    "self_harm",
    "extortion",
    "media",
    "social",
    "legal",
    "regulator",
    "abuse",
    "anger",
    "human",
    "mass",
    "urgency",
    "churn",
    "influencer",
    "vulnerable",
    "counterfeit",
    "privacy",
    "broken_promise",
)
NO_COMPLAINT: Final = frozenset({Category.NONE.value, Category.SUGGESTION.value})
COLUMNS: Final = 3
WISHES: Final = (
    "refund",
    "replacement",
    "repair",
    "compensation",
    "voucher",
    "apology",
    "explanation",
    "other",
)
UNTOLD: Final = "?"
"""For a line that is about one risk alone: with a `!` before it, one that only looks like it."""


class ExampleWrong(ValueError):
    """A line is not what a line of examples should be; the message names file, line and what to write."""


@dataclass(frozen=True, slots=True)
class Example:
    """One message with its labels: a category, and the risks that it shows.

    A few words that are a cue for one risk, or only look like it, tell of that one alone (`only`). A message of the
    wishes tells of nothing but what is asked for in it (`wishes`).
    """

    category: str
    risks: frozenset[str]
    text: str
    only: str = ""
    file: str = ""
    wishes: frozenset[str] | None = None

    @property
    def labels(self) -> frozenset[str]:
        """All labels of the example."""
        if self.wishes is not None:
            return frozenset(f"wish.{kind}" for kind in self.wishes)
        complaint = frozenset() if self.category in NO_COMPLAINT else frozenset({"complaint"})
        return frozenset({f"category.{self.category}"}) | {f"risk.{one}" for one in self.risks} | complaint

    def shows(self, label: str) -> bool | None:
        """Whether it has this label; None if it does not say."""
        if self.only:
            return bool(self.risks) if label == f"risk.{self.only}" else None
        if label.startswith("wish.") is not (self.wishes is not None):
            return False if label.startswith("wish.") and self._asks_nothing else None
        return label in self.labels

    @property
    def _asks_nothing(self) -> bool:
        """Who neither complains nor shows a risk wishes for nothing put right."""
        return self.category == Category.NONE and not self.risks


def read_examples(folder: Path) -> list[Example]:
    """All examples of a folder's `.tsv` files, in a fixed order, each text once.

    Raises:
        ExampleWrong: a line has a wrong form or label.
    """
    return _read(folder, _example)


def read_wishes(folder: Path) -> list[Example]:
    """The same of files whose lines are the kinds asked for (`-` for none) and the text.

    Raises:
        ExampleWrong: a line has a wrong form or kind.
    """
    return _read(folder, _wish)


def _read(folder: Path, example: Callable[[str, str], Example]) -> list[Example]:
    seen: dict[tuple[str, str], Example] = {}
    for file in sorted(folder.rglob("*.tsv")):
        for one in _lines(file, example):
            seen.setdefault((one.text, one.only), replace(one, file=str(file.relative_to(folder))))
    return list(seen.values())


def _lines(file: Path, example: Callable[[str, str], Example]) -> Iterator[Example]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield example(f"{file.name}, line {number}", line)


def _wish(where: str, line: str) -> Example:
    named, tab, text = line.partition("\t")
    if not tab or not text or "\t" in text:
        raise ExampleWrong(f"{where}: write the kinds asked for and the text with a tab between them")
    kinds = frozenset() if named == "-" else frozenset(named.replace(" ", "").split(","))
    if wrong := kinds - set(WISHES):
        raise ExampleWrong(f"{where}: {', '.join(sorted(wrong))} is no kind of wish")
    return Example(UNTOLD, frozenset(), text.replace("\\n", "\n"), wishes=kinds)


def _cue(where: str, named: str, text: str) -> Example:
    family = named.removeprefix("!")
    if family not in RISKS:
        raise ExampleWrong(f"{where}: {family} is no risk")
    return Example(UNTOLD, frozenset() if named.startswith("!") else frozenset({family}), text, only=family)


def _example(where: str, line: str) -> Example:
    parts = line.split("\t")
    if len(parts) != COLUMNS:
        raise ExampleWrong(f"{where}: write category, risks and text with tabs between them")
    category, named, text = parts
    if category == UNTOLD:
        return _cue(where, named, text)
    risks = frozenset() if named == "-" else frozenset(named.split(","))
    if category not in set(Category):
        raise ExampleWrong(f"{where}: {category} is no category")
    if wrong := risks - set(RISKS):
        raise ExampleWrong(f"{where}: {', '.join(sorted(wrong))} is no risk")
    return Example(category, risks, text.replace("\\n", "\n"))
