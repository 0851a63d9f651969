"""Updates as Telegram writes them, and what they say to us."""

from typing import Any

import pytest

from bot.complaint.case import Person
from bot.complaint.events import (
    OPENED_BY_US,
    AgentEdited,
    AgentReacted,
    AgentWrote,
    Commanded,
    ContactChanged,
    CustomerEdited,
    CustomerReacted,
    CustomerWrote,
    DeskMoved,
    Event,
    Media,
    Pressed,
    TopicChanged,
    Unknown,
)
from bot.complaint.ids import ChatId, MessageId, ThreadId, UserId
from bot.complaint.squares import PublicMessage
from tests.telegram.updates import (
    ALICE,
    AT,
    BOT,
    DESK,
    FORUM,
    GROUP,
    PHOTO,
    PRIVATE,
    SENT,
    event,
    events,
    message,
)

# ruff: noqa: ANN401 - updates are JSON, and a test reads whatever event comes


def test_words_in_the_private_chat_are_the_complainants() -> None:
    """Text, sender, moment and the message answered all come through."""
    found = event(message=message(text="裂了", reply_to_message=message(message_id=3, text="?")))
    assert found == CustomerWrote(
        at=SENT,
        chat=ChatId(42),
        sender=Person(id=UserId(42), name="Alice Chen", language_code="zh-hans"),
        message=MessageId(7),
        text="裂了",
        reply_to=MessageId(3),
        reply_author=UserId(42),
    )


FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 5}


@pytest.mark.parametrize(
    ("content", "media"),
    [
        ({"photo": PHOTO}, Media(kind="photo", file_id="l", unique_id="ul", size=9)),
        (
            {"document": {**FILE, "mime_type": "application/pdf", "file_name": "发票.pdf"}},
            Media(
                kind="document", file_id="f", unique_id="u", size=5, mime="application/pdf", name="发票.pdf"
            ),
        ),
        ({"voice": FILE}, Media(kind="voice", file_id="f", unique_id="u", size=5)),
        (
            {"audio": {**FILE, "title": "Song"}},
            Media(kind="audio", file_id="f", unique_id="u", size=5, name="Song"),
        ),
        ({"video": FILE}, Media(kind="video", file_id="f", unique_id="u", size=5)),
        ({"video_note": FILE}, Media(kind="video_note", file_id="f", unique_id="u", size=5)),
        ({"animation": FILE, "document": FILE}, Media(kind="animation", file_id="f", unique_id="u", size=5)),
        (
            {"sticker": {**FILE, "emoji": "😡"}},
            Media(kind="sticker", file_id="f", unique_id="u", size=5, detail="😡"),
        ),
        ({"location": {"latitude": 31.2, "longitude": 121}}, Media(kind="location", detail="31.2, 121.0")),
        (
            {"venue": {"location": {"latitude": 1, "longitude": 2}, "title": "Shop", "address": "x"}},
            Media(kind="venue", name="Shop", detail="1.0, 2.0", more="x"),
        ),
        (
            {"contact": {"phone_number": "+8613800000000", "first_name": "A", "user_id": 42}},
            Media(kind="contact", name="A", detail="+8613800000000", unique_id="42"),
        ),
        ({"poll": {"id": "1", "question": "why?"}}, Media(kind="poll", detail="why?")),
        ({"dice": {"emoji": "🎲", "value": 4}}, Media(kind="dice", detail="🎲 4")),
        ({"paid_media": {"star_count": 1}}, Media(kind="other", name="paid_media")),
        (
            {
                "poll": {
                    "id": "1",
                    "question": "why?",
                    "type": "quiz",
                    "options": [{"text": "a"}, {"text": "b"}],
                }
            },
            Media(kind="poll", name="quiz", detail="why?\na / b"),
        ),
        ({"hologram": {"x": 1}}, Media(kind="other")),
    ],
    ids=lambda value: value.kind if isinstance(value, Media) else "",
)
def test_every_kind_of_content_is_kept(content: dict[str, Any], media: Media) -> None:
    """Nothing that a complainant sends is passed over, not even what we have no name for."""
    found = event(message=message(**content, caption="see", media_group_id="a1"))
    assert (found.media, found.text, found.album) == (media, "see", "a1")
    assert isinstance(found, CustomerWrote)


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/start", "start", ""),
        ("/start c_5832716", "start", "c_5832716"),
        ("/Status@brand_bot 583-2716\nplease", "status", "583-2716\nplease"),
    ],
)
def test_a_command_has_a_name_and_an_argument(text: str, name: str, argument: str) -> None:
    """Slash and bot name are no part of it."""
    found = event(message=message(text=text))
    assert isinstance(found, Commanded)
    assert (found.name, found.argument) == (name, argument)


