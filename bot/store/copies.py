"""Backup files: SQLite files with our schema, whichever kind of database they come from.

A file is verified completely: every page, every foreign key, every seal of the audit, the hash of every kept file.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.complaint.errors import SettingsWrong
from bot.store.migrations import latest, migrations
from bot.store.rows import Row, stamp
from bot.store.seals import first_broken
from bot.store.sqlite.book import advice

Progress = Callable[[str, int, int], None]
"""Told what is being done, how far it is, and how much there is of it."""

PRIVATE: Final = 0o600
"""Rights of a copy: it holds what customers have told."""

HEAD: Final = 100
"""Bytes at the beginning of an SQLite file that tell how it is written."""

BESIDE: Final = ("", "-wal", "-shm", "-journal")
"""How the names of a database's files end."""

TABLES: Final = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
)

KEPT: Final = "SELECT DISTINCT sha256 FROM files WHERE state = 'kept' ORDER BY sha256"

PARTS: Final = "SELECT bytes FROM blobs WHERE sha256 = ? ORDER BY place"

SEALED: Final = 'SELECT id, body, seal, case_no, at, "by", act, refused FROM deeds ORDER BY id'

NEWEST: Final = "SELECT max(at) FROM (SELECT max(at) AS at FROM inbox UNION ALL SELECT max(at) FROM timeline)"

# Whether they went out after the copy was made nobody knows: so they count as attempted, and go once, marked.
DOUBTFUL: Final = """
UPDATE outbox SET attempted_at = coalesce(attempted_at, ?), attempts = CASE attempts WHEN 0 THEN 1 ELSE attempts END
WHERE outcome = 'waiting'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What a copy holds."""

    schema: int
    rows: dict[str, int]
    """Rows of every table."""
    files: int
    """Files kept as evidence."""
    newest: datetime | None
    """The latest moment in it."""
    waiting: int
    """Letters that wait."""
    findings: list[str] = field(default_factory=list)
    """Altered records in an otherwise sound file."""

    def __str__(self) -> str:
        """The figures that tell a person whether it is the right one."""
        newest = "never" if self.newest is None else self.newest.astimezone().isoformat(timespec="seconds")
        return (
            f"{self.rows['cases']} cases, {self.rows['timeline']} lines of talks, {self.files} files, "
            f"{self.rows.get('deeds', 0)} lines of the audit, {self.waiting} letters that wait; "
            f"schema {self.schema}, last change {newest}"
        )


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """File errors as one sentence that names the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise SettingsWrong(f"{path}: {advice(error)}") from error
    except OSError as error:
        raise SettingsWrong(f"{path}: {error.strerror or type(error).__name__}.") from error


def examine(path: Path, told: Progress) -> Inventory:
    """Verify a copy completely.

    Raises:
        SettingsWrong: it is no copy of a desk, is newer than this program, or is damaged.
    """
    if not path.is_file():
        raise SettingsWrong(f"There is no file {path}: check the path.")
    with in_words(path):
        _check_length(path)
    address = f"{path.absolute().as_uri()}?mode=ro"
    with _whole(path), in_words(path), closing(sqlite3.connect(address, uri=True)) as copy:
        tables = tables_of(copy)
        if not {"schema_version", "cases", "inbox", "outbox"} <= set(tables):
            raise SettingsWrong(f"{path} is no copy of a desk: name a file that `backup` has made.")
        ((schema,),) = copy.execute("SELECT max(version) FROM schema_version").fetchall()
        _check_schema(path, schema, tables)
        told("pages", 0, 1)
        ((answer,),) = copy.execute("PRAGMA integrity_check(1)").fetchall()
        if answer != "ok" or copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise SettingsWrong(f"{path} is damaged; take another copy (SQLite says: {answer}).")
        told("pages", 1, 1)
        return _inventory(copy, schema, tables, told)


def _check_length(path: Path) -> None:
    """Whether the last page is whole: SQLite reads what is missing of it as zeros."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    size = int.from_bytes(head[16:18], "big")
    page = 65_536 if size == 1 else size
    if head.startswith(b"SQLite format 3") and page and path.stat().st_size % page:
        raise SettingsWrong(f"{path} is damaged; take another copy (its end is missing).")


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """Damage to a copy, where the advice for a damaged desk, to bring a copy back, would lead in a circle."""
    try:
        yield
    except SettingsWrong as error:
        cause = error.__cause__
        if isinstance(cause, sqlite3.Error) and "malformed" in str(cause):
            raise SettingsWrong(f"{path} is damaged; take another copy (SQLite says: {cause}).") from cause
        raise


