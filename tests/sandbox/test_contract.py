"""The sandbox and the Bot API's documentation: the same methods, the same wants, Telegram's words."""

from typing import Any

import msgspec
import pytest

from bot.sandbox.answering import answer
from bot.sandbox.contract import departures, documented
from bot.sandbox.errors import Json
from bot.sandbox.files import Upload
from bot.sandbox.methods import METHODS
from bot.sandbox.parameters import Given
from bot.sandbox.world import World

FILES = ("photo", "document", "voice", "audio", "video", "video_note", "animation", "sticker")
POINT = {"latitude": 31.23, "longitude": 121.47}
WHOLE: dict[str, Json] = {
    "sendMessage": {"text": "好"},
    **{f"send{''.join(part.title() for part in kind.split('_'))}": {kind: "file1"} for kind in FILES},
    "sendLocation": POINT,
    "sendVenue": {**POINT, "title": "一店", "address": "南京路1号"},
    "sendContact": {"phone_number": "+8613800000000", "first_name": "周敏"},
    "sendPoll": {"question": "退还是换", "options": [{"text": "退"}]},
    "sendChatAction": {"action": "typing"},
    "copyMessage": {"from_chat_id": 7, "message_id": 1},
    "copyMessages": {"from_chat_id": 7, "message_ids": [1]},
    "forwardMessage": {"from_chat_id": 7, "message_id": 1},
    "editMessageText": {"message_id": 1, "text": "好"},
    "deleteMessage": {"message_id": 1},
    "deleteMessages": {"message_ids": [1]},
    "setMessageReaction": {"message_id": 1},
    "pinChatMessage": {"message_id": 1},
    "createForumTopic": {"name": "一"},
    "closeForumTopic": {"message_thread_id": 9},
    "deleteForumTopic": {"message_thread_id": 9},
    "getChatMember": {"user_id": 7},
    "readBusinessMessage": {"business_connection_id": "biz1", "message_id": 1},
    "deleteBusinessMessages": {"business_connection_id": "biz1", "message_ids": [1]},
    "getBusinessConnection": {"business_connection_id": "biz1"},
    "getFile": {"file_id": "file1"},
    "answerCallbackQuery": {"callback_query_id": "4"},
}
CHATLESS = {"deleteBusinessMessages", "getBusinessConnection", "getFile", "answerCallbackQuery"}
SAID = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
    "action": "wrong parameter action in request",
    "message_ids": "message identifiers are not specified",
    "message_thread_id": "invalid forum topic identifier specified",
    "name": "name must be non-empty",
    "user_id": "invalid user_id specified",
    "business_connection_id": "business connection not found",
    "file_id": "file_id not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    **{
        name: f'parameter "{name}" is required' for name in ("title", "address", "phone_number", "first_name")
    },
    **{name: f'parameter "{name}" is required' for name in ("question", "from_chat_id")},
    **{kind: f"there is no {kind.replace('_', ' ')} in the request" for kind in FILES},
}
NOT_FOUND = {
    "copyMessage": "message to copy not found",
    "forwardMessage": "message to forward not found",
    "editMessageText": "message to edit not found",
    "deleteMessage": "message to delete not found",
    "setMessageReaction": "message to react not found",
    "pinChatMessage": "message to pin not found",
    "readBusinessMessage": "invalid message identifier specified",
}
OWN = {("readBusinessMessage", "chat_id"): "chat identifier is empty"}
LEFT_OUT = [
    (method, name)
    for method, given in WHOLE.items()
    for name in (*given, *(() if method in CHATLESS else ("chat_id",)))
    if not (method == "sendPoll" and name == "options")
]


@pytest.fixture
def world() -> World:
    """A world with a customer, a desk and an account."""
    world = World()
    desk = world.add_forum("客服")
    customer, owner = world.add_user("周敏"), world.add_user("小店", role="owner")
    world.say(customer.id, "你好")
    world.connect(owner.id)
    world.say(customer.id, "在吗", chat_id=world.account_chat(owner.id, customer.id).id)
    world.desk_id, world.customer_id = desk.id, customer.id  # type: ignore[attr-defined]
    return world


