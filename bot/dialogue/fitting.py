"""Conditions of the rows in the table of signals: an intent, a danger sign, a step."""

from collections.abc import Callable

from bot.complaint.conversation import Conversation, Step
from bot.complaint.reading import Family, Intent, Reading

Fits = Callable[[Reading, Conversation], bool]


class BySigns:
    """Fits by an intent or a sign of danger: most messages have neither, and no such row is tried then."""

    def __init__(self, fits: Fits) -> None:
        self._fits = fits

    def __call__(self, reading: Reading, talk: Conversation) -> bool:
        """Whether it does."""
        return self._fits(reading, talk)


def says(*intents: Intent) -> Fits:
    """It means one of these."""
    return BySigns(lambda reading, _talk: not reading.intents.isdisjoint(intents))


def shows(*families: Family) -> Fits:
    """One of these dangers stands in it."""
    return BySigns(lambda reading, _talk: reading.shows(*families))


def at_step(*steps: Step) -> Callable[[Conversation], bool]:
    """The talk stands at one of these."""
    return lambda talk: talk.step in steps


def both(place: Callable[[Conversation], bool], sense: Fits) -> Fits:
    """Here, and said so."""

    def fits(reading: Reading, talk: Conversation) -> bool:
        return place(talk) and sense(reading, talk)

    return BySigns(fits) if isinstance(sense, BySigns) else fits
