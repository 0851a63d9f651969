"""How often what stands in a group is changed: it gets twenty messages and changes a minute, for all its cases."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRules:
    """How long a change that is not urgent may wait for others, so that one edit shows them all; in seconds.

    Attributes:
        waiting_seconds: while the case waits for a person: whoever looks for one reads the card.
        held_seconds: once somebody took it with their own words, while the bot has it, and where others act in it.
        working_seconds: while whoever the card names goes on with it: they were there, and the topic shows the rest.
        closed_seconds: what comes after its close, which is shown at once; None leaves it to the card's button.
    """

    waiting_seconds: float = 300.0
    held_seconds: float = 1800.0
    working_seconds: float = 14400.0
    closed_seconds: float | None = None

    def __post_init__(self) -> None:
        """What others read is never older than what its holder reads."""
        closed = self.held_seconds if self.closed_seconds is None else self.closed_seconds
        rising = 0 <= self.waiting_seconds <= self.held_seconds
        if not (rising and self.held_seconds <= min(self.working_seconds, closed)):
            raise ValueError(
                "cards: write waiting_seconds of at least 0, held_seconds not below it, and working_seconds and "
                "closed_seconds not below that, such as 300, 1800, 14400 and 7200"
            )


USUAL_CARDS = CardRules()
"""A change of hands or of danger waits for nothing."""
AT_ONCE = CardRules(waiting_seconds=0, held_seconds=0, working_seconds=0, closed_seconds=0)
"""Every change is an edit of its own."""


def grown(shown: int, now: int, *, grave: bool = True) -> bool:
    """Whether a count has grown so much since it was shown that it is shown at once.

    By a quarter where it is grave, else when it has doubled.
    """
    return now >= shown + max(1, -(-shown // 4) if grave else shown)
