"""The cost of finding similar cases among 10⁵.

Run `python -m tests.benchmarks.incidents [--cases 100000]`.

* `turn`: µs that every turn pays to see whether its case has anything new in common with others: where nothing has
  changed (most turns), and where something has. The bar: 30 µs.
* `timer`: µs by which a round's write grows for one that has: the timer that has the case weighed later.
* `weighing`: µs of CPU and of waiting to weigh one case against all others, at leisure, behind the talk: the sketch of
  its words, the question to the store, the rules.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.complaint.actions import Turn
from bot.complaint.case import Case, Facts, Person
from bot.complaint.events import Due
from bot.complaint.ids import ChatId, UserId, case_no_from
from bot.complaint.incidents import Sighting
from bot.complaint.reading import Category
from bot.complaint.records import Round, Timer
from bot.office.matters.incident_noticing import noticed
from bot.policy.clusters import DAY, LONG, WEEK, ClusterRules, cluster, sighting_of
from bot.store import Store, open_store
from tests.handclock import START

WORDS = ("打开发现里面有虫子", "盒子压扁了漏了一地", "味道发酸像是坏了", "少了一包没发", "包装上没有日期")
KINDS = (Category.FOOD_SAFETY, Category.DELIVERY, Category.QUALITY, Category.PACKAGING)
PAGE = 2000
RUNS = 2000


def a_case(number: int, chance: Random) -> Case:
    """One of many: two hundred products, twenty thousand batches, three hundred stores, two years."""
    facts = Facts(
        product=f"产品{chance.randrange(200)}",
        batch_no=f"L{chance.randrange(20_000):06d}" if chance.random() < 0.4 else None,
        store=f"{chance.randrange(300)}店" if chance.random() < 0.5 else None,
        issue=(chance.choice(WORDS),),
    )
    person = Person(id=UserId(number), name="顾客")
    at = START - timedelta(minutes=chance.randrange(2 * 365 * 24 * 60))
    case = Case(no=case_no_from(number), chat=ChatId(number), customer=person, opened_at=at, closed_at=at)
    return case.evolve(facts=facts, category=chance.choice(KINDS), story=(chance.choice(WORDS) * 3,))


async def filled(store: Store, count: int) -> list[Case]:
    """So many cases with their sightings; the last ones."""
    chance, cases = Random(5), []  # noqa: S311 - nothing here is a secret
    for first in range(1, count + 1, PAGE):
        cases = [a_case(number, chance) for number in range(first, min(first + PAGE, count + 1))]
        seen = [one for case in cases if (one := sighting_of(case)) is not None]
        await store.write(Round(at=START, cases=cases, sightings=seen))
    return cases


def each(work: Callable[[], object], runs: int = RUNS * 10) -> float:
    """µs of CPU for one."""
    before = time.process_time()
    for _ in range(runs):
        work()
    return (time.process_time() - before) / runs * 1e6


async def timers_cost(store: Store, cases: list[Case]) -> float:
    """µs by which a round's write grows for each timer."""
    spans = []
    for with_them in (False, True) * 10:
        timers = [
            Timer(case_no=one.no, kind="weigh", key="weigh", due=START, chat=one.chat) for one in cases[:200]
        ]
        before = time.perf_counter()
        await store.write(Round(at=START, timers=timers if with_them else []))
        spans.append(time.perf_counter() - before)
    plain, whole = min(spans[::2]), min(spans[1::2])
    return (whole - plain) / 200 * 1e6


async def weigh(store: Store, case: Case) -> None:
    """One case against all others."""
    mine = sighting_of(case)
    if mine is not None:
        others: list[Sighting] = await store.sightings(
            mine, since=START - WEEK - DAY, harmed_since=START - LONG
        )
        cluster(mine, others, ClusterRules(), START)


async def measure(folder: Path, count: int) -> None:
    """Fill a store, and tell what each part costs."""
    store = await open_store(f"sqlite:///{folder / 'desk.db'}")
    try:
        cases = await filled(store, count)
        case = cases[-1].evolve(closed_at=None)
        due = Due(at=START, chat=case.chat, case_no=case.no, kind="quiet", key="quiet")
        turn, changed = Turn(conversation=None, case=case), case.evolve(facts=Facts(batch_no="L1"))
        sys.stdout.write(f"turn, nothing new   {each(lambda: noticed(turn, case, due, START)):8.2f} µs\n")
        sys.stdout.write(f"turn, something new {each(lambda: noticed(turn, changed, due, START)):8.2f} µs\n")
        sys.stdout.write(f"timer               {await timers_cost(store, cases):8.2f} µs\n")
        wall, cpu = time.perf_counter(), time.process_time()
        for number in range(RUNS):
            await weigh(store, cases[number % len(cases)])
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        sys.stdout.write(
            f"weighing            {cpu / RUNS * 1e6:8.0f} µs CPU, {wall / RUNS * 1e6:.0f} µs waiting\n"
        )
    finally:
        await store.close()


def main() -> None:
    """Measure at one size."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--cases", type=int, default=100_000)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder), asked.cases))


if __name__ == "__main__":
    main()
