"""What a replica claims: its chats and its posts; and how it hears of others' commits.

All claims depend on one connection that gives a sign of life every second. The server closes it after `LEASE`
without one, whether the program was killed, cut off or suspended; then its posts and chats are free. The holder
itself stops a little earlier than another replica can take over.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from secrets import randbits
from typing import Any, Final

import structlog

from bot.complaint.errors import StoreUnusable
from bot.complaint.ids import ChatId, LetterId
from bot.store.port import News, Others, Post
from bot.store.postgres.bundle import CHANNEL
from bot.store.postgres.connecting import Connection, Connector
from bot.store.postgres.serving import OTHERS_HOME, SERVE, STRANGERS
from bot.store.postgres.troubles import OURS, told

LEASE: Final = 3.5
"""Seconds of silence after which a replica is taken for dead."""
COURIER: Final = "courier"
"""The post under which letters are sent."""
BEAT: Final = 0.8
"""Seconds between two signs of life."""
DOUBT: Final = 2.7
"""Seconds without an answer after which a replica gives its own posts up."""

AT_HOME: Final = {
    "idle_session_timeout": f"{int(LEASE * 1000)}ms",
    "synchronous_commit": "off",
}

ALIVE = """
INSERT INTO replicas (id, until) VALUES ($1, clock_timestamp() + $2)
ON CONFLICT (id) DO UPDATE SET until = excluded.until
"""

# Who left without a word long ago takes the claims along.
SWEEP = """
WITH gone AS (DELETE FROM replicas WHERE until < clock_timestamp() - interval '1 hour' RETURNING id)
DELETE FROM claims USING gone WHERE owner = gone.id
"""

LEAVE = """
WITH gone AS (DELETE FROM replicas WHERE id = $1) DELETE FROM claims WHERE owner = $1
"""

TAKE = "SELECT pg_try_advisory_lock(hashtextextended(current_schema() || '/' || $1, 0))"

# Whoever held it before may only stand still: from here on their attempts are refused.
RAISE = """
INSERT INTO posts (name, fence) VALUES ($1, 1)
ON CONFLICT (name) DO UPDATE SET fence = posts.fence + 1 RETURNING fence
"""

HERE: Final = "present"
"""Every replica that asks for posts shares this one, so that the others see it."""
STAND = "SELECT pg_try_advisory_lock_shared(hashtextextended(current_schema() || '/' || $1, 0))"

# Locks go with the connection, so whoever ended is not among them.
OTHERS = """
SELECT coalesce(array_agg(DISTINCT name), '{}') FROM (SELECT name FROM posts UNION SELECT $1) AS known
JOIN pg_locks ON locktype = 'advisory' AND objsubid = 1 AND granted AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND (classid::bigint << 32) | objid::bigint = hashtextextended(current_schema() || '/' || name, 0)
"""

GIVE = "SELECT pg_advisory_unlock(hashtextextended(current_schema() || '/' || $1, 0))"

EVERYTHING: Final = News(arrivals=True, letters=LetterId(1), timers=True, files=True)
"""The notification assumed after a break: anything may have happened."""

_log = structlog.get_logger(__name__)


class Watchman:
    """Keeps one connection alive, on which claims depend."""

    def __init__(self, connector: Connector) -> None:
        self.me: Final = randbits(62)
        self._connector = connector
        self._connection: Connection | None = None
        self._beating: asyncio.Task[None] | None = None
        self._waking = asyncio.Lock()
        self._posts: dict[str, Post] = {}
        self._callbacks: list[Callable[[News], None]] = []
        self._sure_until = 0.0
        self._bot = ""
        self._why = ""
        self._seen = False
        self.fence = 0
        """The fence of the courier's post when we took it last."""

    async def present(self) -> None:
        """Register this replica as alive.

        Raises:
            StoreUnusable: the database cannot be reached.
        """
        async with self._waking:
            await self._attend()
            if self._beating is None:
                self._beating = asyncio.create_task(self._beat())

    async def move_in(self, bot: int) -> None:
        """See `Store.move_in`."""
        self._bot = str(bot)
        strangers = False
        # a server that does not answer now is waited for later, by whoever needs it
        with suppress(StoreUnusable):
            await self.present()
            async with self._waking:
                if self._connection is not None:
                    strangers = await self._ask(self._connection, STRANGERS, self._bot)
        if strangers:
            raise StoreUnusable(f"{self._connector.name}: {OTHERS_HOME}")

    async def hold(self, name: str) -> Post | None:
        """See `Store.hold`."""
        await self.present()
        async with self._waking:
            if name in self._posts:
                return self._posts[name]
            if self._connection is None:
                return None
            if not self._seen:
                self._seen = await self._ask(self._connection, STAND, HERE)
            if not await self._ask(self._connection, TAKE, name):
                return None
            fence = await self._fenced(self._connection, name)
            self._posts[name] = Post(name=name, shared=True, sure=self._is_sure)
            if name == COURIER:
                self.fence = fence
            return self._posts[name]

    async def resign(self, post: Post) -> None:
        """See `Store.resign`."""
        async with self._waking:
            if self._posts.get(post.name) is post and self._connection is not None:
                await self._ask(self._connection, GIVE, post.name)
                del self._posts[post.name]
                post.lost.set()

    async def others(self) -> Others:
        """See `Store.others`."""
        await self.present()
        async with self._waking:
            if self._connection is None:
                return Others()
            found = frozenset(await self._ask(self._connection, OTHERS, HERE))
            return Others(present=HERE in found, posts=found - {HERE})

    async def listen(self, callback: Callable[[News], None]) -> None:
        """See `Store.listen`."""
        if callback not in self._callbacks:
            # it is asked again after an outage
            self._callbacks.append(callback)
        await self.present()

    async def close(self) -> None:
        """Leave, so that the others need not wait for silence."""
        if self._beating is not None:
            self._beating.cancel()
            with suppress(asyncio.CancelledError):
                await self._beating
        if self._connection is not None:
            with suppress(*OURS):
                await self._connection.execute(LEAVE, self.me)
        self.cut()

    def cut(self) -> None:
        """Be gone; the others will find out."""
        self._part()

    async def _beat(self) -> None:
        """Send signs of life; after a break, start over."""
        while True:
            await asyncio.sleep(BEAT)
            async with self._waking:
                try:
                    connection = await self._attend()
                    async with asyncio.timeout_at(self._sure_until):
                        await self._live(connection)
                    self._why = ""
                except (*OURS, StoreUnusable) as error:
                    self._miss(told(error).detail)
                    self._part()

    def _miss(self, why: str) -> None:
        """Log why there is no sign of life: once, until there is one, or another reason."""
        if why != self._why:
            self._why = why
            _log.warning("store_out_of_reach", why=why)

    async def _attend(self) -> Connection:
        """The connection, made anew if it broke."""
        if self._connection is not None and self._connection.is_closed():
            self._part()
        if self._connection is None:
            connection = await self._connector.connect(**AT_HOME)
            try:
                await connection.execute(SWEEP)
                await self._live(connection)
                if self._bot:
                    await connection.execute(SERVE, self._bot)
                await connection.add_listener(CHANNEL, self._hear)
            except OURS as error:
                connection.terminate()
                raise told(error) from error
            connection.add_termination_listener(self._broken)
            self._connection = connection
            self._spread(EVERYTHING)
        return self._connection

    async def _live(self, connection: Connection) -> None:
        asked = asyncio.get_running_loop().time()
        await connection.execute(ALIVE, self.me, timedelta(seconds=LEASE))
        self._sure_until = asked + DOUBT

    async def _ask(self, connection: Connection, query: str, name: str) -> Any:  # noqa: ANN401 - the query's own
        try:
            async with asyncio.timeout_at(self._sure_until):
                return await connection.fetchval(query, name)
        except OURS as error:
            self._part()
            raise told(error) from error

    async def _fenced(self, connection: Connection, name: str) -> int:
        """Advance the fencing number durably: none may be used twice, even after a power loss."""
        try:
            async with asyncio.timeout_at(self._sure_until), connection.transaction():
                await connection.execute("SET LOCAL synchronous_commit = on")
                return int(await connection.fetchval(RAISE, name))
        except OURS as error:
            self._part()
            raise told(error) from error

    def _is_sure(self) -> bool:
        """Whether no other replica can hold our posts yet; False after this process was suspended."""
        return asyncio.get_running_loop().time() < self._sure_until

    def _broken(self, connection: Connection) -> None:
        if connection is self._connection:
            self._lose()

    def _part(self) -> None:
        """Close the connection, and with it give up every post."""
        connection, self._connection, self._seen = self._connection, None, False
        if connection is not None:
            connection.terminate()
        self._lose()

    def _lose(self) -> None:
        for post in self._posts.values():
            post.lost.set()
        self._posts.clear()

    def _hear(self, _connection: Connection, _pid: int, _channel: str, words: str) -> None:
        news = heard(words, self.me)
        if news is not None:
            self._spread(news)

    def _spread(self, news: News) -> None:
        for callback in self._callbacks:
            callback(news)


def spelled(me: int, news: News) -> str:
    """The notification of a commit: sender, kinds of change, lowest letter number, and a moved group."""
    marks = (("a", news.arrivals), ("t", news.timers), ("f", news.files))
    said = "".join(mark for mark, there in marks if there) or "-"
    return " ".join(map(str, (me, said, news.letters or 0, *(news.moved or ()))))


def heard(words: str, me: int) -> News | None:
    """The parsed notification; None if it is our own or not one of ours."""
    try:
        who, what, first, *where = words.split()
        number, groups = int(first), tuple(ChatId(int(one)) for one in where)
    except ValueError:
        return None
    if who == str(me):
        return None
    return News(
        arrivals="a" in what,
        letters=LetterId(number) if number else None,
        timers="t" in what,
        files="f" in what,
        moved=(groups[0], groups[1]) if len(groups) > 1 else None,
    )
