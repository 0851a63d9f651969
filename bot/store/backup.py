"""Backs up a database into one file while the bot runs, and restores one from it."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.complaint.errors import SettingsWrong, StoreUnusable
from bot.store import open_store
from bot.store.copies import BESIDE, Inventory, Progress, examine, in_words, private_file, put_in_place
from bot.store.sqlite import copying as files
from bot.store.sqlite.opening import check_place
from bot.store.sqlite.owning import owned


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was restored, and where the former file was moved."""

    found: Inventory
    aside: Path | None = None


async def back_up(url: str, path: Path, told: Progress) -> Inventory:
    """Write a verified copy of the database at `url`; it gets its name only when it is complete.

    Raises:
        StoreUnusable: the database cannot be read.
        SettingsWrong: the copy cannot be written, or would take the place of the database.
    """
    source = file_of(url)
    _check_apart(source, path)
    await (await open_store(url, create=False)).close()
    with unfinished(path) as part:
        if source is not None:
            with in_words(path):
                await files.copy_out(source, part, told)
        else:
            from bot.store.postgres import copying as server  # noqa: PLC0415 - what it stands on is an extra

            await server.copy_out(url, part, told)
        found = await asyncio.to_thread(examine, part, told)
        with in_words(path):
            put_in_place(part, path)
    return found


async def restore(url: str, path: Path, told: Progress, *, force: bool = False) -> Restored:
    """Make the database at `url` from a copy. With `force` an existing file is moved aside, not overwritten.

    Letters that waited when the copy was made are marked as attempted: whether they went out afterwards nobody
    knows, so each goes once more and is marked.

    Raises:
        SettingsWrong: the copy is none, or damaged.
        StoreUnusable: the database is used or not empty, or cannot be written.
    """
    target = file_of(url)
    if target is None:
        return await _to_server(url, path, told, force=force)
    check_place(target, create=True)
    with owned(target):
        await asyncio.to_thread(files.check_free, target, force=force)
        with unfinished(target) as part:
            found = await _copied(path, part, told, force=force)
            aside = await files.take_in(part, found, target)
    return Restored(found=found, aside=aside)


async def _to_server(url: str, path: Path, told: Progress, *, force: bool) -> Restored:
    from bot.store.postgres import copying as server  # noqa: PLC0415 - as above

    await (await open_store(url)).close()
    await server.check_free(url)
    with TemporaryDirectory(prefix="complaint-bot-") as folder:
        part = Path(folder) / "copy.db"
        found = await _copied(path, part, told, force=force)
        await (await open_store(f"sqlite:///{part.absolute()}")).close()
        await server.take_in(url, part, told)
    return Restored(found=found)


async def _copied(path: Path, part: Path, told: Progress, *, force: bool) -> Inventory:
    """A verified copy of the copy, so that what is used is what was verified."""
    await asyncio.to_thread(_copy, path, part)
    try:
        found = await asyncio.to_thread(examine, part, told)
    except SettingsWrong as error:
        raise SettingsWrong(error.detail.replace(str(part), str(path))) from error
    if found.findings and not force:
        raise SettingsWrong(f"{path}: {'; '.join(found.findings)}. Take another copy, or give --force.")
    return found


def _copy(path: Path, part: Path) -> None:
    if not path.is_file():
        raise SettingsWrong(f"There is no file {path}: check the path.")
    last = path.with_name(f"{path.name}-wal")
    if last.exists() and last.stat().st_size:
        raise SettingsWrong(
            f"{path} is no finished copy: a part of it is in {last}. "
            f"Make one of it by COMPLAINT_BOT_DATABASE=sqlite:///{path} complaint-bot backup FILE."
        )
    with in_words(part):
        private_file(part)
        shutil.copyfile(path, part)


def _check_apart(source: Path | None, path: Path) -> None:
    """Whether the copy would replace the database, or what SQLite lays beside it."""
    if source is None or not path.parent.is_dir():
        return
    taken = {source.resolve().with_name(source.resolve().name + end) for end in BESIDE}
    if path.resolve() in taken or (path.exists() and source.exists() and path.samefile(source)):
        raise SettingsWrong(f"{path} is the database itself: name another file for its copy.")


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """A temporary file beside this one, removed whatever happens."""
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
    finally:
        for name in BESIDE:
            # where nothing may be written there is nothing to remove
            with suppress(OSError):
                part.with_name(part.name + name).unlink()


def file_of(url: str) -> Path | None:
    """The file of an SQLite database; None for a server's."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in ("sqlite", "postgresql", "postgres"):
        raise StoreUnusable(f"{scheme!r} is no kind of database known here: use sqlite:///complaints.db.")
    if scheme != "sqlite":
        return None
    if rest in ("", "/", "/:memory:"):
        raise StoreUnusable(
            "A database in memory ends with its program: name a file, sqlite:///complaints.db."
        )
    return Path(rest.removeprefix("/"))
