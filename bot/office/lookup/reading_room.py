"""Has messages read in batches, before any of them is answered.

Reading and answering each use more data than the processor's cache holds; alternating between them evicts both.
Reading a batch at once costs a third less CPU.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

import structlog

from bot.complaint.conversation import Conversation, Step
from bot.complaint.errors import ComplaintError
from bot.complaint.events import CustomerEdited, CustomerWrote, Due, Event, Transcribed
from bot.complaint.evolving import replace
from bot.complaint.reading import Family, Language, Reading, Risk, Span
from bot.complaint.squares import PublicMessage, WroteInPublic
from bot.office.lookup.readying import begun
from bot.office.lookup.worksheet import Worksheet
from bot.reading.reader import Question

SLIPS: Final = (ComplaintError, LookupError, RuntimeError, TypeError, ValueError)
"""A stored talk that cannot be read, or a reader that trips over words. What the machine lacks is not caught."""

_log = structlog.get_logger(__name__)


class Reads(Protocol):
    """Anything that reads what customers write."""

    def read(self, text: str, *, lang_hint: Language | None = None, asked: str | None = None) -> Reading:
        """What this text says; `asked` is the waiting question."""
        ...

    def read_ahead(self, questions: Iterable[Question]) -> None:
        """Have these readings at hand: each a text, a language and the waiting question, as for `read`."""
        ...


class ReadingRoom:
    """Reads messages, and caches the readings of a round."""

    def __init__(self, reader: Reads, languages: Sequence[Language]) -> None:
        self._reader = reader
        self._languages = languages

    def ahead(self, events: Iterable[Event], sheet: Worksheet) -> None:
        """Read the first message of each chat of a round in advance."""
        met = set()
        questions = []
        # what goes wrong comes out again when the row is worked, and concerns that row alone
        for event in events:
            if isinstance(event, CustomerWrote | Due) and event.chat not in met:
                met.add(event.chat)
                try:
                    questions.append(self._first_question(event, sheet))
                except SLIPS as slip:
                    _log.warning("not_read_ahead", chat=event.chat, error=type(slip).__name__)
        try:
            self._reader.read_ahead([one for one in questions if one is not None])
        except SLIPS as slip:
            _log.warning("not_read_ahead", messages=len(questions), error=type(slip).__name__)

    def _first_question(self, event: CustomerWrote | Due, sheet: Worksheet) -> Question | None:
        talk = sheet.talk(event.chat)
        if isinstance(event, CustomerWrote) or event.case_no == talk.case_no:
            return _question(event, begun(talk, event, self._languages))
        return None

    def read(self, event: Event, talk: Conversation) -> Reading | None:
        """The reading of an event in this talk; None if it has no words."""
        question = _question(event, talk)
        if question is None:
            return None
        text, language, asked = question
        reading = self._reader.read(text, lang_hint=language, asked=asked)
        return _with_crowd(reading, event.crowd) if isinstance(event, WroteInPublic) else reading

    def read_in_public(self, event: PublicMessage) -> Reading | None:
        """The reading of a message in a public group."""
        return self._reader.read(event.text) if event.text else None


def _question(event: Event, talk: Conversation) -> Question | None:
    """What is to be read of an event in this talk, if it has any words."""
    if isinstance(event, CustomerWrote | CustomerEdited | Transcribed):
        text = event.text
    elif isinstance(event, Due) and event.kind == "quiet":
        text = "\n".join(one.text for one in talk.heard if one.text)
    else:
        return None
    if not text:
        return None
    asked = talk.asked or ("order_no" if _may_be_an_order(text, talk) else None)
    return text, talk.language, asked


def _may_be_an_order(text: str, talk: Conversation) -> bool:
    """A bare number before anything was asked for names an order; a sum has a word or a sign beside it."""
    return text.strip().isdigit() and talk.step in (Step.OPENING, Step.LISTENING, Step.CALMING)


def _with_crowd(reading: Reading, crowd: int) -> Reading:
    """Many who called in one square are a sign of one matter, whatever each of them says (E15)."""
    if not crowd or any(one.family is Family.MASS for one in reading.risks):
        return reading
    seen = Risk(family=Family.MASS, span=Span(start=0, end=0, text=f"×{crowd}"))
    return replace(reading, risks=(*reading.risks, seen))
