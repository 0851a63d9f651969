"""Moves all data to another database, of either kind; the old one stays as it is.

A verified copy is moved, in one transaction; every row is compared as it is written, and at the end every case is
read from both databases and compared.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from bot.complaint.case import Case
from bot.complaint.errors import StoreUnusable
from bot.store import open_store
from bot.store.answers import TimelineRow
from bot.store.backup import file_of, unfinished
from bot.store.copies import Inventory, Progress, examine, in_words, private_file
from bot.store.port import Store
from bot.store.sqlite import copying as files
from bot.store.sqlite.opening import check_place

NUL = (rb"\u0000", "\N{SYMBOL FOR NULL}".encode())
"""The one sign that PostgreSQL's text cannot hold, and what stands for it there."""


async def move(source: str, target: str, told: Progress) -> Inventory:
    """Write all of `source` into the empty `target`; nothing is kept if anything is wrong.

    Raises:
        StoreUnusable: one of them is used by a bot or cannot be used at all, or `target` is not empty, or what
            was written is not what was read.
    """
    old, new = file_of(source), file_of(target)
    if source == target or (old is not None and new is not None and old.absolute() == new.absolute()):
        raise StoreUnusable("Both addresses name the same database: name another one to move to.")
    await _check_target(target, new)
    with TemporaryDirectory(prefix="complaint-bot-") as folder:
        part = Path(folder) / "copy.db"
        async with _copied(source, part, told):
            found = await asyncio.to_thread(examine, part, told)
            address = f"sqlite:///{part.absolute()}"
            # brings a copy of an older desk to our schema
            await (await open_store(address)).close()
            if new is None:
                from bot.store.postgres import copying as server  # noqa: PLC0415 - what it stands on is an extra

                await server.take_in(target, part, told, doubtful=False)
            else:
                # beside its place, since no file can be renamed from one disk to another
                with unfinished(new) as moved:
                    await asyncio.to_thread(_copy, part, moved)
                    await files.take_in(moved, found, new, doubtful=False)
        await _compare(address, target, told, found.rows["cases"])
    return found


def _copy(part: Path, moved: Path) -> None:
    with in_words(moved):
        private_file(moved)
        shutil.copyfile(part, moved)


async def _check_target(target: str, path: Path | None) -> None:
    if path is not None:
        check_place(path, create=True)
        await asyncio.to_thread(files.check_free, path, force=False, way="")
        return
    from bot.store.postgres import copying as server  # noqa: PLC0415 - as above

    await (await open_store(target)).close()
    await server.check_free(target)


@asynccontextmanager
async def _copied(source: str, part: Path, told: Progress) -> AsyncIterator[None]:
    """A copy of the source, while no bot can use it."""
    path = file_of(source)
    if path is not None:
        check_place(path, create=False)
        with files.alone_with(path) as copy:
            told("copy", 0, 1)
            await asyncio.to_thread(copy, part)
            told("copy", 1, 1)
            yield
        return
    from bot.store.postgres import copying as server  # noqa: PLC0415 - as above

    await server.check_unused(source)
    await server.copy_out(source, part, told)
    yield
    await server.check_unused(source)


async def _compare(source: str, target: str, told: Progress, total: int) -> None:
    """Compare every case of both databases.

    Raises:
        StoreUnusable: one is not the same.
    """
    one, other = await open_store(source, create=False), await open_store(target, create=False)
    try:
        theirs = _cases(other)
        number = 0
        async for case in _cases(one):
            number += 1
            if case != await anext(theirs, b""):
                raise StoreUnusable(f"Case {number} is not the same in both: go on with the old database.")
            told("cases", number, total)
        if await anext(theirs, None) is not None:
            raise StoreUnusable("There are more cases than before: go on with the old database.")
    finally:
        await one.close()
        await other.close()


async def _cases(store: Store) -> AsyncIterator[bytes]:
    """Every case with its timeline, as bytes that are the same in every kind of database."""
    async for case, lines in store.cases():
        yield _spelled(case, lines)


def _spelled(case: Case, lines: list[TimelineRow]) -> bytes:
    return msgspec.json.encode((case, lines)).replace(*NUL)
