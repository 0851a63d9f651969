"""Putting right what the machine read: the case changes, both readings are kept, and rights hold."""

import pytest

from bot.complaint.actions import Remark, Tell
from bot.complaint.case import Case, Correction, MachineReading, Severity, Wish
from bot.complaint.colleagues import Role
from bot.complaint.corrections import ReadField
from bot.complaint.reading import Category, RemedyKind
from bot.desk import card
from tests.desk.desk_scene import LI, NOW, RULES, do, done_to, held_case, of, pressed, told, wrote

READ = MachineReading(
    category=Category.QUALITY,
    confidence=0.8,
    severity=Severity.SEV3,
    remedy=(RemedyKind.REFUND_FULL,),
)
WISH = Wish(
    at=NOW, verbatim="要么退我钱要么换一个", kinds=(RemedyKind.REFUND_FULL,), amount=500.0, currency="CNY"
)


def read_case(**changes: object) -> Case:
    """A case that Li has, as the machine read it."""
    return held_case(category=Category.QUALITY, machine=READ, wishes=(WISH,)).evolve(**changes)


def last(case: Case) -> Correction:
    """The newest correction."""
    return case.corrections[-1]


@pytest.mark.practice("S38")
@pytest.mark.parametrize("words", ["category delivery 快递摔的", "类别 配送 快递摔的"])
def test_a_corrected_category_changes_the_case_and_stands_beside_the_machines(words: str) -> None:
    """What the machine read stays as it was; who corrected it, when and why stands beside it."""
    case = done_to(do(wrote(f"/correct {words}"), read_case()))
    assert case.category is Category.DELIVERY
    assert case.machine == READ
    assert last(case) == Correction(
        field=ReadField.CATEGORY,
        read="quality",
        now="delivery",
        by=LI.id,
        name=LI.name,
        at=NOW,
        why="快递摔的",
    )


@pytest.mark.practice("S38")
def test_the_audit_and_the_history_have_both_readings() -> None:
    """The deed tells the field before and after, and the history has the line with its reason."""
    turn = do(wrote("/correct category delivery 快递摔的"), read_case())
    assert turn.deeds[0].act == "correct"
    assert turn.deeds[0].before["category"] == "quality"
    assert turn.deeds[0].after["correction 1"] == "category quality -> delivery"
    assert [one.why for one in of(turn, Remark)] == ["category: quality -> delivery: 快递摔的"]


@pytest.mark.practice("S54")
def test_lowering_is_a_supervisors_and_needs_a_reason() -> None:
    """An agent may raise what the machine read too low; lowering asks for a supervisor, and for a reason."""
    raised = done_to(do(wrote("/correct severity 2 孩子在场"), read_case()))
    assert (raised.severity, last(raised).read, last(raised).now) == (Severity.SEV2, "3", "2")
    refused = do(wrote("/correct severity 4 没事"), read_case())
    assert (done_to(refused).severity, told(refused)) == (Severity.SEV3, ["no_right"])
    assert refused.deeds[0].refused == "no_right"
    bare = do(wrote("/correct severity 4"), read_case(), role=Role.SUPERVISOR)
    assert (done_to(bare).corrections, told(bare)) == ((), ["severity_why"])
    lowered = done_to(do(wrote("/correct severity 4 只是问问"), read_case(), role=Role.SUPERVISOR))
    assert (lowered.severity, last(lowered).why, lowered.machine) == (Severity.SEV4, "只是问问", READ)


@pytest.mark.parametrize(
    ("words", "kinds", "amount"),
    [
        ("remedy refund_partial 300", (RemedyKind.REFUND_PARTIAL,), 300.0),
        ("remedy replace+apology 说的是换", (RemedyKind.REPLACE, RemedyKind.APOLOGY), None),
        ("remedy 退款 300 | 说错了", (RemedyKind.REFUND_PARTIAL,), 300.0),
        ("诉求 换新", (RemedyKind.REPLACE,), None),
    ],
)
def test_a_corrected_remedy_keeps_the_words(
    words: str, kinds: tuple[RemedyKind, ...], amount: float | None
) -> None:
    """The complainant's words stay; only what was read into them changes."""
    case = done_to(do(wrote(f"/correct {words}"), read_case()))
    (wish,) = case.wishes
    assert (wish.verbatim, wish.kinds, wish.amount) == (WISH.verbatim, kinds, amount)
    assert last(case).read == "refund_full"


def test_a_remedy_that_the_machine_did_not_see_is_written_down() -> None:
    """Where no wish was read the correction makes one, with the complainant's last words."""
    bare = read_case(wishes=(), machine=MachineReading(category=Category.QUALITY))
    case = done_to(do(wrote("/correct remedy replace"), bare))
    assert [(one.verbatim, one.kinds) for one in case.wishes] == [("面包刚买就发霉了", (RemedyKind.REPLACE,))]
    assert last(case).read == ""


def test_without_argument_every_value_has_a_button_that_works() -> None:
    """Eleven grievances, four degrees, the usual remedies, and that it was read right."""
    (asked,) = of(do(wrote("/correct"), read_case()), Tell)
    values = [one.value for row in asked.buttons for one in row]
    assert len([one for one in values if one.startswith("category")]) == 11
    assert [one for one in values if one.startswith("severity")] == [f"severity {n}" for n in range(1, 5)]
    for value in values:
        case = done_to(do(pressed("correct", value), read_case()))
        lowers = value == "severity 4"
        assert bool(case.corrections) is not lowers, value


def test_a_person_may_say_that_it_was_read_right() -> None:
    """Read right is said of every field that nobody corrected, and changes nothing else."""
    before = done_to(do(wrote("/correct category delivery"), read_case()))
    case = done_to(do(pressed("correct", "right"), before))
    assert [(one.field, one.read == one.now) for one in case.corrections] == [
        (ReadField.CATEGORY, False),
        (ReadField.SEVERITY, True),
        (ReadField.REMEDY, True),
    ]
    assert (case.category, case.severity, case.wishes) == (Category.DELIVERY, Severity.SEV3, (WISH,))


def test_the_card_shows_only_what_was_read_otherwise() -> None:
    """A line for each field that was read wrong; what was read right costs nobody a line."""
    case = done_to(do(wrote("/correct category delivery"), read_case()))
    case = done_to(do(wrote("/correct right"), case))
    shown = card(case, rules=RULES, now=NOW).corrected
    assert [(one["what"], one["was"], one["now_is"]) for one in shown] == [
        ("category", "quality", "delivery")
    ]


def test_the_machine_of_an_old_case_is_what_stood_there() -> None:
    """On a case from before readings were kept, what stands there counts as read."""
    case = done_to(do(wrote("/correct category delivery"), read_case(machine=None)))
    assert (last(case).read, case.machine is not None) == ("quality", True)


@pytest.mark.parametrize("words", ["category 胡说", "severity 9", "remedy 胡说", "胡说"])
def test_what_is_not_understood_changes_nothing(words: str) -> None:
    """It is answered with what was read and the buttons."""
    turn = do(wrote(f"/correct {words}"), read_case())
    assert (told(turn), done_to(turn).corrections) == (["correct_how"], ())
