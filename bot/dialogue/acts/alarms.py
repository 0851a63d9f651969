"""Calls people at once, and tells whether the bot may still speak."""

from bot.complaint.actions import Lane
from bot.complaint.case import Control, Queue, Severity
from bot.complaint.events import CustomerEdited, CustomerWrote
from bot.dialogue.draft import Draft


def alarm(draft: Draft, reason: str, queue: Queue = Queue.SAFETY, severity: Severity = Severity.SEV1) -> bool:
    """Raise the severity and call people; whether the bot may speak. The desk is told either way."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    if severity < draft.case.severity:
        draft.change(severity=severity, severity_why=reason)
    held = draft.case.control is Control.HUMAN
    draft.hand_over(reason, queue=queue)
    if held:
        draft.tell("danger", lane=Lane.URGENT, reason=reason)
    return not held


def words_of(draft: Draft) -> str:
    """The words of this turn; empty where a button was pressed."""
    event = draft.scene.event
    return event.text if isinstance(event, CustomerWrote | CustomerEdited) else ""
