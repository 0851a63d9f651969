"""The store on SQLite (aiosqlite): one connection writes, another reads beside it."""

import sqlite3
from pathlib import Path

from bot.complaint.errors import ComplaintError, StoreUnusable
from bot.store.sqlite.accounts import AccountCabinet
from bot.store.sqlite.audit import AuditCabinet
from bot.store.sqlite.boards import BoardCabinet
from bot.store.sqlite.book import Book, advice
from bot.store.sqlite.condition import ConditionCabinet
from bot.store.sqlite.figures import Figures
from bot.store.sqlite.files import FileCabinet
from bot.store.sqlite.inbox import Inbox
from bot.store.sqlite.incidents import IncidentCabinet
from bot.store.sqlite.keeping import KeepingCabinet
from bot.store.sqlite.learning import LearningCabinet
from bot.store.sqlite.ledger import Ledger
from bot.store.sqlite.opening import check_place, make_private, prepare
from bot.store.sqlite.outbox import Outbox
from bot.store.sqlite.overview import OverviewCabinet
from bot.store.sqlite.owning import OpenFile
from bot.store.sqlite.posts import PostCabinet
from bot.store.sqlite.retiring import RetiringCabinet
from bot.store.sqlite.roster import RosterCabinet
from bot.store.sqlite.soundness import AFTER, SMALL, Patrol, is_larger

BUSY_SECONDS = 5.0
"""How long to wait for another program that holds the file."""

LAST_LETTER = "SELECT coalesce(max(id), 0) FROM outbox"


class SqliteStore(
    Inbox,
    Ledger,
    Outbox,
    Figures,
    RosterCabinet,
    AuditCabinet,
    FileCabinet,
    BoardCabinet,
    OverviewCabinet,
    ConditionCabinet,
    PostCabinet,
    RetiringCabinet,
    KeepingCabinet,
    IncidentCabinet,
    AccountCabinet,
    LearningCabinet,
):
    """`bot.store.port.Store` on a file of SQLite's."""

    patrol: Patrol | None = None
    """Looks through a large file meanwhile."""

    def send_patrol(self, path: Path, after: float = AFTER) -> None:
        """Start the background check; if it finds damage, all further calls fail."""

        def found(reason: StoreUnusable) -> None:
            for book in (self._writer, self._reader):
                book.refuse(StoreUnusable(f"{path}: {reason.detail}"))

        self.patrol = Patrol(path, found, after)
        self.patrol.begin()

    async def close(self) -> None:
        """See `Store.close`."""
        if self.patrol is not None:
            self.patrol.stop()
        if self._reader is not self._writer:
            await self._reader.close()
        await self._writer.close()
        if self._owner is not None:
            self._owner.release()


async def open_sqlite(
    path: str | None,
    *,
    create: bool = True,
    busy_seconds: float = BUSY_SECONDS,
    small: int = SMALL,
    after: float = AFTER,
) -> SqliteStore:
    """Open the file, or with `path` None a database in memory.

    A file of more than `small` bytes is looked through while it is already used, `after` so many seconds.

    Raises:
        StoreUnusable: it cannot be used; the sentence says what to do.
    """
    if path is None:
        return await _furnished(await Book.open(":memory:", writes=True, busy_seconds=0), None, create=True)
    check_place(Path(path), create=create)
    make_private(Path(path))
    writer = await _opened(path, writes=True, busy_seconds=busy_seconds)
    large = is_larger(Path(path), small)
    store = await _furnished(writer, path, create=create, busy_seconds=busy_seconds, look=not large)
    store.file = OpenFile(Path(path))
    if large:
        store.send_patrol(Path(path), after)
    return store


async def _opened(path: str, *, writes: bool, busy_seconds: float) -> Book:
    try:
        return await Book.open(path, writes=writes, busy_seconds=busy_seconds)
    except sqlite3.Error as error:
        raise StoreUnusable(f"{path}: {advice(error)}") from error


async def _furnished(
    writer: Book, path: str | None, *, create: bool, busy_seconds: float = 0, look: bool = True
) -> SqliteStore:
    """The store over a fresh connection, which is closed again if anything is wrong."""
    try:
        await prepare(writer, create=create, on_disk=path is not None, look=look)
        last = await writer.run(lambda connection: connection.execute(LAST_LETTER).fetchone())
        reader = writer
        if path is not None:
            reader = await _opened(path, writes=False, busy_seconds=busy_seconds)
            await reader.plainly("PRAGMA query_only = ON;")
    except (ComplaintError, sqlite3.Error) as error:
        await writer.close()
        reason = error.detail if isinstance(error, ComplaintError) else advice(error)
        raise StoreUnusable(reason if path is None else f"{path}: {reason}") from error
    return SqliteStore(writer, reader, last_letter=int(last[0]))
