"""The actions of the control API: each takes the world and its arguments, and gives the result."""

import base64
from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.errors import ImpossibleError, Json
from bot.sandbox.files import Upload
from bot.sandbox.messages import Message
from bot.sandbox.miniapp import open_mini_app
from bot.sandbox.pacing import Limits
from bot.sandbox.people import ADMIN_RIGHTS
from bot.sandbox.state import Query
from bot.sandbox.world import World


def _upload(given: Json) -> Upload:
    data = base64.b64decode(given.pop("data", "") or "")
    return Upload(data=data, name=given.pop("name", None), mime=given.pop("mime", None))


def _message(work: Callable[..., Message]) -> Callable[[World, Json], Json]:
    """Turn a move of the world that gives a message into a deed."""

    def deed(world: World, given: Json) -> Json:
        return work(world, **given).view()

    return deed


def _plain(work: Callable[..., object]) -> Callable[[World, Json], object]:
    """Turn a move that gives nothing to look at into a deed."""

    def deed(world: World, given: Json) -> bool:
        work(world, **given)
        return True

    return deed


def add_user(world: World, given: Json) -> Json:
    """Bring somebody into the world."""
    return world.add_user(**given).body


def add_group(world: World, given: Json) -> Json:
    """Found a group; `rights` are the bot's."""
    return world.add_group(**given).body


def join(world: World, given: Json) -> bool:
    """Make somebody a member; an administrator without named rights gets the usual ones."""
    if given.get("status") == "administrator":
        given.setdefault("rights", ADMIN_RIGHTS)
    world.join(**given)
    return True


def send_file(world: World, given: Json) -> Json:
    """Send a file, its bytes in base64 as `data`."""
    return world.send_file(upload=_upload(given), **given).view()


def send_album(world: World, given: Json) -> list[Json]:
    """Send several files as one album: `items` with kind, data, name."""
    uploads = [(item.pop("kind", "photo"), _upload(item)) for item in given.pop("items")]
    return [one.view() for one in world.send_album(uploads=uploads, **given)]


async def press(world: World, given: Json) -> Json:
    """Press a button; with `timeout` seconds, wait for the bot's answer."""
    timeout = given.pop("timeout", None)
    query = world.press(**given)
    if timeout is not None:
        await world.wait_until(lambda: query.answer is not None, float(timeout))
    return _query(query)


def forge_press(world: World, given: Json) -> Json:
    """Send button data that the message does not show."""
    message = world.message(given["chat_id"], given["message_id"])
    if message is None:
        raise ImpossibleError("there is no such message")
    return _query(world.press_unseen(given["person_id"], message, given["data"]))


def _query(query: Query) -> Json:
    return {"query_id": query.id, "data": query.data, "answer": query.answer}


def upgrade_group(world: World, given: Json) -> Json:
    """Turn a group into a supergroup with a new id."""
    return world.upgrade_group(**given).body


def open_topic(world: World, given: Json) -> Json:
    """Open a topic by hand."""
    topic = world.open_topic(**given)
    return {"thread_id": topic.id, "name": topic.name}


def poison(world: World, given: Json) -> int:
    """Queue an update that cannot be read."""
    raw = given.get("raw")
    return world.poison(raw.encode() if raw is not None else None)


def limits(world: World, given: Json) -> bool:
    """Hold limits of speed from now on; an empty object takes them away."""
    world.pace.set_limits(Limits(**given))
    return True


async def crowd(world: World, given: Json) -> list[int]:
    """Let many new customers write; gives their ids."""
    return await world.crowd(**given)


def connect(world: World, given: Json) -> Json:
    """An owner connects the bot."""
    return world.connect(**given).body()


def account_chat(world: World, given: Json) -> Json:
    """A customer's chat with an account; `say` and the rest take its `chat_id`."""
    chat = world.account_chat(**given)
    return {"chat_id": chat.id, "owner": chat.account.owner.id, "customer": chat.person and chat.person.id}


DEEDS: Mapping[str, Callable[[World, Json], Any]] = {
    "add_user": add_user,
    "add_group": add_group,
    "join": join,
    "leave": _plain(World.leave),
    "say": _message(World.say),
    "send_file": send_file,
    "send_album": send_album,
    "share_contact": _message(World.share_contact),
    "share_location": _message(World.share_location),
    "edit": _message(World.edit),
    "delete": _plain(World.delete),
    "react": _plain(World.react),
    "press": press,
    "forge_press": forge_press,
    "demote_bot": _plain(World.demote_bot),
    "remove_bot": _plain(World.remove_bot),
    "restore_bot": _plain(World.restore_bot),
    "block": _plain(World.block),
    "unblock": _plain(World.unblock),
    "delete_account": _plain(World.delete_account),
    "open_mini_app": open_mini_app,
    "open_topic": open_topic,
    "rename_topic": _message(World.rename_topic),
    "close_topic": _message(World.close_topic),
    "reopen_topic": _message(World.reopen_topic),
    "delete_topic": _plain(World.delete_topic),
    "upgrade_group": upgrade_group,
    "fail_next": _plain(World.fail_next),
    "delay_next": _plain(World.delay_next),
    "reset_next": _plain(World.reset_next),
    "pause_chat": _plain(World.pause_chat),
    "poison": poison,
    "repeat_update": _plain(World.repeat_update),
    "limits": limits,
    "crowd": crowd,
    "connect": connect,
    "disconnect": _plain(World.disconnect),
    "give_rights": _plain(World.give_rights),
    "account_chat": account_chat,
    "channel_post": _message(World.channel_post),
    "comment": _message(World.comment),
    "say_anonymously": _message(World.say_anonymously),
    "say_as_channel": _message(World.say_as_channel),
    "open_link": _message(World.open_link),
}
