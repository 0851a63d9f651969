"""What colleagues read in their own chat with the bot, where they are customers only if they say so."""

from typing import Final

from bot.complaint.actions import AnswerPress, Button, Lane, StripButtons, Tell, Turn
from bot.complaint.colleagues import Colleague
from bot.complaint.events import Event, Pressed
from bot.complaint.ids import ChatId, MessageRef, ThreadId, ThreadRef
from bot.desk.overview.boards import address
from bot.desk.presses import read_press

COMPLAIN: Final = "as_customer"
"""The act of the button with which a colleague complains themselves."""
_GENERAL: Final = ThreadId(1)


def wants_to_complain(event: Event) -> bool:
    """Whether this is a press on that button."""
    press = read_press(event.data) if isinstance(event, Pressed) else None
    return press is not None and press.act == COMPLAIN


def for_colleague(event: Event, by: Colleague, desk: ChatId) -> Turn:
    """Who they are at the desk, the way there, and the button for a complaint of their own."""
    way = address(ThreadRef(desk, _GENERAL))
    there = ((Button("to_desk", url=way),),) if way else ()
    told = Tell(
        name="own_chat",
        fields={"name": by.name, "role": by.role.value},
        buttons=(*there, (Button(COMPLAIN, COMPLAIN),)),
        general=True,
        chat=event.chat,
        private_to=by,
        lane=Lane.TALK,
        key=f"own_chat:{by.id}",
    )
    return Turn(conversation=None, case=None, actions=(told,))


def as_customer(event: Pressed) -> Turn:
    """The press did its work."""
    strip = StripButtons(message=MessageRef(event.chat, event.message))
    return Turn(conversation=None, case=None, actions=(AnswerPress(query=event.query), strip))
