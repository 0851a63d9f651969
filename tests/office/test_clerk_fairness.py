"""Whoever floods is served in small parts, and everybody else between."""

from datetime import UTC, datetime

from bot.complaint.ids import ChatId
from bot.complaint.records import Arrival, InboxRow
from bot.office.clerk import OF_A_CHAT, _fair

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def row(number: int, chat: int) -> InboxRow:
    """A row of the inbox."""
    arrival = Arrival(source="telegram", key=str(number), chat=ChatId(chat), body=b"{}", at=NOW)
    return InboxRow(id=number, arrival=arrival, attempts=0)


def test_a_flood_fills_no_round() -> None:
    """Of two hundred rows of one chat the oldest few are worked, with all of the others, in their order."""
    rows = [row(number, 5) for number in range(200)] + [row(200 + number, 6 + number) for number in range(20)]
    chosen = [one.id for one in _fair(rows)]
    assert chosen == [*range(OF_A_CHAT), *range(200, 220)]
