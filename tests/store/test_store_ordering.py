"""A record tells what people said in the order in which they said it."""

from datetime import UTC, datetime

from bot.complaint.ids import ChatId, MessageId, case_no_from
from bot.complaint.records import Entry
from bot.store.answers import TimelineRow
from bot.store.ordering import as_they_said_it


def _line(
    who: str, text: str, message: int | None = None, *, chat: int = 7, edit: bool = False
) -> TimelineRow:
    entry = Entry(
        case_no=case_no_from(7),
        at=datetime(2026, 3, 2, 10, tzinfo=UTC),
        who=who,
        chat=ChatId(chat),
        text=text,
        message=None if message is None else MessageId(message),
        edit=edit,
    )
    return TimelineRow(entry=entry)


def _words(lines: list[TimelineRow]) -> list[str]:
    return [line.entry.text for line in as_they_said_it(lines)]


def test_messages_that_overtook_each_other_stand_in_the_order_of_their_numbers() -> None:
    """The customer's and the agent's messages are each put right; what stands between them stays."""
    lines = [
        _line("customer", "second", 5),
        _line("bot", "noted"),
        _line("customer", "first", 2),
        _line("agent", "later", 90, chat=-1),
        _line("agent", "sooner", 80, chat=-1),
    ]

    assert _words(lines) == ["first", "noted", "second", "sooner", "later"]


def test_another_version_of_a_message_stays_where_it_was_made() -> None:
    """An edit has its message's number, and comes after what was said meanwhile."""
    lines = [
        _line("customer", "kettle", 1),
        _line("customer", "broken", 3),
        _line("customer", "kettel", 1, edit=True),
    ]

    assert _words(lines) == ["kettle", "broken", "kettel"]
