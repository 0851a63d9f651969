"""What a bot loads when it starts: a start must be quick, and small."""

import asyncio
import sys
from asyncio.subprocess import PIPE

from tests.processes import ROOT

LOADED = "import sys, bot.app; print(*sys.modules)"
HEAVY = {"matplotlib", "numpy", "openpyxl", "uvicorn", "asyncpg"}


async def test_what_only_some_need_is_not_loaded_at_the_start() -> None:
    """Pictures, spreadsheets, the server at the front and PostgreSQL are loaded by whoever needs them."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", LOADED, cwd=ROOT, stdout=PIPE)
    out, _ = await process.communicate()
    loaded = set(out.decode().split())
    assert "bot.app" in loaded
    assert HEAVY & loaded == set()
