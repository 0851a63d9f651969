"""Answers in the place where a command or press came from, without touching a case."""

from collections.abc import Mapping

from bot.complaint.actions import AnswerPress, Lane, Rows, Situation, Tell
from bot.complaint.colleagues import Colleague, Role
from bot.complaint.events import AgentWrote, Event, Pressed
from bot.complaint.ids import MessageRef
from bot.desk.rights import NEEDS, Right


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


def no_right(event: Event, situation: Situation, by: Colleague, act: Right) -> AnswerPress | Tell:
    """That this takes another role: on the screen for a press, as a line for words."""
    needs = NEEDS.get(act, Role.AGENT).value
    if isinstance(event, Pressed):
        fields = {"needs": needs}
        return AnswerPress(query=event.query, name="desk/notice_no_right", fields=fields, alert=True)
    return where_asked("no_right", event, situation, by, (), {"act": act.value, "needs": needs})


def noticed(event: Event, name: str = "notice_done") -> tuple[AnswerPress, ...]:
    """The pop-up answer to a press; words get none."""
    if not isinstance(event, Pressed):
        return ()
    return (AnswerPress(query=event.query, name=f"desk/{name}"),)
