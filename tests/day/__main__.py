"""A full day at the desk, and the night, and the next morning: `python -m tests.day --cases 300`.

The hour that one group carries: `python -m tests.day --cases 200 --hours 1 --agents 20 --one-group`.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.day.whole import Form, a_day


def main() -> int:
    """Play the day, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.day", description=__doc__)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--hours", type=float, default=26, help="from nine in the morning")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one-group", action="store_true", help="danger has no group of its own")
    parser.add_argument("--agents", type=int, default=2, help="beside the demo's five people")
    parser.add_argument("--dangers", type=int, default=0, help="people in danger beside them, in a short day")
    given = parser.parse_args()
    form = Form(
        cases=given.cases,
        hours=given.hours,
        seed=given.seed,
        dangers=given.dangers,
        own_group=not given.one_group,
        more=given.agents,
    )
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        day = asyncio.run(a_day(Path(folder), form))
    for finding in day.findings:
        sys.stdout.write(f"{finding}\n")
    for one in day.spent:
        sys.stdout.write(f"{one.kind:28}{one.each:6.2f} events a case{one.ordinary:6.2f} an ordinary one\n")
    for lane in day.waits:
        sys.stdout.write(
            f"{lane.lane:8}{lane.letters:6} letters waited {lane.median:5.0f} s in the middle, "
            f"99 of 100 up to {lane.ninety_nine:5.0f} s, the last {lane.longest:5.0f} s\n"
        )
    sys.stdout.write(f"{day} ({time.monotonic() - begun:.0f} s)\n")
    return 1 if day.findings else 0


if __name__ == "__main__":
    sys.exit(main())