@pytest.mark.parametrize("text", ["/", "/ start", "a /start", "/退款", "/a-b"])
def test_what_only_looks_like_a_command_is_words(text: str) -> None:
    """A complainant's slash does not swallow the message."""
    assert isinstance(event(message=message(text=text)), CustomerWrote)


def test_a_forwarded_command_is_words() -> None:
    """Nobody commands with somebody else's words."""
    found = event(message=message(text="/cancel", forward_origin={"type": "hidden_user"}))
    assert isinstance(found, CustomerWrote)
    assert found.forwarded


def test_an_edit_carries_the_moment_of_the_edit() -> None:
    """The new version of a message is an event of its own."""
    found = event(edited_message=message(text="new", edit_date=int(AT.timestamp())))
    assert isinstance(found, CustomerEdited)
    assert (found.text, found.at) == ("new", AT)


def test_an_agents_words_carry_the_topic_and_not_its_root_as_an_answer() -> None:
    """Telegram calls the topic's first service message answered; nobody answered it."""
    root = message(FORUM, message_id=5, forum_topic_created={"name": "x"})
    more = {"message_thread_id": 5, "is_topic_message": True}
    found = event(message=message(FORUM, text="hello", reply_to_message=root, **more))
    assert isinstance(found, AgentWrote)
    assert (found.thread, found.reply_to) == (ThreadId(5), None)
    edited = event(edited_message=message(FORUM, text="hullo", **more))
    assert isinstance(edited, AgentEdited)
    assert edited.thread == 5


def test_general_has_no_thread_and_a_second_desk_is_a_desk() -> None:
    """A chain of replies is not a topic; a queue may have a group of its own."""
    found = event(message=message({**FORUM, "id": -1009}, text="x", message_thread_id=9))
    assert isinstance(found, AgentWrote)
    assert found.thread is None


def test_an_anonymous_administrator_shows_by_signature() -> None:
    """The desk sees who spoke as far as Telegram says."""
    found = event(message=message(FORUM, text="x", sender_chat=FORUM, author_signature="Lin"))
    assert found.sender.name == "Lin"


@pytest.mark.parametrize(
    ("mark", "change"),
    [
        ("forum_topic_closed", "closed"),
        ("forum_topic_reopened", "reopened"),
        ("forum_topic_edited", "renamed"),
        ("forum_topic_created", "opened"),
    ],
)
def test_topics_changed_by_hand_are_told_and_by_us_are_not(mark: str, change: str) -> None:
    """Our own closing comes back as a service message and must not be answered."""
    body = message(FORUM, message_thread_id=5, is_topic_message=True, **{mark: {}})
    assert event(message=body) == TopicChanged(at=SENT, chat=ChatId(DESK), thread=ThreadId(5), change=change)
    ours = events(message={**body, "from": {"id": BOT, "is_bot": True, "first_name": "b"}})
    assert [one for one in ours if not (isinstance(one, TopicChanged) and one.change == OPENED_BY_US)] == []


def test_a_topic_that_we_opened_is_known_by_its_name() -> None:
    """Telegram tells us of our own topics too: which one, and what it was called."""
    mark = {"forum_topic_created": {"name": "🔴 电热壶 · 100-0001", "icon_color": 1}}
    body = message(FORUM, message_thread_id=5, is_topic_message=True, **mark)
    body["from"] = {"id": BOT, "is_bot": True, "first_name": "b"}
    opened = TopicChanged(
        at=SENT,
        chat=ChatId(DESK),
        thread=ThreadId(5),
        change=OPENED_BY_US,
        name="🔴 电热壶 · 100-0001",
    )
    assert event(message=body) == opened


