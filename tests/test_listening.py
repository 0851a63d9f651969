"""Nobody who was let in is left on a dead line when a server stops listening."""

import asyncio
import gc
import socket

import pytest

from bot.front.server import Front
from bot.sandbox.server import SandboxServer
from bot.sandbox.world import World
from tests.crash.gate import gate_to

TURNS = range(5)
"""How far asyncio is with the newcomer when the server stops: not seen, taken in, given a line, and on."""


async def call(port: int, turns: int) -> socket.socket:
    """Ring at the door, and let the server's loop go on for some turns."""
    caller = socket.create_connection(("127.0.0.1", port))
    for _ in range(turns):
        await asyncio.sleep(0)
    return caller


def is_hung_up(caller: socket.socket) -> bool:
    """Whether the other side has closed the line, and not only forgotten it: that a collection would tell."""
    with caller:
        caller.settimeout(60)
        try:
            ended = caller.recv(1) == b""
        except ConnectionResetError:
            ended = True
    gc.collect()
    return ended


@pytest.mark.parametrize("turns", TURNS)
async def test_telegrams_stand_in_hangs_up_on_whoever_came_last(turns: int) -> None:
    """Also on who was being let in at that very moment."""
    server = SandboxServer(World())
    await server.start()
    caller = await call(server.port, turns)
    await server.stop()
    assert is_hung_up(caller)


@pytest.mark.parametrize("turns", TURNS)
async def test_the_front_hangs_up_on_whoever_came_last(turns: int) -> None:
    """Telegram sees a broken line at once, and brings its update again."""

    async def nobody(_scope: object, _receive: object, _send: object) -> None:
        raise AssertionError("nothing was asked")

    front = Front(nobody, "127.0.0.1", 0)
    front.bind()
    running = asyncio.create_task(front.run())
    reader, writer = await asyncio.open_connection("127.0.0.1", front.port)
    writer.write(b"nonsense\r\n\r\n")
    await reader.read()  # it listens
    writer.close()
    await writer.wait_closed()
    caller = await call(front.port, turns)
    await front.stop()
    await running
    assert is_hung_up(caller)


@pytest.mark.parametrize("turns", TURNS)
async def test_a_gate_that_is_cut_hangs_up_on_whoever_came_last(turns: int) -> None:
    """The proxy of the crash tests leaves no half-open line."""
    async with SandboxServer(World()) as server, gate_to(server.base_url) as gate:
        caller = await call(int(gate.url.rpartition(":")[2]), turns)
        await gate.cut()
        assert is_hung_up(caller)
