"""Telegram's rate limits. Pure: time comes in as seconds since 1970, and nothing here waits.

Telegram allows about 1 message a second in a private chat (short bursts pass), 20 messages, edits and topic
events together in any minute of a group, and some number a second over all chats. It counts a call when it
arrives there, which is later than it was sent. So a call keeps its places until it is answered, and from then on
is taken to have been counted at the latest moment that its travel time allows.
"""

import heapq
from dataclasses import dataclass, field
from math import inf
from typing import Final

from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId

MINUTE: Final = 60.0
SLOWED: Final = 0.75
"""The share of the overall limit used after 429s in several chats at once."""
LEAST: Final = 0.25
"""The smallest share of the limit, however many 429s come."""
SLOW_FOR: Final = 60.0
"""Seconds until the whole limit is used again; the share grows evenly."""
ALL_REST: Final = 2.0
"""The longest pause in seconds for all chats; a chat with a 429 waits as long as Telegram says."""
TOGETHER: Final = 1.0
"""Two 429s in different chats within this many seconds mean that the bot as a whole is too fast."""
EVEN: Final = 0.1
"""The share of one second's messages that may leave at once when no first reply is waiting."""
CROWD: Final = 30
"""With more calls under way, their duration says nothing about the network."""
OURS: Final = 0.015
"""Seconds of the fastest call that may have been our own delay."""
LATELY: Final = 600.0
UNSEEN: Final = 0.25
"""Seconds by which a call may have travelled longer than the fastest one."""
PATIENCE: Final = 30.0
"""The longest duration of a call."""
DEEPEST: Final = 20
"""The most tokens that one letter may overdraw: an album has ten parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What we hold ourselves to, a little inside of what Telegram allows.

    Attributes:
        per_second: calls in any `second` over all chats.
        second: a little more than one.
        private_interval: seconds between messages in one private chat, in the long run.
        private_burst: messages that one private chat takes at once.
        per_group_minute: messages, edits and topic events in any minute of one group.
        group_urgent: so many more for danger and first acknowledgements.
        group_alarms: so many more again for calls to danger alone; nothing else ever takes these places.
    """

    per_second: float = 30
    second: float = 1.002
    private_interval: float = 1.02
    private_burst: int = 3
    per_group_minute: int = 16
    group_urgent: int = 1
    group_alarms: int = 3


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
        # a clock that was set back must not stop a chat for as long
        self.full_at = min(self.full_at, now + (self.size + DEEPEST) * self.interval + PATIENCE)
        return max(now, self.full_at - missing * self.interval)

    def take(self, now: float, cost: int = 1) -> None:
        """Take tokens out, even those that are not there yet."""
        self.full_at = max(now, self.full_at) + cost * self.interval

    def late(self, seconds: float) -> None:
        """What was taken last was counted so much later."""
        self.full_at += seconds


@dataclass(slots=True)
class Window:
    """At most so many events in any `seconds`. What is under way holds its place until it has landed."""

    seconds: float
    under_way: int = 0
    landed: list[float] = field(default_factory=list)
    """A heap: until when each of them counts."""

    def free_at(self, now: float, most: int, cost: int = 1) -> float:
        """The earliest moment, not before now, at which `cost` more fit (an empty window is enough).

        Where what is under way must land first, the moment up to which it holds its place at the least.
        """
        landed = self.landed
        while landed and landed[0] <= now:
            heapq.heappop(landed)
        over = len(landed) + self.under_way + min(cost, most) - most
        if over <= 0:
            return now
        if over > len(landed):
            return now + self.seconds
        if landed[0] > now + self.seconds + PATIENCE:
            # the clock was set back
            landed[:] = [now + self.seconds] * len(landed)
        return landed[0] if over == 1 else heapq.nsmallest(over, landed)[-1]

    def take(self, cost: int = 1) -> None:
        """`cost` events leave."""
        self.under_way += cost

    def land(self, counted: float, cost: int = 1) -> None:
        """They have landed, and were counted then at the latest."""
        self.under_way -= cost
        for _ in range(cost):
            heapq.heappush(self.landed, counted + self.seconds)

    def give_back(self, cost: int = 1) -> None:
        """They did not leave after all."""
        self.under_way -= cost


@dataclass(slots=True)
class Transit:
    """How long a call takes at the least, lately. What it took longer may have passed before it was counted."""

    since: float = -inf
    least: float = inf
    before: float = inf

    def counted(self, left: float, landed: float, *, crowded: bool) -> float:
        """The last moment at which a call was counted, as if its way there took no time at all.

        The next call's way takes at least as long: both are off by the same, and the distance is right. Where
        many land at once we are what is slow, and nothing is learned of the way.
        """
        took = max(0.0, landed - left)
        if not self.since <= landed <= self.since + LATELY:
            self.since, self.before, self.least = landed, self.least, inf
        if not crowded:
            self.least = min(self.least, took)
        least = min(self.least, self.before)
        return landed if least == inf else max(left, landed - max(0.0, least - OURS))


