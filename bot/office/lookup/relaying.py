"""What the topic is shown of a complainant's message or press, while people have the case."""

from bot.complaint.actions import Action, Tell, Turn
from bot.complaint.case import Case
from bot.complaint.channels import is_far
from bot.complaint.events import Commanded, CustomerEdited, Event, Pressed
from bot.desk import customer_relay
from bot.dialogue.addressing import merely_turns
from bot.office.lookup.history import WITH_PEOPLE, CustomerEvent, History
from bot.office.lookup.worksheet import Worksheet
from bot.reading.privacy import masked


def press_shown(event: Pressed, turn: Turn) -> tuple[Action, ...]:
    """A press as agents see it, if people have the case and the turn does not show it otherwise."""
    still_theirs = turn.case is not None and turn.case.is_open and turn.case.control in WITH_PEOPLE
    told = any(isinstance(one, Tell) for one in turn.actions) or merely_turns(event)
    if not still_theirs or told or not event.label or event.chat != (turn.case and turn.case.chat):
        return ()
    return (_told(f"[{event.label}]", event.sender.name),)


def _asked(event: Commanded) -> tuple[Action, ...]:
    """The plain words that asked for it; of a bare command the topic is shown nothing."""
    return (_told(event.words, event.sender.name),) if event.words else ()


def _told(text: str, by: str) -> Tell:
    shown: dict[str, object] = {"text": text, "by": by, "edited": False}
    return Tell(name="relay", fields=shown)


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
    if isinstance(event, Pressed | Commanded):
        return press_shown(event, turn) if isinstance(event, Pressed) else _asked(event)
    if not isinstance(event, CustomerEvent):
        return ()
    words = ""
    if isinstance(event, CustomerEdited):
        words = await history.words_before(event, before, sheet.changes.entries)
    return customer_relay(event, before, before=masked(words).text, read=turn.case)
