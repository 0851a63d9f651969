"""The log context of the row being worked: its number, update and case. Never who, or what they said."""

from collections.abc import Mapping
from contextvars import Token

from bot.complaint.bearings import BEARINGS, Bearings
from bot.complaint.events import AgentWrote, Event, TopicChanged
from bot.complaint.ids import CaseNo, ThreadRef
from bot.complaint.records import InboxRow
from bot.office.lookup.worksheet import Worksheet


class RowAtHand:
    """Sets the log context of a row for as long as the block lasts."""

    __slots__ = ("_events", "_row", "_sheet", "_token")

    def __init__(self, row: InboxRow, events: list[Event], sheet: Worksheet) -> None:
        self._row = row
        self._events = events
        self._sheet = sheet
        self._token: Token[Bearings] | None = None

    def __enter__(self) -> None:
        self._token = BEARINGS.set(self._told)

    def __exit__(self, *_: object) -> None:
        if self._token is not None:
            BEARINGS.reset(self._token)

    def _told(self) -> Mapping[str, object]:
        found: dict[str, object] = {"row": self._row.id}
        if self._row.arrival.source == "telegram":
            found["update_id"] = self._row.arrival.key
        case = next((no for one in self._events if (no := _case_of(one, self._sheet)) is not None), None)
        if case is not None:
            found["case"] = case
        return found


def _case_of(event: Event, sheet: Worksheet) -> CaseNo | None:
    """The case that the row is most likely about, as far as is known by now."""
    named: CaseNo | None = getattr(event, "case_no", None)
    if named is not None:
        return named
    if isinstance(event, AgentWrote | TopicChanged):
        thread = event.thread
        topic = sheet.topic(ThreadRef(event.chat, thread)) if thread is not None else None
        return topic.case_no if topic is not None else None
    talk = sheet.talks.get(event.chat)
    return talk.case_no if talk is not None else None
