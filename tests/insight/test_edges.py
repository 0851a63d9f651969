"""Where a figure turns: the stroke of the time, the twentieth case, the last of several remedies."""

from datetime import UTC, timedelta
from typing import Any

import pytest

from bot.complaint.axes import Level, PromiseStatus, Queue, Severity, Status, Verdict
from bot.complaint.case import Agreement, Case
from bot.complaint.dealings import Escalation, Fulfilment, Offer, Part, Pause
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, Cents
from bot.complaint.reading import RemedyKind
from bot.insight.facts import CaseFacts, Due, Milestone, Pledge
from bot.insight.frame import Period, Unit, ratio
from bot.insight.pareto import iceberg, pareto
from bot.insight.taking import facts_of
from bot.insight.times import attainment, promises, resolution, waiting
from tests.insight.small import MARCH, MEASURES, REFUND, at, case, refund, said, thing

DUE = at(3, 12).astimezone(UTC)
LATER = timedelta(seconds=1)


def row(**changes: Any) -> CaseFacts:  # noqa: ANN401 - a row's own fields
    """A row of March."""
    fresh = CaseFacts(no=CaseNo("1"), opened_at=at(2, 9).astimezone(UTC), severity=Severity.SEV3)
    return replace(fresh, **changes)


def taken(one: Case) -> CaseFacts:
    """Its row, where only the first word was said."""
    found = facts_of(one, [said("customer", one.opened_at)], MEASURES)
    assert found is not None
    return found


@pytest.mark.parametrize(("late", "kept"), [(timedelta(), 1.0), (LATER, 0.0)])
def test_what_is_done_at_the_stroke_is_in_time(late: timedelta, kept: float) -> None:
    """Promises and milestones alike; a second later is late."""
    one = row(
        promises=(Pledge(due_at=DUE, status=PromiseStatus.KEPT, settled_at=DUE + late),),
        milestones=(Due(what=Milestone.FULFIL, due_at=DUE, met_at=DUE + late),),
    )
    assert promises([one], MARCH)[0].exact == kept
    assert attainment([one], MARCH)[0].exact == kept


def test_the_twentieth_makes_a_rate_worth_showing() -> None:
    """Nineteen have none to show."""
    assert ratio("any", 1, 19).value is None
    assert ratio("any", 1, 20).value == 0.05


@pytest.mark.practice("S101")
def test_twenty_complaints_stand_for_four_hundred_and_it_is_marked() -> None:
    """One in twenty complains: an estimate, and told as one."""
    shown = iceberg([row()] * 20, MARCH)
    assert (shown.value, shown.estimate, shown.unit) == (400, True, Unit.COUNT)


def test_four_fifths_exactly_are_enough() -> None:
    """The row after them is none of the vital few."""
    bars = pareto([row(cause="seal")] * 4 + [row(cause="label")], MARCH)
    assert [(one.name, one.cumulative, one.vital) for one in bars] == [
        ("seal", 0.8, True),
        ("label", 1.0, False),
    ]


def test_a_period_holds_its_first_moment_and_not_the_one_after_its_last() -> None:
    """Midnight in the brand's zone belongs to the day that begins."""
    first, after = at(1, 0).astimezone(UTC), at(1, 0, month=4).astimezone(UTC)
    rows = [row(opened_at=one) for one in (first - LATER, first, after - LATER, after)]
    assert iceberg(rows, MARCH).n == 2
    with pytest.raises(ValueError, match="period"):
        Period(first=MARCH.first, until=MARCH.first, zone=MARCH.zone)


def agreed(*remedies: Fulfilment, parts: tuple[Part, ...] = (), worth: int = 0) -> Case:
    """A case in which these were agreed to."""
    kinds = tuple(one.kind for one in remedies)
    offer = Offer(
        id="o1",
        at=at(2, 10),
        kinds=kinds,
        worth=Cents(worth),
        by="李",
        level=Level.A2,
        valid_until=at(9, 9),
        parts=parts,
    )
    done = Agreement(offer_id="o1", text="", confirmed_at=at(2, 11))
    return case(
        "1", 1, at(2, 9), status=Status.FULFILLING, offers=(offer,), agreement=done, fulfilments=remedies
    )


def remedy(kind: RemedyKind, worth: int = 0, day: int | None = None) -> Fulfilment:
    """A remedy, carried out on a day of March or not yet."""
    done = at(day, 9) if day else None
    return Fulfilment(id=f"f{kind}", kind=kind, owner="李", due_at=at(9, 9), worth=Cents(worth), done_at=done)


