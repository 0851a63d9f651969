"""Updates that are broken, unknown or strange: one typed error, or a name for what we have no use for."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.events import (
    Unknown,
)
from bot.telegram.parsing import UpdateUnreadable, chat_of, parse
from tests.telegram.updates import ALICE, AT, DESK, FORUM, GROUP, PRIVATE, US, event, message


@pytest.mark.parametrize(
    ("update", "kind"),
    [
        ({"inline_query": {"id": "1"}}, "inline_query"),
        ({"hologram": {"from": 1}}, "hologram"),
        ({}, "nothing"),
        ({"message": message(FORUM, new_chat_title="x")}, "new_chat_title"),
        ({"message": message(pinned_message=message(text="x"))}, "pinned_message"),
    ],
)
def test_what_we_have_no_use_for_is_named(update: dict[str, Any], kind: str) -> None:
    """Tomorrow's updates do no harm today."""
    found = event(**update)
    assert isinstance(found, Unknown)
    assert found.kind == kind


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{",
        b'{"message":{"message_id":"seven"}}',
        b'{"message":{"message_id":1,"date":1,"chat":{"id":1e400}}}',
        b'{"message":{"message_id":1,"date":99999999999999,"chat":{"id":5,"type":"private"},"text":"x"}}',
        b'{"message":{"message_id":1,"chat":{"id":5},"text":"\xff"}}',
    ],
)
def test_a_malformed_update_is_one_typed_error_without_its_content(raw: bytes) -> None:
    """The clerk sets it aside; the error does not quote it."""
    with pytest.raises(UpdateUnreadable) as caught:
        parse(raw, us=US, at=AT)
    assert "seven" not in str(caught.value)
    assert chat_of(raw) in (0, 5)


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"message": message(text="x")}, 42),
        ({"edited_message": message(FORUM, text="x")}, DESK),
        ({"callback_query": {"id": "1", "from": ALICE, "message": message(FORUM)}}, DESK),
        ({"callback_query": {"id": "1", "from": ALICE}}, 42),
        ({"message_reaction": {"chat": FORUM, "message_id": 1}}, DESK),
        ({"my_chat_member": {"chat": PRIVATE}}, 42),
        ({"channel_post": message(GROUP)}, -500),
        ({"poll": {"id": "1"}}, 0),
    ],
)
def test_order_is_kept_by_the_chat(update: dict[str, Any], chat: int) -> None:
    """Everything of one chat has the same key, whatever kind of update it is."""
    assert chat_of(msgspec.json.encode({"update_id": 1, **update})) == chat


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "message_reaction", "poll")
FIELDS = (
    "text",
    "photo",
    "chat",
    "from",
    "date",
    "entities",
    "reply_to_message",
    "contact",
    "new_reaction",
    "message_thread_id",
    "forum_topic_closed",
    "migrate_to_chat_id",
    "user",
    "data",
    "message",
    "id",
)


@given(st.binary(max_size=200))
def test_any_bytes_are_events_or_the_one_error(raw: bytes) -> None:
    """No bytes whatever break the clerk."""
    chat_of(raw)
    try:
        parse(raw, us=US, at=AT)
    except UpdateUnreadable:
        return


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), json, max_size=5), st.booleans())
def test_any_update_is_events_or_the_one_error(kind: str, damage: dict[str, Any], at_desk: bool) -> None:  # noqa: FBT001 - drawn
    """A sound update with anything in any field is either read or refused in one way."""
    base = message(FORUM if at_desk else PRIVATE, text="x", message=message(), data="d", user=ALICE)
    raw = msgspec.json.encode({"update_id": 1, kind: {**base, **damage}})
    chat_of(raw)
    try:
        found = parse(raw, us=US, at=AT)
    except UpdateUnreadable:
        return
    assert all(one.at.tzinfo is not None for one in found)
