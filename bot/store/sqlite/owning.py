"""Which program works as the bot on a file: only one may, and none while a copy is put in the file's place.

SQLite's own locks cannot tell: commands read and write beside a bot, and of a damaged file nobody holds any. So the bot
locks a file of its own beside it, a lock that goes with the process however that ends.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from bot.complaint.errors import StoreUnusable


class Owner:
    """Holds the lock until `release`.

    Raises:
        StoreUnusable: another process holds it, or it cannot be had here.
    """

    def __init__(self, path: Path) -> None:
        self._number: int | None = None
        lock = lock_of(path)
        try:
            self._number = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.lockf(self._number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = self._said()
            self.release()
            raise StoreUnusable(
                f"{path}: another bot works on it{holder}, and a file has room for one: stop the bot first."
            ) from None
        except OSError as wrong:
            self.release()
            raise StoreUnusable(f"{lock} cannot be used ({wrong.strerror}): check whose it is.") from wrong
        with suppress(OSError):
            # a help to people only: on a full disk it is missing
            os.ftruncate(self._number, 0)
            os.pwrite(self._number, str(os.getpid()).encode(), 0)

    def _said(self) -> str:
        said = b"" if self._number is None else os.pread(self._number, 20, 0)
        return f" (process {int(said)})" if said.isdigit() else ""

    def release(self) -> None:
        """Let go of it."""
        number, self._number = self._number, None
        if number is not None:
            os.close(number)


ROOM: Final = 1024 * 1024
"""Bytes."""


class OpenFile:
    """A file that was opened: whether it is still the one of this name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._was = self._now()

    def is_gone(self) -> bool:
        """Whether it was removed or replaced."""
        return self._now() != self._was

    def has_room(self) -> bool:
        """Whether a few more messages fit onto its disk: a single one may still fit where nobody is heard any more."""
        found = os.statvfs(self.path.absolute().parent)
        return found.f_bavail * found.f_frsize >= ROOM

    @property
    def loss(self) -> str:
        """That it is, and what to do."""
        return (
            f"{self.path}: it was removed or replaced while it was in use, so nothing more is written to it. "
            "Bring it back (`restore`), and start the bot again."
        )

    def _now(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError:
            # whether it is gone is not known: whoever reads or writes is told more
            return self._was
        return found.st_dev, found.st_ino


def lock_of(path: Path) -> Path:
    """The file that is locked."""
    return path.with_name(f"{path.name}.lock")


@contextmanager
def owned(path: Path) -> Iterator[None]:
    """No bot works on this file meanwhile. Where none ever did nothing is locked, nor left behind as another user's.

    Raises:
        StoreUnusable: a bot works on it.
    """
    owner = Owner(path) if lock_of(path).exists() else None
    try:
        yield
    finally:
        if owner is not None:
            owner.release()
