"""Computes all figures of a period, in the order of the report."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from bot.complaint.lessons import Mark
from bot.insight import cohorts, conduct, money, outcomes, pareto, ppm, times
from bot.insight.facts import CaseFacts
from bot.insight.frame import Figure, Only, Period
from bot.insight.pareto import Bar, By
from bot.insight.ppm import Fix
from bot.insight.scorecards import Card, sampled, scorecards
from bot.insight.volumes import Active, Shipment

WITHIN_TARGET: Final = timedelta(hours=72)
"""Solved as soon as this is solved in time, where the brand says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What figures need beside the cases: shipments, users, fixes."""

    shipped: Sequence[Shipment] = ()
    active: Sequence[Active] = ()
    fixes: Sequence[Fix] = ()
    marks: Sequence[Mark] = ()
    """How cases of the weekly samples were handled."""
    target: timedelta = WITHIN_TARGET


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All figures of a period."""

    figures: tuple[Figure, ...]
    paretos: dict[tuple[By, str], tuple[Bar, ...]] = field(default_factory=dict)
    """By what is sorted, and `count` or `cost`."""
    cards: tuple[Card, ...] = ()


def report(
    facts: Sequence[CaseFacts], period: Period, around: Around | None = None, only: Only | None = None
) -> Report:
    """All figures of the cases that count.

    Shipments of other products are left out with their cases; active users are always those of the brand.
    """
    known, wanted = around or Around(), only or Only()
    counted = wanted.of(facts)
    shipped = [one for one in known.shipped if wanted.product in (None, one.product)]
    return Report(
        figures=(
            *_against_volumes(counted, period, known, shipped),
            *_of_time(counted, period),
            *cohorts.satisfaction(counted, period),
            *cohorts.loyalty(counted, period, known.target),
            *cohorts.cohort_sizes(counted, period, known.target),
            *_of_ends(counted, period),
            *money.remedies(counted, period),
            *money.consistency(counted, period),
            pareto.iceberg(counted, period),
            *pareto.word_of_mouth(counted, period),
            *conduct.bot_quality(counted, period),
            sampled(known.marks, period),
        ),
        paretos=pareto.paretos(counted, period),
        cards=tuple(scorecards(counted, period, known.marks)),
    )


def _against_volumes(
    facts: Sequence[CaseFacts], period: Period, known: Around, shipped: Sequence[Shipment]
) -> tuple[Figure, ...]:
    return (
        *ppm.ppm(facts, shipped, period, upheld=True),
        *ppm.ppm(facts, shipped, period, upheld=False),
        *ppm.complainants(facts, known.active, period),
        *ppm.recurrence(facts, shipped, known.fixes, period),
    )


def _of_time(facts: Sequence[CaseFacts], period: Period) -> tuple[Figure, ...]:
    return (
        *times.first_reply(facts, period),
        *times.hand_off(facts, period),
        *times.resolution(facts, period),
        *times.waiting(facts, period),
        times.first_contact(facts, period),
        *times.attainment(facts, period),
        *times.promises(facts, period),
    )


def _of_ends(facts: Sequence[CaseFacts], period: Period) -> tuple[Figure, ...]:
    return (
        *outcomes.upheld(facts, period),
        outcomes.overturned(facts, period),
        outcomes.reopened(facts, period),
        outcomes.repeat(facts, period),
        *outcomes.ways_out(facts, period),
    )
