"""The labelled test sets, on which nothing was tuned or trained, and any files of the same form."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.complaint.evolving import replace
from bot.reading.learning.examples import read_examples
from tests.reading.measuring.answers import SELF_HARM
from tests.reading.measuring.figures import RISKS, Row

HERE: Final = Path(__file__).parent
UNSEEN: Final = HERE.parent / "unseen"
_OUTSIDE: Final = {"social": "media"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One set: messages with category and risks, look-alikes, remedies and facts; whatever of it there is."""

    name: str
    messages: tuple[Row, ...] = ()
    lookalikes: tuple[Row, ...] = ()
    remedies: tuple[Row, ...] = ()
    slots: tuple[Row, ...] = ()
    knows_despair: bool = False
    """Whether self-harm is among the labels."""
    sealed: bool = False
    """Whether only its figures are shown, never its errors."""

    @property
    def texts(self) -> list[str]:
        """Every message of the set, once."""
        rows = (*self.messages, *self.lookalikes, *self.remedies, *self.slots)
        return list(dict.fromkeys(row["text"] for row in rows))


def ours() -> Labelled:
    """What was written for measuring alone."""
    return Labelled(
        name="ours, unseen",
        messages=tuple(_messages()),
        lookalikes=tuple(_lookalikes()),
        remedies=rows_of(UNSEEN / "remedies.jsonl"),
        slots=rows_of(UNSEEN / "slots.jsonl"),
        knows_despair=True,
    )


def blind() -> Labelled:
    """Remedies that nobody looked at while mending; those of `ours` were looked at."""
    return Labelled(name="ours, blind", remedies=rows_of(UNSEEN / "remedies_blind.jsonl"))


def dangers() -> Labelled:
    """Dangers told by the people who are in them, and their look-alikes: nobody looked at its errors."""
    rows = rows_of(UNSEEN / "dangers_blind.jsonl")
    return Labelled(name="dangers, blind", messages=rows, lookalikes=rows, knows_despair=True, sealed=True)


def voices() -> Labelled:
    """Dangers and their look-alikes in voices unlike those of the examples; nobody looked at its errors."""
    rows = rows_of(UNSEEN / "dangers_voices.jsonl")
    return Labelled(name="voices, sealed", messages=rows, lookalikes=rows, knows_despair=True, sealed=True)


def wishes() -> Labelled:
    """Wishes and matters in voices unlike those of the examples, written first; nobody looked at its errors."""
    rows = rows_of(UNSEEN / "wishes_blind.jsonl")
    asked = tuple({"text": row["text"], **row["remedy"]} for row in rows if row["remedy"])
    return Labelled(name="wishes, sealed", messages=rows, remedies=asked, sealed=True)


def fresh() -> Iterator[Labelled]:
    """Written by somebody who knew neither cues nor examples; nothing was ever mended by what they showed."""
    messages, risky = rows_of(UNSEEN / "fresh_messages.jsonl"), rows_of(UNSEEN / "fresh_risky.jsonl")
    asked = rows_of(UNSEEN / "fresh_remedies.jsonl")
    told = Labelled(name="fresh, risky", messages=risky, slots=risky, knows_despair=True, sealed=True)
    yield replace(told, name="fresh, messages", messages=messages, lookalikes=messages, slots=messages)
    yield told
    yield Labelled(name="fresh, remedies", remedies=asked, sealed=True)


def plain() -> Iterator[Labelled]:
    """Wishes, all categories and facts in everyday words, written first; their errors were never looked at."""
    messages, facts = rows_of(UNSEEN / "plain_messages.jsonl"), rows_of(UNSEEN / "plain_slots.jsonl")
    yield Labelled(name="plain, messages", messages=messages, slots=facts, sealed=True)
    yield Labelled(name="plain, remedies", remedies=rows_of(UNSEEN / "plain_remedies.jsonl"), sealed=True)


def rows_of(file: Path) -> tuple[Row, ...]:
    """The JSON lines of a file."""
    return tuple(json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())


def of_folder(folder: Path) -> Iterator[Labelled]:
    """Every `.jsonl` file of a folder: with a category they are messages, without one remedies."""
    for file in sorted(folder.glob("*.jsonl")):
        rows = rows_of(file)
        if rows and "category" in rows[0]:
            yield Labelled(name=file.stem, messages=rows, lookalikes=rows, slots=rows)
        elif rows:
            yield Labelled(name=file.stem, remedies=rows)


def _messages() -> Iterator[dict[str, Any]]:
    for one in read_examples(UNSEEN):
        named = {_OUTSIDE.get(name, name) for name in one.risks}
        yield {
            "text": one.text,
            "category": one.category,
            "is_complaint": bool(one.shows("complaint")),
            "risks": sorted(named & {*RISKS, SELF_HARM}),
        }


def _lookalikes() -> Iterator[dict[str, Any]]:
    for line in (HERE / "lookalikes.tsv").read_text(encoding="utf-8").splitlines():
        label, _, text = line.partition("\t")
        if text and not line.startswith("#"):
            yield {"text": text, "risks": [], "hard_negative_for": [label]}
