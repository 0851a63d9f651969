"""Answers in the place where a command or press came from, without touching a case."""

from collections.abc import Mapping

from bot.complaint.actions import AnswerPress, Lane, Rows, Situation, Tell
from bot.complaint.colleagues import Colleague
from bot.complaint.events import AgentWrote, Event, Pressed
from bot.complaint.ids import MessageRef


def where_asked(
    name: str, event: Event, situation: Situation, by: Colleague, rows: Rows, fields: Mapping[str, object]
) -> Tell:
    """A line in the place of the request: in answer to words, or replacing the message whose button was pressed."""
    source = MessageRef(event.chat, event.message) if isinstance(event, AgentWrote) else None
    pressed = MessageRef(event.chat, event.message) if isinstance(event, Pressed) else None
    return Tell(
        name=name,
        fields=fields,
        buttons=rows,
        general=True,
        chat=situation.where,
        thread=situation.thread,
        private_to=by if source is not None else None,
        answers=source,
        instead_of=pressed,
        lane=Lane.TALK,
    )


def noticed(event: Event, name: str = "notice_done") -> tuple[AnswerPress, ...]:
    """The pop-up answer to a press; words get none."""
    if not isinstance(event, Pressed):
        return ()
    return (AnswerPress(query=event.query, name=f"desk/{name}"),)
