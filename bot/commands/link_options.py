"""The options of `complaint-bot link`, and the call that carries them out."""

from pathlib import Path
from typing import Any

import click

from bot.commands.options import all_of
from bot.config import Settings
from bot.policy.rules import Rules

_file = click.Path(path_type=Path, dir_okay=False)
_folder = click.Path(path_type=Path, file_okay=False)

OPTIONS = (
    click.option("--product", default="", help="The product, by its key or any of its names."),
    click.option("--batch", default="", help="The batch number."),
    click.option("--store", default="", help="The shop, or its number."),
    click.option("--order", default="", help="The order number, for receipts."),
    click.option("--source", default="", help="Where it will be found, in one word: pack, receipt …"),
    click.option("--bot", help="The bot's @name; without it Telegram is asked."),
    click.option("--qr", type=_file, help="Also write a QR code into this .svg or .png file."),
    click.option(
        "--size",
        type=float,
        default=30.0,
        show_default=True,
        help="Width of the code, its margin with it, in mm.",
    ),
    click.option(
        "--error",
        type=click.Choice(["M", "Q"]),
        default="Q",
        show_default=True,
        help="How much may be torn or smudged: M about 15 %, Q about 25 %.",
    ),
    click.option("--label/--no-label", default=True, help="Words under the code, for whoever reads it."),
    click.option(
        "--lang", type=click.Choice(["zh", "en"]), help="Of the label; the brand's first if not said."
    ),
    click.option(
        "--from",
        "source_file",
        type=_file,
        help="CSV with product, batch, store, order, source, name: a link each.",
    ),
    click.option("--out", type=_folder, help="A new folder for the codes and links.csv, with --from."),
    click.option("--format", "kind", type=click.Choice(["svg", "png"]), default="svg", show_default=True),
)


link_options = all_of(OPTIONS)


async def linked(settings: Settings, rules: Rules, asked: dict[str, Any]) -> None:
    """Write the links to standard output, and the codes into the files that were asked for.

    Raises:
        SettingsWrong: what was asked for is wrong, or a file cannot be written.
        LinkTooLong: something does not fit into a link.
    """
    from bot.commands.linking import Wanted, link_all, link_one  # noqa: PLC0415 - only this command draws codes

    wanted = Wanted(
        size=asked["size"],
        error=asked["error"],
        label=asked["label"],
        language=asked["lang"],
        bot=asked["bot"],
        kind=asked["kind"],
    )
    if asked["source_file"] is not None:
        await link_all(settings, rules, wanted, asked["source_file"], asked["out"])
        return
    said = {name: asked[name] for name in ("product", "batch", "store", "order", "source")}
    await link_one(settings, rules, wanted, said, asked["qr"])
