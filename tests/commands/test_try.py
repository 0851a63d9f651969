"""`try`: one command, no account, and something that answers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from tests.outpost import LittleTelegram
from tests.processes import Running, clean_environment

Try = Callable[..., Awaitable[Running]]


@pytest.fixture(name="try_it")
async def _try_it(tmp_path: Path) -> AsyncIterator[Try]:
    """Start `try` with these arguments; whatever still runs in the end is ended."""
    async with AsyncExitStack() as stack:

        async def go(*arguments: str) -> Running:
            running = await Running.start(
                "-m", "bot", "try", *arguments, cwd=tmp_path, env=clean_environment()
            )
            stack.push_async_callback(running.kill)
            return running

        yield go


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "上周买的电热壶不通电"), ("en", "The kettle I bought does not work")]
)
async def test_it_prints_its_address_serves_the_page_and_answers(
    try_it: Try, tmp_path: Path, lang: str, words: str
) -> None:
    """The address is on standard output; behind it are the page and a bot that acknowledges a complaint at once."""
    running = await try_it("--port", "0", "--lang", lang, "--data", "kept")
    await running.until(lambda: running.out)
    async with aiohttp.ClientSession() as session:
        async with session.get(running.out[0]) as page:
            assert page.status == 200
            assert "text/html" in page.headers["Content-Type"]
        telegram = LittleTelegram(running, running.out[0].partition("/?")[0], session)
        await telegram.look_around()
        await telegram.do("say", person_id=telegram.customer, text=words)
        reply = await telegram.waits_for(telegram.customer)
        assert reply["text"]
        assert reply["buttons"]
    ended = await running.stop()
    assert (ended.code, ended.err) == (0, "")
    assert list((tmp_path / "kept").glob("*.db"))


async def test_a_port_that_is_taken_is_one_line(try_it: Try) -> None:
    """It says which, and how to choose another."""
    first = await try_it("--port", "0")
    await first.until(lambda: first.out)
    port = first.out[0].partition("/?")[0].rpartition(":")[2]
    second = await try_it("--port", port)
    ended = await second.ended()
    assert (await first.stop()).code == 0
    assert (ended.code, len(ended.lines)) == (2, 1)
    assert port in ended.err
    assert "--port" in ended.err
