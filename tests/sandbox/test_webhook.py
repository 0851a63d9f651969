import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from telegram import Bot

from bot.sandbox import SandboxServer, World
from bot.sandbox.webhook import SECRET_HEADER
from tests.serving import serving


@dataclass
class Hook:
    """A bot's side of a webhook that answers as it is told, 200 when it is told nothing."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    heard: list[tuple[str, str | None]] = field(default_factory=list)
    rung: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.BaseRequest) -> web.Response:
        """Answer a delivery."""
        body = await request.text()
        self.heard.append((body, request.headers.get(SECRET_HEADER)))
        self.rung.set()
        return web.Response(status=self.answers.pop(0) if self.answers else 200)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    runner = web.ServerRunner(web.Server(hook.take))
    async with serving(runner) as url:
        hook.url = f"{url}/hook"
        yield hook


async def test_updates_are_posted_with_the_secret(bot: Bot, world: World, hook: Hook, customer: int) -> None:
    """A 2xx confirms the update."""
    await bot.set_webhook(hook.url, secret_token="s3cret")
    world.say(customer, "在吗")
    await world.wait_until(lambda: not world.pending())

    ((body, secret),) = hook.heard
    assert "在吗" in body
    assert secret == "s3cret"
    assert (await bot.get_webhook_info()).url == hook.url


async def test_what_waited_before_the_webhook_is_delivered_too(
    bot: Bot, world: World, hook: Hook, customer: int
) -> None:
    """Nothing is lost in the change from polling."""
    world.say(customer, "一")
    world.say(customer, "二")
    await bot.set_webhook(hook.url)
    await world.wait_until(lambda: not world.pending())

    assert ["一" in hook.heard[0][0], "二" in hook.heard[1][0]] == [True, True]


async def test_a_refusal_is_repeated_and_holds_back_the_same_chat(
    bot: Bot, server: SandboxServer, world: World, hook: Hook, customer: int
) -> None:
    """Order is kept within a chat: the second message waits for the first one's 2xx."""
    server.webhook.pauses = (0.0,)
    hook.answers = [500, 503]
    await bot.set_webhook(hook.url)
    world.say(customer, "一")
    world.say(customer, "二")
    await world.wait_until(lambda: not world.pending())

    assert ["一" in body for body, _ in hook.heard] == [True, True, True, False]
    assert "503" in ((await bot.get_webhook_info()).last_error_message or "")
