"""What the confusion tables count, and what they leave out: only what a person judged, and never a small share."""

from datetime import timedelta

import pytest

from bot.complaint.axes import Severity, Status, Verdict
from bot.complaint.case import Case, Correction, MachineReading
from bot.complaint.corrections import ReadField
from bot.complaint.ids import UserId
from bot.complaint.reading import Category, Language, RemedyKind
from bot.insight.reading import FEWEST, Pair, Table, reading_report
from tests.contract.store import NOW, a_case

LI = UserId(11)
READ = MachineReading(category=Category.QUALITY, severity=Severity.SEV3, remedy=(RemedyKind.REFUND_FULL,))


def fixed(field: ReadField, read: str, now: str) -> Correction:
    """A correction by Li."""
    return Correction(field=field, read=read, now=now, by=LI, name="李", at=NOW)


def read_case(**changes: object) -> Case:
    """A case that the machine read and that is still open."""
    return a_case(machine=READ, severity=Severity.SEV3).evolve(**changes)


def closed(**changes: object) -> Case:
    """The same, closed by the one who had it."""
    ended = {"closed_at": NOW + timedelta(days=1), "held_before": LI, "status": Status.CLOSED}
    return read_case(**(ended | {"verdict": Verdict.UPHELD} | changes))


def table(field: ReadField, *cases: Case) -> Table:
    """The table of one field."""
    return next(one for one in reading_report(cases).tables if one.field is field)


def test_a_correction_counts_at_once_and_only_for_its_own_field() -> None:
    """An open case counts where a person corrected it, and says nothing of the other fields."""
    case = read_case(corrections=(fixed(ReadField.CATEGORY, "quality", "delivery"),))
    category = table(ReadField.CATEGORY, case)
    assert (category.total.n, category.total.right) == (1, 0)
    assert category.confusions == ((Pair("quality", "delivery"), 1),)
    assert table(ReadField.SEVERITY, case).total.n == 0


def test_the_last_correction_holds() -> None:
    """Who corrects a correction has the last word; the machine's reading is the first in both."""
    twice = (
        fixed(ReadField.CATEGORY, "quality", "delivery"),
        fixed(ReadField.CATEGORY, "quality", "quality"),
    )
    assert table(ReadField.CATEGORY, read_case(corrections=twice)).total.right == 1


def test_who_closes_without_correcting_agrees_but_is_not_said_to_have_looked() -> None:
    """It counts as right in all, and not among those that somebody spoke about."""
    let = table(ReadField.CATEGORY, closed())
    assert (let.total.n, let.total.right, let.said.n) == (1, 1, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"held_before": None},
        {"closed_at": None},
        {"status": Status.WITHDRAWN},
        {"status": Status.MERGED},
        {"status": Status.CLOSED_NO_RESPONSE},
        {"machine": None},
    ],
)
def test_what_no_person_judged_counts_nowhere(changes: dict[str, object]) -> None:
    """The bot's own ends, withdrawals, merged cases and cases without a kept reading are no agreement."""
    report = reading_report([closed(**changes)])
    assert (report.cases, report.judged) == (1, 0)
    assert all(one.total.n == 0 for one in report.tables)
    assert report.unread == ("machine" in changes)


def test_a_severity_set_for_other_reasons_says_nothing_of_the_reading() -> None:
    """What a supervisor decided is no misreading unless it was corrected as one."""
    decided = closed(severity=Severity.SEV4, decided=True)
    assert table(ReadField.SEVERITY, decided).total.n == 0
    said = decided.evolve(corrections=(fixed(ReadField.SEVERITY, "3", "4"),))
    assert table(ReadField.SEVERITY, said).confusions == ((Pair("3", "4"), 1),)


def test_a_share_is_shown_from_thirty_cases_on() -> None:
    """Below that only the numbers are."""
    few = table(ReadField.CATEGORY, *[closed()] * (FEWEST - 1))
    enough = table(ReadField.CATEGORY, *[closed()] * FEWEST)
    assert (few.total.share, few.total.n) == (None, FEWEST - 1)
    assert enough.total.share == 1.0


def test_languages_are_apart_and_the_most_frequent_confusion_is_first() -> None:
    """Each language has its own share; confusions come by how often they happen."""
    rare = fixed(ReadField.CATEGORY, "quality", "service")
    often = fixed(ReadField.CATEGORY, "quality", "delivery")
    english = closed(language=Language.EN)
    found = table(
        ReadField.CATEGORY,
        read_case(corrections=(rare,)),
        *[read_case(corrections=(often,))] * 2,
        english,
    )
    assert [n for _, n in found.confusions] == [2, 1]
    assert (found.by_language[Language.ZH].n, found.by_language[Language.EN].n) == (3, 1)


def test_remedies_are_compared_by_kind_whatever_their_order_and_sum() -> None:
    """300 or 200, refund and apology or apology and refund: the kinds are what was read."""
    case = read_case(corrections=(fixed(ReadField.REMEDY, "refund_full+apology", "apology+refund_full 300"),))
    assert table(ReadField.REMEDY, case).total.right == 1
    unread = read_case(corrections=(fixed(ReadField.REMEDY, "", "replace"),))
    assert table(ReadField.REMEDY, unread).confusions == ((Pair("-", "replace"), 1),)
