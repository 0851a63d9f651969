"""Twelve cases whose figures fit on a sheet of paper.

Of March are ten: A, B, C, D, E, F, I, J, K, L (G became part of F, H is of January), of nine complainants, for
A and B are of the same one. Closed in March for the first time are five: A, B, C, D and E.
"""

from dataclasses import fields
from datetime import UTC, date, timedelta

import pytest

from bot.insight.cohorts import Cohort, cohort
from bot.insight.facts import Duty
from bot.insight.figures import Around, report
from bot.insight.frame import Figure, Only
from bot.insight.pareto import By
from bot.insight.ppm import Fix, crossings, ppm
from bot.insight.scorecards import card_rows
from tests.insight.small import ACTIVE, MARCH, SHIPPED, at, facts

HOUR = 3600.0
AROUND = Around(
    shipped=SHIPPED, active=ACTIVE, fixes=(Fix(product="tea", cause="seal", since=date(2026, 3, 15)),)
)


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    """The figures of March, by their names."""
    return {"|".join((one.name, *one.of)): one for one in report(facts(), MARCH, AROUND).figures}


@pytest.mark.parametrize(
    ("name", "exact", "n"),
    [
        # upheld: A and B are tea of T1, D is jam; shipped in March: 10,000 + 10,000 tea, 20,000 jam; soap nothing
        pytest.param("ppm_upheld", 3 / 40_000 * 1e6, 40_000, marks=pytest.mark.practice("S67")),
        ("ppm_upheld|tea", 2 / 20_000 * 1e6, 20_000),
        ("ppm_upheld|tea|T1", 200.0, 10_000),
        ("ppm_upheld|tea|T2", 0.0, 10_000),
        ("ppm_upheld|jam|J1", 50.0, 20_000),
        pytest.param("ppm_upheld|soap", None, 0, marks=pytest.mark.practice("S67")),
        # all: A, B, C, J, K, L are tea
        ("ppm_all|tea", 6 / 20_000 * 1e6, 20_000),
        # users: 35,000 on the 1st and 37,000 on the 15th, so 36,000
        pytest.param("complainants_per_ten_thousand", 9 / 36_000 * 1e4, 36_000, marks=pytest.mark.practice("S79")),
        ("complaints_per_million", 10 / 36_000 * 1e6, 36_000),
        # seal on tea: A before the 15th (10,000 shipped), B after it (10,000 shipped)
        ("recurrence_before|tea|seal", 100.0, 10_000),
        ("recurrence_after|tea|seal", 100.0, 10_000),
        ("recurrence_change|tea|seal", 1.0, 10_000),
        # nine answers (none to L): eight after 60 s, C after 120 s; the ninth of nine is the P90
        ("first_reply_bot_median", 60.0, 9),
        ("first_reply_bot_p90", 120.0, 9),
        # A: Mon 9:00 to 10:00; C: Fri 17:00 to 18:00 and Mon 9:00 to 9:30
        ("first_reply_human_median", 1.25 * HOUR, 2),
        ("first_reply_human_p90", 1.5 * HOUR, 2),
        # A: 9:10 to 10:00; C: Fri 17:30 to Mon 9:30 is 64 hours, of which one at the desk
        ("hand_off_wait_median", (50 * 60 + 64 * HOUR) / 2, 2),
        ("hand_off_wait_worked_median", 55 * 60.0, 2),
        # asked: A, C, E, I; nobody answered E, which was withdrawn, and I; C had to say it again
        ("transfer_success", 2 / 4, 4),
        ("transfer_said_again", 1 / 4, 4),
        # told: A 24 h, B 0.5 h, C 87 h, D 10 h
        ("resolution_told_median", (10 + 24) / 2 * HOUR, 4),
        ("resolution_told_p90", 87 * HOUR, 4),
        # carried out: A 48 h, B 2 h, D 24 h, where words alone were agreed to
        ("resolution_fulfilled_median", 24 * HOUR, 3),
        ("resolution_awaited_median", None, 0),
        # B alone: A took two sessions, C and E were not accepted, D came back after five days
        ("first_contact_resolution", 1 / 5, 5),
        ("sla|sev3|first_human", 1 / 1, 1),
        ("sla|sev3|decision", 1 / 1, 1),
        ("sla|sev3|fulfil", 2 / 2, 2),
        ("sla|sev4|first_human", 0 / 1, 1),
        ("sla|sev4|decision", 0 / 1, 1),
        ("sla|sev1|first_human", 0 / 1, 1),
        # A kept, C late, D renegotiated, I never; E's was taken back
        ("promise_kept", 1 / 4, 4),
        ("promises_late", 1, 1),
        ("promises_renegotiated", 1, 1),
        ("promises_broken", 1, 1),
        # asked: A (5, 4), B (2, 1), D (no answer)
        ("csat_handling", 50.0, 2),
        ("csat_outcome", 50.0, 2),
        ("csat_outcome_response", 2 / 3, 3),
        ("nps", None, 0),
        ("ces", None, 0),
        ("buys_again|solved_in_time", 1 / 2, 2),
        ("cohort|silent", 1, 1),
        ("cohort|unsolved", 2, 2),
        ("cohort|solved", 0, 0),
        ("cohort|solved_in_time", 3, 3),
        # decided: A, B upheld, C not, D in part
        ("upheld", 3 / 4, 4),
        ("upheld|delivery", 0.0, 1),
        ("overturned", None, 0),
        ("reopened", 1 / 5, 5),
        # the complainant of A and B after 18 days, the one of C 50 days after H
        ("repeat", 2 / 9, 9),
        ("escalation", 4 / 10, 10),
        ("deadlock", 2 / 10, 10),
        ("external", 1 / 10, 10),
        # 100 yuan each to A and B; prices 100, 100 and 50
        ("remedy_cost", 20_000, 5),
        ("remedy_cost_per_case", 4_000.0, 5),
        ("remedy_cost_of_price", 200 / 250, 3),
        ("remedy_cost_by_level|agent", 20_000, 2),
        ("remedy_cost_by_kind|refund_full", 20_000, 2),
        # B named the press and was given what A was given
        pytest.param("threat_difference", 0.0, 1, marks=pytest.mark.practice("S9")),
        ("remedy_share|quality|sev3|with_threat", 1.0, 1),
        pytest.param("iceberg", 10 / 0.05, 10, marks=pytest.mark.practice("S101")),
        ("word_of_mouth_good_least", 2, 1),
        ("word_of_mouth_good_most", 5, 1),
        ("word_of_mouth_bad", 25, 1),
        # turns: A two, C two, the others one each; of A and C the last was left alone, as was L
        ("unanswered_turns", 3, 12),
        # a person made I SEV1
        ("sev1_missed", 1 / 1, 1),
        # colleagues spoke in A and C, and nothing is to be found in their words
        ("lint_hits", 0, 2),
    ],
)  # fmt: skip
def test_the_figures_are_those_reckoned_by_hand(
    figures: dict[str, Figure], name: str, exact: float | None, n: int
) -> None:
    """The arithmetic stands beside each line."""
    assert figures[name].exact == (None if exact is None else pytest.approx(exact))
    assert figures[name].n == n


