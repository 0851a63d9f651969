"""Calls through a Telegram Business account, and Telegram's reasons to refuse them."""

from bot.sandbox.accounts import WINDOW, Account, AccountChat
from bot.sandbox.errors import Json, bad_request
from bot.sandbox.parameters import Given, identifiers
from bot.sandbox.state import State

WITHOUT = frozenset(
    {"copymessage", "copymessages", "forwardmessage", "setmessagereaction", "answercallbackquery"}
)
"""Methods that know no business_connection_id: Telegram passes over a parameter that it does not know."""


def _account(world: State, given: Given) -> Account:
    name = given.words("business_connection_id")
    found = next((one for one in world.accounts.values() if one.connection == name), None)
    if found is None:
        raise bad_request("business connection not found")
    return found


def _open(world: State, given: Given, right: str) -> Account:
    account = _account(world, given)
    if not account.enabled:
        raise bad_request("BUSINESS_CONNECTION_INVALID")
    if right not in account.rights:
        raise bad_request("BOT_ACCESS_FORBIDDEN")
    return account


def _chat(world: State, given: Given, account: Account) -> AccountChat:
    if given.values.get("chat_id") in {None, ""}:
        raise bad_request("chat identifier is empty")
    chat = account.chats.get(given.required("chat_id"))
    if chat is None:
        raise bad_request("BUSINESS_PEER_INVALID")
    if world.now() - chat.heard_at >= WINDOW:
        raise bad_request("BUSINESS_PEER_USAGE_MISSING")
    return chat


def through_account(world: State, method: str, given: Given) -> Given:
    """The call as the sandbox does it: into the account's chat, if it goes through an account."""
    if not given.values.get("business_connection_id") or method.lower() in WITHOUT:
        return given
    if "chat_id" not in given.values or method.lower() == "readbusinessmessage":
        return given
    chat = _chat(world, given, _open(world, given, "can_reply"))
    markup: Json = given.nested("reply_markup") or {}
    if markup and "inline_keyboard" not in markup:
        raise bad_request("REPLY_MARKUP_INVALID")
    return Given({**given.values, "chat_id": chat.id}, given.uploads)


def get_business_connection(world: State, given: Given) -> Json:
    """GetBusinessConnection."""
    return _account(world, given).body()


def read_business_message(world: State, given: Given) -> bool:
    """ReadBusinessMessage: this one and those before it."""
    chat = _chat(world, given, _open(world, given, "can_read_messages"))
    message_id = given.number("message_id") or 0
    if message_id <= 0:
        raise bad_request("invalid message identifier specified")
    chat.read_to = max(chat.read_to, message_id)
    world.audience.changed("people", dict)
    return True


def delete_business_messages(world: State, given: Given) -> bool:
    """DeleteBusinessMessages: the bot's own with one right, all with another."""
    account = _account(world, given)
    for number in identifiers(given):
        found = next(
            (one for chat in account.chats.values() if (one := chat.messages.get(int(number)))), None
        )
        right = "can_delete_sent_messages" if found and found.from_bot else "can_delete_all_messages"
        if right not in account.rights and "can_delete_all_messages" not in account.rights:
            raise bad_request("BOT_ACCESS_FORBIDDEN")
        if found is not None and not found.deleted:
            world.erase(found)
    return True
