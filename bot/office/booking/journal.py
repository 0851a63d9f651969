"""Events as lines of the timeline: every version of every message (S18, S32)."""

from typing import Any, Final

from bot.complaint.actions import Relay, Turn, Unsend
from bot.complaint.case import Case
from bot.complaint.events import (
    AgentEdited,
    AgentReacted,
    AgentWrote,
    Commanded,
    CustomerEdited,
    CustomerReacted,
    CustomerWrote,
    Erased,
    Event,
    Media,
    PhoneEdited,
    PhoneWrote,
    Pressed,
    Wrote,
)
from bot.complaint.ids import CaseNo, MessageId
from bot.complaint.records import Entry
from bot.complaint.squares import PUBLIC, Shown, WroteInPublic
from bot.desk import note_of
from bot.dialogue.presses import read_press
from bot.office.booking.turns import Occasion

TAKEN_BACK: Final = "taken_back"


def entry_of(event: Event, case_no: CaseNo, *, note: bool = False) -> Entry | None:
    """The timeline line of an event; None if nobody said anything."""
    match event:
        case AgentWrote():
            return _written(event, case_no, "agent", note=note)
        case PhoneWrote():
            return _written(event, case_no, "agent")
        case CustomerWrote() | CustomerEdited():
            return _written(event, case_no, "customer")
        case Commanded():
            # what a link brought along is on the case; its signs tell nobody anything
            words = "" if event.name == "start" else event.argument
            text = event.words or f"/{event.name} {words}".strip()
            return Entry(
                case_no=case_no,
                at=event.at,
                who="customer",
                chat=event.chat,
                text=text,
                message=event.message,
            )
        case CustomerReacted():
            who = "agent" if isinstance(event, AgentReacted) else "customer"
            media = {"kind": "reaction", "detail": event.emoji}
            return Entry(
                case_no=case_no, at=event.at, who=who, chat=event.chat, message=event.message, media=media
            )
        case _:
            return None


def entries_of(turn: Turn, before: Case | None, event: Event) -> list[Entry]:
    """The timeline lines of an event, and those of held drafts that its turn sends."""
    case = turn.case or before
    if case is None:
        return []
    if isinstance(event, Pressed):
        pressed = [press_entry(event, case.no)] if event.chat == case.chat else []
        return [*pressed, *let_out(turn, event, case.no)]
    entry = entry_of(event, case.no, note=note_of(event, turn))
    shown = event.files if isinstance(event, WroteInPublic) else ()
    files = [_shown(one, event, case.no) for one in shown]
    return [*([entry] if entry is not None else []), *files, *let_out(turn, event, case.no)]


def _shown(one: Shown, event: Event, case_no: CaseNo) -> Entry:
    """A file that was posted in a group, under the number that it has there."""
    return Entry(
        case_no=case_no,
        at=event.at,
        who="customer",
        chat=one.at.chat,
        message=one.at.message,
        media=_media(one.media),
    )


def press_entry(event: Pressed, case_no: CaseNo) -> Entry:
    """A press: what the button said, and the act behind it."""
    press = read_press(event.data)
    detail = f"{press.act} {press.value}".strip() if press else event.data
    media = {"kind": "press", "detail": detail}
    return Entry(
        case_no=case_no,
        at=event.at,
        who="customer",
        chat=event.chat,
        text=event.label,
        message=event.message,
        media=media,
    )


def taken_back(action: Unsend, on: Occasion) -> Entry:
    """The line that an agent took words back: which, and that the record keeps them."""
    return Entry(
        case_no=on.case.no,
        at=on.at,
        who="system",
        chat=action.source.chat,
        text=f"{TAKEN_BACK}: {action.text}",
        message=action.source.message,
        media={"kind": TAKEN_BACK},
        note=True,
        by=action.by,
    )


def erased_entry(event: Erased, message: MessageId, case_no: CaseNo) -> Entry:
    """The line that a message of an account's chat was deleted: which, and that the record keeps it."""
    return Entry(
        case_no=case_no,
        at=event.at,
        who="system",
        chat=event.chat,
        text=TAKEN_BACK,
        message=message,
        media={"kind": TAKEN_BACK},
        note=True,
    )


def let_out(turn: Turn, event: Event, case_no: CaseNo) -> list[Entry]:
    """Held drafts that are sent now: they are notes no longer."""
    written = getattr(event, "message", None) if isinstance(event, AgentWrote) else None
    return [
        Entry(
            case_no=case_no,
            at=event.at,
            who="agent",
            chat=one.source.chat,
            text=one.text,
            message=one.source.message,
            media=_media(one.media),
            edit=one.edited,
            by=one.by,
        )
        for one in turn.actions
        if isinstance(one, Relay) and one.to_customer and one.source.message != written
    ]


def _written(event: Wrote, case_no: CaseNo, who: str, *, note: bool = False) -> Entry:
    return Entry(
        case_no=case_no,
        at=event.at,
        who=who,
        chat=event.chat,
        text=event.text,
        message=event.message,
        media=_called(event) or _media(event.media),
        edit=isinstance(event, CustomerEdited | AgentEdited | PhoneEdited),
        note=note,
        by=event.sender.name if who == "agent" else "",
    )


def _called(event: Wrote) -> dict[str, object] | None:
    """That it was said in a group, and in which; None for all that was said in private."""
    return {"kind": PUBLIC, "detail": event.group} if isinstance(event, WroteInPublic) else None


def _media(media: Media | None) -> dict[str, Any] | None:
    if media is None:
        return None
    shown = {name: getattr(media, name) for name in Media.__struct_fields__}
    return {name: value for name, value in shown.items() if value}
