"""The views of the control API: each takes the world and the query string."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.accounts import Account
from bot.sandbox.errors import Json
from bot.sandbox.messages import Message
from bot.sandbox.people import PRESENT, Chat, Topic
from bot.sandbox.world import PATIENCE, World


def _number(query: Mapping[str, str], name: str, default: int | None = None) -> int | None:
    value = query.get(name)
    return default if value in {None, ""} else int(str(value))


def _chat_id(query: Mapping[str, str]) -> int:
    return int(query["chat_id"])


def state(world: World, _: Mapping[str, str]) -> Json:
    """Everything but the messages: bot, people, groups and their topics."""
    return {
        "bot": world.bot.body,
        "token": world.token,
        "people": [_person(world, one) for one in world.people if one != world.bot.id],
        "groups": [_group(chat) for chat in world.chats.values() if chat.person is None],
        "accounts": [_account(one) for one in world.accounts.values()],
        "mark": world.mark,
        "taken": world.updates.first_waiting,
    }


def _person(world: World, person_id: int) -> Json:
    person = world.people[person_id]
    chat = world.chats.get(person_id)
    return {
        **person.body,
        "name": person.name,
        "role": person.role,
        "standing": person.standing,
        "gone": person.gone,
        "blocked": chat.blocked if chat is not None else False,
        "started": chat.started if chat is not None else False,
        "keyboard": chat.keyboard if chat is not None else None,
    }


def _account(account: Account) -> Json:
    return {
        **account.body(),
        "chats": [
            {"chat_id": chat.id, "customer": customer, "read_to": chat.read_to}
            for customer, chat in account.chats.items()
        ],
    }


def _group(chat: Chat) -> Json:
    return {
        **chat.body,
        "moved_to": chat.moved_to,
        "members": [
            {"id": one.person.id, "name": one.person.name, "status": one.status}
            for one in chat.members.values()
            if one.status in PRESENT
        ],
        "topics": _topics(chat),
    }


def _topics(chat: Chat) -> list[Json]:
    inside: dict[int | None, list[Message]] = {}
    for message in chat.messages.values():
        if not message.deleted:
            inside.setdefault(message.thread_id, []).append(message)
    return [_topic(chat, topic, inside.get(topic.id, [])) for topic in chat.topics.values()]


def _topic(chat: Chat, topic: Topic, messages: list[Message]) -> Json:
    said = [one for one in messages if one.service is None]
    return {
        "chat_id": chat.id,
        "thread_id": topic.id,
        "name": topic.name,
        "closed": topic.closed,
        "icon_color": topic.icon_color,
        "icon": topic.icon,
        "messages": len(messages),
        "last_seq": messages[-1].seq if messages else 0,
        "last": said[-1].view() if said else None,
    }


def messages(world: World, query: Mapping[str, str]) -> list[Json]:
    """The messages of a chat or topic, or those after a `seq`."""
    found = world.history(
        _chat_id(query),
        thread_id=_number(query, "thread_id"),
        everything=query.get("everything") in {"1", "true"},
    )
    after = _number(query, "after", 0) or 0
    return [one.view() for one in found if one.seq > after]


def topics(world: World, query: Mapping[str, str]) -> list[Json]:
    """The topics of a desk."""
    return _topics(world.chat(_chat_id(query)))


def counts(world: World, _: Mapping[str, str]) -> Json:
    """How much there is of everything."""
    return world.counts()


def calls(world: World, query: Mapping[str, str]) -> list[Json]:
    """The calls of the bot, or those after the n-th."""
    after = _number(query, "after", 0) or 0
    return [one._asdict() for one in world.calls[after:]]


def pending(world: World, _: Mapping[str, str]) -> list[Json]:
    """The updates that the bot has not confirmed."""
    return world.pending()


def commands(world: World, query: Mapping[str, str]) -> list[Json]:
    """The command menu that somebody sees: the narrowest scope first, the own language before none."""
    language = query.get("language", "").split("-", 1)[0]
    scopes = ["all_private_chats", "default"]
    if chat_id := query.get("chat_id"):
        is_group = int(chat_id) < 0
        scopes = [f"chat:{chat_id}", "all_group_chats" if is_group else "all_private_chats", "default"]
    for scope in scopes:
        for code in (language, ""):
            if found := world.commands.get((scope, code)):
                return found
    return []


async def wait(world: World, query: Mapping[str, str]) -> Json:
    """Wait for a message: of a chat, after a `seq`, from the bot only, with these words in it."""
    chat_id, thread_id = _number(query, "chat_id"), _number(query, "thread_id")
    words = query.get("text", "")
    only_bot = query.get("from_bot", "1") in {"1", "true"}

    def fits(message: Message) -> bool:
        is_place = chat_id in {None, message.chat_id} and thread_id in {None, message.thread_id}
        return is_place and words in message.text and (message.from_bot or not only_bot)

    patience = float(query.get("timeout", PATIENCE))
    found = await world.wait_for(fits, patience, after=_number(query, "after", 0) or 0)
    return found.view()


def odd(world: World, _wanted: Mapping[str, str]) -> list[str]:
    """In what the bot's calls were not as the Bot API is documented."""
    return list(world.odd)


SIGHTS: Mapping[str, Callable[[World, Mapping[str, str]], Any]] = {
    "state": state,
    "messages": messages,
    "topics": topics,
    "counts": counts,
    "calls": calls,
    "pending": pending,
    "odd": odd,
    "commands": commands,
    "wait": wait,
}