class Pace:
    """All limits together, and the pauses that Telegram asks for."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._overall = Window(limits.second)
        self._even = Bucket(1 / limits.per_second, max(1, int(limits.per_second * EVEN)))
        self._way = Transit()
        self._private: dict[ChatId, Bucket] = {}
        self._groups: dict[ChatId, Window] = {}
        self._paused: dict[ChatId, float] = {}
        self._all_paused = 0.0
        self._tidy_at = 1024
        self._storm_at, self._share = -inf, 1.0
        self._last_flood: tuple[float, ChatId] | None = None
        self._careful_until = -inf

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
        if lane is Lane.ALARM:
            most += self.limits.group_alarms
        return start if window is None else max(start, window.free_at(now, most, cost))

    def all_free_at(self, now: float, lane: Lane = Lane.FIRST) -> float:
        """When anybody may have one more. What is less urgent leaves evenly, so that a place is free soon."""
        # a limit below one a second would leave no room in the window at all
        most = max(1, int(self.limits.per_second * self._part(now)))
        free = max(self._all_paused, self._overall.free_at(now, most))
        return free if lane <= Lane.FIRST else max(free, self._even.free_at(now))

    def take(self, chat: ChatId, cost: int, now: float) -> None:
        """`cost` events leave for this chat; every `take` is followed by `land` or `give_back`."""
        if cost == 0:
            return
        self._overall.take(cost)
        self._even.take(now, cost)
        if chat < 0:
            self._groups.setdefault(chat, Window(MINUTE)).take(cost)
            return
        if chat not in self._private:
            self._tidy(now)
            self._private[chat] = self._new_bucket(now)
        self._private[chat].take(now, cost)

    def land(self, chat: ChatId, cost: int, left: float, landed: float) -> None:
        """They have come back: sent at `left`, answered at `landed`."""
        if cost == 0:
            return
        counted = self._way.counted(left, landed, crowded=self._overall.under_way > CROWD)
        self._overall.land(counted, cost)
        if chat < 0:
            self._groups[chat].land(counted, cost)
        elif chat in self._private:
            self._private[chat].late(counted - left)

    def give_back(self, chat: ChatId, cost: int) -> None:
        """They did not leave after all."""
        if cost == 0:
            return
        self._overall.give_back(cost)
        if chat < 0:
            self._groups[chat].give_back(cost)

    def note(self, chat: ChatId, at: float, cost: int = 1) -> None:
        """So many events that were sent on no letter's account: by an earlier run, or along with a letter."""
        self._overall.landed.append(at + UNSEEN + self._overall.seconds)
        heapq.heapify(self._overall.landed)
        if chat < 0:
            window = self._groups.setdefault(chat, Window(MINUTE))
            window.take(cost)
            window.land(at + UNSEEN, cost)

    def careful(self, now: float) -> None:
        """What an earlier run sent just now is not known: in private chats no burst is taken for granted."""
        self._careful_until = now + self.limits.private_burst * self.limits.private_interval

    def pause(self, chat: ChatId, until: float) -> None:
        """Nothing leaves for this chat before then."""
        self._paused[chat] = max(until, self._paused.get(chat, until))

    def release(self, chat: ChatId) -> None:
        """What this chat rested for is over."""
        self._paused.pop(chat, None)

    def flooded(self, chat: ChatId, wait: float, now: float) -> None:
        """Telegram asked for a pause in this chat; two chats at once slow everyone down a little."""
        self.pause(chat, now + wait)
        last, self._last_flood = self._last_flood, (now, chat)
        if last is None or last[1] == chat or now - last[0] > TOGETHER or now - self._storm_at <= TOGETHER:
            return
        self._share = max(LEAST, self._part(now) * SLOWED)
        self._storm_at = now
        self._all_paused = max(self._all_paused, now + min(wait, ALL_REST))

    def _part(self, now: float) -> float:
        """The part of the overall limit that is used at this moment."""
        passed = min(1.0, max(0.0, now - self._storm_at) / SLOW_FOR)
        return self._share + (1.0 - self._share) * passed

    def _new_bucket(self, now: float) -> Bucket:
        bucket = Bucket(self.limits.private_interval, self.limits.private_burst)
        if now < self._careful_until:
            # one token is there, and the rest comes in as if it had just been used up
            bucket.full_at = max(now, self._careful_until - bucket.interval)
        return bucket

    def _tidy(self, now: float) -> None:
        """Forget chats that have nothing to remember, each time their number has doubled."""
        if len(self._private) < self._tidy_at:
            return
        self._private = {chat: b for chat, b in self._private.items() if b.full_at > now}
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}
        self._tidy_at = max(1024, 2 * len(self._private))
