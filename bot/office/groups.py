"""The desk's groups: their current ids, and which can be used; the common desk stands in for the others."""

from collections.abc import Callable, Collection

from bot.complaint.case import Queue
from bot.complaint.ids import ChatId
from bot.policy.rules import Rules


class Groups:
    """The desk's groups and their state, shared by all who send to them.

    Args:
        common: the common desk.
        others: the groups that queues have of their own, as the brand file names them.
    """

    def __init__(self, common: ChatId, others: Collection[ChatId] = ()) -> None:
        self.common = common
        self._others = set(others) - {common}
        self._moved: dict[ChatId, ChatId] = {}
        self._shut: set[ChatId] = set()
        self._announced: set[ChatId] = set()
        self._listeners: list[Callable[[ChatId], None]] = []

    def now(self, chat: ChatId) -> ChatId:
        """The group's current id."""
        while chat in self._moved:
            chat = self._moved[chat]
        return chat

    def place(self, chat: ChatId | None) -> ChatId:
        """Where messages for this group go now: to it, or to the common desk while it is closed to the bot."""
        group = self.common if chat is None else self.now(chat)
        return self.common if group in self._shut else group

    def usable(self, chat: ChatId | None) -> bool:
        """Whether the bot can work in this group, as far as we know."""
        return (self.common if chat is None else self.now(chat)) not in self._shut

    @property
    def all_shut(self) -> tuple[ChatId, ...]:
        """The groups that the bot cannot work in, as far as we know."""
        return tuple(self._shut)

    def has_fallback(self, chat: ChatId) -> bool:
        """Whether it is the group of a queue, which the common desk stands in for."""
        return self.now(chat) in self._others

    def shut(self, chat: ChatId) -> bool:
        """The bot cannot work in this group; whether that is news."""
        group = self.now(chat)
        news = group not in self._shut
        self._shut.add(group)
        return news

    def announce(self, chat: ChatId) -> bool:
        """Whether it was not said yet that this group is shut; from now on it was."""
        group = self.now(chat)
        news = group not in self._announced
        self._announced.add(group)
        return news

    def reopened(self, chat: ChatId) -> bool:
        """The bot can work in this group again; whether that is news. Notifies listeners."""
        group = self.now(chat)
        news = group in self._shut
        self._shut.discard(group)
        self._announced.discard(group)
        for heard in self._listeners:
            heard(group)
        return news

    def on_reopening(self, hear: Callable[[ChatId], None]) -> None:
        """Call this whenever a group can be used again."""
        self._listeners.append(hear)

    def move(self, old: ChatId, new: ChatId) -> None:
        """Telegram gave one of the groups another id."""
        if old == new:
            return
        self._moved[old] = new
        if self.common == old:
            self.common = new
        if old in self._others:
            self._others = (self._others - {old}) | {new}
        if old in self._shut:
            self._shut = (self._shut - {old}) | {new}

    def desk_of(self, rules: Rules, queue: Queue) -> ChatId | None:
        """The group of a queue's own where its cases' topics open; None is the common desk."""
        own = rules.queue(queue).desk
        if own is None or self.now(own) == self.common or not self.usable(own):
            return None
        return own
