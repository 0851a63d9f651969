"""The options of `complaint-bot export`, and the call that carries them out."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click

from bot.commands.options import all_of
from bot.complaint.axes import Queue, Status
from bot.complaint.errors import SettingsWrong
from bot.config import Settings, load_rules
from bot.policy.rules import Rules

_day = click.DateTime(["%Y-%m-%d"])
_file = click.Path(path_type=Path)
_folder = click.Path(path_type=Path, file_okay=False)

OPTIONS = (
    click.option("--case", "case_no", help="Only this case."),
    click.option("--customer", type=int, help="Only the cases of the customer with this Telegram id."),
    click.option("--since", type=_day, help="Only cases opened on this day (of the brand's zone) or later."),
    click.option("--until", type=_day, help="… and on this day or earlier."),
    click.option("--queue", type=click.Choice([one.value for one in Queue]), help="Only this queue."),
    click.option(
        "--status",
        type=click.Choice([one.value for one in Status]),
        metavar="STATUS",
        help="Only this status, as the export calls it: assessing, fulfilled, closed …",
    ),
    click.option("--product", help="Only this product, by its key or any of its names."),
    click.option(
        "--format", "kind", type=click.Choice(["jsonl", "csv", "xlsx"]), default="jsonl", show_default=True
    ),
    click.option("--out", type=_file, help="A file instead of standard output; with --split a new folder."),
    click.option(
        "--split", type=click.Choice(["case", "customer"]), help="A file for each, in --out FOLDER."
    ),
    click.option(
        "--anonymous", is_flag=True, help="A set for analysis: tokens for numbers, no names, no words."
    ),
    click.option(
        "--restricted",
        is_flag=True,
        help="Also medical and bank data, which only a few may see; the audit says so.",
    ),
    click.option(
        "--files",
        type=_folder,
        help="Also write the files kept as evidence into this folder, by their SHA-256.",
    ),
)


export_options = all_of(OPTIONS)


async def exported(settings: Settings, asked: dict[str, Any]) -> None:
    """Write what was asked for.

    Raises:
        ComplaintError: what was asked for is wrong, or something cannot be read or written.
    """
    from bot.commands.exporting import Export, export_cases  # noqa: PLC0415 - only where it is asked for
    from bot.complaint.boards import Selection  # noqa: PLC0415 - as above

    needs_rules = asked["since"] or asked["until"] or asked["product"] or asked["anonymous"]
    rules = load_rules(settings.brand) if needs_rules else None
    since, until = _span(asked, rules)
    selection = Selection(
        since=since,
        until=until,
        queue=Queue(asked["queue"]) if asked["queue"] else None,
        status=Status(asked["status"]) if asked["status"] else None,
        customer=asked["customer"],
        products=_names(asked["product"], rules) if asked["product"] and rules else (),
    )
    export = Export(
        kind=asked["kind"],
        case_no=asked["case_no"],
        selection=selection,
        out=asked["out"],
        split=asked["split"],
        files=asked["files"],
        restricted=asked["restricted"],
        anonymiser=_anonymiser(rules) if asked["anonymous"] and rules else None,
    )
    await export_cases(settings.database, export)


def _span(asked: dict[str, Any], rules: Rules | None) -> tuple[datetime | None, datetime | None]:
    since, until = asked["since"], asked["until"]
    if since and until and until < since:
        raise SettingsWrong(
            f"--since {since:%Y-%m-%d} lies after --until {until:%Y-%m-%d}: give the earlier day first."
        )
    zone = rules.clock if rules is not None else UTC
    first = datetime.combine(since, time(), zone) if since else None
    last = datetime.combine(until + timedelta(days=1), time(), zone) if until else None
    return first, last


def _names(product: str, rules: Rules) -> tuple[str, ...]:
    """All that a product is called; what the brand does not know is looked for as it was written."""
    known = ((one.key, *one.names.values(), *one.words) for one in rules.products)
    return next((names for names in known if product in names), (product,))


def _anonymiser(rules: Rules) -> Any:  # noqa: ANN401 - its class is imported only now
    from bot.commands.anonymising import OTHER, Anonymiser  # noqa: PLC0415 - as above

    keys = {name: one.key for one in rules.products for name in (one.key, *one.names.values(), *one.words)}
    causes = frozenset(one.code for one in rules.causes)
    return Anonymiser(clock=rules.clock, product=lambda name: keys.get(name, OTHER), causes=causes)
