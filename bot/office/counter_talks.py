"""Which talk an event belongs to, and in what language a new one begins."""

from collections.abc import Sequence

from bot.complaint.case import Case
from bot.complaint.conversation import Conversation, Step
from bot.complaint.events import Event
from bot.complaint.reading import Language


def begun(talk: Conversation, event: Event, languages: Sequence[Language]) -> Conversation:
    """A talk that is new begins in the language of the person's own screen, if the brand speaks it."""
    sender = getattr(event, "sender", None)
    if talk.version > 0 or talk.case_no is not None or sender is None:
        return talk
    code = (sender.language_code or "").partition("-")[0].lower()
    spoken = next((one for one in languages if one.value == code), languages[0])
    return talk if talk.language_chosen else talk.evolve(language=spoken)


def concerning(talk: Conversation, case: Case | None) -> Conversation:
    """The talk itself, or for a case that is not the one talked of now, one aside that is not kept."""
    return talk if case is None or talk.case_no == case.no else aside(talk, case)


def aside(talk: Conversation, case: Case) -> Conversation:
    """A talk about a case that is not the one talked of now: it speaks the same language and is not kept."""
    return Conversation(
        chat=talk.chat,
        case_no=case.no,
        step=Step.WITH_PEOPLE,
        language=talk.language,
        blocked=talk.blocked,
        said=("opening",),
        aside=True,
        beside=talk.case_no,
    )
