"""Small steps before and after a turn: the talk's language, typed buttons, what the topic is shown."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from bot.complaint.actions import Action, Tell, Turn
from bot.complaint.case import Case
from bot.complaint.channels import is_far
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import Task, TaskKind
from bot.complaint.events import Commanded, CustomerEdited, CustomerWrote, Due, Event, Pressed
from bot.complaint.reading import Language, Reading
from bot.desk import customer_relay
from bot.dialogue.addressing import merely_turns
from bot.dialogue.typed import as_pressed
from bot.office.booking.turns import Booked
from bot.office.lookup.history import WITH_PEOPLE, CustomerEvent, History
from bot.office.lookup.worksheet import Worksheet
from bot.policy.visiting import entered
from bot.reading.privacy import masked


class Reads(Protocol):
    """Anything that reads what customers write."""

    def read(self, text: str, *, lang_hint: Language | None = None, asked: str | None = None) -> Reading:
        """What this text says; `asked` is the waiting question."""
        ...


class Room(Protocol):
    """Anything that serves some kinds of events itself."""

    def concerns(self, event: Event, sheet: Worksheet) -> bool:
        """Whether this event is theirs."""
        ...

    async def serve(self, event: Any, sheet: Worksheet, arrived: datetime) -> None:  # noqa: ANN401 - what concerns them
        """Do what it asks for."""
        ...


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
    """Typed button labels become presses; a timer of a joined case moves to its new chat."""
    if isinstance(event, CustomerWrote) and event.chat not in sheet.desks:
        return as_pressed(event, sheet.talk(event.chat))
    case = sheet.case(event.case_no) if isinstance(event, Due) and is_far(event.chat) else None
    return replace(event, chat=case.chat) if case is not None and case.chat != event.chat else event


def may_hand_over(event: Event, reading: Reading | None) -> bool:
    """Whether this event may call a person, so that the queue has to be looked up."""
    if isinstance(event, Pressed | Commanded):
        return True
    return reading is not None and (bool(reading.risks) or bool(reading.intents))


def press_shown(event: Pressed, turn: Turn) -> tuple[Action, ...]:
    """A press as agents see it, if people have the case and the turn does not show it otherwise."""
    still_theirs = turn.case is not None and turn.case.is_open and turn.case.control in WITH_PEOPLE
    told = any(isinstance(one, Tell) for one in turn.actions) or merely_turns(event)
    if not still_theirs or told or not event.label or event.chat != (turn.case and turn.case.chat):
        return ()
    shown: dict[str, object] = {"text": f"[{event.label}]", "by": event.sender.name, "edited": False}
    return (Tell(name="relay", fields=shown),)


async def relays(
    history: History, turn: Turn, before: Case | None, event: Event, sheet: Worksheet
) -> tuple[Action, ...]:
    """What the topic is shown of the complainant's message, while people have the case."""
    if before is None or turn.case is None or not before.at_desk or turn.case.no != before.no:
        return ()
    if is_far(before.chat) and not isinstance(event, Pressed):
        # whoever heard it wrote it down right there
        return ()
    if before.control not in WITH_PEOPLE or before.desk != turn.case.desk:
        # where it has just come to, the log shows it
        return ()
    if isinstance(event, Pressed):
        return press_shown(event, turn)
    if not isinstance(event, CustomerEvent):
        return ()
    words = ""
    if isinstance(event, CustomerEdited):
        words = await history.words_before(event, before, sheet.entries)
    return customer_relay(event, before, before=masked(words).text, read=turn.case)


def _with_words(task: Task, words: str) -> Task:
    return replace(task, what=words) if task.kind is TaskKind.TELL and not task.what else task


def worded(case: Case, booked: Booked) -> Case:
    """The case with the rendered words of this turn's promises and cards."""
    if booked.card_mark is not None:
        case = case.evolve(card_mark=booked.card_mark)
    said = [entry.text for entry in booked.entries if entry.who == "bot"]
    words = "\n".join((*said, *(one for one, _ in booked.by_mouth)))
    if booked.by_mouth:
        case = case.evolve(tasks=tuple(_with_words(one, words) for one in case.tasks))
    if not words or (all(one.text for one in case.promises) and all(one.words for one in case.offers)):
        return case
    promises = tuple(one if one.text else replace(one, text=words) for one in case.promises)
    offers = tuple(
        replace(one, words=words) if one.state == "chosen" and not one.words else one for one in case.offers
    )
    return case.evolve(promises=promises, offers=offers)
