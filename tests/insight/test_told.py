"""A report as it is told: every figure has its place and its words, in both languages."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.commands.report_words import wording_of
from bot.commands.reporting import reckoned
from bot.complaint.reading import Language
from bot.insight.figures import Around
from bot.insight.frame import FEWEST, Figure, Only, Period, Unit
from bot.insight.overview import course
from bot.insight.periods import period_before
from bot.insight.rows import all_facts, body_of, facts_from, last_at
from bot.insight.sections import sections
from bot.insight.told import Change, Name, Part, Told
from bot.insight.worded import Wording
from bot.policy.limits import PpmLimits
from bot.policy.rules import Rules
from tests.insight.small import MARCH, SHIPPED, ZONE, facts
from tests.insight.year import YEAR, active, shipped, year

LANGUAGES = (Language.ZH, Language.EN)


def wording(language: Language = Language.EN) -> Wording:
    """Our words."""
    return wording_of((Rules(),), language, None, {"11": "Li"})


@pytest.fixture(name="told", scope="module")
def _told() -> Told:
    """A year of two thousand cases."""
    around = Around(shipped=shipped(1), active=active())
    return reckoned(year(7, 2000), YEAR, period_before(YEAR), around, Only(), PpmLimits())


def figure(exact: float | None, unit: Unit, n: int = 100, **more: Any) -> Figure:  # noqa: ANN401 - its own fields
    """A figure of this unit."""
    return Figure(name="x", exact=exact, n=n, unit=unit, **more)


def test_every_figure_is_told_somewhere(told: Told) -> None:
    """Nothing that was reckoned is left out, but what the brand cannot know yet."""
    shown = {
        (cell.name, cell.of)
        for section in sections(told)
        for table in section.tables
        for row in table.rows
        for cell in row
        if isinstance(cell, Figure)
    }
    silent = {name for name, of in told.figures() if (name, of) not in shown}
    assert silent <= {"remedy_share", "remedy_spread"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_a_word(told: Told, language: Language) -> None:
    """No key of ours is shown to anybody for want of a word."""
    words = wording(language)
    named = {
        (cell.group, cell.key)
        for s in sections(told)
        for t in s.tables
        for row in t.rows
        for cell in row
        if isinstance(cell, Name)
    }
    named |= {("section", one.key) for one in sections(told)}
    named |= {("table", table.key) for one in sections(told) for table in one.tables}
    own = ("product", "batch", "issue", "cause", "agent")
    missing = {(g, k) for g, k in named if g not in own and k and k not in words.groups.get(g, {})}
    assert missing == set()
    columns = {one for s in sections(told) for table in s.tables for one in table.columns}
    plain = {one for one in columns if "." not in one and one not in words.groups["column"]}
    of = {one for one in columns if "." in one and one.split(".")[1] not in words.groups[one.split(".")[0]]}
    assert plain | of == set()


def test_both_languages_have_the_same_words() -> None:
    """What one language says the other can say too."""
    zh, en = (wording(one).groups for one in LANGUAGES)
    for group in (
        "texts",
        "section",
        "section_note",
        "table",
        "column",
        "figure",
        "span",
        "milestone",
        "duty",
    ):
        assert zh[group].keys() == en[group].keys(), group


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (figure(0.934, Unit.SHARE), "93.4%"),
        (figure(0.99999, Unit.SHARE), "99.9%"),
        (figure(0.00001, Unit.SHARE), "<0.1%"),
        (figure(1.0, Unit.SHARE), "100%"),
        (figure(38.25, Unit.PERCENT), "38.2%"),
        (figure(0.5, Unit.SHARE, n=FEWEST - 1), "too few"),
        (figure(None, Unit.SHARE, n=0), "–"),
        (figure(7, Unit.COUNT, n=7), "7"),
        (figure(69_720, Unit.COUNT, estimate=True), "≈ 69,720"),
        (figure(45, Unit.SECONDS), "45 s"),
        (figure(5400, Unit.SECONDS), "1.5 h"),
        (figure(3600.0, Unit.SECONDS), "1 h"),
        (figure(86_400 * 12.4, Unit.SECONDS), "12 d"),
        (figure(9816, Unit.CENTS_PER_CASE), "¥98.16"),
        (figure(27_789_912, Unit.CENTS), "¥277,899"),
        (figure(-12.4, Unit.POINTS), "-12"),
        (figure(59.71, Unit.PER_TEN_THOUSAND), "59.7"),
        (figure(0.42, Unit.TIMES), "× 0.42"),
    ],
)
def test_a_figure_is_told_in_the_unit_that_tells_it_best(one: Figure, words: str) -> None:
    """What is not quite all is not called all, and what is of too few is not told."""
    assert wording().figure(one) == words


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (figure(0.5, Unit.SHARE), figure(0.4, Unit.SHARE), "+10.0 points"),
        (figure(38.0, Unit.PERCENT), figure(45.0, Unit.PERCENT), "-7.0 points"),
        (figure(150, Unit.COUNT), figure(100, Unit.COUNT), "+50%"),
        (figure(100, Unit.COUNT), figure(100, Unit.COUNT), "no change"),
        (figure(3, Unit.COUNT), figure(0, Unit.COUNT), "new"),
        (figure(0, Unit.COUNT), figure(0, Unit.COUNT), ""),
        (figure(0.5, Unit.SHARE), figure(0.4, Unit.SHARE, n=3), ""),
        (figure(0.5, Unit.SHARE), None, ""),
    ],
)
def test_shares_change_in_points_and_all_else_in_percent(
    now: Figure, before: Figure | None, words: str
) -> None:
    """Beside a figure of too few stands no change."""
    assert wording().cell(Change(now=now, before=before)) == words


def test_cells_without_figures_read_well() -> None:
    """A yes, a share, a count, a colleague and what nobody filled in."""
    words = wording()
    cells = (
        True,
        False,
        Part(share=0.5),
        1234,
        None,
        Name(group="agent", key="11"),
        Name(group="agent", key="9"),
    )
    assert [words.cell(one) for one in cells] == ["yes", "", "50.0%", "1,234", "–", "Li", "colleague 9"]
    assert words.cell(Name(group="product", key="")) == "not given"


def test_cases_come_day_by_day_week_by_week_or_month_by_month() -> None:
    """Every case is in one span, by the brand's own days; the spans make up the period."""
    world = facts()
    for days, spans in ((31, 31), (120, 18), (400, 14)):
        period = Period(first=MARCH.first, until=MARCH.first + timedelta(days=days), zone=ZONE)
        found = course(world, period)
        assert (len(found), sum(one.opened for one in found)) == (spans, 10)
        assert (found[0].first, found[-1].until) == (period.first, period.until)
    march = course(world, MARCH)
    assert next(one for one in march if one.first == date(2026, 3, 12)).opened == 2
    assert sum(one.closed for one in march) == 5


