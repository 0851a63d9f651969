"""`python -m tests.reading.measure [--files DIR] [--wrong]`: how well, and how fast, messages are read.

Each set is read by the plain keyword baseline, by the rules alone, and by the rules with what was learned. Our own
sets were never learned from; the rules for remedies and facts, and the look-alikes of danger, were mended by what
`ours` showed, and by nothing of `ours, blind`, of `plain` or of `fresh`. `--files` adds every `.jsonl` of a folder:
a line is a message with `text`, `category`, `is_complaint`, `risks`, `remedy`, `slots` (and what else is accepted:
`category_also`, `risks_also`, `category_unclear`, `hard_negative_for`), or a remedy with `text`, `kinds`, `amount`,
`multiple`. `--wrong` lists what the product read wrongly, but never of `plain` or `fresh`, so that nobody mends by
it.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.reading import Reader
from tests.reading.measuring import figures
from tests.reading.measuring.answers import SELF_HARM, Answer, Reads, by_cues_alone, reads
from tests.reading.measuring.baseline import by_keywords
from tests.reading.measuring.figures import Row
from tests.reading.measuring.pace import pace, start_ms
from tests.reading.measuring.sets import (
    Labelled,
    blind,
    dangers,
    fresh,
    of_folder,
    ours,
    plain,
    voices,
    wishes,
)

_DANGERS: Final = ("injury", "extortion", SELF_HARM)
_HEADS: Final = (
    ("set, reader", 30), ("category", 9), ("complaint", 17), ("risks", 7), ("injury", 11), ("extort.", 11),
    ("self-harm", 11), ("look-alikes", 12), ("remedy", 8), ("slots", 7), ("µs", 12), ("start", 7),
)  # fmt: skip
_UNITS: Final = (
    "", "macro-F1", "F1 / P / R", "m-F1", "R / P", "R / P", "R / P", "flagged", "exact", "m-F1", "med / p99", "ms",
)  # fmt: skip


def readers() -> dict[str, Reads]:
    """All that are measured, by name."""
    return {
        "keywords": by_keywords,
        "rules": reads(by_cues_alone()),
        "rules + learned": reads(Reader(remembered=0)),
    }


def remedies_right(labelled: Labelled, read: Reads) -> tuple[int, int]:
    """How many remedies are read exactly, of how many: those of the remedies, or else of the messages that ask."""
    if labelled.remedies:
        rows = labelled.remedies
        return sum(figures.remedy_right(row, read(row["text"]).remedy) for row in rows), len(rows)
    asking = [row for row in labelled.messages if row.get("remedy")]
    right = sum(
        figures.remedy_right(row["remedy"], read(row["text"]).remedy, row["slots"].get("amount", ()))
        for row in asking
    )
    return right, len(asking)


def _answers(rows: tuple[Row, ...], read: Reads) -> tuple[list[Row], list[Answer]]:
    return list(rows), [read(row["text"]) for row in rows]


def _line(labelled: Labelled, read: Reads) -> Iterator[str]:
    """One line of the table, without its name and start."""
    messages = _answers(labelled.messages, read)
    if labelled.messages:
        complaint = figures.complaints(*messages)
        yield f"{figures.categories(*messages):.3f}"
        yield f"{complaint.f1:.3f} {complaint.precision:.2f} {complaint.recall:.2f}"
        yield f"{figures.risks(*messages):.3f}" if any(row["risks"] for row in labelled.messages) else "-"
    else:
        yield from ("-",) * 3
    for label in _DANGERS:
        count = figures.risk(label, *messages)
        told = count.seen and (label != SELF_HARM or labelled.knows_despair)
        yield f"{count.recall:.2f} {count.precision:.2f}" if told else "-"
    taken, of = figures.flagged(*_answers(labelled.lookalikes, read))
    yield f"{taken}/{of}" if of else "-"
    right, asked = remedies_right(labelled, read)
    yield f"{right / asked:.3f}" if asked else "-"
    yield f"{figures.slots(*_answers(labelled.slots, read)).f1:.3f}" if labelled.slots else "-"
    timed = pace(read, labelled.texts)
    yield f"{timed.middle:.0f} / {timed.slow:.0f}"


def _row(cells: list[str]) -> str:
    widths = [width for _, width in _HEADS]
    name, *rest = (f"{one:>{width}}" for one, width in zip(cells, widths, strict=True))
    return f"{name.strip():{widths[0]}}" + "".join(rest) + "\n"


def table(sets: list[Labelled]) -> Iterator[str]:
    """The table, line by line."""
    yield _row([head for head, _ in _HEADS])
    yield _row(list(_UNITS))
    starts = {name: f"{start_ms(name):.0f}" for name in readers()}
    for labelled in sets:
        sizes = (
            labelled.messages,
            labelled.remedies,
            () if labelled.slots is labelled.messages else labelled.slots,
        )
        yield f"{labelled.name} ({' + '.join(str(len(rows)) for rows in sizes if rows)})\n"
        for name, read in readers().items():
            yield _row([f"  {name}", *_line(labelled, read), starts[name]])


def wrong(labelled: Labelled, read: Reads) -> Iterator[str]:
    """Every remedy, fact and look-alike that is not read as it should be."""
    for row in labelled.remedies:
        if not figures.remedy_right(row, said := read(row["text"]).remedy):
            wanted = {name: row.get(name) for name in ("kinds", "amount", "multiple") if row.get(name)}
            yield f"remedy {row['text']}\n   so: {wanted}\n   read: {said}\n"
    for row in labelled.slots:
        answer = read(row["text"])
        count = figures.slots([row], [answer])
        if count.wrong + count.missed:
            yield f"slots {row['text']}\n   so: {row['slots']}\n   read: {answer.slots}\n"
    for row in labelled.lookalikes:
        if figures.flagged([row], [answer := read(row["text"])])[0]:
            yield f"look-alike {row['hard_negative_for']} {row['text']}\n   read: {sorted(answer.risks)}\n"


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(prog="python -m tests.reading.measure", description=__doc__)
    options.add_argument("--files", type=Path, metavar="DIR", help="a folder of labelled .jsonl files")
    options.add_argument("--wrong", action="store_true", help="list what the product read wrongly")
    chosen = options.parse_args()
    sets = [
        ours(),
        blind(),
        dangers(),
        voices(),
        wishes(),
        *plain(),
        *fresh(),
        *(of_folder(chosen.files) if chosen.files else ()),
    ]
    lines = (
        table(sets)
        if not chosen.wrong
        else (one for each in sets if not each.sealed for one in wrong(each, reads(Reader(remembered=0))))
    )
    for line in lines:
        sys.stdout.write(line)
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
