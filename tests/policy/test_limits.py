"""When a crossed limit is news, and with which incident it is told."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo
from bot.complaint.incidents import Alarm, Crossed, Incident, IncidentNo, IncidentState, Matter
from bot.policy.brand import Product
from bot.policy.limits import PpmLimits, home_for, is_news, stands_alone
from bot.policy.rules import Rules

NOW = datetime(2026, 7, 2, 1, 0, tzinfo=UTC)
LIMITS = PpmLimits()
A, B, C = (CaseNo(one) for one in ("1-1", "1-2", "1-3"))
BATCH = Crossed(
    product="bread", batch="L-1", ppm=200, limit=100, units=10_000, days=30, count=2, cases=(A, B)
)
WHOLE = Crossed(product="bread", ppm=150, limit=100, units=20_000, days=30, count=3, cases=(A, B, C))


def incident(number: int, matter: Matter, *crossed: Crossed) -> Incident:
    """An incident that was told of these."""
    return Incident(no=IncidentNo(number), matter=matter, alarm=Alarm.PPM, opened_at=NOW, crossed=crossed)


def told(ppm: float = 200, days_ago: int = 1) -> Incident:
    """The batch was told of so long ago, at this PPM."""
    before = replace(BATCH, ppm=ppm, at=NOW - timedelta(days=days_ago), cases=())
    return incident(1, Matter(product="bread", batch="L1"), before).evolve(state=IncidentState.DISMISSED)


@pytest.mark.practice("S68")
@pytest.mark.parametrize(
    ("before", "news"),
    [
        ([], True),
        ([told(101)], False),
        ([told(100)], True),
        ([told(200, 29)], False),
        ([told(200, 30)], True),
    ],
)
def test_a_crossing_is_news_once(before: list[Incident], news: bool) -> None:  # noqa: FBT001 - a column of a table
    """The first time, when it has doubled, and when the days are over that it was told for."""
    assert is_news(BATCH, before, LIMITS, NOW) is news


def test_one_case_crosses_no_limit() -> None:
    """A single complaint about a small batch is above every limit, and tells nothing."""
    assert not is_news(replace(BATCH, count=1, cases=(A,)), [], LIMITS, NOW)
    assert is_news(replace(BATCH, count=1, cases=(A,)), [], PpmLimits(cases=1), NOW)


def test_a_crossing_is_told_with_the_incident_of_its_batch() -> None:
    """An incident about the batch bears it, however the number is written; one about another batch does not."""
    mine = incident(1, Matter(product="bread", batch="L1"))
    other = incident(2, Matter(product="bread", batch="L2"))
    assert home_for(BATCH, [other, mine], {}, LIMITS) is mine
    assert home_for(BATCH, [other], {}, LIMITS) is None


def test_a_product_is_told_with_the_batch_that_makes_it_so() -> None:
    """Where what is left without the batch's cases would be below the limit it is no matter of its own."""
    batch = incident(1, Matter(product="bread", batch="L1"))
    parts = {A: batch.no, B: batch.no}
    assert not stands_alone(WHOLE, parts, LIMITS)
    assert home_for(WHOLE, [batch], parts, LIMITS) is batch
    alone = replace(WHOLE, ppm=600)
    assert stands_alone(alone, {A: batch.no}, LIMITS)
    assert home_for(alone, [batch], {A: batch.no}, LIMITS) is None


def test_limits_that_nothing_can_keep_are_refused() -> None:
    """Zero, and products that nobody knows, are told with what to write."""
    with pytest.raises(ValueError, match="above 0"):
        PpmLimits(products={"bread": 0})
    with pytest.raises(ValueError, match="at least 1"):
        PpmLimits(days=0)
    with pytest.raises(ValueError, match=r"ppm\.products"):
        Rules(ppm=PpmLimits(products={"bred": 50}), products=(Product(key="bread"),))
