"""The long ordeal: `python -m tests.crash [--kills 200] [--seed 1] [--customers 8]`.

A little Telegram stands in a process of its own; customers and an agent write without pause while the bot is
killed with SIGKILL, 20 to 400 ms after it opened (one time in eight while it still starts), and started
again. Then it drains, is told to stop, and every word is counted. Prints what was looked at and each finding;
the exit code is 1 if there is any.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from random import Random

from tests.crash.brand import quick_brand
from tests.crash.findings import look_through
from tests.crash.ordeal import undergo
from tests.crash.people import People
from tests.processes import little_telegram, posted


async def ordeal(kills: int, seed: int, customers: int, folder: Path) -> int:
    """Undergo it and tell."""
    async with (
        little_telegram(folder) as telegram,
        posted(folder, telegram, brand=quick_brand(folder), messages_per_second=1000) as post,
    ):
        people = People(telegram, Random(seed), at_once=customers, most_for_a_person=max(3, kills // 3))
        report = await undergo(post, telegram, people, kills, seed)
        found = await look_through(post, telegram, people)
    say = sys.stdout.write
    say(f"{report.kills} kills ({report.early} of them while starting), {report.starts} starts, seed {seed}, ")
    say(f"{report.killing:.0f} s of killing, {report.draining:.0f} s of draining; told to stop {len(report.stops)} times: {set(report.stops)}\n")
    for name, count in sorted(found.figures.items()):
        say(f"  {count:6}  {name}\n")
    wrong = [*found.wrong, *report.faults, *(f"exit code {code}" for code in report.stops if code)]
    for one in wrong:
        say(f"WRONG  {one}\n")
    say("nothing lost, nothing doubled unmarked, nothing out of order\n" if not wrong else f"{len(wrong)} findings\n")
    return int(bool(wrong))


def main() -> int:
    """Read the arguments, and go."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--customers", type=int, default=8)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="complaint-bot-crash-") as folder:
        return asyncio.run(ordeal(given.kills, given.seed, given.customers, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
