"""Finds the offer by people that an event answers."""

from typing import Final

from bot.complaint.case import Offer
from bot.complaint.conversation import Step
from bot.complaint.events import CustomerWrote, Event, Pressed
from bot.dialogue.draft import Draft
from bot.dialogue.presses import read_press
from bot.dialogue.steps import Signal
from bot.reading.offers import accepts

ANSWERS: Final = {
    "offer_yes": Signal.TAKES_OFFER,
    "offer_change": Signal.BARGAINS,
    "offer_no": Signal.LEAVES_OFFER,
}
"""The signals of an offer's buttons while it stands."""


def answer_to_offer(event: Event, draft: Draft) -> Signal | None:
    """The signal of an answer to the open offer; None if the event is about something else."""
    if isinstance(event, CustomerWrote):
        takes = draft.talk.step is Step.OFFERED and draft.has_case and accepts(event.text)
        return Signal.TAKES_OFFER if takes and standing(draft) is not None else None
    press = read_press(event.data) if isinstance(event, Pressed) else None
    if press is None or press.act not in ANSWERS or not isinstance(event, Pressed):
        return None
    if int(event.sender.id) != int(draft.talk.chat):
        return Signal.FOREIGN_PRESS
    lying = standing(draft) if draft.has_case else None
    named = lying is not None and press.value == lying.ref
    return ANSWERS[press.act] if named else Signal.LATE_PRESS


def standing(draft: Draft) -> Offer | None:
    """The offer by people that can still be accepted."""
    case = draft.case
    if not case.is_open:
        return None
    lying = (one for one in case.offers if one.parts and one.state == "chosen" and one.valid_until > draft.at)
    return next(lying, None)
