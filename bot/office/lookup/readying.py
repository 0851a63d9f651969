"""Makes an event ready for its turn: typed buttons, joined chats, and the language of a new talk."""

from collections.abc import Sequence

from bot.complaint.channels import is_far
from bot.complaint.conversation import Conversation
from bot.complaint.events import Commanded, CustomerWrote, Due, Event, Pressed
from bot.complaint.evolving import replace
from bot.complaint.reading import Language, Reading
from bot.dialogue.typed import as_asked, as_pressed
from bot.office.lookup.worksheet import Worksheet
from bot.policy.visiting import entered


def begun(talk: Conversation, event: Event, languages: Sequence[Language]) -> Conversation:
    """A new talk starts in the language of the person's Telegram, if the brand speaks it."""
    talk = entered(talk, event)
    sender = getattr(event, "sender", None)
    if talk.version > 0 or talk.case_no is not None or sender is None:
        return talk
    code = (sender.language_code or "").partition("-")[0].lower()
    spoken = next((one for one in languages if one.value == code), languages[0])
    return talk if talk.language_chosen or talk.language is spoken else talk.evolve(language=spoken)


def understood(event: Event, sheet: Worksheet) -> Event:
    """Words that stand for a button or a command become it; a timer of a joined case moves to its new chat."""
    if isinstance(event, CustomerWrote) and event.chat not in sheet.desks:
        talk = sheet.talk(event.chat)
        return as_asked(as_pressed(event, talk), talk)
    case = sheet.case(event.case_no) if isinstance(event, Due) and is_far(event.chat) else None
    return replace(event, chat=case.chat) if case is not None and case.chat != event.chat else event


def may_hand_over(event: Event, reading: Reading | None) -> bool:
    """Whether this event may call a person, so that the queue has to be looked up."""
    if isinstance(event, Pressed | Commanded):
        return True
    return reading is not None and (bool(reading.risks) or bool(reading.intents))
