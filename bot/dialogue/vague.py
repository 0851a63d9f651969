"""Complaints that name no matter yet ("我要投诉"): the bot asks what happened and assumes nothing."""

from typing import Final

from bot.complaint.reading import Emotion, Family, Reading

SURE_OF_THE_MATTER: Final = 0.7
"""How sure the reader must be of what an angry line is about, for it to be a point of the story."""
GUESSED: Final = 0.25
"""A reader that is no surer than this goes by the wish alone."""

_TELL_NO_MATTER: Final = frozenset({
    Family.LEGAL, Family.REGULATOR, Family.MEDIA, Family.SOCIAL, Family.CHURN, Family.URGENCY, Family.INFLUENCER,
})  # fmt: skip
"""Steps that somebody may take: they say how, and not what about."""


def names_no_matter(reading: Reading) -> bool:
    """Neither a thing, nor a trouble, nor a wish, nor danger, and no anger that has to be answered first."""
    return (
        reading.is_complaint
        and not _told(reading)
        and reading.remedy is None
        and all(one.family in _TELL_NO_MATTER for one in reading.risks)
        and reading.confidence < SURE_OF_THE_MATTER
        and reading.emotion < Emotion.ANGRY
    )


def is_guessed(reading: Reading) -> bool:
    """Whether the grievance is a guess: nothing is told, or only a wish ("money back")."""
    only_a_wish = reading.remedy is not None and not _told(reading) and reading.confidence < GUESSED
    return only_a_wish or names_no_matter(reading)


def _told(reading: Reading) -> bool:
    slots = reading.slots
    return bool(reading.issue or slots.product or slots.order_no or slots.batch_no)
