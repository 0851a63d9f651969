"""Copies an SQLite file while it is used, and puts a copy in its place."""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from stat import S_IMODE
from typing import Final

from bot.complaint.errors import StoreUnusable
from bot.store.copies import (
    BESIDE,
    DOUBTFUL,
    Inventory,
    Progress,
    in_words,
    private_file,
    put_in_place,
    tables_of,
    to_disk,
)
from bot.store.rows import stamp
from bot.store.sqlite import open_sqlite
from bot.store.sqlite.owning import owned

LOOK: Final = 0.2
"""Seconds between two words on how far it is."""
SMALL: Final = 2**63 - 1
"""Bytes: every copy is small enough to be looked through at once."""


async def copy_out(source: Path, part: Path, told: Progress) -> None:
    """Copy everything as of one moment, while the file is used; deleted data is left out.

    Raises:
        SettingsWrong: the copy cannot be written.
    """
    private_file(part)
    size = _size(source)
    copying = asyncio.create_task(asyncio.to_thread(_vacuum, source, part))
    while not copying.done():
        told("copy", min(_size(part), size), size)
        await asyncio.wait({copying}, timeout=LOOK)
    copying.result()
    told("copy", size, size)


@contextmanager
def alone_with(source: Path) -> Iterator[Callable[[Path], None]]:
    """Lock the file exclusively; gives a function that copies it.

    Raises:
        StoreUnusable: a program uses it, or it cannot be read.
    """
    with owned(source), in_words(source), closing(_alone(source)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            raise StoreUnusable(f"{source} is in use: stop the bot first.") from None
        connection.execute("COMMIT")

        def copy(part: Path) -> None:
            private_file(part)
            connection.execute("VACUUM INTO ?", (str(part),))

        yield copy


def _alone(source: Path) -> sqlite3.Connection:
    return sqlite3.connect(source, timeout=0.5, isolation_level=None, check_same_thread=False)


def _size(path: Path) -> int:
    return path.stat().st_size


def _vacuum(source: Path, part: Path) -> None:
    address = f"{source.absolute().as_uri()}?mode=ro"
    with in_words(part), closing(sqlite3.connect(address, uri=True, timeout=30.0)) as connection:
        connection.execute("VACUUM INTO ?", (str(part),))


def check_free(target: Path, *, force: bool, way: str = ", or give --force to set it aside") -> None:
    """Whether a copy may take the place of this file; `way` is what else can be done about a full one.

    Raises:
        StoreUnusable: a program uses it, or there is something in it (which `force` allows).
    """
    if not target.exists() or target.stat().st_size == 0:
        return
    try:
        with closing(sqlite3.connect(target, timeout=0.5, isolation_level=None)) as connection:
            # only whoever is alone with a file may change how it is written; nothing stays in the WAL then
            ((mode,),) = connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            alone, full = mode == "delete", _holds_something(connection)
    except sqlite3.OperationalError:
        alone, full = False, False
    except sqlite3.DatabaseError:
        # damaged, or none at all: the reason why a copy is wanted
        alone, full = True, True
    if not alone:
        raise StoreUnusable(f"{target} is in use: stop the bot first.")
    if full and not force:
        raise StoreUnusable(f"{target} is not empty: name another database{way}.")


def _holds_something(connection: sqlite3.Connection) -> bool:
    tables = [one for one in tables_of(connection) if one != "schema_version"]
    looks = (connection.execute(f'SELECT 1 FROM "{one}" LIMIT 1') for one in tables)  # noqa: S608 - our names
    return any(look.fetchone() for look in looks)


async def take_in(part: Path, found: Inventory, target: Path, *, doubtful: bool = True) -> Path | None:
    """Migrate the copy and put it in the file's place; where the former file was moved.

    `doubtful`: the copy may be older than what its bot did last.

    Raises:
        SettingsWrong: it cannot be written.
        StoreUnusable: it holds other rows than were found in it.
    """
    store = await open_sqlite(str(part), small=SMALL)
    await store.close()
    await asyncio.to_thread(_make_ready, part, found, doubtful=doubtful)
    with in_words(target):
        return _exchange(part, target)


def _exchange(part: Path, target: Path) -> Path | None:
    aside = None
    _own_as(part, target if target.exists() else target.absolute().parent)
    if target.exists():
        aside = _free_name(target)
        for end in reversed(BESIDE):
            # what was written last may stand beside a damaged file
            with suppress(FileNotFoundError):
                target.with_name(target.name + end).replace(aside.with_name(aside.name + end))
    put_in_place(part, target)
    return aside


def _free_name(target: Path) -> Path:
    """A name for what was there before, which nothing else has."""
    now = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    ends = chain([""], (f"-{number}" for number in count(2)))
    names = (target.with_name(f"{target.name}.before-{now}{end}") for end in ends)
    return next(one for one in names if not one.exists())


def _own_as(part: Path, model: Path) -> None:
    """Give the copy the former file's owner, so that the bot's user can use it."""
    found = model.stat()
    if model.is_file():
        part.chmod(S_IMODE(found.st_mode))
    with suppress(PermissionError):
        os.chown(part, found.st_uid, found.st_gid)


def _make_ready(part: Path, found: Inventory, *, doubtful: bool) -> None:
    with in_words(part), closing(sqlite3.connect(part, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")
        for table, count in found.rows.items():
            ((now,),) = copy.execute(f'SELECT count(*) FROM "{table}"').fetchall()  # noqa: S608 - our names
            if now != count and table != "schema_version":
                raise StoreUnusable(f"{part}: {count} rows of {table} became {now}; nothing was changed.")
        if doubtful:
            copy.execute(DOUBTFUL, (stamp(datetime.now(UTC)),))
    with in_words(part):
        to_disk(part)
