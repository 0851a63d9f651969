"""How long the report of a year takes, and what making its rows costs.

`python -m tests.benchmarks.report [--cases 100000] [--cold 10000]`
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.commands.report_page import page_of
from bot.commands.reporting import Answer, Asked, answer
from bot.complaint.axes import PromiseStatus, Queue, Severity, Status
from bot.complaint.case import Case, Facts, Flag, Person
from bot.complaint.dealings import Escalation, Promise, Survey, Wish
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.complaint.reading import Category, Family, RemedyKind
from bot.complaint.records import Entry, Round
from bot.config import Settings, load_rules
from bot.insight.facts import CaseFacts
from bot.insight.rows import body_of, last_at
from bot.office.booking.bookkeeping import bring_up_to_date, measures_of
from bot.policy.rules import Rules
from bot.store import Store, open_store
from bot.store.keeping import FactsRow
from tests.insight.year import shipped, year

BATCH = 1000
SEED = 20250101
LINES = 9
BEGUN = datetime(2025, 1, 1, tzinfo=UTC)


async def fresh(folder: Path, cases: int) -> None:
    """A year whose rows are there: read, reckon, draw."""
    rules = load_rules(None)
    address = f"sqlite:///{folder / 'fresh.db'}"
    store = await open_store(address)
    try:
        await _fill(store, rules, year(SEED, cases))
    finally:
        await store.close()
    csv = folder / "shipped.csv"
    rows = (f"{one.product},{one.batch},{one.day},{one.units}\n" for one in shipped(SEED))
    csv.write_text("product,batch,date,units\n" + "".join(rows), "utf-8")
    begun, worked = time.perf_counter(), time.process_time()
    found = await answer(
        Settings(database=address), rules, Asked(period="2025", shipments=csv), datetime.now(UTC)
    )
    _tell(f"report of {cases:,} cases beside the year before, rows fresh", begun, worked)
    _page(found)


def _page(found: Answer) -> None:
    begun, worked = time.perf_counter(), time.process_time()
    size = len(page_of(found).encode())
    _tell(f"its page ({size / 1024:,.0f} KiB)", begun, worked)


async def _fill(store: Store, rules: Rules, facts: Sequence[CaseFacts]) -> None:
    measures = await measures_of(store, rules, datetime.now(UTC))
    for first in range(0, len(facts), BATCH):
        part = {one.no: one for one in facts[first : first + BATCH]}
        cases = [_bare(one) for one in part.values()]
        await store.write(Round(at=BEGUN, cases=cases))
        listed = await store.unbooked(measures.now, BATCH)
        rows = [_row(part[one.no], one.mark, measures.form) for one in listed]
        await store.book(rows)


def _bare(one: CaseFacts) -> Case:
    someone = Person(id=UserId(1), name="x")
    return Case(no=one.no, chat=ChatId(1), customer=someone, opened_at=one.opened_at, status=one.status)


def _row(one: CaseFacts, mark: int, form: str) -> FactsRow:
    return FactsRow(
        no=one.no, mark=mark, opened_at=one.opened_at, last_at=last_at(one), form=form, body=body_of(one)
    )


async def cold(folder: Path, cases: int) -> None:
    """Cases with their talks, and not a row yet: what the first report costs once."""
    store = await open_store(f"sqlite:///{folder / 'cold.db'}")
    try:
        for first in range(0, cases, BATCH):
            some = [_whole(number) for number in range(first, min(cases, first + BATCH))]
            entries = [line for one in some for line in _talk(one)]
            await store.write(Round(at=BEGUN, cases=some, entries=entries))
        measures = await measures_of(store, load_rules(None), datetime.now(UTC))
        begun, worked = time.perf_counter(), time.process_time()
        await bring_up_to_date(store, measures)
        _tell(f"first rows of {cases:,} cases with {LINES} lines each", begun, worked)
        (touched,) = [_whole(0)]
        await store.write(Round(at=BEGUN, entries=list(_talk(touched))))
        begun, worked = time.perf_counter(), time.process_time()
        await bring_up_to_date(store, replace(measures, now=datetime.now(UTC)))
        _tell("the row of one case that was written to", begun, worked)
    finally:
        await store.close()


def _whole(number: int) -> Case:
    opened = BEGUN + timedelta(minutes=5 * number)
    later = opened + timedelta(minutes=20)
    promise = Promise(
        id="p1",
        kind="person_answers",
        text="今天18:00前给您答复。",
        owner="general",
        made_at=opened,
        due_at=later,
        status=PromiseStatus.KEPT,
        settled_at=later,
    )
    return _bare(CaseFacts(no=CaseNo(f"{number:07d}"), opened_at=opened)).evolve(
        status=Status.CLOSED,
        closed_at=later,
        severity=Severity.SEV3,
        category=Category.QUALITY,
        facts=Facts(product="tea", issue=("leak",), batch_no="T1"),
        flags=(Flag(family=Family.MEDIA, cue="曝光", at=opened),),
        story=("收到的茶壶是破的，漏了一桌子",) * 3,
        wishes=(Wish(at=opened, verbatim="退钱", kinds=(RemedyKind.REFUND_FULL,)),),
        promises=(promise,),
        escalations=(
            Escalation(id="e1", at=opened, reason="asked", queue=Queue.GENERAL, promise_id="p1", open=False),
        ),
        surveys=(Survey(asked_at=later, handling=5, outcome=4),),
    )


def _talk(one: Case) -> Iterator[Entry]:
    for turn in range(LINES):
        yield Entry(
            case_no=one.no,
            at=one.opened_at + timedelta(minutes=turn),
            who=("customer", "bot", "agent")[turn % 3],
            chat=one.chat,
            text=f"收到的茶壶是破的，漏了一桌子，您看怎么办（{turn}）？",
        )


def _tell(what: str, begun: float, worked: float) -> None:
    wall, cpu = time.perf_counter() - begun, time.process_time() - worked
    sys.stdout.write(f"{what}: {wall:.1f} s, {cpu:.1f} s of CPU\n")


async def _main(cases: int, some: int) -> None:
    with TemporaryDirectory(prefix="report-") as name:
        await cold(Path(name), some)
        await fresh(Path(name), cases)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--cold", type=int, default=10_000)
    wanted = parser.parse_args()
    asyncio.run(_main(wanted.cases, wanted.cold))
