"""When a model is left alone: the breaker and the day's budget."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model.breaker import FAILURES, FIRST_REST, LONGEST_REST, Breaker, Budget

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)


def _broken() -> Breaker:
    breaker = Breaker()
    rests = [breaker.failed(NOW) for _ in range(FAILURES)]
    assert rests == [None] * (FAILURES - 1) + [FIRST_REST]
    return breaker


def test_it_takes_several_failures_in_a_row() -> None:
    """One answer that comes in between, and the count begins anew."""
    breaker = Breaker()
    for _ in range(FAILURES - 1):
        assert breaker.failed(NOW) is None
    assert breaker.worked() is False
    assert [breaker.failed(NOW) for _ in range(FAILURES - 1)] == [None] * (FAILURES - 1)
    assert breaker.lets(NOW)


def test_a_rest_lets_nothing_through_and_then_one() -> None:
    """While the probe is under way nobody else asks; its answer ends the rest."""
    breaker = _broken()
    over = NOW + FIRST_REST
    assert not breaker.lets(over - timedelta(seconds=1))
    assert [breaker.lets(over) for _ in range(3)] == [True, False, False]
    assert breaker.worked() is True
    assert [breaker.lets(over) for _ in range(3)] == [True, True, True]


def test_every_probe_that_fails_doubles_the_rest_up_to_a_bound() -> None:
    """An endpoint that is away for a night is asked four times an hour."""
    breaker, now, rests = _broken(), NOW, []
    for _ in range(10):
        now = breaker.rests_until or now
        assert breaker.lets(now)
        rests.append(breaker.failed(now))
    assert rests[:2] == [FIRST_REST * 2, FIRST_REST * 4]
    assert rests[-1] == LONGEST_REST


def test_calls_that_were_under_way_do_not_lengthen_a_rest() -> None:
    """Ten questions that fail together count as one reason to rest."""
    breaker = _broken()
    assert [breaker.failed(NOW + timedelta(seconds=1)) for _ in range(5)] == [None] * 5
    assert breaker.rests_until == NOW + FIRST_REST


def test_a_rest_that_is_asked_for_begins_at_once() -> None:
    """Whoever says "come back in two minutes" is left alone for two minutes; a day counts as a quarter hour."""
    breaker = Breaker()
    assert breaker.failed(NOW, timedelta(minutes=2)) == timedelta(minutes=2)
    assert not breaker.lets(NOW + timedelta(seconds=119))
    assert Breaker().failed(NOW, timedelta(days=1)) == LONGEST_REST


def test_a_budget_is_a_calendar_days_in_the_brands_zone() -> None:
    """What is spent comes back at the brand's midnight, not at the server's."""
    budget = Budget(2, ZoneInfo("Asia/Shanghai"))
    late = datetime(2026, 7, 1, 15, 59, tzinfo=UTC)
    budget.take(late)
    budget.take(late)
    assert budget.left(late) == 0
    assert budget.left(late + timedelta(minutes=1)) == 2
