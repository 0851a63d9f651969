"""What is said where words do not tell what happened: one question, then a person (R25)."""

from typing import Final

from bot.complaint.reading import Family
from bot.dialogue.acts.danger import ask_if_eaten
from bot.dialogue.acts.people import hand_over_not_understood, pass_on
from bot.dialogue.draft import HUMAN, Draft
from bot.dialogue.questions import may_have_been_eaten

MOST_MISSES: Final = 2
_ASKED: Final = "listening/tell_more"
_THING: Final = "named the thing"


def miss(draft: Draft) -> None:
    """Not understood: asked what happened, then handed over; the same question is not put twice."""
    if _names_the_thing(draft):
        draft.remember(_THING)
        draft.say(_ASKED, (HUMAN,), has_photo=False, outside=False)
        return
    misses = draft.talk.misses + 1
    draft.talk = draft.talk.evolve(misses=misses)
    if misses >= MOST_MISSES or draft.was_said(_ASKED):
        hand_over_not_understood(draft)
    else:
        draft.say(_ASKED, (HUMAN,), has_photo=False, outside=False)


def _names_the_thing(draft: Draft) -> bool:
    """Asked which thing and what is wrong with it, they named the thing: half the answer."""
    reading = draft.scene.reading
    named = reading is not None and bool(reading.slots.product)
    return named and draft.was_said(_ASKED) and not draft.was_said(_THING)


def ask_what_happened(draft: Draft) -> None:
    """A complaint without a matter is no misunderstanding; the same again is one."""
    if draft.was_said(_ASKED):
        miss(draft)
    else:
        draft.remember(_ASKED)
        draft.say(_ASKED, (HUMAN,), has_photo=False, outside=_goes_outside(draft))


def _goes_outside(draft: Draft) -> bool:
    """Whether they say that they go to a regulator or a court: their right, and nothing to argue about (R45)."""
    reading = draft.scene.reading
    return reading is not None and reading.shows(Family.REGULATOR, Family.LEGAL)


def pass_on_or_ask(draft: Draft) -> None:
    """What is told while people are awaited goes to them; bad food is asked after even then (S8)."""
    reading, waiting = draft.scene.reading, draft.case.open_escalation
    unknown = waiting is not None and waiting.reason.split(" ")[0] in ("not_understood", "wants_person")
    tells = reading is not None and reading.is_complaint and not draft.silent
    if unknown and tells and may_have_been_eaten(draft):
        draft.talk = draft.talk.evolve(heard=())
        ask_if_eaten(draft)
    else:
        pass_on(draft)


def knows_the_matter(draft: Draft) -> bool:
    """Whether it is known what the case is about."""
    return bool(draft.facts.issue or draft.facts.product or draft.was_said("listening/thanks_sorry"))


ACTS: Final = (pass_on_or_ask,)
