"""Events of ours on their way through the inbox."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.case import Person
from bot.complaint.events import CustomerWrote, DeskMoved, Due, Event, Media, TopicChanged, Undelivered
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId, ThreadId, UserId
from bot.office.incoming.post import EventUnreadable, decode_event, encode_event

AT = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
NO = CaseNo("583-2716")


@pytest.mark.parametrize(
    "event",
    [
        Undelivered(
            at=AT, chat=ChatId(5), case_no=NO, letter=LetterId(7), outcome="blocked", reason="Forbidden"
        ),
        Undelivered(at=AT, chat=ChatId(5), case_no=None, letter=LetterId(7), outcome="gone", reason=""),
        Due(at=AT, chat=ChatId(5), case_no=NO, kind="quiet", key="quiet:1"),
        DeskMoved(at=AT, chat=ChatId(-5), new_chat=ChatId(-1005)),
        TopicChanged(at=AT, chat=ChatId(-5), thread=ThreadId(9), change="recreated"),
        CustomerWrote(
            at=AT,
            chat=ChatId(5),
            sender=Person(id=UserId(5), name="陈"),
            message=MessageId(1),
            text="裂了",
            media=Media(kind="photo", file_id="f"),
        ),
    ],
    ids=lambda event: type(event).__name__,
)
def test_an_event_comes_out_as_it_went_in(event: Event) -> None:
    """Kind, moment and every field."""
    assert decode_event(encode_event(event)) == event


@given(st.binary(max_size=60))
def test_other_bytes_are_refused_in_one_way(body: bytes) -> None:
    """The clerk sets them aside."""
    with pytest.raises(EventUnreadable):
        decode_event(body)


def test_a_kind_that_is_no_event_is_refused() -> None:
    """Not every class of the house is an event."""
    with pytest.raises(EventUnreadable):
        decode_event(b'{"event":"Person","body":{"id":1,"name":"x"}}')
    with pytest.raises(EventUnreadable):
        decode_event(
            encode_event(DeskMoved(at=AT, chat=ChatId(1), new_chat=ChatId(2)))
            .replace(b"+00:00", b"")
            .replace(b"Z", b"")
        )
