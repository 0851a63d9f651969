"""Updates that come out of their order."""

from datetime import UTC, datetime

from bot.complaint.ids import ChatId
from bot.complaint.records import Arrival, InboxRow
from bot.office.incoming.sequence import as_they_happened


def _row(number: int, key: str, chat: int = 7, source: str = "telegram") -> InboxRow:
    at = datetime(2026, 3, 2, 10, tzinfo=UTC)
    return InboxRow(id=number, arrival=Arrival(source=source, key=key, chat=ChatId(chat), body=b"{}", at=at))


def _numbers(rows: list[InboxRow]) -> list[int]:
    return [row.id for row in rows]


def test_what_was_said_first_is_worked_first_though_it_came_last() -> None:
    """Within a chat the updates go by Telegram's numbers, as numbers; each chat keeps its places."""
    rows = [_row(1, "101"), _row(2, "9", chat=8), _row(3, "99"), _row(4, "10", chat=8), _row(5, "100")]

    assert _numbers(as_they_happened(rows)) == [3, 2, 5, 4, 1]


def test_what_telegram_did_not_number_keeps_its_place() -> None:
    """A timer that fired between two messages stays between them, and so does an update without a number."""
    rows = [_row(1, "12"), _row(2, "3", source="timer"), _row(3, "unnumbered:ab"), _row(4, "11")]

    assert _numbers(as_they_happened(rows)) == [4, 2, 3, 1]
