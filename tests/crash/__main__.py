"""The long crash run: `python -m tests.crash [--kills 200] [--seed 1] [--customers 8]`.

With `--store postgres [--replicas 2] [--mode polling|webhook]` several bots share one PostgreSQL, and the one that
is killed is started again while the others work; `--stops 5` lets some stand still for six seconds, `--restarts 3`
takes the server's power away.

A little Telegram stands in a process of its own; customers and an agent write without pause while the bot is
killed with SIGKILL, 20 to 400 ms after it opened (one time in eight while it still starts), and started
again. Then it drains, is told to stop, and every word is counted. Prints what was looked at and each finding;
the exit code is 1 if there is any.
"""

import argparse
import asyncio
import sys
import tempfile
from functools import partial
from pathlib import Path

from tests.contract.servers import Server
from tests.crash.brand import quick_brand
from tests.crash.findings import Findings, look_through
from tests.crash.ordeal import Report, undergo
from tests.crash.people import People, chance_of
from tests.crash.replicas import POLLING, WEBHOOK, blow_after_blow, replicas
from tests.crash.replicas import undergo as undergo_together
from tests.outpost import little_telegram, posted


async def ordeal(kills: int, seed: int, customers: int, folder: Path) -> int:
    """Undergo it and tell."""
    async with (
        little_telegram(folder) as telegram,
        posted(folder, telegram, brand=quick_brand(folder), messages_per_second=1000) as post,
    ):
        people = People(telegram, chance_of(seed), at_once=customers, most_for_a_person=max(3, kills // 3))
        report = await undergo(post, telegram, people, kills, seed)
        found = await look_through(post, telegram, people)
    return tell(report, found, seed)


async def ordeal_of_replicas(given: argparse.Namespace, folder: Path) -> int:
    """The same with several bots on one database."""
    server = Server(durable=True)
    try:
        server.start()
        async with (
            server.database() as name,
            little_telegram(folder) as telegram,
            replicas(
                folder,
                telegram,
                [server.address(name)] * given.replicas,
                given.mode,
                messages_per_second=1000,
            ) as group,
        ):
            most = max(3, given.kills // 3)
            people = People(telegram, chance_of(given.seed), at_once=given.customers, most_for_a_person=most)
            await group.open()
            blows = partial(
                blow_after_blow,
                *(group, given.kills, chance_of(given.seed), server),
                stops=given.stops,
                restarts=given.restarts,
            )
            report = await undergo_together(group, people, blows, patience=1200)
            found = await look_through(group.posts[0], telegram, people)
    finally:
        server.remove()
    return tell(report, found, given.seed)


def tell(report: Report, found: Findings, seed: int) -> int:
    """Print what was looked at and what is wrong; 1 if anything is."""
    wrong = [*found.wrong, *report.faults, *(f"exit code {code}" for code in report.stops if code)]
    lines = [
        f"{report.kills} kills ({report.early} of them while starting), {report.starts} starts, seed {seed}",
        f"{report.killing:.0f} s of killing, {report.draining:.0f} s of draining, {len(report.stops)} stops",
        *(f"  {count:6}  {name}" for name, count in sorted(found.figures.items())),
        *(f"WRONG  {one}" for one in wrong),
        f"{len(wrong)} findings" if wrong else "nothing lost, nothing doubled unmarked, nothing out of order",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(bool(wrong))


def main() -> int:
    """Read the arguments, and go."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--customers", type=int, default=8)
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--replicas", type=int, default=2)
    parser.add_argument("--mode", choices=(POLLING, WEBHOOK), default=POLLING)
    parser.add_argument("--stops", type=int, default=0)
    parser.add_argument("--restarts", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="complaint-bot-crash-") as folder:
        if given.store == "postgres":
            return asyncio.run(ordeal_of_replicas(given, Path(folder)))
        return asyncio.run(ordeal(given.kills, given.seed, given.customers, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
