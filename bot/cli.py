"""The `complaint-bot` command line: its commands and options, and errors as one line that says what to do."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path
from typing import Any, Final, ParamSpec

import click

from bot import __version__
from bot.commands.export_options import export_options, exported
from bot.commands.link_options import link_options, linked
from bot.commands.report_options import report_options, reported
from bot.commands.secret_values import secrets_in
from bot.complaint.errors import BrandFileWrong, ComplaintError, SettingsWrong, StoreUnusable
from bot.config import DEMO_BRAND, load_rules, read_settings
from bot.logs import catch_all, configure, discreet_words, hide, on_one_line
from bot.wording.catalogue import our_replies

WRONG: Final = 2
"""Exit code when a setting, a file or the surroundings are wrong."""
P = ParamSpec("P")


def one_line(command: Callable[P, None]) -> Callable[P, None]:
    """Report every expected error as one line that says what to do; only our own bugs show a traceback."""

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except BrandFileWrong as wrong:
            _stop(f"COMPLAINT_BOT_BRAND: {wrong.detail}")
        except StoreUnusable as wrong:
            _stop(f"COMPLAINT_BOT_DATABASE: {wrong.detail}")
        except SettingsWrong as wrong:
            _stop(wrong.detail or str(wrong))
        except ComplaintError as wrong:
            _stop(str(wrong))

    return told


def _stop(words: str) -> None:
    click.echo(discreet_words(on_one_line(f"complaint-bot: {' '.join(words.split())}")), err=True)
    sys.exit(WRONG)


def run_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop where there is one."""
    try:
        import uvloop  # noqa: PLC0415 - not on every system
    except ImportError:
        factory = None
    else:
        factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(work)


def run_whole(work: Coroutine[Any, Any, None]) -> None:
    """Run what copies a desk. Broken off by SIGTERM or SIGINT, it takes along what it has laid down half-way."""
    for way in (signal.SIGTERM, signal.SIGINT):
        signal.signal(way, _break_off)
    try:
        run_loop(work)
    except KeyboardInterrupt:
        _stop("Broken off.")


def _break_off(*_: object) -> None:
    # asyncio's own way of SIGINT ends the work first: what a broken line says then would be told for the reason
    raise KeyboardInterrupt


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="complaint-bot")
@click.option("--log-level", default="info", type=click.Choice(["debug", "info", "warning", "error"]))
def main(log_level: str) -> None:
    """The complaint desk that a brand puts in front of its customers on Telegram."""
    hide(secrets_in(os.environ))
    configure(level=log_level)
    catch_all()


@main.command("try")
@click.option(
    "--port", default=8790, show_default=True, help="Where the page is served; 0 takes any free port."
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the data in this folder."
)
@one_line
def try_(port: int, lang: str, data: Path | None) -> None:
    """The whole bot without token or account: a demo brand, and one page with customer and desk."""
    from bot.commands.trying import try_out  # noqa: PLC0415 - only this command needs the sandbox

    run_loop(try_out(port, lang, data))


@main.command()
@one_line
def run() -> None:
    """The bot against Telegram, or any Bot API server."""
    from bot.commands.running import run_until_told  # noqa: PLC0415 - the other commands start faster without it

    settings = read_settings(os.environ, to_run=True)
    run_loop(run_until_told(settings, load_rules(settings.brand)))


@main.command()
@click.option(
    "--page",
    type=click.Path(path_type=Path),
    help="Also write this HTML file for writers: every reply as readers see it, findings beside it.",
)
@one_line
def check(page: Path | None) -> None:
    """Check settings, brand file, every reply and, with a token, the desk. Exit code 1 if anything is found."""
    from bot.commands.checking import check_page, checked, write_page  # noqa: PLC0415 - as above

    settings = read_settings(os.environ)
    if page is not None:
        check_page(page)

    async def tell() -> None:
        found = await checked(settings)
        written = page is None or write_page(found, page)
        for one in found.lines:
            click.echo(discreet_words(on_one_line(one)))
        for one in found.notes:
            click.echo(one, err=True)
        click.echo(f"{len(found.lines)} finding{'' if len(found.lines) == 1 else 's'}.")
        if not written:
            click.echo(f"complaint-bot: --page: {page} is not written: put the above right first.", err=True)
        if found.lines:
            sys.exit(1)

    run_loop(tell())


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@one_line
def init(folder: Path) -> None:
    """Write an editable copy of the brand file, its order book and all replies into FOLDER."""
    try:
        _copy_to(folder)
    except OSError as wrong:
        raise SettingsWrong(f"{folder} cannot be written ({_reason(wrong)}). Name another folder.") from None
    click.echo(f"COMPLAINT_BOT_BRAND={folder / DEMO_BRAND.name}")
    click.echo(f"COMPLAINT_BOT_REPLIES={folder / 'replies'}")


