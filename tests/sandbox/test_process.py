import asyncio
import signal
import sys

import aiohttp


async def test_the_sandbox_runs_as_a_process_of_its_own() -> None:
    """It prints its address as one line, serves with the given token, and ends cleanly on SIGTERM."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", "--token", "42:abc", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    address = (await process.stdout.readline()).decode().strip()
    async with aiohttp.ClientSession(address) as http, http.get("/bot42:abc/getMe") as answer:
        assert (await answer.json())["result"]["id"] == 42

    process.send_signal(signal.SIGTERM)

    assert await process.wait() == 0
