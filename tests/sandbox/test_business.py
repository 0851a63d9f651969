"""Accounts in the little Telegram: who hears what, and when Telegram says no."""

import msgspec
import pytest

from bot.sandbox.accounts import WINDOW, AccountChat
from bot.sandbox.answering import answer
from bot.sandbox.errors import ImpossibleError, Json
from bot.sandbox.parameters import Given
from bot.sandbox.world import World


class Clock:
    """A clock in the hand."""

    now = 1_782_871_200.0

    def __call__(self) -> float:
        """This moment."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    """A world with an owner and a customer."""
    world = World(now=clock)
    world.add_user("小店", role="owner")
    world.add_user("周敏")
    return world


def begun(world: World) -> AccountChat:
    """The owner has connected the bot, the customer has written."""
    owner, customer = [one for one in world.people if one != world.bot.id]
    world.connect(owner)
    chat = world.account_chat(owner, customer)
    world.say(customer, "你好", chat_id=chat.id)
    return chat


async def call(world: World, method: str, **given: object) -> Json:
    """What the bot hears when it calls."""
    found = await answer(world, method, Given(dict(given)))
    decoded: Json = msgspec.json.decode(found.body or b"{}")
    return decoded


async def says(world: World, chat: AccountChat, **more: object) -> Json:
    """The bot speaks through the account."""
    assert chat.person is not None
    given = {"business_connection_id": chat.account.connection, "chat_id": chat.person.id, "text": "您好"}
    return await call(world, "sendMessage", **(given | more))


def kinds(world: World) -> list[str]:
    """The kinds of updates that wait."""
    return [next(key for key in one if key != "update_id") for one in world.pending()]


async def test_everybodys_words_come_to_the_bot_its_own_too(world: World) -> None:
    """What the customer, the owner and the bot itself write in the account's chat are business messages."""
    chat = begun(world)
    said = await says(world, chat)
    world.say(chat.account.owner.id, "我来", chat_id=chat.id)
    world.delete(chat.id, said["result"]["message_id"])

    assert kinds(world) == [
        *("business_connection", "business_message", "business_message", "business_message"),
        "deleted_business_messages",
    ]
    echo = world.pending()[2]["business_message"]
    assert (echo["sender_business_bot"]["id"], echo["from"]["first_name"]) == (world.bot.id, "小店")
    assert echo["chat"]["id"] == chat.person.id if chat.person else False


async def test_after_a_day_telegram_refuses(world: World, clock: Clock) -> None:
    """R59 in the sandbox: a day after the customer's last word the bot may neither write nor mark as read."""
    chat = begun(world)
    clock.now += WINDOW - 1
    assert (await says(world, chat))["ok"]
    clock.now += 1

    assert (await says(world, chat))["description"] == "Bad Request: BUSINESS_PEER_USAGE_MISSING"


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        ("mute", "BOT_ACCESS_FORBIDDEN"),
        ("disconnect", "BUSINESS_CONNECTION_INVALID"),
        ("reconnect", "business connection not found"),
        ("stranger", "BUSINESS_PEER_INVALID"),
        ("keyboard", "REPLY_MARKUP_INVALID"),
    ],
)
async def test_each_no_has_its_own_sentence(world: World, deed: str, sentence: str) -> None:
    """Rights, connection, peer and keyboards are refused each in their own words, and nothing is said."""
    chat = begun(world)
    owner, more = chat.account.owner.id, {"business_connection_id": chat.account.connection}
    if deed == "mute":
        world.give_rights(owner, ["can_read_messages"])
    elif deed == "disconnect":
        world.disconnect(owner)
    elif deed == "reconnect":
        world.connect(owner)
    elif deed == "stranger":
        more |= {"chat_id": str(world.add_user("路人").id)}
    else:
        more |= {"reply_markup": '{"keyboard": [[{"text": "1"}]]}'}

    refused = await says(world, chat, **more)

    assert refused["description"] == f"Bad Request: {sentence}"
    assert world.from_bot(chat.id) == []


async def test_cut_off_it_hears_nothing(world: World) -> None:
    """Between a disconnection and the next connection nobody's words reach the bot."""
    chat = begun(world)
    world.disconnect(chat.account.owner.id)
    before = len(world.pending())
    assert chat.person is not None
    world.say(chat.person.id, "有人吗", chat_id=chat.id)

    assert len(world.pending()) == before
    with pytest.raises(ImpossibleError):
        world.say(world.add_user("路人").id, "让我看看", chat_id=chat.id)


async def test_messages_are_marked_as_read_and_deleted_by_right(world: World) -> None:
    """Reading takes its right; deleting the bot's own words takes another, which a bot seldom has."""
    chat = begun(world)
    said = await says(world, chat)
    through = {"business_connection_id": chat.account.connection}
    customer = chat.person.id if chat.person else 0

    assert (await call(world, "readBusinessMessage", **through, chat_id=customer, message_id=1))["ok"]
    assert chat.read_to == 1
    number = said["result"]["message_id"]
    assert not (await call(world, "deleteBusinessMessages", **through, message_ids=f"[{number}]"))["ok"]
    world.give_rights(chat.account.owner.id, ["can_reply", "can_delete_sent_messages"])
    assert (await call(world, "deleteBusinessMessages", **through, message_ids=f"[{number}]"))["ok"]
    assert (await call(world, "getBusinessConnection", **through))["result"]["is_enabled"]
