"""`complaint-bot restore`: restores the database from a backup file."""

from pathlib import Path

import click

from bot.commands.backing_up import Bar
from bot.store.backup import restore


async def bring_back(database: str, path: Path, *, force: bool) -> None:
    """Restore it and say what was restored, and what that means.

    Raises:
        SettingsWrong: the copy cannot be used.
        StoreUnusable: the database is in use or not empty.
    """
    with Bar() as told:
        done = await restore(database, path, told, force=force)
    click.echo(f"Restored: {done.found}")
    if done.aside is not None:
        click.echo(f"What was there before is now {done.aside}")
    for one in done.found.findings:
        click.echo(f"complaint-bot: {one}.", err=True)
    if done.found.waiting:
        click.echo(
            f"{done.found.waiting} letters waited when the copy was made. Nobody knows whether they went out since: "
            "each goes once more and is marked so."
        )
