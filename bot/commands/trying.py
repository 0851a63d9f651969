"""`complaint-bot try`: sandbox, demo brand and bot in one process, with one page to use them."""

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import click

from bot.app import open_house
from bot.commands.running import work_until
from bot.commands.staffing import staffed
from bot.complaint.errors import SettingsWrong
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId
from bot.complaint.reading import Language
from bot.config import Listen, Settings, load_rules
from bot.policy.card_edits import AT_ONCE
from bot.sandbox.demo import demo_world
from bot.sandbox.server import SandboxServer
from bot.sandbox.world import World


async def try_out(port: int, lang: str, data: Path | None) -> None:
    """Serve the page and run the bot until Ctrl-C."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    rules, language = load_rules(), Language(lang)
    tongues = (language, *(one for one in rules.languages if one is not language))
    # one visitor takes little of what a group may get: they see every change at once
    rules = replace(rules, languages=tongues, cards=AT_ONCE)
    demo = demo_world(lang, brand=rules.brand(language), square=True)
    with _folder(data) as folder:
        async with _served(demo.world, port) as server:
            settings = Settings(
                token=demo.world.token,
                api_url=server.base_url,
                database=f"sqlite:///{folder / 'complaints.db'}",
                desk=ChatId(demo.desk.id),
                listen=Listen(port=0),
                listens=True,
            )
            demo.world.mini_app = ""  # there will be one, and the bot asks before it has its address
            async with open_house(settings, staffed(rules, demo)) as house:
                if house.front is not None:
                    demo.world.mini_app = f"http://127.0.0.1:{house.front.port}/desk/"
                click.echo(f"{server.base_url}/?lang={lang}")
                await work_until(house, told)


@asynccontextmanager
async def _served(world: World, port: int) -> AsyncIterator[SandboxServer]:
    server = SandboxServer(world, port=port)
    try:
        await server.start()
    except OSError as taken:
        raise SettingsWrong(f"--port: {port} is taken. Choose another, or 0 for any that is free.") from taken
    try:
        yield server
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
