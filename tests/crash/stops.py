"""How long a bot takes to end once it was told to, and who keeps it from ending."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.contract.servers import Server
from tests.processes import PATIENCE, Ended, Running

LOOK = 0.05


async def stopped_in(running: Running) -> tuple[Ended, float]:
    """Tell it to stop; its end, and the seconds until then, without those in which others had the processor."""
    begun, before = time.monotonic(), _waited(running)
    waited = before
    running.process.send_signal(signal.SIGTERM)
    while running.process.returncode is None and time.monotonic() < begun + PATIENCE:
        waited = max(waited, _waited(running))
        await asyncio.wait({asyncio.ensure_future(running.process.wait())}, timeout=LOOK)
    lasted = time.monotonic() - begun - (waited - before)
    return await running.ended(), lasted


def _waited(running: Running) -> float:
    """Seconds for which it was ready to work and had no processor; a busy machine's doing."""
    try:
        told = Path(f"/proc/{running.process.pid}/schedstat").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(told.split()[1]) / 1e9


@contextmanager
def silent(server: Server) -> Iterator[None]:
    """The server and all who serve in it stand still: nothing is refused, and nothing answered."""
    there = [server.pid, *_children(server.pid)]
    for pid in there:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in there:
            os.kill(pid, signal.SIGCONT)


def _children(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                told = (entry / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            if int(told.rpartition(")")[2].split()[1]) == parent:
                found.append(int(entry.name))
    return found
