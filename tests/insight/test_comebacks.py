"""What was learned, in the figures: fixes beside what came back, and the scores of the weekly sample."""

from datetime import date, timedelta

import pytest

from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, UserId
from bot.complaint.lessons import Mark
from bot.insight.figures import Around, report
from bot.insight.frame import Figure
from bot.insight.ppm import Fix
from bot.insight.scorecards import scorecards
from bot.insight.sections import sections
from bot.insight.told import Told
from tests.insight.small import MARCH, SHIPPED, facts

MARK = Mark(
    case_no=CaseNo("1"),
    week="2026-W10",
    agent=None,
    by="陈岚",
    at=MARCH.start + timedelta(days=9),
    points={"heard": True, "sorry": True, "plain": False, "solved": True},
    done=True,
)


def score(*marks: Mark) -> dict[int, Figure]:
    """The scores of the sample, by colleague."""
    cards = scorecards(facts(), MARCH, marks)
    return {card.agent: one for card in cards for one in card.figures if one.name == "agent_sample"}


@pytest.mark.practice("S103", "S1")
def test_a_scorecard_has_the_share_of_good_points_of_ones_own_sample() -> None:
    """Of several cases together; of the bot's, of other months', and of what is not yet done nothing counts."""
    agent = next(card.agent for card in scorecards(facts(), MARCH))
    mine = replace(MARK, agent=agent)
    found = score(
        mine,
        replace(mine, case_no=CaseNo("2"), points={"heard": False}),
        replace(mine, case_no=CaseNo("3"), done=False),
        replace(mine, case_no=CaseNo("4"), at=MARCH.end),
        replace(MARK, case_no=CaseNo("5")),
        replace(MARK, case_no=CaseNo("6"), agent=UserId(999_999)),
    )
    assert [(who, one.exact, one.n) for who, one in found.items()] == [(agent, 3 / 5, 5)]
    assert score(MARK) == {}


@pytest.mark.practice("R18")
def test_the_report_shows_what_came_back_after_it_was_mended() -> None:
    """A row for each fix of the period, beside the rate before it; without one there is no table."""
    fix = Fix(product="tea", cause="seal", since=date(2026, 3, 16))
    for fixes, rows in (([fix], 1), ([], 0)):
        found = report(facts(), MARCH, Around(shipped=SHIPPED, fixes=fixes))
        told = Told(report=found, before=found, shipped={(): 1})
        tables = [
            table for section in sections(told) for table in section.tables if table.key == "recurrence"
        ]
        assert sum(len(table.rows) for table in tables) == rows
