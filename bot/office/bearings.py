"""What log lines carry while a row is worked: which row, which update, which case. Never who, or what they said."""

from contextlib import AbstractContextManager
from typing import Any

from structlog.contextvars import bound_contextvars

from bot.complaint.events import AgentWrote, Event, TopicChanged
from bot.complaint.ids import CaseNo, ThreadRef
from bot.complaint.records import InboxRow
from bot.office.worksheet import Worksheet


def bearings(row: InboxRow, events: list[Event], sheet: Worksheet) -> AbstractContextManager[None]:
    """Bind them for as long as the row is worked."""
    found: dict[str, Any] = {"row": row.id}
    if row.arrival.source == "telegram":
        found["update_id"] = row.arrival.key
    case = next((no for one in events if (no := _case_of(one, sheet)) is not None), None)
    if case is not None:
        found["case"] = case
    return bound_contextvars(**found)


def _case_of(event: Event, sheet: Worksheet) -> CaseNo | None:
    """The case that it is most likely about, by what is known before it is worked."""
    named: CaseNo | None = getattr(event, "case_no", None)
    if named is not None:
        return named
    if isinstance(event, AgentWrote | TopicChanged):
        thread = event.thread
        topic = sheet.topic(ThreadRef(event.chat, thread)) if thread is not None else None
        return topic.case_no if topic is not None else None
    talk = sheet.talks.get(event.chat)
    return talk.case_no if talk is not None else None
