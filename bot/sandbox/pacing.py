"""Telegram's rate limits; all off unless asked for."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.errors import too_many_requests

MINUTE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is allowed; None means no limit.

    Attributes:
        per_second: calls a second over all chats.
        per_private_chat: messages a second into one private chat, in the long run.
        burst: how many messages one private chat takes at once.
        per_group_minute: messages, edits and topic events together in any 60 seconds of one group.
    """

    per_second: float | None = None
    per_private_chat: float | None = None
    burst: int = 3
    per_group_minute: int | None = None


TELEGRAM_LIMITS = Limits(per_second=30, per_private_chat=1, burst=3, per_group_minute=20)


@dataclass(slots=True)
class _Bucket:
    """A bucket of tokens that fills with time."""

    rate: float
    size: float
    tokens: float
    at: float

    def wait(self, now: float, count: int) -> float:
        """Say how many seconds are missing until `count` tokens are there."""
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (min(count, self.size) - self.tokens) / self.rate)


@dataclass(slots=True)
class Pace:
    """Counts what was said and answers 429 when it was too much."""

    now: Callable[[], float]
    limits: Limits = field(default_factory=Limits)
    paused: dict[int, float] = field(default_factory=dict)
    _overall: _Bucket | None = None
    _private: dict[int, _Bucket] = field(default_factory=dict)
    _groups: dict[int, deque[float]] = field(default_factory=dict)

    def pause(self, chat_id: int, seconds: float) -> None:
        """Refuse everything into one chat for a while."""
        self.paused[chat_id] = self.now() + seconds

    def set_limits(self, limits: Limits) -> None:
        """Begin to hold these limits from now on."""
        self.limits = limits
        self._overall = None
        self._private.clear()
        self._groups.clear()

    def spend(self, chat_id: int, count: int = 1) -> None:
        """Let `count` events into the chat, or raise 429 with the seconds to wait; a refusal is free."""
        now = self.now()
        wait = max(self._pause_left(chat_id, now), self._wait(chat_id, count, now))
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        self._take(chat_id, count, now)

    def _pause_left(self, chat_id: int, now: float) -> float:
        left = self.paused.get(chat_id, now) - now
        if left <= 0:
            self.paused.pop(chat_id, None)
        return left

    def _wait(self, chat_id: int, count: int, now: float) -> float:
        buckets = self._buckets(chat_id, now)
        waits = [bucket.wait(now, count) for bucket in buckets]
        if chat_id < 0 and self.limits.per_group_minute is not None:
            waits.append(self._group_wait(chat_id, count, now, self.limits.per_group_minute))
        return max(waits, default=0.0)

    def _buckets(self, chat_id: int, now: float) -> list[_Bucket]:
        found = []
        limits = self.limits
        if limits.per_second is not None:
            if self._overall is None:
                self._overall = _Bucket(limits.per_second, limits.per_second, limits.per_second, now)
            found.append(self._overall)
        if chat_id > 0 and limits.per_private_chat is not None:
            if chat_id not in self._private:
                self._private[chat_id] = _Bucket(limits.per_private_chat, limits.burst, limits.burst, now)
            found.append(self._private[chat_id])
        return found

    def _group_wait(self, chat_id: int, count: int, now: float, allowed: int) -> float:
        said = self._groups.setdefault(chat_id, deque())
        while said and said[0] <= now - MINUTE:
            said.popleft()
        over = len(said) + min(count, allowed) - allowed
        return said[over - 1] + MINUTE - now if over > 0 else 0.0

    def _take(self, chat_id: int, count: int, now: float) -> None:
        for bucket in self._buckets(chat_id, now):
            bucket.tokens -= count
        if chat_id < 0 and self.limits.per_group_minute is not None:
            self._groups.setdefault(chat_id, deque()).extend([now] * count)
