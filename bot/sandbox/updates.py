"""The queue of updates, with Telegram's rules of keeping, delivering and confirming them."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from bot.sandbox.errors import OTHER_POLLER, WEBHOOK_ACTIVE, Json, conflict

FIRST_ID = 1_000
MOST_IN_ONE_ANSWER = 100
LONGEST_POLL = 50.0
MOST_KEPT = 100_000
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_LIFETIMES = {"callback_query": 150.0, "inline_query": 30.0}
_DAY = 86_400.0
_encode = msgspec.json.encode


class Waiting(NamedTuple):
    """An update that is not confirmed; `line` is the queue in which Telegram keeps order."""

    update_id: int
    line: str
    expires: float
    raw: bytes


class UpdateQueue:
    """Updates wait here until a poller's offset or a webhook's 2xx confirms them."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.waiting: deque[Waiting] = deque()
        self.next_id = FIRST_ID
        self.allowed: frozenset[str] | None = None
        self.webhook_active = False
        self.added: Callable[[], None] | None = None
        self.taken: Callable[[], None] | None = None
        self._poll: asyncio.Future[bool] | None = None

    def add(self, kind: str, body: Json, line: object) -> int | None:
        """Queue an update and give its id; None when the bot did not ask for this kind."""
        if not self.wants(kind):
            return None
        lifetime = _LIFETIMES.get(kind, _DAY)
        raw = _encode({"update_id": self.next_id, kind: body})
        return self.add_raw(raw, f"{kind if kind in _LIFETIMES else 'chat'}:{line}", lifetime)

    def add_raw(self, raw: bytes, line: str = "raw", lifetime: float = _DAY) -> int:
        """Queue these very bytes as the next update."""
        update_id = self.next_id
        self.next_id += 1
        self.waiting.append(Waiting(update_id, line, self.now() + lifetime, raw))
        if len(self.waiting) > MOST_KEPT:
            self.waiting.pop()
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(True)
        self.ring()
        return update_id

    def ring(self) -> None:
        """Tell the webhook's courier that there is something to look at."""
        if self.added is not None:
            self.added()

    def repeat(self, update_id: int) -> None:
        """Deliver an update that is still waiting a second time, under the same id."""
        twin = next(one for one in self.waiting if one.update_id == update_id)
        self.waiting.insert(self.waiting.index(twin), twin)

    def wants(self, kind: str) -> bool:
        """Say whether the bot asked for this kind of update."""
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Remember the wished kinds (sticky); an empty list means Telegram's default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    async def take(
        self,
        offset: int = 0,
        limit: int = MOST_IN_ONE_ANSWER,
        timeout: float = 0.0,  # noqa: ASYNC109 - Telegram's own parameter
    ) -> list[bytes]:
        """Answer one getUpdates: confirm what is below the offset, then wait for something to give.

        Raises:
            ApiError: 409 while a webhook is set, or when another poller takes over.
        """
        if self.webhook_active:
            raise conflict(WEBHOOK_ACTIVE)
        self.interrupt(mine=False)
        self._confirm(offset)
        ready = self._ready(limit)
        if ready or timeout <= 0:
            return ready
        return await self._wait(limit, min(timeout, LONGEST_POLL))

    async def _wait(self, limit: int, seconds: float) -> list[bytes]:
        poll: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._poll = poll
        try:
            await asyncio.wait([poll], timeout=seconds)
        finally:
            if self._poll is poll:
                self._poll = None
        if poll.done() and not poll.result():
            raise conflict(OTHER_POLLER)
        return self._ready(limit)

    def interrupt(self, *, mine: bool) -> None:
        """End a poll that hangs: with an empty answer at shutdown (`mine`), with 409 for a rival."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(mine)

    @property
    def first_waiting(self) -> int:
        """The lowest update id that is not confirmed."""
        return self.waiting[0].update_id if self.waiting else self.next_id

    def taken_one(self) -> None:
        """Tell the watchers that the webhook took an update."""
        if self.taken is not None:
            self.taken()

    def _confirm(self, offset: int) -> None:
        before = len(self.waiting)
        if offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()
        while self.waiting and self.waiting[0].update_id < offset:
            self.waiting.popleft()
        if len(self.waiting) < before:
            self.taken_one()

    def _ready(self, limit: int) -> list[bytes]:
        now = self.now()
        while self.waiting and self.waiting[0].expires < now:
            self.waiting.popleft()
        count = min(max(limit, 1), MOST_IN_ONE_ANSWER, len(self.waiting))
        return [self.waiting[index].raw for index in range(count)]

    def clear(self) -> None:
        """Forget everything (drop_pending_updates)."""
        self.waiting.clear()
