"""In what language a talk begins, and what a turn leaves on its case."""

from collections.abc import Sequence
from dataclasses import replace

from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.events import Commanded, Event, Pressed
from bot.complaint.reading import Language, Reading
from bot.office.booking import Booked


def begun(talk: Conversation, event: Event, languages: Sequence[Language]) -> Conversation:
    """A talk that is new begins in the language of the person's own screen, if the brand speaks it."""
    sender = getattr(event, "sender", None)
    if talk.version > 0 or talk.case_no is not None or sender is None:
        return talk
    code = (sender.language_code or "").partition("-")[0].lower()
    spoken = next((one for one in languages if one.value == code), languages[0])
    return talk if talk.language_chosen else talk.evolve(language=spoken)


def may_hand_over(event: Event, reading: Reading | None) -> bool:
    """Whether this may call a person, so that the waiting line is worth a look."""
    if isinstance(event, Pressed | Commanded):
        return True
    return reading is not None and (bool(reading.risks) or bool(reading.intents))


def worded(case: Case, booked: Booked) -> Case:
    """Promises and cards made in this turn keep the very sentences in which they were given."""
    if booked.card_mark is not None:
        case = case.evolve(card_mark=booked.card_mark)
    words = "\n".join(entry.text for entry in booked.entries if entry.who == "bot")
    if not words or (all(one.text for one in case.promises) and all(one.words for one in case.offers)):
        return case
    promises = tuple(one if one.text else replace(one, text=words) for one in case.promises)
    offers = tuple(
        replace(one, words=words) if one.state == "chosen" and not one.words else one for one in case.offers
    )
    return case.evolve(promises=promises, offers=offers)
