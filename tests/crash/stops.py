"""Being told to stop, and who keeps a bot from ending in its time."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.office.house import STOP_WITHIN
from tests.contract.servers import Server
from tests.crash.books import rows
from tests.outpost import Post
from tests.processes import Ended, Running
from tests.stopwatch import Stopwatch, family

UNDER_WAY = "SELECT count(*) FROM outbox WHERE outcome = 'waiting' AND attempted_at IS NOT NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """What a bot left behind that was told to stop."""

    ended: Ended
    doubts: int
    """Letters of which it could not hear any more whether they arrived; the next one sends them again, marked."""
    held_up: bool
    """Whether the machine stood still until the time for such letters was over. By itself it was quicker."""


async def stopped(post: Post, running: Running, told: signal.Signals = signal.SIGTERM) -> Stopped:
    """Tell it to stop, and see that it does."""
    watch = Stopwatch()
    ended = await running.stop(told)
    held_up = watch.all_seconds() >= STOP_WITHIN > watch.seconds()
    ((doubts,),) = await rows(post, UNDER_WAY)
    return Stopped(ended=ended, doubts=doubts, held_up=held_up)


@contextmanager
def silent(server: Server) -> Iterator[None]:
    """The server and all who serve in it stand still: nothing is refused, and nothing answered."""
    there = [server.pid, *(child for child, parent in family().items() if parent == server.pid)]
    for pid in there:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in there:
            os.kill(pid, signal.SIGCONT)
