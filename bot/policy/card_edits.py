"""How often what stands in a group is changed: it gets twenty messages and changes a minute, for all its cases."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRules:
    """How long a change that is not urgent may wait for others, so that one edit shows them all; in seconds.

    Attributes:
        waiting_seconds: while the case waits for a person: whoever looks for one reads the card.
        held_seconds: while somebody has it, or the bot: they were there when it changed.
        closed_seconds: once it is closed, which the topic shows itself; time enough for the complainant's scores.
    """

    waiting_seconds: float = 120.0
    held_seconds: float = 1800.0
    closed_seconds: float = 7200.0

    def __post_init__(self) -> None:
        """What others read is never older than what its holder reads."""
        if not 0 <= self.waiting_seconds <= self.held_seconds <= self.closed_seconds:
            raise ValueError(
                "cards: write waiting_seconds of at least 0, held_seconds not below it and closed_seconds not below "
                "that, such as 120, 1800 and 7200"
            )


USUAL_CARDS = CardRules()
"""A change of hands or of danger waits for nothing."""
AT_ONCE = CardRules(waiting_seconds=0, held_seconds=0, closed_seconds=0)
"""Every change is an edit of its own."""


def grown(shown: int, now: int, *, grave: bool = True) -> bool:
    """Whether a count has grown so much since it was shown that it is shown at once.

    By a quarter where it is grave, else when it has doubled.
    """
    return now >= shown + max(1, -(-shown // 4) if grave else shown)
