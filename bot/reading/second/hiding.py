"""Takes numbers, names and addresses out of a text before it leaves the machine, and puts them back.

Every run of five digits or more goes, whatever it is, except dates and sums of money; so do the codes that the
built-in reader found, and what `hidden.toml` describes. Identity cards, bank cards and secrets are masked first
and never come back.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, NamedTuple

from bot.complaint.reading import Slots
from bot.reading.folding import fold
from bot.reading.money import sums
from bot.reading.privacy import masked

_LEAST_DIGITS: Final = 5
_CODE = re.compile(
    r"(?<![A-Za-z\d])[+(]?[A-Za-z]{0,8}[-_#]?[\d*](?:[A-Za-z\d*]|\)?[ _./()-]{1,2}(?=[A-Za-z]{0,3}[\d*])){3,40}"
)
_DATE = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d)")
_DIGIT = re.compile(r"[\d*]")


class _Place(NamedTuple):
    start: int
    end: int
    kind: str


def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = (files("bot.reading.second") / "hidden.toml").read_text(encoding="utf-8")
    return tuple(
        (one["kind"], re.compile(one["pattern"], re.IGNORECASE)) for one in tomllib.loads(raw)["hidden"]
    )


_PATTERNS: Final = _patterns()


@dataclass(frozen=True, slots=True)
class Hidden:
    """A masked text; `originals` maps its marks to what they stand for."""

    text: str
    originals: Mapping[str, str]

    def back(self, words: str) -> str:
        """Words of an answer with the marks replaced by the originals."""
        return re.sub(r"\[[A-Z]+_\d+\]", lambda mark: self.originals.get(mark[0], mark[0]), words)


def hidden(text: str, slots: Slots | None = None) -> Hidden:
    """The masked text. `slots` are the codes that the built-in reader found in it."""
    text = masked(text).text
    originals: dict[str, str] = {}
    marks: dict[str, str] = {}
    parts, reach = [], 0
    for place in _joined([*_found(text, slots or Slots())]):
        words = text[place.start : place.end]
        if words not in marks:
            count = sum(mark.startswith(f"[{place.kind}_") for mark in originals)
            marks[words] = f"[{place.kind}_{count + 1}]"
            originals[marks[words]] = words
        parts += [text[reach : place.start], marks[words]]
        reach = place.end
    return Hidden("".join([*parts, text[reach:]]), originals)


def _found(text: str, slots: Slots) -> Iterator[_Place]:
    """Every place to hide; what is named first names it."""
    for kind, values in (("ORDER", slots.order_no), ("PHONE", slots.phone), ("BATCH", slots.batch_no)):
        for value in values:
            yield from (_Place(*one.span(), kind) for one in re.finditer(re.escape(value), text))
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield _Place(*match.span(match.lastindex or 0), kind)
    money = [(one.start, one.end) for one in sums(fold(text)) if not one.bare]
    for match in _CODE.finditer(text):
        start, end = match.start(), match.start() + len(match[0].rstrip(" -_./()"))
        if len(_DIGIT.findall(match[0])) < _LEAST_DIGITS or _DATE.fullmatch(text, start, end):
            continue
        if not any(first <= start and end <= last for first, last in money):
            yield _Place(start, end, "NUMBER")


def _joined(places: list[_Place]) -> list[_Place]:
    """Places that overlap hide all that either covers, under the name of the one that was named first."""
    joined: list[_Place] = []
    ranks = {place: rank for rank, place in reversed(list(enumerate(places)))}
    best: list[int] = []
    for place in sorted(ranks, key=lambda one: (one.start, -one.end)):
        if joined and place.start < joined[-1].end:
            kind = place.kind if ranks[place] < best[-1] else joined[-1].kind
            joined[-1] = _Place(joined[-1].start, max(place.end, joined[-1].end), kind)
            best[-1] = min(best[-1], ranks[place])
        elif place.start < place.end:
            joined.append(place)
            best.append(ranks[place])
    return joined
