import struct
import zlib
from collections.abc import AsyncIterator

import aiohttp
import pytest
from telegram import Bot

from bot.sandbox import Demo, SandboxServer, World, demo_world
from tests.handclock import HandClock


def picture(width: int = 40, height: int = 30) -> bytes:
    """Draw a grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x88" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture(autouse=True)
def _spans_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the library give spans of time as timedelta, its way from now on."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def demo(clock: HandClock) -> Demo:
    return demo_world("zh", now=clock.seconds)


@pytest.fixture
def world(demo: Demo) -> World:
    return demo.world


@pytest.fixture
async def server(world: World) -> AsyncIterator[SandboxServer]:
    async with SandboxServer(world) as server:
        yield server


@pytest.fixture
async def bot(world: World, server: SandboxServer) -> AsyncIterator[Bot]:
    base = server.base_url
    async with Bot(world.token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as bot:
        yield bot


@pytest.fixture
async def http(server: SandboxServer) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(server.base_url) as session:
        yield session


@pytest.fixture
def customer(demo: Demo) -> int:
    """The customer has said hello, so that the bot may answer; the update is already taken."""
    demo.world.say(demo.customer.id, "你好")
    demo.world.updates.clear()
    return demo.customer.id


@pytest.fixture
def desk(demo: Demo) -> int:
    return demo.desk.id


@pytest.fixture
def agent(demo: Demo) -> int:
    return demo.agents[0].id
