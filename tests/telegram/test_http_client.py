"""The line over real HTTP: what it keeps open, what it gives up, and what it never tells."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.complaint.errors import SettingsWrong
from bot.sandbox import SandboxServer, World
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from bot.telegram.http_client import HttpClient
from bot.telegram.refusals import FloodWait, NotReached
from bot.telegram.troubles import Unreachable
from tests.serving import serving

TOKEN = "1000000001:TOP-secret_token"

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def server(handler: Handler) -> AsyncIterator[str]:
    runner = web.ServerRunner(web.Server(handler, access_log=None), shutdown_timeout=0.1)
    async with serving(runner) as url:
        yield url


async def _ok(_request: web.BaseRequest) -> web.Response:
    return web.Response(body=b'{"ok":true,"result":true}')


async def _break(request: web.BaseRequest) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _endless(request: web.BaseRequest) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(b"x" * 65536)


async def _half(request: web.BaseRequest) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Length": "10"})
    await answer.prepare(request)
    await answer.write(b"half")
    return await _break(request)


async def _never(_request: web.BaseRequest) -> web.Response:
    await asyncio.Event().wait()
    return web.Response()


async def _gibberish(_request: web.BaseRequest) -> web.Response:
    return web.Response(status=502, body=f"<html>{TOKEN}</html>".encode())


async def _nonsense(request: web.BaseRequest) -> web.Response:
    if request.transport is not None:
        request.transport.write(b"HELLO\r\n\r\n")
    return web.Response()


@pytest.mark.parametrize(
    ("handler", "expected"),
    [(_break, NetworkError), (_never, TimedOut), (_gibberish, NetworkError), (_nonsense, NetworkError)],
)
async def test_no_error_tells_the_token(handler: Handler, expected: type[TelegramError]) -> None:
    """Neither sentence, repr, traceback nor chained error of a broken call holds what opens the account."""
    async with server(handler) as base, HttpClient(patience=0.2) as line:
        with pytest.raises(expected) as caught:
            await line.ask(Address(base, TOKEN).method("getMe"), b"{}")
    error = caught.value
    told = "".join((str(error), repr(error), *traceback.format_exception(error), repr(line)))
    assert "secret" not in told
    assert (error.__cause__, error.__context__) == (None, None)


async def test_an_unreached_server_is_told_apart_and_tells_no_token() -> None:
    """Nothing happened there, so trying again is harmless."""
    async with HttpClient() as line:
        with pytest.raises(NotReached) as caught:
            await line.ask(Address("http://127.0.0.1:9", TOKEN).method("getMe"), b"{}")
        with pytest.raises(NotReached):
            await line.ask(Address("nowhere", TOKEN).method("getMe"), b"{}")
    assert "secret" not in "".join(traceback.format_exception(caught.value))
    with pytest.raises(NotReached):
        await line.ask("http://127.0.0.1:9", b"{}")


async def test_the_library_itself_tells_no_token_on_our_line(caplog: pytest.LogCaptureFixture) -> None:
    """python-telegram-bot's own calls go over the same line and under the same rule."""
    caplog.set_level("DEBUG")
    async with server(_gibberish) as base, HttpClient() as line:
        bot = Bot(TOKEN, base_url=f"{base}/bot", request=line, get_updates_request=line)
        with pytest.raises(NetworkError) as caught:
            await bot.send_message(1, "x")
    assert "secret" not in "".join(traceback.format_exception(caught.value))
    assert not [
        record for record in caplog.records if "secret" in record.getMessage() and record.levelno > 10
    ]


async def test_the_library_works_on_our_line() -> None:
    """Texts, uploads and refusals come through as the library expects them."""
    world = World()
    alice = world.add_user("Alice")
    world.say(alice.id, "/start")
    async with SandboxServer(world) as sandbox, HttpClient() as line:
        bot = Bot(world.token, base_url=f"{sandbox.base_url}/bot", request=line, get_updates_request=line)
        assert (await bot.send_message(alice.id, "你好")).text == "你好"
        sent = await bot.send_document(alice.id, b"%PDF", filename="发票.pdf")
        assert sent.document is not None
        assert sent.document.file_name == "发票.pdf"
        with pytest.raises(BadRequest, match="chat not found"):
            await bot.send_message(999, "x")
        world.fail_next(code=429, retry_after=4)
        with pytest.raises(FloodWait) as caught:
            await bot.send_message(alice.id, "x")
        assert caught.value.retry_after == timedelta(seconds=4)


