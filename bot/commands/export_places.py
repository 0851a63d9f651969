"""Output files and folders that get their name only once the export is complete."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO, Final

from xlsxwriter.exceptions import XlsxWriterException

from bot.complaint.errors import SettingsWrong
from bot.store.copies import private_file

WRONG: Final = (OSError, XlsxWriterException)
"""The errors that writing may raise."""


class Unfinished(Exception):
    """The export is incomplete. What was written is kept under a name that says so."""


@contextmanager
def screen() -> Iterator[BinaryIO]:
    """Standard output."""
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


@contextmanager
def becoming(out: Path) -> Iterator[Path]:
    """Where to write what will be called `out`, and replaces what has that name, once nothing can go wrong any more.

    Raises:
        SettingsWrong: it cannot be written; nothing is left of it.
    """
    if out.exists() and not out.is_file():
        # a pipe, or a device: it has its name already
        with _told("--out", out):
            yield out
        return
    part = out.with_name(f".{out.name}.{token_hex(4)}.part")
    try:
        with _told("--out", out):
            private_file(part)
            yield part
            part.replace(out)
    except Unfinished:
        part.replace(incomplete(out))
        raise
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def becoming_folder(out: Path) -> Iterator[Path]:
    """The same for a folder, which must be new or empty."""
    with _told("--out", out):
        taken = out.exists() and (not out.is_dir() or any(out.iterdir()))
    if taken:
        raise SettingsWrong(
            f"--out: {out} is there already. Name a new folder, so that nothing of yours is mixed."
        )
    part = out.with_name(f".{out.name}.{token_hex(4)}.part")
    try:
        with _told("--out", out):
            part.mkdir(mode=0o700)
            yield part
            _give_name(part, out)
    except Unfinished:
        _give_name(part, incomplete(out))
        raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def incomplete(out: Path) -> Path:
    """The name of an export that is incomplete."""
    return out.with_name(f"{out.name}.incomplete")


def _give_name(part: Path, out: Path) -> None:
    with suppress(FileNotFoundError):
        out.rmdir()
    part.replace(out)


@contextmanager
def _told(option: str, out: Path) -> Iterator[None]:
    """Turn errors of the file system into one line that names the place."""
    try:
        yield
    except WRONG as wrong:
        raise SettingsWrong(
            f"{option}: {out} cannot be written ({_reason(wrong)}). Name another place."
        ) from None


def _reason(wrong: Exception) -> str:
    """What the system says, also from within xlsxwriter's own error."""
    cause = wrong.args[0] if not isinstance(wrong, OSError) and wrong.args else wrong
    return (cause.strerror if isinstance(cause, OSError) else None) or type(cause).__name__
