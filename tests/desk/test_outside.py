"""What figures need and only people know: what a remedy really cost, and what was decided outside."""

import pytest

from bot.complaint.actions import Say
from bot.complaint.ids import Cents
from tests.desk.desk_scene import LI, WANG, do, done_to, held_case, of, pressed, refund, told, wrote


@pytest.mark.parametrize(
    ("words", "proof", "cost"),
    [
        ("/done SF123 =35.50", "SF123", Cents(3550)),
        ("/done SF123 = ¥35", "SF123", Cents(3500)),
        ("/done SF123", "SF123", None),
        ("/done 单号 A=7", "单号 A=7", None),
        ("/done SF123 =三十", "SF123 =三十", None),
    ],
)
def test_what_a_remedy_really_cost_stands_behind_its_proof(
    words: str, proof: str, cost: Cents | None
) -> None:
    """It is kept for the figures, and the complainant reads the proof alone."""
    turn = do(wrote(words), held_case(fulfilments=(refund(promise_id=None),)))
    (one,) = done_to(turn).fulfilments
    assert (one.proof, one.cost_actual) == (proof, cost)
    (say,) = of(turn, Say)
    assert say.fields["proof"] == proof


@pytest.mark.parametrize(("value", "changed"), [("changed", True), ("Kept", False)])
def test_what_was_decided_outside_is_noted(value: str, changed: bool) -> None:  # noqa: FBT001 - a case of the table
    """By word or button, by any colleague, also after the close; the last word holds."""
    turn = do(wrote(f"/outside {value}", WANG), held_case())
    assert (done_to(turn).overturned, told(turn)) == (changed, ["outside_set"])
    again = do(pressed("outside", "kept", LI), done_to(turn))
    assert done_to(again).overturned is False


@pytest.mark.parametrize("words", ["/outside", "/outside maybe"])
def test_without_a_clear_word_it_is_asked(words: str) -> None:
    """Two buttons, and nothing is noted."""
    turn = do(wrote(words), held_case())
    assert (turn.case, told(turn)) == (held_case(), ["outside_how"])
