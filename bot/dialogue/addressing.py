"""Finds which of the complainant's open cases an event is about."""

from bot.complaint.conversation import Conversation
from bot.complaint.events import CustomerEdited, CustomerReacted, CustomerWrote, Event, Pressed
from bot.complaint.ids import CaseNo, MessageRef
from bot.dialogue.presses import ALWAYS, TURN_TO, Press, read_press


def pointed_at(event: Event, talk: Conversation) -> MessageRef | None:
    """The message whose case must be looked up first; None if it does not matter, or is known."""
    if not talk.parked:
        return None
    match event:
        case CustomerWrote() if event.reply_to is not None:
            return MessageRef(event.chat, event.reply_to)
        case CustomerEdited() | CustomerReacted():
            return MessageRef(event.chat, event.message)
        case Pressed():
            press = _own_press(event, talk)
            lasting = press is not None and press.act in ALWAYS and _by_turn(press, talk) is None
            return MessageRef(event.chat, event.message) if lasting else None
        case _:
            return None


def addressed(event: Event, talk: Conversation, pointed: CaseNo | None = None) -> CaseNo | None:
    """The case that an event of the complainant's is about: the one talked of, unless it points to another.

    A button finds its talk by the number of its turn, which no two talks of a chat share. `pointed` is the case
    of the message at which the event points: a reply, a changed word, a reaction.
    """
    press = _own_press(event, talk) if isinstance(event, Pressed) else None
    found = _by_turn(press, talk) if press is not None else None
    if found is None and press is not None and press.act == TURN_TO:
        found = CaseNo(press.value)
    if found is None and press is not None and press.act.startswith("offer_"):
        # an offer's buttons name its case, since they stay good as long as it stands
        found = CaseNo(press.value.partition(".")[0])
    open_here = {one.case_no for one in talk.parked}
    return next((one for one in (found, pointed) if one in open_here and one is not None), talk.case_no)


def merely_turns(event: Pressed) -> bool:
    """Whether a press only switches to another case or opens one, which agents need not see."""
    press = read_press(event.data)
    return press is not None and press.act in (TURN_TO, "new")


def _own_press(event: Pressed, talk: Conversation) -> Press | None:
    return read_press(event.data) if int(event.sender.id) == int(talk.chat) else None


def _by_turn(press: Press, talk: Conversation) -> CaseNo | None:
    if press.act == TURN_TO:
        return None
    return next((one.case_no for one in (talk, *talk.parked) if one.turn == press.turn), None)
