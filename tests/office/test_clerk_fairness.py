"""Whoever floods is served in small parts, and of several replicas each has its part."""

from datetime import UTC, datetime, timedelta

from bot.complaint.ids import ChatId
from bot.complaint.records import Arrival, InboxRow
from bot.office.turns.shares import COMPANY, LONGEST, OF_A_CHAT, Company, fair

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def row(number: int, chat: int) -> InboxRow:
    """A row of the inbox."""
    arrival = Arrival(source="telegram", key=str(number), chat=ChatId(chat), body=b"{}", at=NOW)
    return InboxRow(id=number, arrival=arrival, attempts=0)


def test_a_flood_fills_no_round() -> None:
    """Of two hundred rows of one chat the oldest few are worked, with all of the others, in their order."""
    rows = [row(number, 5) for number in range(200)] + [row(200 + number, 6 + number) for number in range(20)]
    chosen = [one.id for one in fair(rows)]
    assert chosen == [*range(OF_A_CHAT), *range(200, 220)]


def test_whoever_carries_letters_leaves_rows_to_those_who_write_them() -> None:
    """After a round the others get about as much time, and never long; alone, or soon after they fell silent, none."""
    company, began = Company(), NOW - timedelta(milliseconds=50)
    assert company.rest(began, NOW) is None
    company.heard(NOW - COMPANY / 2)
    until = company.rest(began, NOW)
    assert until is not None
    assert timedelta(milliseconds=20) < until - NOW <= timedelta(milliseconds=60)
    assert company.rest(NOW - timedelta(hours=1), NOW) == NOW + LONGEST
    assert company.rest(NOW + timedelta(hours=1), NOW) == NOW
    assert company.rest(began, NOW + COMPANY) is None
