"""Every call that the bot makes, held against the Bot API's documentation as `bot_api.toml` has it."""

import inspect
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.complaint.actions import Lane
from bot.complaint.events import Media
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId, MessageRef, ThreadId, UserId
from bot.complaint.letters import Enclosed, Key, Letter, LetterKind
from bot.complaint.reading import Language
from bot.sandbox import SandboxServer, Upload, World
from bot.sandbox.contract import departures, documented
from bot.telegram.address import Address
from bot.telegram.business import connection_of
from bot.telegram.calls import Call, Spot, call_for
from bot.telegram.delivery import Telegram
from bot.telegram.hook import drop_hook, hook_of, set_hook
from bot.telegram.premises import Premises, address_of, set_commands

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
KEYS = ((Key(label="退款", data="字" * 21), Key(label="官网", url="https://example.com/")),)
CONTACT = ((Key(label="发送我的号码", contact=True),), (Key(label="不用了"),))
THERE = MessageRef(ChatId(7), MessageId(5))
NOWHERE = Spot()
IN_TOPIC = Spot(thread=ThreadId(9), reply_to=MessageId(4))
LATER_API = {("editMessageText", "rich_message"), ("getChatAdministrators", "return_bots")}
"""What the library does not know yet."""


@dataclass(frozen=True)
class Case:
    """A letter on its way."""

    kind: LetterKind
    more: dict[str, Any]
    where: Spot = NOWHERE

    def __str__(self) -> str:
        return f"{self.kind}-{'-'.join(self.more)}"


def media(kind: str) -> Media:
    """Something that somebody sent."""
    where = "31.23, 121.47" if kind in ("location", "venue") else "+8613800000000"
    return Media(kind=kind, file_id="AgAC", unique_id="AQ", name="一店", detail=where)


AGAIN = ("photo", "document", "voice", "audio", "video", "video_note", "animation", "sticker")
EVERY = [
    Case(LetterKind.TEXT, {"html": "<b>好</b>", "keys": KEYS, "quiet": True}, IN_TOPIC),
    Case(LetterKind.TEXT, {"html": "字" * 4096, "drop_keyboard": True}),
    Case(LetterKind.TEXT, {"html": "&lt;" * 4096, "keys": CONTACT}),
    Case(LetterKind.TEXT, {"html": "好", "keys": CONTACT}, Spot(connection="biz1")),
    Case(LetterKind.TEXT, {"html": "好", "place": "card"}, Spot(edit=MessageId(4))),
    Case(LetterKind.EDIT, {"html": "好", "keys": KEYS}, Spot(edit=MessageId(4), connection="biz1")),
    Case(LetterKind.EDIT, {"html": "字" * 1024, "caption": True}, Spot(edit=MessageId(4))),
    Case(LetterKind.BUTTONS, {"keys": ()}, Spot(edit=MessageId(4))),
    Case(LetterKind.COPY, {"source": THERE, "html": "字" * 1024, "quiet": True}, IN_TOPIC),
    Case(LetterKind.COPY, {"source": THERE, "bare": True}),
    *(
        Case(LetterKind.COPY, {"media": media(kind), "html": "好"}, Spot(connection="biz1"))
        for kind in (*AGAIN, "contact", "location", "venue")
    ),
    Case(
        LetterKind.ALBUM, {"sources": (THERE, MessageRef(ChatId(7), MessageId(3))), "quiet": True}, IN_TOPIC
    ),
    Case(
        LetterKind.DOCUMENT,
        {"html": "好", "file": Enclosed(name="a.pdf", mime="application/pdf", content="x")},
    ),
    Case(LetterKind.DOCUMENT, {"html": "好", "file": Enclosed(name="a.png", mime="image/png", content="x")}),
    Case(LetterKind.REACT, {"emoji": "👍"}, Spot(edit=MessageId(4))),
    Case(LetterKind.REACT, {}, Spot(edit=MessageId(4))),
    Case(LetterKind.READ, {}, Spot(edit=MessageId(4), connection="biz1")),
    Case(LetterKind.DELETE, {}, Spot(edit=MessageId(4))),
    Case(LetterKind.DELETE, {}, Spot(edit=MessageId(4), connection="biz1")),
    Case(LetterKind.DELETE, {}, Spot(edit=MessageId(4), parts=(MessageId(4), MessageId(5)))),
    Case(LetterKind.OPEN_TOPIC, {"html": "🔴 100-0001 " + "字" * 200, "topic": CaseNo("100-0001")}),
    Case(LetterKind.RENAME_TOPIC, {"html": "100-0001"}, IN_TOPIC),
    Case(LetterKind.CLOSE_TOPIC, {}, IN_TOPIC),
    Case(LetterKind.REOPEN_TOPIC, {}),
    Case(LetterKind.REOPEN_TOPIC, {"topic": CaseNo("100-0001")}, IN_TOPIC),
    Case(LetterKind.DELETE_TOPIC, {}, IN_TOPIC),
    Case(LetterKind.ANSWER_PRESS, {"query": "4000", "html": "字" * 300, "alert": True}),
    Case(LetterKind.ANSWER_PRESS, {"query": "4000"}),
    Case(LetterKind.TYPING, {}, IN_TOPIC),
    Case(LetterKind.TYPING, {}, Spot(connection="biz1")),
]


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_a_letter_becomes_a_call_as_documented(case: Case) -> None:
    """Its method, every parameter with its type and length, and every object inside are in the documentation."""
    letter = Letter(
        id=LetterId(1), kind=case.kind, chat=ChatId(7), lane=Lane.TALK, written_at=AT, **case.more
    )
    call = call_for(letter, case.where)
    uploads = {call.part} if call.file is not None else set()
    assert departures(call.method, call.body, uploads, strict=True) == []
    if case.where.connection:
        assert call.body["business_connection_id"] == "biz1"


