"""A full day at the desk: `python -m tests.day --cases 300`."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.day.whole import a_day


def main() -> int:
    """Play the day, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.day", description=__doc__)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--hours", type=float, default=8.5)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        day = asyncio.run(a_day(Path(folder), cases=given.cases, hours=given.hours, seed=given.seed))
    for finding in day.findings:
        sys.stdout.write(f"{finding}\n")
    sys.stdout.write(
        f"{day.cases} cases, {day.closed} closed, {day.promises} promises, "
        f"busiest minute of the group {day.busiest_minute} events, "
        f"slowest first words {day.slowest_first_words:.0f} s, {len(day.findings)} findings "
        f"({time.monotonic() - begun:.0f} s)\n"
    )
    return 1 if day.findings else 0


if __name__ == "__main__":
    sys.exit(main())
