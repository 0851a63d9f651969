"""A replica in a process of its own: it claims rows, holds the courier's post, and stays until killed.

`python -m tests.contract.replica ADDRESS` prints the keys of the rows that it claimed, and whether it holds the
post, as one line of JSON. With `write` after the address it writes round after round instead, and prints how
many are written.
"""

import asyncio
import json
import sys

from bot.complaint.ids import CaseNo
from bot.complaint.records import Round
from bot.store import Store, open_store
from tests.contract.store import NOW, a_case, a_deed, a_letter, a_line


async def write(store: Store) -> None:
    """Cases without end, each with a line, a letter and a deed."""
    for number in range(1, 10_000):
        no = f"000-{number:04}"
        letter = a_letter(store.letter_ids(1)[0], case_no=CaseNo(no))
        round_ = Round(
            at=NOW, cases=[a_case(no, number)], entries=[a_line(no)], letters=[letter], deeds=[a_deed(no)]
        )
        await store.write(round_)
        print(number, flush=True)  # noqa: T201 - its output


async def main() -> None:
    """Take what there is, tell it, and live on."""
    store = await open_store(sys.argv[1])
    if sys.argv[2:] == ["write"]:
        await write(store)
    keys = [row.arrival.key for row in await store.pending(100, now=NOW)]
    post = await store.hold("courier")
    print(json.dumps([keys, post is not None]), flush=True)  # noqa: T201 - its output
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
