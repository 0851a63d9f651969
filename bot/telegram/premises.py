"""The desk's groups at Telegram: their members, the bot's rights there, and the command menus."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import msgspec

from bot.complaint.ids import ChatId, UserId
from bot.complaint.reading import Language
from bot.telegram.account import read
from bot.telegram.calls import Call
from bot.telegram.delivery import Telegram
from bot.telegram.troubles import Moved, Refused, Unreachable

INSIDE: Final = frozenset({"creator", "administrator", "member"})
RULING: Final = frozenset({"creator", "administrator"})
KNOWN_FOR: Final = timedelta(minutes=1)
"""Somebody who leaves the group loses the desk after this at the latest, mostly at once: see `forget`."""


class _Chat(msgspec.Struct):
    type: str = ""
    is_forum: bool = False


class _Member(msgspec.Struct):
    status: str = "left"
    is_member: bool = False
    can_manage_topics: bool = False


class _ChatAnswer(msgspec.Struct):
    result: _Chat


class _MemberAnswer(msgspec.Struct):
    result: _Member


@dataclass(slots=True)
class Premises:
    """The desk's groups. Members are cached for a minute, others are asked about each time."""

    telegram: Telegram
    desk: ChatId
    now: Callable[[], datetime]
    _seen: dict[tuple[UserId, ChatId], datetime] = field(default_factory=dict)
    _creators: dict[ChatId, UserId] = field(default_factory=dict)
    _moved: dict[ChatId, ChatId] = field(default_factory=dict)

    def move(self, old: ChatId, new: ChatId) -> None:
        """Telegram gave one of the groups another id."""
        self._moved[old] = new
        if self.desk == old:
            self.desk = new

    def forget(self) -> None:
        """Somebody joined or left: clear the cache."""
        self._seen.clear()

    async def is_member(self, user: UserId, desk: ChatId) -> bool:
        """Whether this person belongs to this group; while Telegram does not answer, as last known.

        Raises:
            Unreachable: Telegram does not answer, and nothing is known yet.
        """
        group = self._moved.get(desk, desk)
        seen = self._seen.get((user, group))
        if seen is not None and self.now() - seen < KNOWN_FOR:
            return True
        try:
            found = await self._belongs(user, group)
        except Unreachable:
            if seen is None:
                raise
            return True
        if found:
            self._seen[user, group] = self.now()
        else:
            self._seen.pop((user, group), None)
        return found

    async def _belongs(self, user: UserId, group: ChatId) -> bool:
        call = Call("getChatMember", {"chat_id": group, "user_id": user})
        try:
            member = read(_MemberAnswer, await self.telegram.ask(call)).result
        except Refused:
            # Telegram's way to say that it has never seen this person here
            return False
        if member.status == "creator":
            self._creators[group] = user
        elif self._creators.get(group) == user:
            del self._creators[group]
        return member.status in INSIDE or (member.status == "restricted" and member.is_member)

    async def is_creator(self, user: UserId, desk: ChatId) -> bool:
        """Whether this person created this group: they act as manager while the desk has none.

        Raises:
            Unreachable: Telegram does not answer, and nothing is known yet.
        """
        return await self.is_member(user, desk) and self._creators.get(self._moved.get(desk, desk)) == user

    async def is_administrator(self, user: UserId, group: ChatId) -> bool:
        """Whether this person is an administrator of a group that is no desk: asked anew each time.

        Raises:
            Unreachable: Telegram does not answer.
        """
        call = Call("getChatMember", {"chat_id": group, "user_id": user})
        try:
            return read(_MemberAnswer, await self.telegram.ask(call)).result.status in RULING
        except (Moved, Refused):
            return False

    async def findings(self, bot_id: int) -> list[str]:
        """What prevents this group from being a desk, each with what to do; empty if nothing does.

        Raises:
            Unreachable: Telegram does not answer.
        """
        about = {"chat_id": self.desk}
        try:
            chat = read(_ChatAnswer, await self.telegram.ask(Call("getChat", about))).result
            if chat.type != "supergroup" or not chat.is_forum:
                return ["This group has no topics. Turn on Topics in the group's settings."]
            answer = await self.telegram.ask(Call("getChatMember", about | {"user_id": bot_id}))
        except Refused:
            return ["The bot is not in this group. Add it, as an administrator who may manage topics."]
        own = read(_MemberAnswer, answer).result
        if own.status != "creator" and not (own.status == "administrator" and own.can_manage_topics):
            return [
                "The bot may not open topics here. Make it an administrator with the right to manage topics."
            ]
        return []


async def address_of(telegram: Telegram, desk: ChatId) -> ChatId:
    """The group's current id, since an upgraded group gets another one.

    Raises:
        Unreachable: Telegram does not answer.
    """
    try:
        chat = read(_ChatAnswer, await telegram.ask(Call("getChat", {"chat_id": desk}))).result
        if chat.type == "group":
            # an upgraded one goes on to be shown; only who would write there hears of the new id
            await telegram.ask(Call("sendChatAction", {"chat_id": desk, "action": "typing"}))
    except Moved as moved:
        return moved.new_chat
    except Refused:
        pass
    return desk


async def set_commands(
    telegram: Telegram, commands: Mapping[str, str], language: Language | None, group: ChatId | None = None
) -> None:
    """Set a command menu, in one language or (None) all others: of one group, or of private chats.

    Raises:
        Unreachable: Telegram does not answer.
    """
    body: dict[str, object] = {
        "commands": [{"command": name, "description": words} for name, words in commands.items()],
        "scope": {"type": "all_private_chats"} if group is None else {"type": "chat", "chat_id": group},
    }
    if language is not None:
        body["language_code"] = language.value.partition("-")[0]
    try:
        await telegram.ask(Call("setMyCommands", body))
    except (Moved, Refused):
        # a menu is a courtesy: a group that is gone or has moved on does not keep the house shut
        if group is None:
            raise
