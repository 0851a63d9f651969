"""Satisfaction, and loyalty in the four groups of the trade (S105)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.complaint.axes import Status
from bot.insight.facts import CaseFacts, Opinion
from bot.insight.frame import PERCENT, Figure, Period, Unit, count, mean, ratio

GOOD: Final = 4
"""From this score of 5 on somebody is content."""
PROMOTER: Final = 9
DETRACTOR: Final = 6
SILENT: Final = (Status.DORMANT, Status.CLOSED_NO_RESPONSE)

Facts = Sequence[CaseFacts]
Said = Sequence[tuple[CaseFacts, Opinion]]


class Cohort(StrEnum):
    """The four groups: silent, not helped, helped late, helped in time. A case is in one at most."""

    SILENT = "silent"
    UNSOLVED = "unsolved"
    SOLVED = "solved"
    SOLVED_IN_TIME = "solved_in_time"


def cohort(one: CaseFacts, target: timedelta) -> Cohort | None:
    """The group of a case; None while it is open, or if it was withdrawn."""
    if one.status in SILENT:
        return Cohort.SILENT
    if one.solved_at is not None:
        return Cohort.SOLVED_IN_TIME if one.solved_at - one.opened_at <= target else Cohort.SOLVED
    if one.status is Status.WITHDRAWN or (one.first_closed_at is None and not one.deadlock):
        return None
    return Cohort.UNSOLVED


def invited(facts: Facts, period: Period) -> Said:
    """Every invitation of the period, with its case."""
    start, end = period.moments()
    return [(one, asked) for one in facts for asked in one.opinions if start <= asked.asked_at < end]


def satisfaction(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """CSAT of handling and of outcome apart: answers 4 and 5 of all answers, each with its response rate."""
    said = invited(facts, period)
    return tuple(
        figure
        for name in ("handling", "outcome")
        for figure in _csat(name, [getattr(o, name) for _, o in said])
    )


def _csat(name: str, asked: Sequence[int | None]) -> Iterator[Figure]:
    answers = [one for one in asked if one is not None]
    good = sum(one >= GOOD for one in answers)
    yield ratio(f"csat_{name}", good, len(answers), Unit.PERCENT, scale=PERCENT)
    yield ratio(f"csat_{name}_response", len(answers), len(asked))


def loyalty(facts: Facts, period: Period, target: timedelta) -> tuple[Figure, ...]:
    """NPS, CES and will to buy again: of all, and of each group."""
    groups: dict[Cohort, list[Opinion]] = defaultdict(list)
    every: list[Opinion] = []
    for one, said in invited(facts, period):
        every.append(said)
        group = cohort(one, target)
        if group is not None:
            groups[group].append(said)
    parts = (figure for one in Cohort for figure in _loyalty(groups[one], (one.value,)))
    return (*_loyalty(every, ()), *parts)


def _loyalty(said: Sequence[Opinion], of: tuple[str, ...]) -> Iterator[Figure]:
    recommend = [one.recommend for one in said if one.recommend is not None]
    again = [one.again for one in said if one.again is not None]
    yield ratio("nps", net_promoters(recommend), len(recommend), Unit.POINTS, of=of, scale=PERCENT)
    yield mean("ces", [one.ease for one in said if one.ease is not None], of=of)
    yield ratio("buys_again", sum(again), len(again), of=of)


def net_promoters(recommend: Sequence[int]) -> int:
    """The share that recommends us (9 and 10) minus the share that warns of us (0 to 6)."""
    return sum((one >= PROMOTER) - (one <= DETRACTOR) for one in recommend)


def cohort_sizes(facts: Facts, period: Period, target: timedelta) -> tuple[Figure, ...]:
    """How many cases opened in the period each of the four groups holds."""
    start, end = period.moments()
    sizes = dict.fromkeys(Cohort, 0)
    for one in facts:
        if start <= one.opened_at < end and (group := cohort(one, target)) is not None:
            sizes[group] += 1
    return tuple(count("cohort", size, of=(group.value,)) for group, size in sizes.items())
