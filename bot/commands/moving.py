"""`complaint-bot migrate --from … --to …`: moves all data to another database."""

import click

from bot.commands.backing_up import Bar
from bot.complaint.errors import SettingsWrong, StoreUnusable
from bot.store.migrating import move


async def move_desk(source: str, target: str) -> None:
    """Move it and say what was moved.

    Raises:
        SettingsWrong: one of the databases cannot be used, or is in use, or the new one is not empty.
    """
    try:
        with Bar() as told:
            found = await move(source, target, told)
    except StoreUnusable as wrong:
        raise SettingsWrong(wrong.detail) from wrong
    click.echo(f"Moved: {found}")
    for one in found.findings:
        click.echo(f"complaint-bot: {one}. It was so before.", err=True)
    click.echo("Every row and every case is the same in both. Set COMPLAINT_BOT_DATABASE to the new one.")
