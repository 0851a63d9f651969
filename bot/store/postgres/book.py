"""The connection that writes, and the connections that read.

A round trip to the server costs more than most statements, so a round of the clerk is one statement (see `bundle`),
which commits by itself. Work that arrives during a trip shares the next one: one transaction, one flush to disk. If
one piece of work fails, the transaction is rolled back and each piece runs by itself. A savepoint for each would
cost time on every success.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, Generic, TypeVar

from bot.complaint.errors import ComplaintError, StoreUnusable
from bot.store.postgres.bundle import held
from bot.store.postgres.connecting import PATIENCE, Connection, Connector
from bot.store.postgres.troubles import LOST, OURS, UNHELD, told
from bot.store.rows import Row

T = TypeVar("T")
Work = Callable[[Connection], Awaitable[T]]

FAILURES = (*OURS, ComplaintError, UnicodeError, OverflowError)
"""Errors of one errand that do not affect the others of its transaction."""

READERS: Final = 4


class _Errand(Generic[T]):
    """A function that waits for the connection. `plain` is one statement, which needs no transaction."""

    __slots__ = ("home", "plain", "work")

    def __init__(self, work: Work[T], home: asyncio.Future[T], *, plain: bool) -> None:
        self.work = work
        self.home = home
        self.plain = plain

    def succeed(self, result: T) -> None:
        if not self.home.done():
            self.home.set_result(result)

    def fail(self, error: BaseException) -> None:
        if not self.home.done():
            self.home.set_exception(told(error) if isinstance(error, FAILURES) else error)


class Book:
    """The one writing connection. It reconnects by itself."""

    def __init__(self, connector: Connector, connection: Connection) -> None:
        self._connector = connector
        self._connection: Connection | None = connection
        self._closed = False
        self._errands: deque[_Errand[Any]] = deque()
        self._travelling: asyncio.Task[None] | None = None

    async def run(self, work: Work[T], *, plain: bool = False) -> T:
        """Run a function in a transaction, and return its result. It may be run again if others failed.

        Raises:
            RecordRefused: a constraint of the schema forbids it, or a value is none the database can hold.
            SomeoneWasFirst: another replica changed the same rows.
            StoreUnusable: the database cannot do it now. Whether it was done is unknown if the connection was
                lost in the middle; every write of ours may be given again.
        """
        errand = _Errand(work, asyncio.get_running_loop().create_future(), plain=plain)
        self._errands.append(errand)
        if self._travelling is None:
            self._travelling = asyncio.create_task(self._travel())
        result: T = await errand.home
        return result

    async def change(self, statement: str, *values: object) -> list[Row]:
        """Run one statement, and return its rows."""
        sent = [held(value) for value in values]
        return await self.run(lambda connection: connection.fetch(statement, *sent), plain=True)

    async def close(self) -> None:
        """Finish what waits and let the connection go."""
        if self._travelling is not None:
            await asyncio.wait({self._travelling})
        if self._connection is not None:
            await _let_go(self._connection)

    def cut(self) -> None:
        """Write nothing more: whoever waits hears that the database cannot be reached."""
        self._closed = True
        if self._connection is not None:
            self._connection.terminate()

    async def _travel(self) -> None:
        try:
            while self._errands:
                trip = [errand for errand in self._errands if not errand.home.cancelled()]
                self._errands.clear()
                await self._go(trip)
        finally:
            self._travelling = None

    async def _go(self, trip: list[_Errand[Any]]) -> None:
        try:
            connection = await self._connected()
        except StoreUnusable as error:
            for errand in trip:
                errand.fail(StoreUnusable(error.detail))
            return
        with suppress(*OURS):
            # what is wrong with the connection will show in the work itself
            await self._connector.replan(connection)
        if len(trip) == 1 or not await _together(connection, trip):
            for errand in trip:
                await _alone(await self._connected_or(connection), errand)
        if connection.is_closed():
            self._connection = None

    async def _connected(self) -> Connection:
        if self._closed:
            raise StoreUnusable("The connection is closed.")
        if self._connection is None or self._connection.is_closed():
            self._connection = None
            self._connection = await self._connector.connect()
        return self._connection

    async def _connected_or(self, broken: Connection) -> Connection:
        """The connection, anew if need be; the broken one if there is none, to fail with its reason."""
        try:
            return await self._connected()
        except StoreUnusable:
            return broken


async def _together(connection: Connection, trip: list[_Errand[Any]]) -> bool:
    """Run all in one transaction; False if one failed, so that all were undone."""
    results = []
    try:
        async with connection.transaction():
            for errand in trip:
                results.append(await errand.work(connection))  # noqa: PERF401 - one after the other
    except Exception as error:  # noqa: BLE001 - each runs by itself then, and hears its own
        if isinstance(error, LOST):
            connection.terminate()
        return False
    for errand, result in zip(trip, results, strict=True):
        errand.succeed(result)
    return True


async def _alone(connection: Connection, errand: _Errand[Any]) -> None:
    try:
        if errand.plain:
            errand.succeed(await errand.work(connection))
            return
        async with connection.transaction():
            result = await errand.work(connection)
        errand.succeed(result)
    except Exception as error:  # noqa: BLE001 - it is raised where somebody waits for it
        if isinstance(error, LOST):
            connection.terminate()
        errand.fail(error)


class Readers:
    """A few reading connections. A broken one is replaced, and its query repeated."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._resting: list[Connection] = []
        self._room = asyncio.Semaphore(READERS)

    @asynccontextmanager
    async def borrowed(self) -> AsyncIterator[Connection]:
        """A connection for a while.

        Raises:
            StoreUnusable: the database cannot be reached.
        """
        async with self._room:
            connection = await self._one()
            try:
                await self._connector.replan(connection)
                yield connection
            except OURS as error:
                if isinstance(error, LOST):
                    connection.terminate()
                raise told(error) from (None if isinstance(error, UNHELD) else error)
            finally:
                if not connection.is_closed():
                    self._resting.append(connection)

    async def fetch(self, query: str, *values: object) -> list[Row]:
        """All rows of one query. It must do no harm when it is asked twice."""
        sent = [held(value) for value in values]
        for last in (False, True):
            try:
                async with self.borrowed() as connection:
                    found: list[Row] = await connection.fetch(query, *sent)
                    return found
            except StoreUnusable as error:
                if last or not isinstance(error.__cause__, LOST) or isinstance(error.__cause__, TimeoutError):
                    raise
        raise AssertionError

    async def close(self) -> None:
        """Let all connections go."""
        while self._resting:
            await _let_go(self._resting.pop())

    def cut(self) -> None:
        """Let go of those that rest; one that somebody has still borrowed ends with its query."""
        while self._resting:
            self._resting.pop().terminate()

    async def _one(self) -> Connection:
        while self._resting:
            connection = self._resting.pop()
            if not connection.is_closed():
                return connection
        # what it writes are claims, which need not outlive the server
        return await self._connector.connect(synchronous_commit="off")


async def _let_go(connection: Connection) -> None:
    try:
        await connection.close(timeout=PATIENCE / 5)
    except OURS:
        connection.terminate()