def test_the_desk_moves_once_told_by_either_side() -> None:
    """An upgrade of the group is an event of its own."""
    assert event(message=message(FORUM, migrate_to_chat_id=-1009)) == DeskMoved(
        at=SENT, chat=ChatId(DESK), new_chat=ChatId(-1009)
    )
    moved = event(message=message({**FORUM, "id": -1555}, migrate_from_chat_id=DESK))
    assert moved == DeskMoved(at=SENT, chat=ChatId(DESK), new_chat=ChatId(-1555))


def test_a_press_has_the_moment_of_its_arrival() -> None:
    """Telegram gives presses no date; an inaccessible message is enough to place one."""
    press = {"id": "q", "from": ALICE, "data": "wish:1", "chat_instance": "x"}
    found = event(callback_query={**press, "message": message(text="?")})
    assert found == Pressed(
        at=AT,
        chat=ChatId(42),
        sender=Person(id=UserId(42), name="Alice Chen", language_code="zh-hans"),
        message=MessageId(7),
        query="q",
        data="wish:1",
    )
    gone = event(callback_query={**press, "message": {"chat": PRIVATE, "message_id": 7, "date": 0}})
    assert isinstance(gone, Pressed)
    assert isinstance(event(callback_query=press), Unknown)
    assert isinstance(event(callback_query={**press, "message": message(GROUP, text="?")}), Unknown)


@pytest.mark.parametrize(("chat", "kind"), [(PRIVATE, CustomerReacted), (FORUM, AgentReacted)])
def test_a_reaction_is_the_newest_emoji_or_its_removal(chat: dict[str, Any], kind: type[Event]) -> None:
    """Of several reactions the one that was added counts."""

    def reacted(old: str, new: str) -> Any:
        body = {"chat": chat, "message_id": 7, "date": int(SENT.timestamp()), "user": ALICE}
        old_ones, new_ones = ([{"type": "emoji", "emoji": one} for one in text] for text in (old, new))
        return event(message_reaction={**body, "old_reaction": old_ones, "new_reaction": new_ones})

    assert type(reacted("", "👍")) is kind
    assert [reacted("", "👍").emoji, reacted("👍", "👍🔥").emoji, reacted("👍", "").emoji] == ["👍", "🔥", ""]


def test_a_custom_reaction_is_not_taken_for_a_removal() -> None:
    """It has no character that could be shown on the other side."""
    body = {"chat": PRIVATE, "message_id": 7, "date": 1, "user": ALICE, "old_reaction": []}
    custom = [{"type": "custom_emoji", "custom_emoji_id": "5"}]
    assert isinstance(event(message_reaction={**body, "new_reaction": custom}), Unknown)


@pytest.mark.parametrize(("status", "reachable"), [("kicked", False), ("member", True)])
def test_blocking_and_coming_back_are_told(status: str, reachable: bool) -> None:  # noqa: FBT001 - a column
    """The desk must know whether the complainant can be reached."""
    change = {
        "chat": PRIVATE,
        "from": ALICE,
        "date": int(SENT.timestamp()),
        "old_chat_member": {"status": "member", "user": ALICE},
        "new_chat_member": {"status": status, "user": ALICE},
    }
    found = event(my_chat_member=change)
    assert isinstance(found, ContactChanged)
    assert found.reachable is reachable


@pytest.mark.parametrize(
    ("content", "addressed"),
    [
        ({"text": "hello all"}, False),
        ({"text": "@Brand_Bot help"}, True),
        ({"text": "/start@brand_bot"}, True),
        ({"text": "yes", "reply_to_message": message(GROUP, **{"from": {"id": BOT}})}, True),
        ({"text": "bot", "entities": [{"type": "text_mention", "user": {"id": BOT}}]}, True),
    ],
)
def test_other_groups_are_public(content: dict[str, Any], addressed: bool) -> None:  # noqa: FBT001 - a column
    """In a group that is not the desk we only need to know whether we are meant."""
    found = event(message=message(GROUP, **content))
    assert isinstance(found, PublicMessage)
    assert found.addressed is addressed