def _reason(wrong: OSError) -> str:
    """What the system says; of several files that could not be copied, of the first."""
    if isinstance(wrong, shutil.Error):
        _, _, why = wrong.args[0][0]
        return str(why).rpartition("] ")[2].partition(":")[0]
    return wrong.strerror or type(wrong).__name__


def _copy_to(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise SettingsWrong(
            f"{folder} is not empty. Name a new folder, so that nothing of yours is overwritten."
        )
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        DEMO_BRAND.parent, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "*.py")
    )
    shutil.copytree(our_replies(), folder / "replies")


@main.command()
@export_options
@one_line
def export(**asked: Any) -> None:  # noqa: ANN401 - click's own
    """Cases with everything that belongs to them: lines of JSON, a table, an Excel file."""
    run_loop(exported(read_settings(os.environ), asked))


@main.command()
@click.option("--format", "kind", type=click.Choice(["text", "json"]), default="text", show_default=True)
@one_line
def status(kind: str) -> None:
    """What waits, and what needs a person; exit code 1 if anything does. The bot need not run, nor stop."""
    from bot.commands.status import status_of  # noqa: PLC0415 - as above

    settings = read_settings(os.environ)

    async def tell() -> None:
        found = await status_of(settings)
        for line in [found.as_json().decode()] if kind == "json" else found.as_text():
            click.echo(on_one_line(line))
        if any(found.needs()):
            sys.exit(1)

    run_loop(tell())


@main.command()
@one_line
def read() -> None:
    """Messages as JSONL on standard input, what the reader sees as JSONL on standard output."""
    from bot.commands.reading import read_lines  # noqa: PLC0415 - as above

    read_lines(sys.stdin.buffer, sys.stdout.buffer)


@main.command()
@report_options
@one_line
def report(**asked: Any) -> None:  # noqa: ANN401 - click's own
    """The figures of a period: text, JSON, a page with charts, an Excel file."""
    settings = read_settings(os.environ)
    run_loop(reported(settings, load_rules(settings.brand), asked))


@main.command()
@link_options
@one_line
def link(**asked: Any) -> None:  # noqa: ANN401 - click's own
    """A link that opens the chat with product, batch, store or order known, and its QR code for print."""
    settings = read_settings(os.environ)
    run_loop(linked(settings, load_rules(settings.brand), asked))


@main.command()
@click.option("--from", "source", help="Move the desk from this database (else COMPLAINT_BOT_DATABASE) …")
@click.option("--to", "target", help="… into this empty one. Stop the bot first; the old one stays as it is.")
@one_line
def migrate(source: str | None, target: str | None) -> None:
    """Bring the database to the current schema (`run` and `try` do it by themselves), or move it to another."""
    from bot.store import open_store  # noqa: PLC0415 - as above

    if source is not None and target is None:
        raise SettingsWrong("--from needs --to: name the database to move to.")
    settings = read_settings(os.environ)
    if target is not None:
        from bot.commands.moving import move_desk  # noqa: PLC0415 - as above

        run_whole(move_desk(source or settings.database, target))
        return

    async def renew() -> None:
        store = await open_store(settings.database)
        await store.close()

    run_loop(renew())
    click.echo("The database has the current schema.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a file of this name.")
@one_line
def backup(file: Path, force: bool) -> None:  # noqa: FBT001 - click's flag
    """Copy the whole desk into FILE while the bot works. Exit code 1 if something in it is not as it was written."""
    from bot.commands.backing_up import write_copy  # noqa: PLC0415 - as above

    settings = read_settings(os.environ)

    async def copy() -> None:
        if not await write_copy(settings.database, file, force=force):
            sys.exit(1)

    run_whole(copy())


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--force", is_flag=True, help="Also over a desk, which is set aside, and from a copy with flaws."
)
@one_line
def restore(file: Path, force: bool) -> None:  # noqa: FBT001 - as above
    """Make the desk of the copy in FILE. The bot must be stopped, and the database empty."""
    from bot.commands.restoring import bring_back  # noqa: PLC0415 - as above

    settings = read_settings(os.environ)
    run_whole(bring_back(settings.database, file, force=force))
