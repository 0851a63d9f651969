"""How fast the courier may go. Pure: time comes in as seconds since 1970, and nothing here waits.

Telegram allows about 1 message a second in a private chat (short bursts pass), 20 messages, edits and topic
events together in any minute of a group, and some number a second over all chats.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Final

from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId

MINUTE: Final = 60.0
SLOWED: Final = 0.75
"""The part of the overall limit that is used after Telegram has complained in several chats at once."""
SLOW_FOR: Final = 60.0
"""Seconds until the whole limit is used again."""
TOGETHER: Final = 1.0
"""Two complaints in different chats within so many seconds mean that the bot as a whole is too fast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What we hold ourselves to, a little inside of what Telegram allows.

    Attributes:
        per_second: calls in any `second` over all chats.
        second: a little more than one, because calls may reach Telegram closer together than they left.
        private_interval: seconds between messages in one private chat, in the long run.
        private_burst: messages that one private chat takes at once.
        per_group_minute: messages, edits and topic events in any minute of one group.
        group_urgent: so many more for danger and first acknowledgements.
    """

    per_second: float = 30
    second: float = 1.02
    private_interval: float = 1.02
    private_burst: int = 3
    per_group_minute: int = 18
    group_urgent: int = 2


@dataclass(slots=True)
class Bucket:
    """Holds up to `size` tokens; one more every `interval` seconds. Starts full."""

    interval: float
    size: int
    full_at: float = 0.0
    """When it will be full again."""

    def free_at(self, now: float, cost: int = 1) -> float:
        """The earliest moment, not before now, at which `cost` tokens are there (a full bucket is enough)."""
        missing = self.size - min(cost, self.size)
        return max(now, self.full_at - missing * self.interval)

    def take(self, now: float, cost: int = 1) -> None:
        """Take tokens out, even those that are not there yet."""
        self.full_at = max(now, self.full_at) + cost * self.interval


@dataclass(slots=True)
class Window:
    """At most so many events in any `seconds`."""

    seconds: float
    events: deque[float] = field(default_factory=deque)

    def free_at(self, now: float, most: int, cost: int = 1) -> float:
        """The earliest moment, not before now, at which `cost` more fit (an empty window is enough)."""
        events = self.events
        while events and events[0] <= now - self.seconds:
            events.popleft()
        over = len(events) + min(cost, most) - most
        return now if over <= 0 else max(now, events[over - 1] + self.seconds)

    def take(self, now: float, cost: int = 1) -> None:
        """Note `cost` events."""
        self.events.extend([now] * cost)


class Pace:
    """All limits together, and the pauses that Telegram asks for."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._overall = Window(limits.second)
        self._private: dict[ChatId, Bucket] = {}
        self._groups: dict[ChatId, Window] = {}
        self._paused: dict[ChatId, float] = {}
        self._all_paused = 0.0
        self._tidy_at = 1024
        self._slow_until = 0.0
        self._last_flood: tuple[float, ChatId, float] | None = None

    def free_at(self, chat: ChatId, lane: Lane, cost: int, now: float) -> float:
        """When this chat may have `cost` more; a cost of 0 heeds only the pauses."""
        start = max(now, self._paused.get(chat, now))
        if cost == 0:
            return start
        if chat > 0:
            bucket = self._private.get(chat)
            return start if bucket is None else bucket.free_at(start, cost)
        window = self._groups.get(chat)
        most = self.limits.per_group_minute
        if lane <= Lane.FIRST:
            most += self.limits.group_urgent
        return start if window is None else max(start, window.free_at(now, most, cost))

    def all_free_at(self, now: float) -> float:
        """When anybody may have one more."""
        most = self.limits.per_second * (SLOWED if now < self._slow_until else 1.0)
        # a limit below one a second would leave no room in the window at all
        return max(self._all_paused, self._overall.free_at(now, max(1, int(most))))

    def take(self, chat: ChatId, cost: int, now: float) -> None:
        """Note that `cost` events leave for this chat."""
        if cost == 0:
            return
        self._overall.take(now, cost)
        if chat > 0:
            if chat not in self._private:
                self._tidy(now)
                self._private[chat] = Bucket(self.limits.private_interval, self.limits.private_burst)
            self._private[chat].take(now, cost)
        else:
            self._groups.setdefault(chat, Window(MINUTE)).take(now, cost)

    def pause(self, chat: ChatId, until: float) -> None:
        """Nothing leaves for this chat before then."""
        self._paused[chat] = max(until, self._paused.get(chat, until))

    def release(self, chat: ChatId) -> None:
        """What this chat rested for is over."""
        self._paused.pop(chat, None)

    def flooded(self, chat: ChatId, wait: float, now: float) -> None:
        """Telegram asked for a pause in this chat; two chats at once slow everyone down."""
        until = now + wait
        self.pause(chat, until)
        last, self._last_flood = self._last_flood, (now, chat, until)
        if last is not None and last[1] != chat and now - last[0] <= TOGETHER:
            self._all_paused = max(self._all_paused, min(until, last[2]))
            self._slow_until = now + SLOW_FOR

    def _tidy(self, now: float) -> None:
        """Forget chats that have nothing to remember, each time their number has doubled."""
        if len(self._private) < self._tidy_at:
            return
        self._private = {chat: b for chat, b in self._private.items() if b.full_at > now}
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}
        self._tidy_at = max(1024, 2 * len(self._private))
