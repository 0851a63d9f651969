"""Draws numbers for new cases: random, so that a number does not tell how many complaints there are."""

import secrets
from collections.abc import Callable, Collection
from typing import Final

from bot.complaint.ids import CaseNo, case_no_from

CASE_NUMBERS: Final = 10_000_000
SPARES: Final = 2
"""Numbers drawn beyond those that a round can need: one or the other may be taken."""
FORGETTING: Final = 0.98
"""By so much, each round, falls the share of drawn numbers that is expected to be taken."""


def random_digits() -> int:
    """The digits of a new case number."""
    return secrets.randbelow(CASE_NUMBERS)


class CaseNumbers:
    """Candidates for new case numbers, round by round; the store says which of them are free."""

    def __init__(self, digits: Callable[[], int] = random_digits) -> None:
        self._digits = digits
        self._drawn: dict[CaseNo, None] = {}
        self._is_used: Callable[[CaseNo], bool] = lambda _number: False
        self._share_taken = 0.0

    def draw(self, count: int) -> list[CaseNo]:
        """Candidates for so many new cases.

        What was drawn and not used is drawn again; what the round before has used is not looked up once more. Twice
        as many more are drawn as were lately taken: a round that runs out of free numbers is worked again in halves.
        """
        self._drawn = {number: None for number in self._drawn if not self._is_used(number)}
        while len(self._drawn) < (count + SPARES) * (1 + 2 * self._share_taken):
            self._drawn.setdefault(case_no_from(self._digits()))
        return list(self._drawn)

    def looked_up(self, free: Collection[CaseNo], is_used: Callable[[CaseNo], bool]) -> None:
        """Of what was drawn these are free; `is_used` tells which of them a case has taken since."""
        if self._drawn:
            share = 1 - len(free) / len(self._drawn)
            self._share_taken = max(share, self._share_taken * FORGETTING)
        self._drawn = dict.fromkeys(free)
        self._is_used = is_used
