"""A connection on aiosqlite's thread that runs whole functions, several in one transaction.

A statement sent through aiosqlite costs a switch to its thread and back, more than most statements themselves. So
this connection runs a whole function of the plain connection in one switch: `sqlite3.connect` accepts a connection
class of our own, and `aiosqlite.Connection.commit` calls its `commit`. Functions that wait at that moment share one
transaction, and so one flush to disk; each has a savepoint, so that one failure does not affect the others.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

import aiosqlite

from bot.complaint.errors import ComplaintError, RecordRefused, StoreUnusable

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

OURS = (sqlite3.Error, ComplaintError, UnicodeError, OverflowError)
"""Errors of one errand that do not affect the others of its transaction."""


class _Errand(Generic[T]):
    """A function that waits for the thread, and its result."""

    __slots__ = ("error", "home", "results", "work")

    def __init__(self, work: Work[T]) -> None:
        self.work = work
        self.results: list[T] = []
        self.error: BaseException | None = None
        self.home = False
        """Nothing more will happen to it: it is durable, or undone."""

    def carry_out(self, connection: sqlite3.Connection) -> None:
        self.results.append(self.work(connection))

    def outcome(self) -> T:
        if self.error is not None:
            raise self.error
        return self.results[0]


class _Carrier(sqlite3.Connection):
    """A connection whose `commit` runs every waiting errand in one transaction."""

    def __init__(self, *args: Any, errands: deque[_Errand[Any]], begin: str, **named: Any) -> None:  # noqa: ANN401 - passed on as they came
        super().__init__(*args, **named)
        self._errands = errands
        self._begin = begin

    def commit(self) -> None:
        """Run what waits; does nothing if an earlier call already ran it."""
        trip: list[_Errand[Any]] = []
        while self._errands:
            trip.append(self._errands.popleft())
        if not trip:
            return
        try:
            self.execute(self._begin)
            self._carry_out(trip)
            self.execute("COMMIT")
        except BaseException as error:
            for errand in trip:
                errand.error = errand.error or error
            raise
        finally:
            if self.in_transaction:
                self.execute("ROLLBACK")
            for errand in trip:
                errand.home = True

    def _carry_out(self, trip: list[_Errand[Any]]) -> None:
        if len(trip) == 1:
            trip[0].carry_out(self)
            return
        for errand in trip:
            self.execute("SAVEPOINT errand")
            try:
                errand.carry_out(self)
            except OURS as error:
                if not self.in_transaction:
                    raise
                errand.error = error
                self.execute("ROLLBACK TO errand")
            self.execute("RELEASE errand")


class Book:
    """A connection; `read` and `write` differ only in the lock they take."""

    def __init__(self, connection: aiosqlite.Connection, errands: deque[_Errand[Any]]) -> None:
        self._connection = connection
        self._errands = errands
        self._trip: asyncio.Event | None = None
        self._refusal: StoreUnusable | None = None

    def refuse(self, reason: StoreUnusable) -> None:
        """Refuse all further work, with this reason."""
        self._refusal = reason

    @classmethod
    async def open(cls, database: str, *, writes: bool, busy_seconds: float, **named: Any) -> "Book":  # noqa: ANN401 - sqlite3.connect's own
        """Open the file (or address) `database`; `writes` takes the write lock at the start of each trip."""
        errands: deque[_Errand[Any]] = deque()
        begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
        # a thread of aiosqlite's that fails to open outlives the failure; so it is tried plainly first
        await asyncio.to_thread(_try, database, **named)
        connection = await aiosqlite.connect(
            database,
            timeout=busy_seconds,
            isolation_level=None,
            cached_statements=256,
            factory=partial(_Carrier, errands=errands, begin=begin),
            **named,
        )
        return cls(connection, errands)

    async def run(self, work: Work[T]) -> T:
        """Run a function in a transaction, and return its result.

        Raises:
            RecordRefused: a constraint of the schema forbids it, or a value is none the database can hold.
            StoreUnusable: the database cannot do it now, or it was found damaged.
        """
        if self._refusal is not None:
            raise self._refusal
        errand = _Errand(work)
        self._errands.append(errand)
        try:
            while not errand.home:
                await self._next_trip()
            return errand.outcome()
        except (sqlite3.IntegrityError, UnicodeError, OverflowError) as error:
            raise RecordRefused(f"{error}.") from error
        except sqlite3.Error as error:
            raise StoreUnusable(advice(error)) from error

    async def _next_trip(self) -> None:
        """Wait for the running commit, or start one: whoever comes meanwhile shares the next."""
        if self._trip is not None:
            await self._trip.wait()
            return
        self._trip = trip = asyncio.Event()
        try:
            await self._connection.commit()
        finally:
            self._trip = None
            trip.set()

    async def plainly(self, statements: str) -> None:
        """Run statements that no transaction may contain, such as pragmas."""
        await self._connection.executescript(statements)

    async def close(self) -> None:
        """Close the connection once all earlier work is done."""
        await self._connection.close()


def _try(database: str, **named: Any) -> None:  # noqa: ANN401 - sqlite3.connect's own
    sqlite3.connect(database, **named).close()


def advice(error: sqlite3.Error) -> str:
    """What the operator can do about an SQLite error."""
    text = str(error)
    hints = {
        "locked": "another program holds it; stop that program, or wait until it is done",
        "readonly": "it may not be written; give this user the right to write the file and its folder",
        "unable to open": "the file or its folder cannot be opened; check the path and the rights",
        "full": "the disk is full; make room",
        "not a database": "the file is not an SQLite database; name another file",
        "malformed": "the file is damaged; bring a copy back with `restore COPY --force`",
        "disk I/O": "the disk does not answer as it should; check it",
    }
    hint = next((hint for sign, hint in hints.items() if sign in text), None)
    return f"SQLite says: {text}." if hint is None else f"{hint[0].upper()}{hint[1:]} (SQLite says: {text})."
