"""Updates about the brand's own accounts, and calls through them, against what the Bot API's documentation says."""

import inspect
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Bot

from bot.complaint.actions import Lane
from bot.complaint.doors import AGAIN, behind, door_of, number_at
from bot.complaint.events import (
    AccountChanged,
    CustomerEdited,
    CustomerWrote,
    Erased,
    Event,
    Media,
    PhoneEdited,
    PhoneWrote,
    Pressed,
    Unknown,
    WroteNowhere,
)
from bot.complaint.ids import ChatId, LetterId, MessageId, UserId
from bot.complaint.letters import Enclosed, Key, Letter, LetterKind
from bot.telegram.business import Entrance
from bot.telegram.calls import Call, Spot, Unaddressed, call_for
from bot.telegram.parsing import WANTED, Identity, chat_of, parse

AT = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
OWNER = {"id": 77, "is_bot": False, "first_name": "周老板"}
CUSTOMER = {"id": 42, "is_bot": False, "first_name": "王敏", "language_code": "zh-hans"}
CHAT = {"id": 42, "type": "private", "first_name": "王敏"}
US = Identity(desk=ChatId(-1001), bot_id=1, doors={"biz1": Entrance(door=3, owner=UserId(77))})


def said(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - a message's own fields
    """A message in the account's chat, as Telegram writes it."""
    return {
        "message_id": 9,
        "from": CUSTOMER,
        "chat": CHAT,
        "date": 1_782_871_200,
        "text": "你好",
        "business_connection_id": "biz1",
    } | changes


def parsed(**update: object) -> Event:
    """The one event that an update is."""
    (found,) = parse(json.dumps({"update_id": 5, **update}).encode(), us=US, at=AT)
    return found


def test_all_four_kinds_are_asked_for() -> None:
    """A webhook or poll that does not name them never hears of an account."""
    assert set(WANTED) >= {
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
    }


def test_a_customers_message_knows_its_door() -> None:
    """The chat is the complainant's own number; the message's number carries the account."""
    found = parsed(business_message=said(reply_to_message=said(message_id=8)))

    assert isinstance(found, CustomerWrote)
    assert (found.chat, door_of(found.message), number_at(found.message)) == (42, 3, 9)
    assert found.reply_to == behind(3, 8)


@pytest.mark.parametrize(
    ("update", "kind"),
    [
        ({"business_message": said(**{"from": OWNER})}, PhoneWrote),
        ({"business_message": said(**{"from": OWNER}, text="/bot")}, PhoneWrote),
        ({"edited_business_message": said(**{"from": OWNER}, edit_date=1_782_871_201)}, PhoneEdited),
        ({"edited_business_message": said(edit_date=1_782_871_201)}, CustomerEdited),
        (
            {"business_message": said(**{"from": OWNER}, sender_business_bot={"id": 1, "is_bot": True})},
            Unknown,
        ),
        ({"business_message": said(chat={"id": 77, "type": "private"}, **{"from": OWNER})}, Unknown),
    ],
    ids=["phone", "command by phone", "phone edits", "customer edits", "echo", "saved messages"],
)
def test_whose_words_they_are(update: dict[str, Any], kind: type[Event]) -> None:
    """The owner's words are a colleague's, ours come back as no event, notes to oneself are nobody's business."""
    assert type(parsed(**update)) is kind


def test_deleted_messages_are_named_by_our_numbers() -> None:
    """What was deleted can be found in the record."""
    found = parsed(
        deleted_business_messages={"business_connection_id": "biz1", "chat": CHAT, "message_ids": [9, 10]}
    )

    assert isinstance(found, Erased)
    assert found.messages == (behind(3, 9), behind(3, 10))


def test_a_connection_says_what_the_bot_may_do() -> None:
    """Rights, standing and owner are taken from the connection, also as they were written before there were rights."""
    body = {"id": "biz1", "user": OWNER, "user_chat_id": 77, "date": 1_782_871_200, "is_enabled": True}
    now = parsed(business_connection={**body, "rights": {"can_reply": True, "can_read_messages": True}})
    before = parsed(business_connection={**body, "can_reply": True})

    assert isinstance(now, AccountChanged)
    assert isinstance(before, AccountChanged)
    assert (now.account.door, now.account.speaks, now.account.can_read) == (3, True, True)
    assert (before.account.speaks, before.account.can_read) == (True, False)


@pytest.mark.parametrize(
    ("presser", "kind"), [(CUSTOMER, Pressed), (OWNER, Unknown)], ids=["customer", "owner"]
)
def test_a_press_counts_for_the_customer_alone(presser: dict[str, Any], kind: type[Event]) -> None:
    """The presser may be the owner, who sees the same buttons."""
    press = {"id": "1", "from": presser, "message": said(), "chat_instance": "x", "data": "c|yes||1"}
    found = parsed(callback_query=press)

    assert type(found) is kind
    assert chat_of(json.dumps({"callback_query": press}).encode()) == 42


def test_an_unknown_connection_is_no_message_of_ours() -> None:
    """Whose account it is decides everything: what a customer wrote there is told to people, the rest is nobody's."""
    nowhere = parsed(business_message=said(business_connection_id="other"))
    assert isinstance(nowhere, WroteNowhere)
    assert nowhere.text == said()["text"]
    by_owner = said(business_connection_id="other") | {"from": {"id": 1, "is_bot": False, "first_name": "b"}}
    assert isinstance(parsed(business_message=by_owner), Unknown)
    assert isinstance(parsed(edited_business_message=said(business_connection_id="other")), Unknown)
    gone = {"business_connection_id": "other", "chat": said()["chat"], "message_ids": [3]}
    assert isinstance(parsed(deleted_business_messages=gone), Unknown)


# -- what goes out


def letter(kind: LetterKind, **fields: Any) -> Letter:  # noqa: ANN401 - a letter's own fields
    """A letter to the complainant through the account."""
    base: dict[str, Any] = {
        "id": LetterId(1),
        "chat": ChatId(42),
        "lane": Lane.TALK,
        "written_at": AT,
        "door": 3,
    }
    return Letter(kind=kind, **base | fields)


def through(one: Letter, **spot: Any) -> Call:  # noqa: ANN401 - a spot's own fields
    """The call that carries it."""
    return call_for(one, Spot(connection="biz1", **spot))


KEYS = ((Key(label="同意", data="c|yes||1"),),)
FILE = Enclosed(name="a.pdf", mime="application/pdf", content="")
CALLS: tuple[tuple[str, Call], ...] = (
    ("sendMessage", through(letter(LetterKind.TEXT, html="好", keys=KEYS), reply_to=MessageId(9))),
    ("editMessageText", through(letter(LetterKind.EDIT, html="好", keys=KEYS), edit=MessageId(9))),
    ("editMessageCaption", through(letter(LetterKind.EDIT, html="好", caption=True), edit=MessageId(9))),
    ("editMessageReplyMarkup", through(letter(LetterKind.BUTTONS), edit=MessageId(9))),
    ("sendDocument", through(letter(LetterKind.DOCUMENT, html="好", file=FILE))),
    ("sendChatAction", through(letter(LetterKind.TYPING))),
    ("readBusinessMessage", through(letter(LetterKind.READ), edit=MessageId(9))),
    ("deleteBusinessMessages", through(letter(LetterKind.DELETE), edit=MessageId(9))),
    *(
        (
            "send" + "".join(part.title() for part in kind.split("_")),
            through(
                letter(
                    LetterKind.COPY,
                    html="好",
                    media=Media(kind=kind, file_id="f", detail="31.2, 121.4", name="一店"),
                )
            ),
        )
        for kind in sorted(AGAIN)
    ),
)


@pytest.mark.parametrize(("method", "call"), CALLS, ids=[method for method, _ in CALLS])
def test_every_parameter_is_one_that_the_method_has(method: str, call: Call) -> None:
    """Each call through an account names the connection, and nothing that its method does not know."""
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", call.method).lower()
    known = set(inspect.signature(getattr(Bot, snake)).parameters)
    renamed = {"link_preview_options", "parse_mode"}

    assert call.method == method
    assert call.body["business_connection_id"] == "biz1"
    assert set(call.body) - renamed <= known


def test_what_telegram_does_not_do_there_is_not_asked_for() -> None:
    """No copies, no reactions, no keyboard under the text field; a press is answered as anywhere."""
    for name in ("copy_message", "copy_messages", "set_message_reaction"):
        assert "business_connection_id" not in inspect.signature(getattr(Bot, name)).parameters
    with pytest.raises(Unaddressed):
        through(letter(LetterKind.REACT, emoji="👍"), edit=MessageId(9))
    contact = through(letter(LetterKind.TEXT, html="电话？", keys=((Key(label="给电话", contact=True),),)))
    assert "reply_markup" not in contact.body
    assert "business_connection_id" not in through(letter(LetterKind.ANSWER_PRESS, query="1")).body