async def refused(world: World, method: str, given: Json) -> Json:
    """What the bot hears."""
    found = await answer(world, method, Given(given))
    body: Json = msgspec.json.decode(found.body or b"{}")
    return body


def whole(world: Any, method: str) -> Json:  # noqa: ANN401 - the fixture's own ids
    """A call with all that it needs."""
    given = dict(WHOLE[method])
    if method not in CHATLESS:
        given["chat_id"] = world.desk_id if "Topic" in method else world.customer_id
    for kind in FILES:
        if kind in given:
            given[kind] = world.files.keep(kind, Upload(data=b"x")).file_id
    if "from_chat_id" in given:
        given["from_chat_id"] = world.customer_id
    return given


@pytest.mark.parametrize(("method", "name"), LEFT_OUT)
async def test_what_is_missing_is_refused_in_telegrams_words(world: World, method: str, name: str) -> None:
    """Each required parameter left out is a 400 with the sentence of Telegram's own server."""
    given = {key: value for key, value in whole(world, method).items() if key != name}
    body = await refused(world, method, given)
    wanted = OWN.get((method, name)) or (NOT_FOUND[method] if name == "message_id" else SAID[name])
    assert (body["error_code"], body["description"]) == (400, f"Bad Request: {wanted}")
    assert list(world.odd)


def test_every_required_parameter_is_left_out_once() -> None:
    """The calls above are whole, and hold every method that needs anything."""
    table = documented().methods
    assert [
        line
        for name, given in WHOLE.items()
        for line in departures(name, {"chat_id": 7, **given})
        if "chat_id" not in line
    ] == []
    needy = {name for name, shape in table.items() if shape.required - {"chat_id"}}
    assert needy - WHOLE.keys() == {
        *("sendMediaGroup", "editForumTopic", "reopenForumTopic", "setWebhook", "setMyCommands"),
    }


def test_the_sandbox_answers_what_the_table_knows() -> None:
    """Neither has a method that the other lacks."""
    assert {one.name for one in METHODS.values()} == documented().methods.keys()


async def test_an_unknown_method_is_not_found(world: World) -> None:
    """As Telegram says it: 404, and nothing more."""
    body = await refused(world, "sendTelepathy", {})
    assert body == {"ok": False, "error_code": 404, "description": "Not Found"}


@pytest.mark.parametrize(
    ("method", "given", "sentence"),
    [
        ("copyMessages", {"message_ids": list(range(1, 102))}, "too many message identifiers specified"),
        ("copyMessages", {"message_ids": [9_999]}, "there are no messages to forward"),
        (
            "copyMessages",
            {"message_ids": [2, 1]},
            "message identifiers must be in a strictly increasing order",
        ),
        ("deleteMessages", {"message_ids": [0]}, "invalid message identifier specified"),
        ("createForumTopic", {"icon_color": 5}, "invalid icon color specified"),
        ("createForumTopic", {"icon_custom_emoji_id": "12"}, "DOCUMENT_INVALID"),
    ],
)
async def test_telegrams_reasons_are_its_own(world: World, method: str, given: Json, sentence: str) -> None:
    """Copies in their order and number, colours and icons of topics: refused in the words of Telegram's server."""
    body = await refused(world, method, {**whole(world, method), **given})
    assert body["description"] == f"Bad Request: {sentence}"


async def test_what_telegram_passes_over_passes(world: World) -> None:
    """A name that is too long is cut, an icon that is no number is none, and an unknown parameter is only odd."""
    given = {
        **whole(world, "createForumTopic"),
        "name": "字" * 200,
        "icon_custom_emoji_id": "heart",
        "hue": 1,
    }
    body = await refused(world, "createForumTopic", given)
    assert body["result"]["name"] == "字" * 128
    assert "icon_custom_emoji_id" not in body["result"]
    assert "createForumTopic: there is no hue" in world.odd
