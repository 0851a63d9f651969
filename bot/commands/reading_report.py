"""`complaint-bot report --reading`: how often the reader was right, by people's corrections."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import msgspec

from bot.complaint.case import Case
from bot.insight.reading import FEWEST, NOTHING, Pair, ReadingReport, Share, Table, reading_report
from bot.store import open_store

MOST_CONFUSIONS: Final = 15


async def reading_of(database: str, since: datetime | None) -> ReadingReport:
    """The tables of the cases that were opened since then.

    Raises:
        StoreUnusable: the database cannot be read.
    """
    store = await open_store(database, create=False)
    try:
        cases = [case async for case, _ in store.cases() if _counts(case, since)]
    finally:
        await store.close()
    return reading_report(cases)


def _counts(case: Case, since: datetime | None) -> bool:
    return since is None or case.opened_at >= since


def as_json(report: ReadingReport) -> str:
    """For other programs: one object, shares as numbers or null where there are too few."""
    return msgspec.json.encode(
        {
            "cases": report.cases,
            "judged": report.judged,
            "unread": report.unread,
            "too_few_under": FEWEST,
            "tables": [_object(one) for one in report.tables],
        }
    ).decode()


def _object(table: Table) -> dict[str, Any]:
    return {
        "field": table.field.value,
        **_counted(table.total),
        "said": _counted(table.said),
        "by_language": {one.value: _counted(share) for one, share in table.by_language.items()},
        "cells": [
            {"machine": pair.machine, "people": pair.people, "n": n} for pair, n in table.cells.items()
        ],
        "confusions": [
            {"machine": pair.machine, "people": pair.people, "n": n} for pair, n in table.confusions
        ],
    }


def _counted(share: Share) -> dict[str, Any]:
    return {"n": share.n, "right": share.right, "share": share.share}


def as_text(report: ReadingReport) -> str:
    """For people, at a terminal."""
    return "\n".join(_lines(report))


def _lines(report: ReadingReport) -> Iterator[str]:
    yield f"{report.cases} cases, {report.judged} judged by people, {report.unread} from before readings were kept."
    yield "Who closed a case and left the reading as it was counts as agreeing; “said” are those who said so."
    for table in report.tables:
        yield ""
        yield f"{table.field.value}  {_told(table.total)}"
        yield f"  said outright  {_told(table.said)}"
        for language, share in table.by_language.items():
            yield f"  {language.value:13}  {_told(share)}"
        yield from _matrix(table)
        for pair, n in table.confusions[:MOST_CONFUSIONS]:
            yield f"  {n:5} ×  read {pair.machine}, is {pair.people}"
        if len(table.confusions) > MOST_CONFUSIONS:
            yield f"  and {len(table.confusions) - MOST_CONFUSIONS} more: --format json has them all"


def _told(share: Share) -> str:
    value = share.share
    return f"n={share.n}, right {share.right}, " + ("too few" if value is None else f"{value:.1%}")


def _matrix(table: Table) -> Iterator[str]:
    """Machine down, people across; values by number, so that the table fits a terminal."""
    names = sorted({name for pair in table.cells for name in pair})
    if not names:
        return
    numbers = {name: n for n, name in enumerate(names, 1)}
    yield "  machine ↓ people →" + "".join(f"{n:>5}" for n in numbers.values())
    for name, number in numbers.items():
        row = (table.cells.get(Pair(name, other), 0) for other in names)
        label = f"{number} {'nothing' if name == NOTHING else name}"
        yield f"  {label:18}" + "".join(f"{n or '·':>5}" for n in row)