def test_no_kind_of_letter_is_left_out() -> None:
    """Whatever a letter can be is held against the documentation above."""
    assert {one.kind for one in EVERY} == set(LetterKind)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def telegram(world: World) -> AsyncIterator[Telegram]:
    async with SandboxServer(world) as server, Telegram(Address(server.base_url, world.token)) as telegram:
        yield telegram


async def test_what_is_asked_of_telegram_is_asked_as_documented(world: World, telegram: Telegram) -> None:
    """Beside letters: who we are, updates, files, groups, menus, accounts, the webhook; no call is left out."""
    desk = world.add_forum("客服")
    owner = world.add_user("小店", role="owner")
    name = world.connect(owner.id).connection
    said = world.send_file(owner.id, "document", Upload(data=b"%PDF", name="a.pdf"))
    await telegram.me()
    await telegram.get_updates(0, wanted=["message", "business_message"], wait=0)
    await telegram.download(said.body["document"]["file_id"])
    group = ChatId(desk.id)
    premises = Premises(telegram, group, lambda: AT)
    await premises.findings(world.bot.id)
    await premises.is_member(UserId(owner.id), group)
    await address_of(telegram, group)
    await set_commands(telegram, {"help": "能做什么"}, Language.ZH, group)
    await set_commands(telegram, {"help": "what I can do"}, None)
    await connection_of(telegram, name)
    await set_hook(telegram, "https://bot.example/hook", "s" * 32)
    await hook_of(telegram)
    await drop_hook(telegram)
    await telegram.ask(Call("getChatMenuButton", {}))
    odd = [line for one in world.calls for line in departures(one.method, one.params, strict=True)]
    assert odd == []
    asked = {one.method for one in world.calls}
    sent = {call_for(_letter(one), one.where).method for one in EVERY}
    assert _named_in_sources() <= asked | sent


def _letter(case: Case) -> Letter:
    return Letter(id=LetterId(1), kind=case.kind, chat=ChatId(7), lane=Lane.TALK, written_at=AT, **case.more)


def _named_in_sources() -> set[str]:
    """Every method that a call is made of anywhere in the bot."""
    sources = "".join(one.read_text("utf-8") for one in (ROOT / "bot").rglob("*.py"))
    return set(re.findall(r'\bCall\(\s*"(\w+)"', sources)) | set(re.findall(r'"(send[A-Z]\w+)"', sources)) - {
        "sendMediaGroup",
        "sendPoll",
    }


