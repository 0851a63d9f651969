"""Free ports for servers that must know theirs in advance."""

import atexit
import os
import socket
from itertools import count

FIRST, LAST = 20_000, 32_000
"""Below those that the system gives to whoever calls out: none is taken between the choice and the start."""
_steps = count(os.getpid() * 41)
_claims: list[socket.socket] = []
"""A port is ours while we hold the same number of the other kind, which no server of ours uses."""


def free_port() -> int:
    """A port on which nobody listens, and that no other process of tests has chosen."""
    for step in _steps:
        port = FIRST + step % (LAST - FIRST)
        claim = socket.socket(type=socket.SOCK_DGRAM)
        try:
            claim.bind(("127.0.0.1", port))
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            claim.close()
            continue
        _claims.append(claim)
        return port
    raise AssertionError


@atexit.register
def _let_go() -> None:
    # left to the end of the process, each would be told of as a resource that somebody forgot
    while _claims:
        _claims.pop().close()
