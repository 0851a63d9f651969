"""A simulated year, reckoned twice: by our formulas, and by SQL that shares no line with them."""

import os
import time
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from pathlib import Path

import pytest

from bot.insight.figures import Around, Report, report
from bot.insight.frame import Figure
from bot.insight.pareto import By
from bot.insight.ppm import Fix
from tests.insight.year import YEAR, active, shipped, tables, year

CASES = int(os.environ.get("INSIGHT_CASES", "20000"))
"""INSIGHT_CASES=100000 pytest tests/insight/test_year.py reckons the year of the promise."""
SEED = 20250101
FIXED = date(2025, 6, 1)
Key = tuple[str, str]
World = tuple[Report, dict[Key, tuple[float | None, int]], float, dict[By, list[tuple[str, int, int]]]]


@pytest.fixture(scope="module")
def world() -> World:
    """Our report, SQL's answers, the processor's seconds for ours, and SQL's causes and products by count and cost."""
    facts, ships, users = year(SEED, CASES), shipped(SEED), active()
    around = Around(shipped=ships, active=users, fixes=(Fix(product="milk", cause="seal", since=FIXED),))
    begun = time.thread_time()
    ours = report(facts, YEAR, around)
    took = time.thread_time() - begun
    database = tables(facts, ships, users)
    fixed = YEAR.start.replace(month=6).timestamp()
    database.execute(
        "CREATE TABLE span AS SELECT ? AS s, ? AS e, ? AS f, ? AS first, ? AS until",
        (
            int(YEAR.start.timestamp()),
            int(YEAR.end.timestamp()),
            int(fixed),
            "2025-01-01",
            "2026-01-01",
        ),
    )
    statements = Path(__file__).with_name("year.sql").read_text(encoding="utf-8").split(";")
    theirs: dict[Key, tuple[float | None, int]] = {}
    for statement in statements:
        for name, of, exact, n in database.execute(statement):
            theirs[name, of] = (exact, int(n or 0))
    sorts = {
        by: database.execute(
            f"SELECT {by.value}, count(*), coalesce(sum(cost), 0) FROM opened LEFT JOIN costs USING (no)"  # noqa: S608
            f" WHERE {by.value} NOT IN ('', 'none') GROUP BY 1"
        ).fetchall()
        for by in By
    }
    database.close()
    return ours, theirs, took, sorts


def told(ours: Report) -> Iterator[tuple[Key, Figure]]:
    """Every figure that the report holds, by the key that SQL gives it."""
    for one in ours.figures:
        yield (one.name, "|".join(one.of)), one
    for card in ours.cards:
        for one in card.figures:
            yield (one.name, "|".join((f"#{card.agent}", *one.of))), one


@pytest.mark.practice("S1", "S9", "S67", "S79", "S101", "S105")
def test_every_figure_of_a_year_is_what_sql_makes_of_the_same_year(world: World) -> None:
    """Value and n of every figure and of every colleague's card agree, and none is in one list only."""
    ours, theirs, _, _ = world
    mine = dict(told(ours))
    not_from_cases = {("sample_score", ""), ("recurrence_change", "milk|seal")}
    assert mine.keys() - not_from_cases == theirs.keys()
    for key, (exact, n) in theirs.items():
        assert mine[key].n == n, key
        assert mine[key].exact == (None if exact is None else pytest.approx(exact, rel=1e-9, abs=1e-9)), key


def test_the_change_after_a_fix_is_the_rate_after_over_the_rate_before(world: World) -> None:
    """It is made of the two rates that stand beside it."""
    mine = {key: one.exact for key, one in told(world[0])}
    before, after = mine["recurrence_before", "milk|seal"], mine["recurrence_after", "milk|seal"]
    assert before is not None
    assert after is not None
    assert mine["recurrence_change", "milk|seal"] == pytest.approx(after / before)


def heavy(row: tuple[str, int, int], weight: str) -> int:
    """What a row is sorted by."""
    return row[1] if weight == "count" else row[2]


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("weight", ["count", "cost"])
def test_the_vital_few_are_the_smallest_set_that_makes_up_four_fifths(
    world: World, by: By, weight: str
) -> None:
    """The rows are SQL's, the greatest first, and one row less would not be enough."""
    bars, rows = world[0].paretos[by, weight], world[3][by]
    rows = sorted(rows, key=lambda row: (-heavy(row, weight), row[0]))
    assert [(bar.name, bar.cases, bar.cents) for bar in bars] == rows
    sums = list(accumulate(heavy(row, weight) for row in rows))
    assert [bar.cumulative for bar in bars] == pytest.approx([one / sums[-1] for one in sums])
    enough = next(number for number, one in enumerate(sums, 1) if one * 5 >= sums[-1] * 4)
    assert [bar.vital for bar in bars] == [number <= enough for number in range(1, len(bars) + 1)]


def test_a_year_is_reckoned_in_seconds(world: World) -> None:
    """A year of 100,000 cases takes at most 5 seconds; a part of it takes its part, on a busy machine thrice."""
    assert world[2] < max(1.0, 5 * CASES / 100_000) * 3
