"""Conditions of the rows in the table of signals: an intent, a danger sign, a step."""

from collections.abc import Callable

from bot.complaint.conversation import Conversation, Step
from bot.complaint.reading import Family, Intent, Reading

Fits = Callable[[Reading, Conversation], bool]


class BySigns:
    """A condition on intents or danger signs; skipped cheaply for messages without any."""

    def __init__(self, fits: Fits) -> None:
        self._fits = fits

    def __call__(self, reading: Reading, talk: Conversation) -> bool:
        """Whether it does."""
        return self._fits(reading, talk)


def says(*intents: Intent) -> Fits:
    """The message has one of these intents."""
    return BySigns(lambda reading, _talk: not reading.intents.isdisjoint(intents))


def shows(*families: Family) -> Fits:
    """The message shows one of these dangers."""
    return BySigns(lambda reading, _talk: reading.shows(*families))


def at_step(*steps: Step) -> Callable[[Conversation], bool]:
    """The talk is at one of these steps."""
    return lambda talk: talk.step in steps


def both(place: Callable[[Conversation], bool], sense: Fits) -> Fits:
    """Both conditions hold."""

    def fits(reading: Reading, talk: Conversation) -> bool:
        return place(talk) and sense(reading, talk)

    return BySigns(fits) if isinstance(sense, BySigns) else fits
