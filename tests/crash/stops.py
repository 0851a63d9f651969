"""Who keeps a bot from ending in its time."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from tests.contract.servers import Server
from tests.stopwatch import family


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
