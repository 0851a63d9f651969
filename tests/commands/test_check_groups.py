"""What `check` says of groups: what the bot can see there, which is no finding."""

import pytest

from bot.commands.checking_groups import group_notes
from bot.sandbox.server import SandboxServer
from bot.sandbox.world import World
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram


@pytest.mark.practice("S36")
async def test_check_says_what_the_bot_cannot_see() -> None:
    """With privacy mode on, only what is meant for it; the line names the comments that it misses."""
    world = World()
    async with (
        SandboxServer(world) as server,
        Telegram(Address(server.base_url, world.token)) as telegram,
    ):
        (line,) = await group_notes(telegram)
    assert "privacy mode is on" in line
    assert "Comments" in line