def tables_of(connection: sqlite3.Connection) -> list[str]:
    """The names of our tables."""
    return [name for (name,) in connection.execute(TABLES)]


def our_tables() -> set[str]:
    """The names of all tables that a copy has today."""
    with closing(sqlite3.connect(":memory:")) as ours:
        ours.executescript(latest("sqlite"))
        return set(tables_of(ours))


def _check_schema(path: Path, schema: int, tables: list[str]) -> None:
    known = migrations("sqlite")
    if schema > known[-1].version:
        raise SettingsWrong(
            f"{path} was made by a newer program (schema {schema}, ours is {known[-1].version}): run that one."
        )
    with closing(sqlite3.connect(":memory:")) as ours:
        for step in known[:schema]:
            ours.executescript(step.script)
        if tables_of(ours) != tables:
            raise SettingsWrong(
                f"{path} has other tables than schema {schema}: name a file that `backup` made."
            )


def _inventory(copy: sqlite3.Connection, schema: int, tables: list[str], told: Progress) -> Inventory:
    findings = []
    # older schemas had neither an audit nor files
    broken = asyncio.run(first_broken(_sealed(copy))) if "deeds" in tables else None
    if broken is not None:
        findings.append(f"the audit is not as it was written from its line {broken} on")
    kept = [one for (one,) in copy.execute(KEPT)] if "files" in tables else []
    spoiled = 0
    for number, one in enumerate(kept, 1):
        told("files", number, len(kept))
        digest = sha256()
        for (part,) in copy.execute(PARTS, (one,)):
            digest.update(part)
        spoiled += digest.hexdigest() != one
    if spoiled:
        findings.append(f"{spoiled} of {len(kept)} files are missing or not as they were kept")
    rows = {one: _count(copy, one) for one in tables}
    ((newest,),) = copy.execute(NEWEST).fetchall()
    return Inventory(
        schema=schema,
        rows=rows,
        files=len(kept),
        newest=datetime.fromisoformat(newest) if newest else None,
        waiting=_count(copy, "outbox WHERE outcome = 'waiting'"),
        findings=findings,
    )


async def _sealed(copy: sqlite3.Connection) -> AsyncIterator[Row]:
    for row in copy.execute(SEALED):
        yield row


def _count(copy: sqlite3.Connection, what: str) -> int:
    ((count,),) = copy.execute(f"SELECT count(*) FROM {what}").fetchall()  # noqa: S608 - names of our own
    return int(count)


def empty_copy(path: Path) -> sqlite3.Connection:
    """A new file that only this user may read, with our schema and nothing in it; open for writing."""
    private_file(path)
    copy = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    copy.executescript(f"PRAGMA synchronous = OFF; BEGIN; {latest('sqlite')} COMMIT;")
    now = stamp(datetime.now(UTC))
    steps = [(one.version, one.name, now) for one in migrations("sqlite")]
    copy.executemany("INSERT INTO schema_version (version, name, applied_at) VALUES (?, ?, ?)", steps)
    return copy


def private_file(path: Path) -> None:
    """An empty file that only this user may read."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))


def put_in_place(part: Path, path: Path) -> None:
    """Rename a finished file so that it is complete or absent, even after a power loss."""
    to_disk(part)
    part.replace(path)
    to_disk(path.absolute().parent)


def to_disk(path: Path) -> None:
    """Flush a file or folder to disk (fsync)."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
