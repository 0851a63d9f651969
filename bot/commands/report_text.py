"""The report as text for a terminal, and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from unicodedata import east_asian_width

import msgspec

from bot.commands.reporting import Answer
from bot.insight.frame import FEWEST, Figure, Unit
from bot.insight.sections import sections
from bot.insight.told import Cell, Table
from bot.insight.worded import Wording
from bot.logs import on_one_line

MOST_ROWS: Final = 15
"""Rows shown of a long table on a terminal."""
COURSE: Final = "course"
"""The one table that is always shown whole."""
GAP: Final = "  "
BARE: Final = (Unit.COUNT, Unit.CENTS)
"""Counts and sums are their own n."""


def as_text(answer: Answer) -> str:
    """For people, at a terminal: every figure with its n."""
    return "\n".join(map(on_one_line, _lines(answer)))


def heads(answer: Answer) -> tuple[str, str]:
    """The period, and what it is compared with, in words."""
    words = answer.words
    told = []
    for key, period in (("period", answer.period), ("compared", answer.before)):
        last = period.until.fromordinal(period.until.toordinal() - 1)
        single = {"period": "one_day", "compared": "compared_one_day"}[key]
        name = key if last > period.first else single
        told.append(words.say(name, first=period.first.isoformat(), last=last.isoformat()))
    return told[0], told[1]


def only_told(answer: Answer) -> str:
    """What the report was narrowed to; empty if to nothing."""
    only, words = answer.only, answer.words
    chosen = [(group, getattr(only, group)) for group in ("brand", "product", "category", "channel")]
    told = [words.name(group, value) for group, value in chosen if value]
    return words.say("only", what=", ".join(told)) if told else ""


def _lines(answer: Answer) -> Iterator[str]:
    words = answer.words
    period, compared = heads(answer)
    yield f"{answer.brand} · {words.say('title')} · {period}"
    yield " · ".join(one for one in (compared, only_told(answer), words.say("few_note", n=FEWEST)) if one)
    for section in sections(answer.told):
        yield ""
        yield f"== {words.name('section', section.key)} =="
        note = words.groups["section_note"].get(section.key)
        if note:
            yield note
        for table in section.tables:
            yield from _table(table, words)
    if not answer.told.shipped:
        yield ""
        yield words.say("no_shipments")


def _table(table: Table, words: Wording) -> Iterator[str]:
    yield ""
    yield words.name("table", table.key)
    head = [words.column(one) for one in table.columns]
    most = len(table.rows) if table.key == COURSE else MOST_ROWS
    rows = [[_cell(cell, words) for cell in row] for row in table.rows[:most]]
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        yield GAP + GAP.join(_padded(cell, widths[n], right=n > 0) for n, cell in enumerate(row)).rstrip()
    if len(table.rows) > most:
        yield f"{GAP}… {len(table.rows) - most}"


def _cell(cell: Cell, words: Wording) -> str:
    told = words.cell(cell)
    if isinstance(cell, Figure) and cell.unit not in BARE and cell.exact is not None:
        return f"{told} {words.say('n', n=f'{cell.n:,}')}"
    return told


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


def as_json(answer: Answer) -> bytes:
    """For other programs: what is of too few is null, and its n is told."""
    before = answer.told.figures_before()
    figures = [*answer.told.volume, *answer.told.report.figures]
    return msgspec.json.encode(
        {
            "period": {"first": answer.period.first, "until": answer.period.until},
            "before": {"first": answer.before.first, "until": answer.before.until},
            "zone": answer.period.zone.key,
            "only": {name: getattr(answer.only, name) for name in ("product", "category", "channel")},
            "made_at": answer.made_at.isoformat(),
            "too_few_under": FEWEST,
            "figures": [_object(one, before.get((one.name, one.of))) for one in figures],
            "paretos": [_pareto(by.value, weight, bars) for (by, weight), bars in _paretos(answer)],
            "course": [
                {"first": one.first, "until": one.until, "opened": one.opened, "closed": one.closed}
                for one in answer.told.course
            ],
            "alerts": [
                {"of": one.ppm.of, "ppm": one.ppm.value, "limit": one.limit, "cases": one.cases}
                for one in answer.told.crossings
            ],
            "agents": [
                {"agent": card.agent, "figures": [_object(one, None) for one in card.figures]}
                for card in answer.told.report.cards
            ],
        }
    )


def _paretos(answer: Answer) -> Sequence[Any]:
    return list(answer.told.report.paretos.items())


def _object(figure: Figure, before: Figure | None) -> dict[str, Any]:
    return {
        "name": figure.name,
        "of": figure.of,
        "value": figure.value,
        "n": figure.n,
        "unit": figure.unit.value,
        "estimate": figure.estimate,
        "too_few": figure.hidden,
        "before": before.value if before is not None else None,
    }


def _pareto(by: str, weight: str, bars: Sequence[Any]) -> dict[str, Any]:
    rows = [
        {
            "name": bar.name,
            "cases": bar.cases,
            "cents": bar.cents,
            "cumulative": bar.cumulative,
            "vital": bar.vital,
        }
        for bar in bars
    ]
    return {"by": by, "sorted_by": weight, "rows": rows}
