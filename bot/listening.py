"""How a server stops listening, so that nobody who was just let in is forgotten."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Final, Protocol

TURNS: Final = 3
"""Of the event loop: a transport for whoever was let in, its protocol told, the protocol's own first step."""


class Listening(Protocol):
    """A listening socket."""

    def fileno(self) -> int:
        """Its number."""
        ...


async def let_in_the_last(listening: Iterable[Listening]) -> None:
    """Let nobody new in, and finish with those who were; the sockets stay open, and are closed after this.

    asyncio takes a caller's socket in one turn of its loop and gives it a transport in the next. A server
    that is closed between the two leaves the caller on a line that nobody serves and nobody closes.
    """
    loop = asyncio.get_running_loop()
    for number in [one.fileno() for one in listening]:
        if number < 0:  # closed already
            continue
        # a loop that has no readers (Windows' own) takes callers in otherwise
        with suppress(NotImplementedError):
            loop.remove_reader(number)
    for _ in range(TURNS):
        await asyncio.sleep(0)
