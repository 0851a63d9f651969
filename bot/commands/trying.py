"""`complaint-bot try`: sandbox, demo brand and bot in one process, with one page to use them."""

import asyncio
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from bot.app import open_house
from bot.commands.running import work_until
from bot.commands.staffing import staffed
from bot.complaint.errors import SettingsWrong
from bot.complaint.ids import ChatId
from bot.complaint.reading import Language
from bot.config import Listen, Settings, load_rules
from bot.sandbox.demo import demo_world
from bot.sandbox.server import SandboxServer


async def try_out(port: int, lang: str, data: Path | None) -> None:
    """Serve the page and run the bot until Ctrl-C."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    rules = load_rules()
    language = Language(lang)
    rules = replace(rules, languages=(language, *(one for one in rules.languages if one is not language)))
    demo = demo_world(lang, brand=rules.brand(language), square=True)
    rules = staffed(rules, demo)
    with _folder(data) as folder:
        try:
            server = SandboxServer(demo.world, port=port)
            await server.start()
        except OSError as taken:
            raise SettingsWrong(
                f"--port: {port} is taken. Choose another, or 0 for any that is free."
            ) from taken
        try:
            settings = Settings(
                token=demo.world.token,
                api_url=server.base_url,
                database=f"sqlite:///{folder / 'complaints.db'}",
                desk=ChatId(demo.desk.id),
                listen=Listen(port=0),
                listens=True,
            )
            demo.world.mini_app = ""  # there will be one, and the bot asks before it has its address
            async with open_house(settings, rules) as house:
                if house.front is not None:
                    demo.world.mini_app = f"http://127.0.0.1:{house.front.port}/desk/"
                click.echo(f"{server.base_url}/?lang={lang}")
                await work_until(house, told)
        finally:
            await server.stop()


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    if data is not None:
        data.mkdir(parents=True, exist_ok=True)
        yield data.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="complaint-bot-") as folder:
        yield Path(folder)