def test_a_rate_of_few_is_not_shown_and_a_count_is(figures: dict[str, Figure]) -> None:
    """Ten cases have no rate to show, while 20,000 shipped units have; counts are what they are."""
    assert figures["escalation"].hidden
    assert figures["escalation"].value is None
    assert figures["ppm_upheld|tea"].value == pytest.approx(100.0)
    assert figures["promises_late"].value == 1
    assert [name for name, one in figures.items() if one.estimate] == [
        "iceberg", "word_of_mouth_good_least", "word_of_mouth_good_most", "word_of_mouth_bad",
    ]  # fmt: skip


def test_rows_hold_nothing_that_leads_to_a_complainant() -> None:
    """No name, no id of Telegram's and no word of theirs is in a row; the same person has the same token."""
    rows = {str(one.no): one for one in facts()}
    for row in rows.values():
        shown = " ".join(str(getattr(row, each.name)) for each in fields(row))
        assert not any(word in shown for word in ("王小明", "wang", "盖子", "4321", "曝光"))
    assert rows["A"].customer == rows["B"].customer != rows["C"].customer
    assert rows["A"].customer != "1"


def test_a_case_that_was_opened_again_keeps_its_first_close() -> None:
    """It is told by the survey that followed it, and the reopening by the promise that came with it."""
    row = next(one for one in facts() if one.no == "D")
    assert row.first_closed_at == at(11, 10).astimezone(UTC)
    assert row.reopened_at == at(16, 10).astimezone(UTC)


def test_solved_in_time_depends_on_the_target_alone() -> None:
    """Who waited longer than the target is in the group beside it, never in both (S105)."""
    row = next(one for one in facts() if one.no == "A")
    assert cohort(row, timedelta(hours=48)) is Cohort.SOLVED_IN_TIME
    assert cohort(row, timedelta(hours=47)) is Cohort.SOLVED


@pytest.mark.practice("S68")
def test_a_product_above_its_limit_is_named_with_its_cases() -> None:
    """Tea has 100 PPM, its batch T1 200: above 150 is T1 alone, with A and B; at 100 nothing is crossed by tea."""
    shown = ppm(facts(), SHIPPED, MARCH, upheld=True)
    above = crossings(facts(), shown, {"tea": 150.0, "jam": 100.0}, MARCH)
    assert [(one.ppm.of, one.cases) for one in above] == [(("tea", "T1"), ("A", "B"))]
    assert [one.ppm.of for one in crossings(facts(), shown, {"tea": 100.0}, MARCH)] == [("tea", "T1")]


def test_only_the_wanted_cases_count() -> None:
    """A filter by product leaves its cases and its shipments."""
    shown = {
        "|".join((one.name, *one.of)): one
        for one in report(facts(), MARCH, AROUND, Only(product="jam")).figures
    }
    assert (shown["ppm_upheld"].exact, shown["ppm_upheld"].n) == (50.0, 20_000)
    assert shown["escalation"].n == 1
    assert "ppm_upheld|tea" not in shown


def test_the_causes_are_sorted_by_how_often_they_come_and_by_what_they_cost() -> None:
    """Seal 2 of 3 is not four fifths, so label is vital too; all the money went to seal."""
    paretos = report(facts(), MARCH, AROUND).paretos
    by_count = [(one.name, one.cases, one.vital) for one in paretos[By.CAUSE, "count"]]
    by_cost = [(one.name, one.cents, one.vital) for one in paretos[By.CAUSE, "cost"]]
    assert by_count == [("seal", 2, True), ("label", 1, True)]
    assert by_cost == [("seal", 20_000, True), ("label", 0, False)]


@pytest.mark.practice("S1")
def test_each_handled_case_is_a_row_of_its_colleague() -> None:
    """Li closed A and B, He closed C; the reply that thanks is on the case, and nobody said sorry or named a cause."""
    rows = {str(one.no): one for one in card_rows(facts(), MARCH)}
    assert {no: one.agent for no, one in rows.items()} == {"A": 11, "B": 11, "C": 12}
    assert rows["A"].judged == set(Duty)
    assert rows["A"].done == set(Duty) - {Duty.SORRY, Duty.CAUSES}
    assert rows["C"].done == rows["A"].done - {Duty.WISH}
    assert (rows["A"].kept, rows["A"].due, rows["C"].kept, rows["C"].due) == (1, 1, 0, 1)