def test_the_table_says_what_the_library_says() -> None:
    """The table was not made up: an independent reading of the documentation has the same methods and parameters."""
    own = {
        "read_timeout",
        "write_timeout",
        "connect_timeout",
        "pool_timeout",
        "api_kwargs",
        "self",
        "filename",
    }
    shorthand = {
        *("allow_sending_without_reply", "reply_to_message_id", "disable_web_page_preview"),
        *("contact", "location", "venue", "correct_option_id", "caption", "parse_mode", "caption_entities"),
    }
    differ = []
    for name, shape in documented().methods.items():
        snake = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
        known = set(inspect.signature(getattr(Bot, snake)).parameters) - own
        lacks = {one for one in shape.rules.keys() - known if (name, one) not in LATER_API}
        differ += [(name, sorted(lacks), sorted(known - shape.rules.keys() - shorthand))]
    assert [one for one in differ if one[1] or one[2]] == []


BUTTON = {"text": "退款", "callback_data": "a"}
WELL = {"chat_id": 7, "text": "好"}


@pytest.mark.parametrize(
    ("method", "body", "found"),
    [
        ("sendMesage", {}, "no such method"),
        ("sendMessage", {"chat_id": 7}, "text is missing"),
        ("sendMessage", {**WELL, "disable_web_page_preview": True}, "there is no disable_web_page_preview"),
        ("sendMessage", {**WELL, "chat_id": "seven"}, "chat_id is no Chat"),
        ("sendMessage", {**WELL, "message_thread_id": "9"}, "message_thread_id is no Integer"),
        ("sendMessage", {**WELL, "disable_notification": 1}, "disable_notification is no Boolean"),
        ("sendMessage", {**WELL, "text": "字" * 4097}, "text is 4097"),
        ("sendMessage", {**WELL, "reply_parameters": {"message": 3}}, "message_id is missing"),
        ("sendMessage", {**WELL, "reply_parameters": "{}"}, "reply_parameters is no ReplyParameters"),
        ("sendMessage", {**WELL, "reply_markup": {"inline_keyboard": [BUTTON]}}, "is no list"),
        ("copyMessage", {"chat_id": 7, "from_chat_id": 8}, "message_id is missing"),
        ("copyMessage", {**WELL, "business_connection_id": "x"}, "there is no business_connection_id"),
        ("copyMessages", {"chat_id": 7, "from_chat_id": 8, "message_ids": []}, "message_ids has 0 items"),
        ("editMessageText", {"text": "好", "chat_id": 7}, "is missing"),
        ("createForumTopic", {"chat_id": 7, "name": "字" * 129}, "name is 129"),
        ("answerCallbackQuery", {"callback_query_id": "4", "text": "字" * 201}, "text is 201"),
        ("setMessageReaction", {"chat_id": 7, "message_id": 3, "reaction": ["👍"]}, "reaction[0] is no"),
        ("getUpdates", {"limit": 101}, "limit is 101"),
    ],
)
def test_a_call_that_departs_is_seen(method: str, body: dict[str, Any], found: str) -> None:
    """An unknown name, something missing, too long, too many, or of another type: each is said by its name."""
    assert any(found in one for one in departures(method, body, strict=True))


@pytest.mark.parametrize(
    ("button", "found"),
    [
        ({"text": "退款"}, "exactly one"),
        ({**BUTTON, "url": "https://example.com"}, "exactly one"),
        ({"text": "退款", "callback_data": "字" * 22}, "callback_data is 66"),
        ({"text": "", "callback_data": "a"}, "text is 0"),
        ({"callback_data": "a"}, "text is missing"),
    ],
)
def test_a_button_has_one_action_and_few_bytes(button: dict[str, Any], found: str) -> None:
    """Exactly one action, 64 bytes of data, and words on it."""
    body = {**WELL, "reply_markup": {"inline_keyboard": [[BUTTON], [button]]}}
    assert any(found in one for one in departures("sendMessage", body, strict=True))
