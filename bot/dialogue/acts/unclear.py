"""What is said where words do not tell what happened: one question, then a person (R25)."""

from typing import Final

from bot.dialogue.acts.people import hand_over_not_understood
from bot.dialogue.draft import HUMAN, Draft

MOST_MISSES: Final = 2
_ASKED: Final = "listening/tell_more"


def miss(draft: Draft) -> None:
    """Not understood: asked what happened, then handed over; the same question is not put twice."""
    misses = draft.talk.misses + 1
    draft.talk = draft.talk.evolve(misses=misses)
    if misses >= MOST_MISSES or draft.was_said(_ASKED):
        hand_over_not_understood(draft)
    else:
        draft.say(_ASKED, (HUMAN,), has_photo=False)


def ask_what_happened(draft: Draft) -> None:
    """A complaint without a matter is no misunderstanding; the same again is one."""
    if draft.was_said(_ASKED):
        miss(draft)
    else:
        draft.remember(_ASKED)
        draft.say(_ASKED, (HUMAN,), has_photo=False)


def knows_the_matter(draft: Draft) -> bool:
    """Whether it is known what the case is about."""
    return bool(draft.facts.issue or draft.facts.product or draft.was_said("listening/thanks_sorry"))
