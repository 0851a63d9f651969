"""Numbers for new cases: enough of them are free, however many there have been."""

from itertools import count

import pytest

from bot.complaint.ids import CaseNo
from bot.office.lookup.numbers import SPARES, CaseNumbers

ROUND = 64


@pytest.mark.parametrize("tenths", [0, 1, 3])
def test_a_full_round_finds_enough_free_numbers(tenths: int) -> None:
    """Once it is known how many are taken, no round has to be worked again for want of a number."""
    digits = count()
    numbers = CaseNumbers(lambda: next(digits))
    used: set[CaseNo] = set()
    short = 0
    for _ in range(100):
        drawn = numbers.draw(ROUND)
        free = [one for one in drawn if int(one[-1]) >= tenths and one not in used]
        short += len(free) < ROUND
        used |= set(free[:ROUND])
        numbers.looked_up(free, used.__contains__)
    assert short <= 1


def test_a_small_round_does_not_make_it_forget() -> None:
    """After quiet hours the first full round has its numbers too."""
    digits = count()
    numbers = CaseNumbers(lambda: next(digits))
    drawn = numbers.draw(ROUND)
    numbers.looked_up(drawn[: len(drawn) // 2], lambda _number: True)
    for _ in range(10):
        numbers.looked_up(numbers.draw(1), lambda _number: True)
    assert len(numbers.draw(ROUND)) >= 1.5 * ROUND


def test_what_was_not_used_is_drawn_again() -> None:
    """A number that was looked up costs no second look; one that a case took since is not offered."""
    digits = count()
    numbers = CaseNumbers(lambda: next(digits))
    first, *rest = drawn = numbers.draw(1)
    assert len(drawn) == 1 + SPARES
    numbers.looked_up(drawn, lambda number: number == first)
    assert numbers.draw(1)[: len(rest)] == rest
