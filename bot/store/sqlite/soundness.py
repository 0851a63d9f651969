"""Integrity checks: a small file before it is used, a large one in the background.

The check reads the whole file except the evidence, which has hashes of its own: half a second for 64 MB, a minute for
gigabytes, too long for a start. Damage that is read before the check finds it is refused by SQLite itself. After a
start people wait for answers, so the check begins late and runs at low priority.
"""

import asyncio
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from threading import Event, Thread, get_native_id
from time import monotonic
from typing import Final

import structlog

from bot.complaint.errors import StoreUnusable
from bot.store.sqlite.book import advice

SMALL: Final = 64 * 1024 * 1024
"""Bytes up to which a file is looked through at once."""

AFTER: Final = 15.0
"""Seconds after the start until a large file is looked through: what waited for the start goes first."""

YIELDING: Final = 10
"""The niceness of the checking thread."""

TABLES: Final = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('blobs', 'sqlite_sequence')"
)

_log = structlog.get_logger(__name__)


def is_larger(path: Path, size: int) -> bool:
    """Whether the file has more than so many bytes."""
    return path.stat().st_size > size


def check_soundness(connection: sqlite3.Connection) -> None:
    """Check every table and its indexes.

    Raises:
        StoreUnusable: one is damaged.
    """
    for (table,) in connection.execute(TABLES).fetchall():
        (answer,) = connection.execute('PRAGMA quick_check("{}")'.format(table.replace('"', '""'))).fetchone()
        if answer != "ok":
            raise StoreUnusable(
                f"The file is damaged; bring a copy back with `restore COPY --force` (SQLite says: {answer})."
            )


class Patrol:
    """Checks a large file on a connection and thread of its own, while the bot already works.

    It begins `after` so many seconds; `found` is called from that thread when something is damaged.
    """

    def __init__(self, path: Path, found: Callable[[StoreUnusable], None], after: float = AFTER) -> None:
        self._path = path
        self._found = found
        self._after = after
        self._loop = asyncio.get_running_loop()
        self._connection: sqlite3.Connection | None = None
        self._stopped = Event()
        self.over = asyncio.Event()
        """All was looked through, or something was found."""

    def begin(self) -> None:
        """Start. Nobody has to wait for the thread, since it only reads."""
        Thread(target=self._go, name="patrol", daemon=True).start()

    def stop(self) -> None:
        """Stop checking."""
        self._stopped.set()
        if self._connection is not None:
            with suppress(sqlite3.ProgrammingError):  # it has just been closed
                self._connection.interrupt()

    def _go(self) -> None:
        if self._stopped.wait(self._after):
            return
        _give_way()
        begun = monotonic()
        address = f"{self._path.absolute().as_uri()}?mode=ro"
        try:
            with closing(sqlite3.connect(address, uri=True, check_same_thread=False)) as connection:
                self._connection = connection
                check_soundness(connection)
            _log.info("looked_through", seconds=round(monotonic() - begun, 1))
        except StoreUnusable as error:
            self._found(error)
        except sqlite3.Error as error:
            if not self._stopped.is_set():
                self._found(StoreUnusable(advice(error)))
        with suppress(RuntimeError):  # the house is closed already
            self._loop.call_soon_threadsafe(self.over.set)


def _give_way() -> None:
    """Lower this thread's priority, where the system can."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, get_native_id(), YIELDING)
