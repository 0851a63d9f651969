"""A replica of its own process: it claims what waits, holds the courier's post, and stays until it is killed.

`python -m tests.contract.replica ADDRESS` prints the keys of the rows that it claimed, and whether it holds the
post, as one line of JSON.
"""

import asyncio
import json
import sys

from bot.store import open_store
from tests.contract.store import NOW


async def main() -> None:
    """Take what there is, tell it, and live on."""
    store = await open_store(sys.argv[1])
    keys = [row.arrival.key for row in await store.pending(100, now=NOW)]
    post = await store.hold("courier")
    print(json.dumps([keys, post is not None]), flush=True)  # noqa: T201 - its output
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
