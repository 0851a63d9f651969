"""A front that is told to stop before it has begun to serve leaves nobody hanging, and serves nobody later."""

import asyncio
import socket

import pytest

from bot.front.server import Front

PATIENCE = 60.0


async def _nobody(_scope: object, _receive: object, _send: object) -> None:
    raise AssertionError("nothing was asked")


@pytest.fixture(name="front")
def _front() -> Front:
    """One that is bound to its address and serves nobody yet."""
    front = Front(_nobody, "127.0.0.1", 0)
    front.bind()
    return front


def _call(front: Front) -> socket.socket:
    caller = socket.create_connection(("127.0.0.1", front.port))
    caller.settimeout(0)
    return caller


async def _is_hung_up(caller: socket.socket) -> bool:
    with caller:
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.get_running_loop().sock_recv(caller, 1) == b""
        except ConnectionResetError:
            return True


async def test_whoever_called_before_it_served_is_hung_up_on_at_once(front: Front) -> None:
    """The house closes while it opens: Telegram sees a broken line, and brings its update to the next one."""
    caller = _call(front)
    await front.stop()
    assert await _is_hung_up(caller)


async def test_told_to_stop_it_serves_nobody_later(front: Front) -> None:
    """The part of the house that serves may get its first turn only after the stop."""
    caller = _call(front)
    await front.stop()
    async with asyncio.timeout(PATIENCE):
        await front.run()
    assert await _is_hung_up(caller)


async def test_a_second_stop_finds_nothing_to_do(front: Front) -> None:
    """A part that failed stops the front, and so does the house that closes then."""
    running = asyncio.create_task(front.run())
    await asyncio.sleep(0)
    await front.stop()
    await running
    await front.stop()


@pytest.mark.parametrize("turns", range(12))
async def test_a_stop_in_the_middle_of_its_first_turns_hangs_up_on_whoever_calls(
    front: Front, turns: int
) -> None:
    """However far it is with opening: who called is let go of long before a line's own patience ends."""
    before = _call(front)
    running = asyncio.create_task(front.run())
    for _ in range(turns):
        await asyncio.sleep(0)
    during = _call(front)
    stopping = asyncio.create_task(front.stop())
    for _ in range(turns % 3):
        await asyncio.sleep(0)
    try:
        after = _call(front)
    except ConnectionRefusedError:
        after = None
    async with asyncio.timeout(PATIENCE):
        await stopping
        await running
    for caller in (before, during, after):
        assert caller is None or await _is_hung_up(caller)
