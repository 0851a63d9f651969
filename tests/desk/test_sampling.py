"""The lot of the weekly sample."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.complaint.ids import CaseNo, UserId
from bot.complaint.lessons import Mark
from bot.insight.facts import CaseFacts, Opinion
from bot.insight.samples import OF_AN_AGENT, OF_THE_BOT, draw, first_day, unscored, week_of

WEEK = "2026-W27"
MONDAY = datetime(2026, 6, 29, 8, tzinfo=UTC)


def a_fact(number: int, agent: int | None = None, score: int | None = None, days: float = 1) -> CaseFacts:
    """A case that was closed so many days into the week."""
    closed = MONDAY + timedelta(days=days)
    opinions = (Opinion(asked_at=closed, handling=score),) if score is not None else ()
    return CaseFacts(
        no=CaseNo(f"000-{number:04}"),
        opened_at=MONDAY - timedelta(days=3),
        agent=UserId(agent) if agent else None,
        first_closed_at=closed,
        opinions=opinions,
    )


@pytest.mark.practice("S103")
def test_the_same_week_draws_the_same_cases_in_whatever_order_they_come() -> None:
    """Another week draws others."""
    facts = [a_fact(one, agent=one % 3 or None) for one in range(90)]
    first = draw(WEEK, facts, UTC)
    assert draw(WEEK, reversed(facts), UTC) == first
    later = [a_fact(one, agent=one % 3 or None, days=8) for one in range(90)]
    assert {one.no for one in draw("2026-W28", later, UTC)} != {one.no for one in first}


@pytest.mark.practice("S103")
def test_everybody_is_looked_at_and_so_is_the_bot() -> None:
    """A few of each, however many one of them had."""
    facts = [a_fact(one, agent=1) for one in range(80)] + [a_fact(99, agent=2)]
    facts += [a_fact(one) for one in range(100, 180)]
    counts = Counter(one.agent for one in draw(WEEK, facts, UTC))
    assert counts == {1: OF_AN_AGENT, 2: 1, None: OF_THE_BOT}


@pytest.mark.practice("S103")
def test_every_poor_score_is_looked_at() -> None:
    """Beside those of the lot, and none of them twice."""
    facts = [a_fact(one, agent=1, score=1 if one < 6 else 5) for one in range(40)]
    drawn = draw(WEEK, facts, UTC)
    assert {f"000-{one:04}" for one in range(6)} <= {one.no for one in drawn}
    assert len({one.no for one in drawn}) == len(drawn) <= OF_AN_AGENT + 6


@pytest.mark.parametrize(("days", "number"), [(-0.5, 0), (0, 1), (6.5, 1), (7, 0)])
def test_only_what_was_closed_in_the_week_is_drawn(days: float, number: int) -> None:
    """From its Monday to its Sunday, on the brand's clock."""
    assert len(draw(WEEK, [a_fact(1, days=days)], UTC)) == number


def test_a_week_is_called_by_its_year_and_number() -> None:
    """As calendars have it; what is no week has no first day."""
    assert week_of(MONDAY.date()) == WEEK
    assert first_day(WEEK) == MONDAY.date()
    assert [first_day(one) for one in ("2026-W99", "2026", "x", "2026-27")] == [None] * 4


@pytest.mark.practice("S103")
def test_what_waits_is_the_last_weeks_sample_without_what_was_scored() -> None:
    """On any day of the week after; in the week itself it is not drawn yet, and two weeks later nobody asks."""
    facts = [a_fact(one, agent=1) for one in range(3)]
    done = Mark(case_no=CaseNo("000-0001"), week=WEEK, agent=UserId(1), by="x", at=MONDAY, done=True)
    begun = Mark(case_no=CaseNo("000-0002"), week=WEEK, agent=UserId(1), by="x", at=MONDAY)
    waits = [len(unscored(facts, [done, begun], MONDAY + timedelta(days=days))) for days in (6, 7, 13, 14)]
    assert waits == [0, 2, 2, 0]
