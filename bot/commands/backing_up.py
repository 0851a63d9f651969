"""`complaint-bot backup`: writes the whole database into one file while the bot runs."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import click

from bot.complaint.errors import SettingsWrong
from bot.store.backup import back_up
from bot.store.copies import Progress

LABEL: Final = 14
"""Characters for what is being done."""


class Bar:
    """A bar on standard error for each thing that is done; only its name where no person looks."""

    def __init__(self) -> None:
        self._bars = ExitStack()
        self._what = ""
        self._done = 0
        self._update: Callable[[int], None] = lambda _by: None

    def __enter__(self) -> Progress:
        """Whoever works tells this."""
        return self._told

    def __exit__(self, *_: object) -> None:
        """End the last one."""
        self._bars.close()

    def _told(self, what: str, done: int, total: int) -> None:
        if what != self._what:
            self._bars.close()
            bar = click.progressbar(length=max(total, 1), label=what.ljust(LABEL), file=sys.stderr)
            self._update = self._bars.enter_context(bar).update
            self._what, self._done = what, 0
        self._update(done - self._done)
        self._done = done


def check_name(path: Path, *, force: bool) -> None:
    """Whether a copy may be written there.

    Raises:
        SettingsWrong: there is a file of this name already, or no such folder.
    """
    if path.is_dir() or (path.exists() and not force):
        raise SettingsWrong(f"{path} exists: name another file, or give --force to replace it.")
    if not path.absolute().parent.is_dir():
        raise SettingsWrong(f"The folder of {path} does not exist: make it, or name another.")


async def write_copy(database: str, path: Path, *, force: bool) -> bool:
    """Write it and say what it holds; whether nothing is wrong with it.

    Raises:
        SettingsWrong: there is a file of this name already, or it cannot be written.
        StoreUnusable: the database cannot be read.
    """
    check_name(path, force=force)
    with Bar() as told:
        found = await back_up(database, path, told)
    click.echo(f"{path}: {found}")
    for one in found.findings:
        click.echo(
            f"complaint-bot: {one}. The copy is as the database is: look into earlier copies.", err=True
        )
    return not found.findings
