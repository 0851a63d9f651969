"""The endurance table: `python -m tests.endurance [--quick] [--seed 1] [--setup webhook] [--fault killed]`.

For each fault and each set-up, a fresh little Telegram, a fresh desk, and customers who write in bursts while the
fault is inflicted on real processes. Then the bot drains and is told to stop, and every word is counted from
outside: by what people wrote, what Telegram shows them, and what `complaint-bot export` gives. Prints a row for
each as it is known, the table at the end, and every finding; the exit code is 1 if there is any.
"""

import argparse
import asyncio
import signal
import sys
import tempfile
import time
import traceback
from math import ceil, inf
from pathlib import Path

from tests.endurance.ordeal import endure
from tests.endurance.scene import SETUPS, Setup, named
from tests.endurance.tally import Row, table
from tests.endurance.troubles import TROUBLES, Trouble


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


async def _one(
    setup: Setup, trouble: Trouble, times: int, given: argparse.Namespace, turn: asyncio.Semaphore
) -> Row:
    async with turn:
        started = time.monotonic()
        try:
            row = await endure(
                setup,
                [(trouble, times)],
                name=trouble.name,
                seed=given.seed,
                at_once=given.customers,
                seconds=given.seconds,
                logs=given.logs,
            )
        except Exception:  # noqa: BLE001 - the other rows are wanted all the same
            wrong = traceback.format_exc(limit=-4)
            row = Row(setup.name, trouble.name, 0, 0, 0, 0, 0, 0, 0, (wrong,))
        _say(f"{' | '.join(row.cells())} | {time.monotonic() - started:.0f} s")
        for finding in row.wrong:
            _say(f"  WRONG  {finding}")
        return row


async def _all(given: argparse.Namespace) -> int:
    turn = asyncio.Semaphore(given.at_once)
    wanted = [
        (setup, trouble, given.times or (trouble.quick if given.quick else ceil(trouble.times * given.share)))
        for trouble in TROUBLES
        for setup in named(given.setup)
        if trouble.fits(setup) and any(words in trouble.name for words in given.fault or [""])
    ]
    rows = await asyncio.gather(
        *(_one(setup, trouble, times, given, turn) for setup, trouble, times in wanted if times)
    )
    _say(f"\nseed {given.seed}\n{table(rows)}")
    findings = sum(len(row.wrong) for row in rows)
    _say(f"{findings} findings" if findings else "nothing lost, doubled unmarked or out of order")
    return int(bool(findings))


async def _until_told(given: argparse.Namespace) -> int:
    """Whoever ends it early ends all that it has started."""
    everything = asyncio.ensure_future(_all(given))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, everything.cancel)
    return await everything


def main() -> int:
    """Read the arguments, and go."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few of each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="this share of the long form")
    parser.add_argument("--times", type=int, default=0, help="so many of each, whatever is usual")
    parser.add_argument("--at-once", type=int, default=2, help="rows that are endured at the same time")
    parser.add_argument("--customers", type=int, default=3, help="who write at the same time")
    parser.add_argument("--seconds", type=float, default=inf, help="kills of a row end after so long")
    logs = Path(tempfile.gettempdir()) / "complaint-bot-endurance-logs"
    parser.add_argument(
        "--logs", type=Path, default=logs, help="where the bots' logs go if there are findings"
    )
    parser.add_argument("--fault", action="append", help="only faults with these words in their name")
    known = "; ".join(one.name for one in SETUPS)
    parser.add_argument("--setup", action="append", default=[], help=f"only these (part of a name): {known}")
    return asyncio.run(_until_told(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
