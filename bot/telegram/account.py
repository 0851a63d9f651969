"""The bot's account at a Bot API server: who it is, and the calls that are rare."""

from collections.abc import Mapping
from typing import Final, Self, TypeVar

import msgspec
from telegram.error import TelegramError

from bot.complaint.ids import ChatId, UserId
from bot.complaint.reading import Language
from bot.telegram.address import Address
from bot.telegram.calls import Call
from bot.telegram.line import Line
from bot.telegram.shapes import Chat, Member, User
from bot.telegram.troubles import Refused, Unreachable, trouble

INSIDE: Final = frozenset({"creator", "administrator", "member", "restricted"})
"""Standings of somebody who is in the group; `left` and `kicked` are not."""

T = TypeVar("T")


class _Me(msgspec.Struct):
    result: User


class _Chat(msgspec.Struct):
    result: Chat


class _Member(msgspec.Struct):
    result: Member


class _Path(msgspec.Struct):
    file_path: str = ""


class _File(msgspec.Struct):
    result: _Path


class Account:
    """One bot at one Bot API server.

    Every method may raise `Unreachable`, `Refused` or (for the token) `SettingsWrong`. No error and no repr
    holds the token.
    """

    def __init__(self, address: Address, *, connections: int = 100, proxy: str | None = None) -> None:
        self.address = address
        self.line = Line(connections=connections, proxy=proxy)

    def __repr__(self) -> str:
        """Without the token."""
        return f"<{type(self).__name__} {self.address!r}>"

    async def __aenter__(self) -> Self:
        await self.line.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self.line.shutdown()

    async def me(self) -> tuple[int, str]:
        """Who the bot is: its id and username. Harmless, so it also tells whether Telegram answers."""
        user = _read(_Me, await self.ask(Call("getMe", {}))).result
        return user.id, user.username or ""

    async def set_commands(self, commands: Mapping[str, str], language: Language | None) -> None:
        """Hang up the menu of private chats: names and descriptions; None for every other language."""
        body = {
            "commands": [{"command": name, "description": words} for name, words in commands.items()],
            "scope": {"type": "all_private_chats"},
            "language_code": "" if language is None else language.value,
        }
        await self.ask(Call("setMyCommands", body))

    async def desk_findings(self, desk: ChatId) -> list[str]:
        """What keeps this group from being a desk, each with what to do about it; empty when all is well."""
        try:
            chat = _read(_Chat, await self.ask(Call("getChat", {"chat_id": desk}))).result
            me = await self._standing(desk, UserId(self.address.bot_id))
        except Refused as error:
            return [f"{desk} cannot be entered ({error.detail}): check the id and add the bot to the group."]
        found = []
        if not chat.is_forum:
            found.append(f"{desk} has no topics: turn Topics on in the group's settings.")
        if me.status not in ("administrator", "creator"):
            found.append(f"The bot is no administrator of {desk}: make it one, with Manage Topics.")
        elif me.status == "administrator" and not me.can_manage_topics:
            found.append(f"The bot may not manage topics in {desk}: give it the right Manage Topics.")
        return found

    async def is_inside(self, chat: ChatId, user: UserId) -> bool:
        """Whether somebody is in a group now."""
        try:
            standing = await self._standing(chat, user)
        except Refused:
            # Telegram does not know this person there
            return False
        return standing.status in INSIDE and standing.is_member is not False

    async def download(self, file_id: str) -> bytes:
        """A file's contents, of 20 MB at most."""
        path = _read(_File, await self.ask(Call("getFile", {"file_id": file_id}))).result.file_path
        if not path:
            raise Refused("the file has no path")
        try:
            return await self.line.retrieve(self.address.file(path))
        except TelegramError as error:
            told = trouble(error)
        raise told

    async def ask(self, call: Call, *, line: Line | None = None, patience: float | None = None) -> bytes:
        """Make a call; the raw answer."""
        try:
            return await self.call(call, line=line, patience=patience)
        except TelegramError as error:
            told = trouble(error)
        raise told

    async def call(self, call: Call, *, line: Line | None = None, patience: float | None = None) -> bytes:
        """As `ask`, but raises the library's own errors: for those who judge them."""
        url = self.address.method(call.method)
        return await (line or self.line).ask(url, msgspec.json.encode(call.body), patience=patience)

    async def _standing(self, chat: ChatId, user: UserId) -> Member:
        return _read(
            _Member, await self.ask(Call("getChatMember", {"chat_id": chat, "user_id": user}))
        ).result


def _read(shape: type[T], answer: bytes) -> T:
    try:
        return msgspec.json.decode(answer, type=shape)
    except msgspec.DecodeError:
        pass
    raise Unreachable("the answer is none of the Bot API's")
