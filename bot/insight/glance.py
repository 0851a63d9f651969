"""The few figures of the supervisor's page, each beside that of the days before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.insight import cohorts, money, outcomes, times
from bot.insight.facts import CaseFacts
from bot.insight.frame import Figure, Period, closed_in, count, opened_in
from bot.insight.pareto import Bar, By, pareto

SHOWN: Final = (
    "opened",
    "closed",
    "first_reply_bot_median",
    "first_reply_human_median",
    "hand_off_wait_median",
    "resolution_told_median",
    "promise_kept",
    "csat_handling",
    "csat_outcome",
    "upheld",
    "reopened",
    "remedy_cost",
)
MOST_BARS: Final = 6

Facts = Sequence[CaseFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The figures of the page."""

    figures: tuple[tuple[Figure, Figure | None], ...]
    """In the order of `SHOWN`: each with that of the period before."""
    days: tuple[tuple[date, int, int], ...]
    """Each day with the cases that were opened and those that were closed."""
    categories: tuple[Bar, ...]
    fates: tuple[tuple[str, int], ...]
    """The outcomes of promises that were due: kept, late, renegotiated, broken."""


def glance(facts: Facts, period: Period) -> Glance:
    """Those figures of the period, out of facts that reach back over the period before it."""
    length = period.until - period.first
    before = Period(first=period.first - length, until=period.first, zone=period.zone)
    now, then = _figures(facts, period), _figures(facts, before)
    fates = {one.name: one for one in times.promises(facts, period)}
    late = [(name, int(fates[f"promises_{name}"].exact or 0)) for name in ("late", "renegotiated", "broken")]
    kept = fates["promise_kept"].n - sum(number for _, number in late)
    return Glance(
        figures=tuple((now[name], then.get(name)) for name in SHOWN if name in now),
        days=_days(facts, period),
        categories=pareto(facts, period, By.CATEGORY)[:MOST_BARS],
        fates=(("kept", kept), *late),
    )


def _figures(facts: Facts, period: Period) -> dict[str, Figure]:
    every = (
        count("opened", len(opened_in(facts, period))),
        count("closed", len(closed_in(facts, period))),
        *times.first_reply(facts, period),
        *times.hand_off(facts, period),
        *times.resolution(facts, period),
        *times.promises(facts, period),
        *cohorts.satisfaction(facts, period),
        *outcomes.upheld(facts, period),
        outcomes.reopened(facts, period),
        *money.remedies(facts, period),
    )
    return {one.name: one for one in every if not one.of}


def _days(facts: Facts, period: Period) -> tuple[tuple[date, int, int], ...]:
    opened = Counter(one.opened_at.astimezone(period.zone).date() for one in opened_in(facts, period))
    closed = Counter(
        one.first_closed_at.astimezone(period.zone).date()
        for one in closed_in(facts, period)
        if one.first_closed_at is not None
    )
    days = (period.first + timedelta(days=number) for number in range((period.until - period.first).days))
    return tuple((day, opened[day], closed[day]) for day in days)
