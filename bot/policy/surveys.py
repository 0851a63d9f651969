"""The survey's last question: complainants get different ones in turn, to keep it short (R34)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Last(StrEnum):
    """The kinds of last question; a free word may be added to each."""

    WORD = "word"
    RECOMMEND = "recommend"
    """Whether they would recommend us, 0 to 10: NPS."""
    EASE = "ease"
    """How easy it was, 1 to 7: CES."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRules:
    """The last questions that complainants get in turn."""

    last: tuple[Last, ...] = tuple(Last)

    def __post_init__(self) -> None:
        """A survey has a last question."""
        if not self.last:
            raise ValueError('survey.last: write at least one of "word", "recommend", "ease"')

    def turn(self, number: int) -> Last:
        """The last question for the complainant with this number."""
        return self.last[number % len(self.last)]


USUAL_SURVEY: Final = SurveyRules()
"""A third of them each."""
