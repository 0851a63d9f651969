"""Opens a file: sets the connection up, checks the file, and migrates its schema."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.complaint.errors import StoreUnusable
from bot.store.migrations import Migration, latest, migrations
from bot.store.rows import stamp
from bot.store.sqlite.book import Book
from bot.store.sqlite.soundness import check_soundness

OLDEST_SQLITE = (3, 38, 0)
"""The first with the ->> operator (STRICT tables are older)."""

SETTINGS = """
PRAGMA foreign_keys = ON;
PRAGMA synchronous = FULL;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -16000;
PRAGMA wal_autocheckpoint = 4000;
"""

_RECORD = "INSERT INTO schema_version (version, name, applied_at) VALUES (?, ?, ?)"


def check_place(path: Path, *, create: bool) -> None:
    """Check the path before opening, so that common mistakes get a plain message.

    Raises:
        StoreUnusable: the file cannot be there, or cannot be used by us.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreUnusable(f"SQLite {sqlite3.sqlite_version} is too old: 3.38 or newer is needed.")
    folder = path.absolute().parent
    if path.is_dir():
        raise StoreUnusable(f"{path} is a folder: name a file in it.")
    if not folder.is_dir():
        raise StoreUnusable(f"The folder {folder} does not exist: make it, or name another.")
    if not path.exists() and not create:
        raise StoreUnusable(f"There is no database at {path}: check the path, or make one with `migrate`.")
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.R_OK | os.W_OK)):
        raise StoreUnusable(f"{path} may not be written: give this user the right to, and to its folder.")


def make_private(path: Path) -> None:
    """Make the file if there is none, for this user alone: what SQLite lays beside it has the same rights.

    Raises:
        StoreUnusable: it cannot be made.
    """
    if path.exists():
        return
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as wrong:
        raise StoreUnusable(f"{path} cannot be made ({wrong.strerror}).") from wrong


async def prepare(book: Book, *, create: bool, on_disk: bool, look: bool) -> None:
    """Set pragmas, check the file if it is small, and migrate its schema."""
    await book.plainly(SETTINGS)
    if on_disk:
        await book.plainly("PRAGMA journal_mode = WAL;")
    if look:
        await book.run(check_soundness)
    await book.run(lambda connection: _bring_up_to_date(connection, migrate=create))


def _bring_up_to_date(connection: sqlite3.Connection, *, migrate: bool) -> None:
    """Apply the missing migrations, in the present transaction."""
    known = migrations("sqlite")
    now = _schema_version(connection)
    if now > known[-1].version:
        raise StoreUnusable(
            f"Its schema ({now}) is newer than this program's ({known[-1].version}): run a newer program."
        )
    missing = [step for step in known if step.version > now]
    if missing and not migrate:
        raise StoreUnusable(f"Its schema ({now}) is older than this program's: run `complaint-bot migrate`.")
    if now == 0:
        _run_script(connection, latest("sqlite"))
        connection.executemany(_RECORD, [_record(step) for step in missing])
        return
    for step in missing:
        _run_script(connection, step.script)
        connection.execute(_RECORD, _record(step))


def _record(step: Migration) -> tuple[int, str, str]:
    return (step.version, step.name, stamp(datetime.now(UTC)))


def _schema_version(connection: sqlite3.Connection) -> int:
    """The newest step that was applied; 0 for an empty file."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return 0
    if "schema_version" not in tables:
        raise StoreUnusable("The file belongs to another program: name another file.")
    (version,) = connection.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()
    return int(version)


def _run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run statement by statement, since `executescript` would commit the transaction."""
    for statement in _statements(script):
        connection.execute(statement)


def _statements(script: str) -> Iterator[str]:
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
