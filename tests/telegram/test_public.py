"""Updates from groups that are no desk, as Telegram writes them."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from bot.complaint.events import Event, Unknown
from bot.complaint.ids import ChatId
from bot.complaint.squares import PublicMessage, SquareMoved, SquareStanding
from bot.telegram.parsing import Identity, parse

# ruff: noqa: ANN401 - updates are JSON
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
US = Identity(desk=ChatId(-1001), bot_id=77, bot_name="brand_bot")
GROUP = {"id": -500, "type": "supergroup", "title": "Friends"}
ALICE = {"id": 42, "is_bot": False, "first_name": "Alice", "language_code": "en"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
CHANNEL = {"id": -900, "type": "channel", "title": "Brand news"}


def event(kind: str = "message", **content: Any) -> Event:
    """The one event of a message in the group."""
    body = {"message_id": 5, "date": 1_700_000_000, "chat": GROUP, "from": ALICE, **content}
    (found,) = parse(msgspec.json.encode({"update_id": 1, kind: body}), us=US, at=AT)
    return found


def heard(**content: Any) -> PublicMessage:
    """The same, where it is words."""
    found = event(**content)
    assert isinstance(found, PublicMessage)
    return found


@pytest.mark.parametrize(
    ("text", "addressed", "command"),
    [
        ("@brand_bot牛奶坏了", True, ""),
        ("@brand_bot_fan hello", False, ""),
        ("/start@Brand_Bot now", True, "start"),
        ("/start@other_bot", False, ""),
        ("/start", False, ""),
        ("/mute", False, "mute"),
        ("/unmute@brand_bot", True, "unmute"),
        ("/mute@other_bot", False, ""),
        ("mail me@brand_bot.example", False, ""),
    ],
)
def test_the_bot_is_meant_where_its_whole_name_stands(text: str, addressed: bool, command: str) -> None:  # noqa: FBT001 - a column
    """Our name, in any letters and without a gap behind it; another bot's commands are not ours."""
    found = heard(text=text)
    assert (found.addressed, found.command) == (addressed, command)


def test_only_people_and_channels_are_known_by_a_number() -> None:
    """People by their number; bots, the group's own name and Telegram's posts by none; a channel by its own."""
    assert heard(text="x").sender is not None
    assert heard(text="x", **{"from": {**ALICE, "is_bot": True}}).sender is None
    anonymous = heard(text="/mute", sender_chat=GROUP, **{"from": {"id": 1087968824, "is_bot": True}})
    assert (anonymous.sender, anonymous.anonymous) == (None, True)
    post = heard(text="x", sender_chat=CHANNEL, is_automatic_forward=True, **{"from": TELEGRAM})
    assert (post.sender, post.linked) == (None, True)
    channel = heard(text="x", sender_chat=CHANNEL, **{"from": {"id": 136817688, "is_bot": True}})
    assert channel.sender is not None
    assert channel.sender.id == CHANNEL["id"]


def test_a_comment_is_a_thread_and_no_topic() -> None:
    """Under a channel's post the thread is known, and that the group belongs to a channel."""
    post = {"message_id": 3, "date": 1, "chat": GROUP, "sender_chat": CHANNEL, "is_automatic_forward": True}
    found = heard(text="mouldy", message_thread_id=3, reply_to_message=post)
    assert (found.thread, found.topic, found.linked, found.reply_to) == (3, False, True, 3)


def test_a_later_version_says_so() -> None:
    """An edit in a group is another version, not another message."""
    found = event("edited_message", text="@brand_bot mouldy", edit_date=1_700_000_100)
    assert isinstance(found, PublicMessage)
    assert found.edited
    assert found.at.timestamp() == 1_700_000_100


@pytest.mark.parametrize(
    ("content", "old", "new"),
    [({"migrate_to_chat_id": -1009}, -500, -1009), ({"migrate_from_chat_id": -4}, -4, -500)],
)
def test_an_upgrade_is_told_from_both_ends(content: dict[str, Any], old: int, new: int) -> None:
    """The old group and the new one name the same move."""
    found = event(**content)
    assert isinstance(found, SquareMoved)
    assert (found.chat, found.new_chat) == (old, new)


def test_comings_and_goings_are_nobodys_words() -> None:
    """Who joined is no call on us."""
    assert isinstance(event(new_chat_members=[ALICE]), Unknown)


@pytest.mark.parametrize(
    ("status", "present"), [("member", True), ("administrator", True), ("kicked", False)]
)
def test_the_bots_own_standing(status: str, present: bool) -> None:  # noqa: FBT001 - a column
    """Taken in or put out; in a channel it is of no use to us."""
    change = {"chat": GROUP, "from": ALICE, "date": 1, "new_chat_member": {"status": status}}
    (found,) = parse(msgspec.json.encode({"update_id": 1, "my_chat_member": change}), us=US, at=AT)
    assert isinstance(found, SquareStanding)
    assert (found.present, found.title) == (present, "Friends")
    channel = {**change, "chat": CHANNEL}
    (other,) = parse(msgspec.json.encode({"update_id": 1, "my_chat_member": channel}), us=US, at=AT)
    assert isinstance(other, Unknown)
