"""Free ports for servers that must know theirs in advance."""

import os
import socket
from itertools import count

FIRST, LAST = 20_000, 32_000
"""Below those that the system gives to whoever calls out: none is taken between the choice and the start."""
_steps = count(os.getpid() * 41)


def free_port() -> int:
    """A port on which nobody listens; another process of tests begins elsewhere."""
    for step in _steps:
        port = FIRST + step % (LAST - FIRST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError
