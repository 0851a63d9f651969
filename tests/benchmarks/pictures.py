"""How long the desk's pictures of a year take: `python -m tests.benchmarks.pictures [--cases 100000]`.

Rows of facts are at hand, as a database gives them. The first order sets up the easel, the others find it ready. Beside
them runs what must not wait: the longest wait of the loop is told, and the processor's time of the loop itself.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

from bot.insight.rows import body_of
from bot.office.reports.drawing import DrawingRoom
from bot.office.reports.easel_orders import Order
from tests.insight.test_pictures import words
from tests.insight.year import YEAR, active, shipped, year

PAGE = 1000
ROUNDS = 4


async def pages(rows: Sequence[str]) -> AsyncIterator[list[str]]:
    """The rows as a database gives them."""
    for first in range(0, len(rows), PAGE):
        yield list(rows[first : first + PAGE])
        await asyncio.sleep(0)


async def measure(rows: Sequence[str]) -> None:
    """Draw the year some times, and tell of each time."""
    said, room, waits = words("zh"), DrawingRoom(), [0.0]
    order = Order(
        kind="report",
        first=YEAR.first,
        until=YEAR.until,
        zone=str(YEAR.zone),
        now=datetime.now(UTC),
        texts=dict(said.texts),
        names={group: dict(names) for group, names in said.names.items()},
        shipped=shipped(3),
        active=active(),
        limit=100.0,
        compared=False,
    )
    beat = asyncio.create_task(_beat(waits))
    for number in range(ROUNDS):
        waits[0], began, spent = 0.0, time.perf_counter(), time.process_time()
        answer = await room.draw(order, pages(rows))
        took, own = time.perf_counter() - began, time.process_time() - spent
        told = (
            f"{took:.2f} s, loop {own:.2f} s, waits {waits[0] * 1000:.0f} ms, {len(answer.pictures)} pictures"
        )
        sys.stdout.write(f"{'again' if number else 'first'}: {told}\n")
    beat.cancel()
    await room.close()


async def _beat(waits: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        waits[0] = max(waits[0], time.perf_counter() - began - 0.001)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    asyncio.run(measure([body_of(one) for one in year(7, parser.parse_args().cases)]))