def test_a_case_is_fulfilled_with_the_last_of_its_remedies() -> None:
    """While one is missing it is not, and only what was carried out has cost anything."""
    half = taken(agreed(remedy(REFUND, 500, day=3), remedy(RemedyKind.VOUCHER, 300)))
    both = taken(agreed(remedy(REFUND, 500, day=3), remedy(RemedyKind.VOUCHER, 300, day=5)))
    assert (half.fulfilled_at, half.cost) == (None, 500)
    assert (both.fulfilled_at, both.cost) == (at(5, 9).astimezone(UTC), 800)


def test_goods_cost_what_the_offer_says_of_them() -> None:
    """Its part of the offer, or the whole offer where it is its only remedy; the level is the offer's."""
    parts = (Part(kind=RemedyKind.REPLACE, cents=Cents(900)), Part(kind=REFUND, cents=Cents(500)))
    several = taken(
        agreed(remedy(RemedyKind.REPLACE, day=3), remedy(REFUND, 500, day=3), parts=parts, worth=1400)
    )
    alone = taken(agreed(remedy(RemedyKind.REPLACE, day=3), worth=900))
    assert [(one.kind, one.cents) for one in several.given] == [(RemedyKind.REPLACE, 900), (REFUND, 500)]
    assert [(one.cents, one.level) for one in alone.given] == [(900, Level.A2)]


def test_what_a_case_stood_still_moves_its_decision() -> None:
    """Five hours of the complainant's own time are added to when the decision is due, and shown apart."""
    asked = Escalation(id="e1", at=at(2, 10), reason="asked", queue=Queue.GENERAL, promise_id="p1")
    stood = Pause(since=at(2, 11), until=at(2, 16))
    shown = taken(case("1", 1, at(2, 9), escalations=(asked,), pauses=(stood,)))
    assert shown.awaited == timedelta(hours=5)
    assert [(one.what, one.due_at) for one in shown.milestones] == [
        (Milestone.DECISION, at(5, 15).astimezone(UTC))
    ]


def test_what_a_case_stood_still_is_known_after_its_close() -> None:
    """Of 26 hours until the decision and 50 until the remedy, six and twenty lay with the complainant."""
    pauses = (Pause(since=at(2, 12), until=at(2, 18)), Pause(since=at(3, 12), until=at(4, 2)))
    closed = case("1", 1, at(2, 9), status=Status.CLOSED, closed_at=at(4, 12), pauses=pauses,
                  verdict=Verdict.UPHELD, decided_at=at(3, 11), **refund(at(3, 11), at(4, 11)))  # fmt: skip
    shown = taken(closed)
    assert (shown.awaited_told, shown.awaited) == (timedelta(hours=6), timedelta(hours=20))
    told = {one.name: one.exact for one in (*resolution([shown], MARCH), *waiting([shown], MARCH))}
    assert told["resolution_told_ours_median"] == (26 - 6) * 3600
    assert told["resolution_fulfilled_ours_median"] == (50 - 20) * 3600
    assert told["resolution_fulfilled_median"] == 50 * 3600


def test_a_pause_that_lasts_counts_up_to_now() -> None:
    """It is the complainant's turn still: the case has no end yet, and its wait has none either."""
    shown = taken(case("1", 1, at(2, 9), pauses=(Pause(since=MEASURES.now - timedelta(hours=3)),)))
    assert shown.awaited == timedelta(hours=3)
    assert taken(case("1", 1, at(2, 9))).awaited is None


def test_the_tone_check_counts_what_colleagues_sent() -> None:
    """Words of the bot's and of the complainant's are not theirs; where no colleague spoke nothing was looked at."""
    measures = replace(MEASURES, lint=lambda text, _language, level: text.count("尽快") * level)
    lines = [
        said("customer", at(2, 9), "尽快"),
        said("bot", at(2, 9), "尽快"),
        said("agent", at(2, 10), "尽快尽快"),
    ]
    found = facts_of(case("1", 1, at(2, 9)), lines, measures)
    assert found is not None
    assert found.lint_hits == 2 * 2
    fault = case("1", 1, at(2, 9), verdict=Verdict.UPHELD, decided_at=at(2, 10))
    owned = facts_of(fault, lines, measures)
    assert owned is not None
    assert owned.lint_hits == 2 * 3
    alone = facts_of(case("1", 1, at(2, 9)), lines[:2], measures)
    assert alone is not None
    assert alone.lint_hits is None


def test_a_brand_with_an_account_of_its_own_measures_by_its_own_rules() -> None:
    """Whose case it is tells the door through which it came."""
    own = replace(MEASURES, brand="Second", product=lambda _: "lamp")
    measures = replace(MEASURES, brand="First", branches={7: own})
    rows = [
        facts_of(case("1", 1, at(2, 9), door=door, facts=thing("tea")), [], measures) for door in (0, 7, 8)
    ]
    assert [(one.brand, one.product) for one in rows if one] == [
        ("First", "tea"),
        ("Second", "lamp"),
        ("First", "tea"),
    ]
