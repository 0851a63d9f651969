"""Copies a PostgreSQL database into an SQLite file, and such a file into an empty database.

Both kinds hold the same rows, so a copy is every row of every table of the file's schema. Each is compared.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.complaint.errors import StoreUnusable
from bot.store.copies import DOUBTFUL, Progress, empty_copy, in_words, our_tables, tables_of
from bot.store.postgres.bundle import held
from bot.store.postgres.connecting import Connection, Connector
from bot.store.postgres.troubles import OURS
from bot.store.postgres.troubles import told as in_our_words
from bot.store.rows import Row, stamp

PAGE: Final = 500
"""Rows that are under way at once."""
PART: Final = 20
"""… and of those that hold parts of files."""
ALIVE: Final = "SELECT count(*) FROM replicas WHERE until > clock_timestamp()"
NUMBERED: Final = ("inbox", "timeline", "accounts")
OLD: Final = "schema_version"


def _columns(copy: sqlite3.Connection, table: str) -> tuple[list[str], list[str]]:
    """The columns of a table, and those of its key in order."""
    found = copy.execute(f'PRAGMA table_info("{table}")').fetchall()
    key = sorted((row[5], row[1]) for row in found if row[5])
    return [f'"{row[1]}"' for row in found], [f'"{name}"' for _, name in key]


def _query(copy: sqlite3.Connection, table: str) -> str:
    columns, key = _columns(copy, table)
    return f"SELECT {', '.join(columns)} FROM {table} ORDER BY {', '.join(key)}"  # noqa: S608 - names of our own


def _ordered(copy: sqlite3.Connection) -> list[str]:
    """Tables in an order in which nothing names what does not exist yet."""
    names = [one for one in tables_of(copy) if one != OLD]
    return sorted(names, key=lambda one: (one != "cases", one))


class _Sum:
    """A checksum over rows in order."""

    def __init__(self) -> None:
        self.count = 0
        self._digest = sha256()

    def add(self, rows: list[Row]) -> None:
        self.count += len(rows)
        for row in rows:
            self._digest.update(repr(row).encode("utf-8", "surrogatepass"))

    @property
    def all(self) -> tuple[int, str]:
        """How many, and what they come to."""
        return self.count, self._digest.hexdigest()


async def copy_out(url: str, part: Path, told: Progress) -> None:
    """Copy everything as of one moment, while replicas read and write.

    Raises:
        StoreUnusable: it cannot be read, the copy cannot be written, or is not the same.
    """
    connection = await Connector(url).connect(idle_in_transaction_session_timeout="0")
    try:
        with in_words(part), closing(empty_copy(part)) as copy:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                for table in _ordered(copy):
                    await _table_out(connection, copy, table, told)
    except OURS as error:
        raise in_our_words(error) from error
    finally:
        connection.terminate()


async def _table_out(connection: Connection, copy: sqlite3.Connection, table: str, told: Progress) -> None:
    columns, _ = _columns(copy, table)
    put = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
    total = await connection.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608 - as above
    there, here = _Sum(), _Sum()
    copy.execute("BEGIN")
    async for rows in _pages(connection, _query(copy, table), table):
        there.add(rows)
        await asyncio.to_thread(copy.executemany, put, rows)
        told(table, there.count, total)
    copy.execute("COMMIT")
    for rows in _rows_of(copy, table):
        here.add(rows)
    if here.all != there.all:
        raise StoreUnusable(f"{table}: the copy is not the same as the database; make it again.")


async def _pages(connection: Connection, query: str, table: str) -> AsyncIterator[list[Row]]:
    size = PART if table == "blobs" else PAGE
    cursor = await connection.cursor(query)
    while rows := await cursor.fetch(size):
        yield [tuple(row) for row in rows]


def _rows_of(copy: sqlite3.Connection, table: str) -> Iterator[list[Row]]:
    size = PART if table == "blobs" else PAGE
    cursor = copy.execute(_query(copy, table))
    while rows := cursor.fetchmany(size):
        # a NUL in a text is shown by PostgreSQL with a sign of its own
        yield [tuple(held(value) for value in row) for row in rows]


async def check_unused(url: str, *, empty: bool = False) -> None:
    """Check that no bot uses this database, and, if asked, that it is empty.

    Raises:
        StoreUnusable: a program uses it, or there is something in it.
    """
    connector = Connector(url)
    connection = await connector.connect()
    try:
        if await connection.fetchval(ALIVE):
            raise StoreUnusable(f"{connector.name} is in use: stop every bot that uses it first.")
        if not empty:
            return
        for table in sorted(our_tables() - {OLD}):
            if await connection.fetchval(f"SELECT EXISTS (SELECT FROM {table})"):  # noqa: S608 - names of ours
                raise StoreUnusable(
                    f"{connector.name} is not empty: make a new one with `createdb`, and name that."
                )
    except OURS as error:
        raise in_our_words(error) from error
    finally:
        connection.terminate()


async def check_free(url: str) -> None:
    """Whether a copy may be written into this database.

    Raises:
        StoreUnusable: a program uses it, or there is something in it.
    """
    await check_unused(url, empty=True)


async def take_in(url: str, part: Path, told: Progress, *, doubtful: bool = True) -> None:
    """Write the copy into the empty database: all of it or nothing.

    `doubtful`: the copy may be older than what its bot did last.

    Raises:
        StoreUnusable: it cannot be written, or did not become the same.
    """
    connection = await Connector(url).connect(idle_in_transaction_session_timeout="0")
    try:
        with in_words(part), closing(sqlite3.connect(part, check_same_thread=False)) as copy:
            async with connection.transaction():
                for table in _ordered(copy):
                    await _table_in(connection, copy, table, told)
                for table in NUMBERED:
                    await connection.execute(
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608 - names of ours
                        f"greatest((SELECT max(id) FROM {table}), 1))"
                    )
                if doubtful:
                    await connection.execute(DOUBTFUL.replace("?", "$1"), stamp(datetime.now(UTC)))
    except OURS as error:
        raise in_our_words(error) from error
    finally:
        connection.terminate()


async def _table_in(connection: Connection, copy: sqlite3.Connection, table: str, told: Progress) -> None:
    columns = [one.strip('"') for one in _columns(copy, table)[0]]
    ((total,),) = copy.execute(f"SELECT count(*) FROM {table}").fetchall()  # noqa: S608 - names of our own
    here, there = _Sum(), _Sum()
    for rows in _rows_of(copy, table):
        here.add(rows)
        await connection.copy_records_to_table(table, records=rows, columns=columns)
        told(table, here.count, total)
    async for rows in _pages(connection, _query(copy, table), table):
        there.add(rows)
    if here.all != there.all:
        raise StoreUnusable(f"{table}: the database is not the same as the copy; nothing was written.")