def test_without_shipments_nothing_is_said_of_ppm() -> None:
    """A rate against nothing is no figure."""
    bare = reckoned(facts(), MARCH, period_before(MARCH), Around(), Only(), PpmLimits())
    full = reckoned(facts(), MARCH, period_before(MARCH), Around(shipped=SHIPPED), Only(), PpmLimits())
    tables = [{t.key for s in sections(one) for t in s.tables} for one in (bare, full)]
    assert ["ppm" in one for one in tables] == [False, True]


def moments(value: object) -> Iterator[datetime]:
    """Every moment that stands anywhere in a value."""
    if isinstance(value, datetime):
        yield value
    parts = value if isinstance(value, tuple) else ()
    if is_dataclass(value):
        parts = tuple(getattr(value, one.name) for one in fields(value))
    for part in parts:
        yield from moments(part)


def test_facts_come_back_as_they_were_written() -> None:
    """Row by row and many at once; the last moment of each is in it."""
    rows = [*facts(), *year(3, 300)]
    bodies = [body_of(one) for one in rows]
    assert [facts_from(one) for one in bodies] == rows == all_facts(bodies)
    assert [last_at(one) for one in rows] == [max(moments(one)) for one in rows]
    assert max(len(one) for one in bodies[: len(facts())]) < 1500
