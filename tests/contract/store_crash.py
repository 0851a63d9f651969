"""A program that is killed at each statement of a transaction in turn.

`python -m tests.contract.store_crash WHAT FOLDER` makes a store in FOLDER for every statement of WHAT
(`write`, `settle`, `fire`, `file`) and kills itself with SIGKILL as that statement begins; the last store lives to
the end. It prints how each ended: -9 for killed, 0 for done.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from bot.complaint.colleagues import Colleague
from bot.complaint.ids import ThreadId, UserId
from bot.complaint.letters import LetterKind
from bot.complaint.records import Done, Round
from bot.store import Store, open_store
from bot.store.sqlite import SqliteStore
from tests.contract.store import (
    DESK,
    NO,
    NOW,
    a_case,
    a_deed,
    a_file,
    a_letter,
    a_line,
    a_talk,
    a_timer,
    arrival,
    ref,
    sent,
)

MOST = 60
"""More statements than any of these transactions has."""


async def prepare(store: Store) -> None:
    """What the transaction starts from."""
    await store.keep([arrival("1")])
    letters = [a_letter(1, DESK, kind=LetterKind.OPEN_TOPIC, topic=NO), a_letter(2, source=ref(DESK, 20))]
    await store.write(Round(at=NOW, cases=[a_case()], letters=letters, timers=[a_timer("old")]))
    await store.write(Round(at=NOW, files=[a_file("u1")]))


async def write(store: Store) -> None:
    """A round that touches every table a round can."""
    await store.write(
        Round(
            at=NOW,
            cases=[a_case(version=1, finding="x"), a_case("000-0002", chat=2)],
            conversations=[a_talk(case_no=NO)],
            done=[Done(row=1)],
            entries=[a_line(), a_line("000-0002")],
            letters=[a_letter(3, key="k"), a_letter(4, key="k")],
            timers=[a_timer()],
            cancelled=[(NO, "old")],
            deeds=[a_deed(), a_deed()],
            colleagues=[Colleague(id=UserId(5))],
            files=[a_file("u2"), a_file("u3")],
        )
    )


async def settle(store: Store) -> None:
    """Receipts with all that can follow from them."""
    receipts = [sent(1, thread=ThreadId(44)), sent(2, 30)]
    await store.settle(receipts, [arrival("letter 2", source="courier")])


async def fire(store: Store) -> None:
    """A timer that becomes an arrival."""
    await store.fire([a_timer("old")], [arrival("old@1", source="watch")])


async def file(store: Store) -> None:
    """A file that was fetched."""
    await store.keep_file(a_file("u1"), "ab" * 32, b"picture", NOW)


WORK = {"write": write, "settle": settle, "fire": fire, "file": file}


async def live(what: str, file: Path, until: int) -> None:
    """Do the work, and die as its statement number `until` begins."""
    store = await open_store(f"sqlite:///{file}")
    assert isinstance(store, SqliteStore)
    await prepare(store)
    begun = 0

    def count(_: str) -> None:
        nonlocal begun
        begun += 1
        if begun > until:
            os.kill(os.getpid(), signal.SIGKILL)

    # The one look inside: nobody but the writing connection knows when a statement begins.
    await store._writer._connection.set_trace_callback(count)
    await WORK[what](store)
    await store.close()


def main() -> None:
    """Live and die until one life is long enough."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    ends: list[int] = []
    while 0 not in ends and len(ends) < MOST:
        child = os.fork()
        if not child:
            asyncio.run(live(what, folder / f"{len(ends)}.db", len(ends)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        ends.append(os.waitstatus_to_exitcode(status))
    print(json.dumps(ends))  # noqa: T201 - its output


if __name__ == "__main__":
    main()
