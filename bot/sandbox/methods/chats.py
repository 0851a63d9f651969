"""Methods that ask about chats and people, and those about the bot itself."""

from bot.sandbox.errors import QUERY_TOO_OLD, Json, bad_request
from bot.sandbox.methods.address import chat_of, open_chat
from bot.sandbox.parameters import Given
from bot.sandbox.people import Member
from bot.sandbox.state import QUERY_LIFETIME, State

MOST_COMMANDS = 100
LARGEST_FILE = 20 * 1024 * 1024
"""Bytes that a bot may fetch."""


def get_me(world: State, _: Given) -> Json:
    """GetMe."""
    return {
        **world.bot.body,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": True,
        "has_main_web_app": world.mini_app is not None,
    }


def get_chat(world: State, given: Given) -> Json:
    """GetChat: what Telegram calls ChatFullInfo."""
    chat = world.chat(chat_of(given))
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        True,
    )
    return {
        **chat.body,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": gifts,
    }


def get_chat_member(world: State, given: Given) -> Json:
    """GetChatMember; somebody who was never there has "left"."""
    chat = open_chat(world, chat_of(given))
    number = given.number("user_id") or 0
    if number <= 0:
        raise bad_request("invalid user_id specified")
    person = world.people.get(number)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.is_private:
        return Member(person=person).body()
    return chat.members.get(person.id, Member(person=person, status="left")).body()


def get_chat_administrators(world: State, given: Given) -> list[Json]:
    """GetChatAdministrators; other bots are not listed, the bot itself is."""
    chat = open_chat(world, chat_of(given))
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return [one.body() for one in chat.members.values() if one.status in {"creator", "administrator"}]


def get_chat_member_count(world: State, given: Given) -> int:
    """GetChatMemberCount."""
    chat = open_chat(world, chat_of(given))
    return sum(chat.has(one) for one in chat.members) if not chat.is_private else 2


def leave_chat(world: State, given: Given) -> bool:
    """LeaveChat."""
    chat = open_chat(world, chat_of(given))
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.members[world.bot.id].status = "left"
    return True


def answer_callback_query(world: State, given: Given) -> bool:
    """AnswerCallbackQuery: a toast, an alert, or only the end of the little clock."""
    query = world.queries.get(given.words("callback_query_id") or "")
    if query is None or world.now() - query.at > QUERY_LIFETIME:
        raise bad_request(QUERY_TOO_OLD)
    text = given.words("text")
    if text is not None and len(text) > 200:  # noqa: PLR2004 - Telegram's own bound
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": given.flag("show_alert"), "url": given.words("url")}
    query.answer = answer
    world.audience.changed(
        "query_answered",
        lambda: {"query_id": query.id, "person_id": query.person_id, "chat_id": query.chat_id, **answer},
    )
    return True


def get_file(world: State, given: Given) -> Json:
    """GetFile; what is larger than bots may have is refused."""
    file_id = given.words("file_id") or ""
    if not file_id:
        raise bad_request("file_id not specified")
    file = world.files.find(file_id)
    if len(file.data) > LARGEST_FILE:
        raise bad_request("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file.path,
    }


def _scope(given: Given) -> tuple[str, str]:
    scope: Json = given.nested("scope") or {"type": "default"}
    parts = [str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope]
    return ":".join(parts), given.words("language_code") or ""


def set_my_commands(world: State, given: Given) -> bool:
    """SetMyCommands for a scope and a language."""
    commands: list[Json] = given.nested("commands") or []
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        name = str(command.get("command", "")).removeprefix("/")
        if not name or not name.replace("_", "").isalnum() or name != name.lower() or not name.isascii():
            raise bad_request("BOT_COMMAND_INVALID")
        if not command.get("description"):
            raise bad_request("command description must be non-empty")
    world.commands[_scope(given)] = commands
    world.audience.changed("commands", dict)
    return True


def get_my_commands(world: State, given: Given) -> list[Json]:
    """GetMyCommands of exactly this scope and language."""
    return world.commands.get(_scope(given), [])


def delete_my_commands(world: State, given: Given) -> bool:
    """DeleteMyCommands."""
    world.commands.pop(_scope(given), None)
    return True


def get_chat_menu_button(world: State, _: Given) -> Json:
    """GetChatMenuButton: what BotFather, or a call of another program's, made of it for everybody."""
    if world.menu_page is None:
        return {"type": "commands"}
    return {"type": "web_app", "text": "Open", "web_app": {"url": world.menu_page}}


def set_profile(world: State, given: Given, name: str) -> bool:
    """SetMyDescription, setMyShortDescription, setMyName."""
    world.profile[name, given.words("language_code") or ""] = given.words(name) or ""
    return True


def get_profile(world: State, given: Given, name: str) -> Json:
    """GetMyDescription and its kin; a language without words of its own has the common ones."""
    language = given.words("language_code") or ""
    return {name: world.profile.get((name, language)) or world.profile.get((name, ""), "")}