async def test_one_connection_serves_call_after_call() -> None:
    """A quiet bot pays no handshake for each reply."""
    peers = set()

    async def note(request: web.BaseRequest) -> web.Response:
        peers.add(request.transport.get_extra_info("peername") if request.transport else None)
        return await _ok(request)

    async with server(note) as base, HttpClient() as line:
        for _ in range(5):
            await line.ask(f"{base}/x", b"{}")
    assert len(peers) == 1


async def test_no_more_calls_are_under_way_than_allowed() -> None:
    """Further ones wait for a free connection."""
    under_way, most = 0, 0
    full = asyncio.Event()

    async def count(request: web.BaseRequest) -> web.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        if under_way == 3:
            full.set()
        await full.wait()
        under_way -= 1
        return await _ok(request)

    async with server(count) as base, HttpClient(connections=3) as line:
        await asyncio.gather(*(line.ask(f"{base}/x", b"{}") for _ in range(9)))
    assert most == 3


async def test_a_wrong_token_is_a_setting_to_correct() -> None:
    """Whoever starts the bot reads which variable to look at."""
    with pytest.raises(SettingsWrong, match="COMPLAINT_BOT_TOKEN") as caught:
        Address("http://x", "no token/../")
    assert "no token/" not in str(caught.value)
    async with SandboxServer(World()) as sandbox, Telegram(Address(sandbox.base_url, "5:wrong")) as telegram:
        with pytest.raises(SettingsWrong, match="COMPLAINT_BOT_TOKEN"):
            await telegram.me()


async def test_nothing_that_is_printed_holds_the_token() -> None:
    """Address and account show the server only."""
    address = Address("https://api.telegram.org", TOKEN)
    assert "secret" not in f"{address!r}{address}{Telegram(address)!r}"
    assert address.bot_id == 1000000001


async def test_an_answer_that_is_not_the_bot_apis_is_an_outage() -> None:
    """A captive portal's page is no update."""

    async def page(_request: web.BaseRequest) -> web.Response:
        return web.Response(body=b"<html>log in</html>")

    async with server(page) as base, Telegram(Address(base, TOKEN)) as telegram:
        with pytest.raises(Unreachable):
            await telegram.me()
        with pytest.raises(Unreachable):
            await telegram.get_updates(0, wanted=("message",))
        with pytest.raises(NetworkError):
            telegram.line.parse_json_payload(b"<html>")


async def test_of_a_file_without_an_end_no_more_is_read_than_allowed() -> None:
    """What a server says of a size is not believed: the bytes are counted."""
    async with server(_endless) as url, HttpClient() as line:
        with pytest.raises(BadRequest, match="too big"):
            await line.fetch(f"{url}/file", 100_000)


async def test_half_a_file_is_no_file() -> None:
    """A line that breaks in the middle is trouble, never a shorter file."""
    async with server(_half) as url, HttpClient() as line:
        with pytest.raises(NetworkError) as caught:
            await line.fetch(f"{url}/file", 100_000)
    assert type(caught.value) is NetworkError


async def test_a_server_that_asks_for_a_password_gets_it() -> None:
    """A Bot API server of one's own may stand behind a gate."""
    seen: list[str | None] = []

    async def note(request: web.BaseRequest) -> web.Response:
        seen.append(request.headers.get("Authorization"))
        return await _ok(request)

    async with server(note) as base, HttpClient() as line:
        await line.ask(f"{base.replace('//', '//me:word@')}/x", b"{}")
        await line.ask(f"{base}/x", b"{}")
    assert seen == ["Basic bWU6d29yZA==", None]


async def test_through_a_proxy_calls_go_as_well() -> None:
    """Where Telegram is not reached directly, the proxy is asked for the whole address."""
    seen: list[str] = []

    async def note(request: web.BaseRequest) -> web.Response:
        seen.append(request.raw_path)
        return await _ok(request)

    async with server(note) as proxy, HttpClient(proxy=proxy) as line:
        assert await line.ask("http://telegram.invalid/x", b"{}") == b'{"ok":true,"result":true}'
    assert seen == ["http://telegram.invalid/x"]
