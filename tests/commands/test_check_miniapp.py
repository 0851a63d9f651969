"""What `check` says of the supervisor's page: whether Telegram can open it, and what to do where it cannot."""

import pytest

from bot.commands.checking_miniapp import miniapp_notes
from bot.config import Settings
from bot.sandbox.server import SandboxServer
from bot.sandbox.world import World
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram

SERVED = Settings(listens=True)
HOOKED = Settings(listens=True, webhook_url="https://bot.example.com/hook")
PAGE = "https://bot.example.com/desk/"


async def noted(settings: Settings, app: str | None = None, menu: str | None = None) -> str:
    """The notes of a bot that BotFather was told so much of."""
    world = World()
    world.mini_app, world.menu_page = app, menu
    async with (
        SandboxServer(world) as server,
        Telegram(Address(server.base_url, world.token)) as telegram,
    ):
        return "\n".join(await miniapp_notes(telegram, settings))


@pytest.mark.parametrize(
    ("settings", "app", "told"),
    [
        (Settings(), None, ""),
        (Settings(), PAGE, "COMPLAINT_BOT_LISTEN opens"),
        (SERVED, None, "the public https address that leads to /desk/"),
        (HOOKED, None, f"give it {PAGE}"),
        (HOOKED, PAGE, "a Mini App is registered"),
    ],
)
async def test_check_says_whether_the_page_can_be_opened(
    settings: Settings, app: str | None, told: str
) -> None:
    """Served and registered, only one of both, or neither: what is missing stands there with its remedy."""
    notes = await noted(settings, app)
    assert told in notes
    assert bool(notes) is bool(told)


async def test_a_page_beside_every_customers_text_field_is_told() -> None:
    """The desk's page is nothing for customers: who put it into everybody's menu hears where to take it away."""
    assert f"opens {PAGE}" in await noted(HOOKED, PAGE, PAGE)
    assert "Menu Button" in await noted(Settings(), None, PAGE)
