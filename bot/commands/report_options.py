"""The options of `complaint-bot report`, and the call that carries them out."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot.commands.options import all_of
from bot.config import Settings
from bot.policy.rules import Rules

_day = click.DateTime(["%Y-%m-%d"])
_file = click.Path(path_type=Path, dir_okay=False)

OPTIONS = (
    click.option("--since", type=_day, help="The first day that counts; 30 days ago if nothing is said."),
    click.option("--until", type=_day, help="The last day that counts; today if nothing is said."),
    click.option("--period", help="Instead of both: week, last-month, 2026-10, 2026-Q3, 2026-W45, 2026 …"),
    click.option("--brand", help="Of several brands only this one, by any of its names."),
    click.option("--product", help="Only this product, by its key or any of its names."),
    click.option("--category", help="Only this category."),
    click.option("--channel", help="Only this channel."),
    click.option("--shipments", type=_file, help="CSV with product, batch, date, units: for PPM."),
    click.option("--users", type=_file, help="CSV with date, active: for complaints against users."),
    click.option("--lang", type=click.Choice(["zh", "en"]), help="The brand's first language if not said."),
    click.option("--format", "kind", type=click.Choice(["text", "json"]), default="text", show_default=True),
    click.option("--out", type=_file, help="Write one HTML page with charts: needs no network."),
    click.option("--xlsx", type=_file, help="Write an Excel file, a sheet for each table."),
    click.option(
        "--reading", is_flag=True, help="Instead: how right the bot read, by what people said of it."
    ),
)


report_options = all_of(OPTIONS)


async def reported(settings: Settings, rules: Rules, asked: dict[str, Any]) -> None:
    """Write the report to standard output, and into the files that were asked for.

    Raises:
        SettingsWrong: what was asked for is wrong, or a file cannot be written.
        StoreUnusable: the database cannot be read.
    """
    if asked["reading"]:
        await _reading(settings, rules, asked)
        return
    from bot.commands.report_text import as_json, as_text  # noqa: PLC0415 - only where it is asked for
    from bot.commands.reporting import answer  # noqa: PLC0415 - as above

    found = await answer(settings, rules, _asked(asked), datetime.now(UTC))
    if asked["out"] is not None:
        from bot.commands.report_page import write_page  # noqa: PLC0415 - as above

        write_page(found, asked["out"])
    if asked["xlsx"] is not None:
        from bot.commands.report_sheets import write_sheets  # noqa: PLC0415 - as above

        write_sheets(found, asked["xlsx"])
    if asked["kind"] == "json":
        click.echo(as_json(found))
    elif asked["out"] is None and asked["xlsx"] is None:
        click.echo(as_text(found))


async def _reading(settings: Settings, rules: Rules, asked: dict[str, Any]) -> None:
    from bot.commands.reading_report import as_json, as_text, reading_of  # noqa: PLC0415 - as above

    since = asked["since"].replace(tzinfo=rules.clock) if asked["since"] else None
    found = await reading_of(settings.database, since)
    click.echo(as_json(found) if asked["kind"] == "json" else as_text(found))


def _asked(asked: dict[str, Any]) -> Any:  # noqa: ANN401 - its class is imported only now
    from bot.commands.reporting import Asked  # noqa: PLC0415 - as above
    from bot.complaint.reading import Language  # noqa: PLC0415 - as above
    from bot.insight.frame import Only  # noqa: PLC0415 - as above

    return Asked(
        since=asked["since"].date() if asked["since"] else None,
        until=asked["until"].date() if asked["until"] else None,
        period=asked["period"],
        only=Only(channel=asked["channel"], category=asked["category"], product=asked["product"]),
        shipments=asked["shipments"],
        users=asked["users"],
        brand=asked["brand"],
        language=Language(asked["lang"]) if asked["lang"] else None,
    )
