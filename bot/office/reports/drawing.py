"""Starts the easel, a process that draws, when pictures are asked for, and ends it when idle."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from typing import Final

import msgspec

from bot.complaint.errors import ComplaintError
from bot.office.reports.easel_orders import HEAD, Answer, Order

KEPT: Final = 600.0
"""Seconds for which an idle easel is kept, since starting it takes longer than drawing."""
SLICE: Final = 200
"""Rows sent to the easel at once."""
PATIENCE: Final = 120.0
"""The time limit of an order in seconds: enough for some millions of cases."""

_answers: Final = msgspec.json.Decoder(Answer)


class NotDrawn(ComplaintError):
    """The pictures could not be made."""


class DrawingRoom:
    """Passes orders to the easel, one after another."""

    def __init__(self) -> None:
        self._easel: Process | None = None
        self._turn = asyncio.Lock()
        self._idle: asyncio.TimerHandle | None = None

    async def set_up(self) -> None:
        """Start the easel while the order is still being written."""
        async with self._turn:
            self._stay()
            try:
                await self._ready()
            except OSError:
                # whoever draws is told
                return
            self._idle = asyncio.get_running_loop().call_later(KEPT, self._end)

    async def draw(self, order: Order, pages: AsyncIterator[list[str]]) -> Answer:
        """The easel's answer for these rows.

        Raises:
            NotDrawn: it broke, or took too long.
        """
        async with self._turn:
            self._stay()
            try:
                async with asyncio.timeout(PATIENCE):
                    return await self._drawn(await self._ready(), order, pages)
            except (OSError, EOFError, TimeoutError, msgspec.DecodeError, ValueError) as error:
                await self._put_away()
                raise NotDrawn(f"{type(error).__name__} at the easel") from error
            except asyncio.CancelledError:
                # half an order is in it: it is of no more use
                await self._put_away()
                raise
            finally:
                self._idle = asyncio.get_running_loop().call_later(KEPT, self._end)

    async def close(self) -> None:
        """End the easel."""
        self._stay()
        await self._put_away()

    async def _ready(self) -> Process:
        if self._easel is None or self._easel.returncode is not None:
            # one thread reckons: others would only wait for it
            alone = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MPLBACKEND": "agg"}
            self._easel = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.office.reports.easel",
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env=os.environ | alone,
            )
        return self._easel

    @staticmethod
    async def _drawn(easel: Process, order: Order, pages: AsyncIterator[list[str]]) -> Answer:
        if easel.stdin is None or easel.stdout is None:
            raise NotDrawn("the easel has no ends")
        easel.stdin.write(msgspec.json.encode(order) + b"\n")
        async for page in pages:
            for first in range(0, len(page), SLICE):
                easel.stdin.write(f"[{','.join(page[first : first + SLICE])}]\n".encode())
                await easel.stdin.drain()
                # others get their turn: a page as a whole would hold them up for some milliseconds
                await asyncio.sleep(0)
        easel.stdin.write(b"\n")
        await easel.stdin.drain()
        length = int(await easel.stdout.readexactly(HEAD))
        return _answers.decode(await easel.stdout.readexactly(length))

    def _stay(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _end(self) -> None:
        """Nobody has asked for long: its input ends, and so does it."""
        if self._easel is not None and self._easel.stdin is not None:
            self._easel.stdin.close()
            self._easel = None

    async def _put_away(self) -> None:
        easel, self._easel = self._easel, None
        if easel is None or easel.returncode is not None:
            return
        try:
            easel.kill()
        except ProcessLookupError:
            return
        await easel.wait()
