"""What the store costs: microseconds of CPU and of wall clock, per message, on a real file.

Run `python -m tests.benchmarks.store [--messages 2000] [--rounds 5]`. Each figure is the median over the
rounds; CPU is that of the whole process, the store's threads included; the loop is uvloop, as in the product.
A message here is an update of 800 bytes in a case with a promise: its round reads talk and case, and writes
both, two lines of the timeline, a letter to the complainant, one to the desk, and a timer. "all in" is keep +
pending + state + write + attempting + settle.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvloop

from bot.complaint.actions import Lane
from bot.complaint.case import Case, Person, Promise
from bot.complaint.conversation import Conversation
from bot.complaint.ids import ChatId, MessageId, MessageRef, UserId, case_no_from
from bot.complaint.letters import Letter, LetterKind, Outcome, Receipt
from bot.complaint.records import Arrival, Done, Entry, InboxRow, Round, Timer
from bot.store import Store, open_store

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DESK = ChatId(-1001)
BODY = b'{"update_id":1,"message":{"text":"' + "退款".encode() * 125 + b'"}}'


class Clock:
    """Sums up CPU and wall time by name."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = {}

    async def time(self, name: str, work: Awaitable[object]) -> None:
        """Wait for the work and note what it took."""
        cpu, wall = time.process_time(), time.perf_counter()
        await work
        spent = self.spent.setdefault(name, [0.0, 0.0])
        spent[0] += time.process_time() - cpu
        spent[1] += time.perf_counter() - wall


def moment(number: int) -> datetime:
    """Every message comes at a moment of its own."""
    return NOW + timedelta(milliseconds=number)


def arrivals(first: int, count: int) -> list[Arrival]:
    """Updates, each in a chat of its own."""
    return [
        Arrival(source="telegram", key=str(number), chat=ChatId(number), body=BODY, at=moment(number))
        for number in range(first, first + count)
    ]


def new_case(chat: ChatId) -> Case:
    """A case with one promise."""
    at = moment(chat)
    promise = Promise(
        id="p1", kind="person_answers", text="今天之内回复您", owner="quality", made_at=at, due_at=at
    )
    person = Person(id=UserId(chat), name="王小明")
    return Case(
        no=case_no_from(chat),
        chat=chat,
        customer=person,
        opened_at=at,
        story=("包装破了",),
        promises=(promise,),
    )


def letters(store: Store, case: Case) -> list[Letter]:
    """A word to the complainant, and the relay to the desk."""
    one, two = store.letter_ids(2)
    heard = MessageRef(case.chat, MessageId(10))
    html = "您好，您的投诉我们已经收到。" * 5
    return [
        Letter(
            id=one,
            kind=LetterKind.TEXT,
            chat=case.chat,
            lane=Lane.TALK,
            written_at=moment(case.chat),
            html=html,
        ),
        Letter(
            id=two,
            kind=LetterKind.TEXT,
            chat=DESK,
            lane=Lane.DESK,
            written_at=moment(case.chat),
            case_no=case.no,
            topic=case.no,
            html=html,
            source=heard,
            mergeable=True,
        ),
    ]


def round_of(store: Store, inbox: list[InboxRow], cases: list[Case], talks: list[Conversation]) -> Round:
    """What a round of the clerk changes for these rows."""
    written = Round(at=NOW, done=[Done(row=row.id) for row in inbox], cases=cases, conversations=talks)
    for case in cases:
        both = letters(store, case)
        at = moment(case.chat)
        written.letters += both
        written.entries += [
            Entry(
                case_no=case.no, at=at, who="customer", chat=case.chat, text="包装破了", message=MessageId(10)
            ),
            Entry(case_no=case.no, at=at, who="bot", chat=case.chat, text=both[0].html, letter=both[0].id),
        ]
        due = at + timedelta(minutes=15)
        written.timers.append(Timer(case_no=case.no, kind="nudge", key="nudge", due=due, chat=case.chat))
    return written


async def go_round(store: Store, clock: Clock, batch: int, name: str) -> list[Letter]:
    """One round of the clerk over what waits."""
    inbox: list[InboxRow] = []

    async def take() -> None:
        inbox.extend(await store.pending(batch, now=NOW))

    await clock.time(f"pending {name}", take())
    chats = [row.arrival.chat for row in inbox]
    cases: list[Case] = []
    talks: list[Conversation] = []

    async def read() -> None:
        state = await store.state(chats=chats, cases=[], threads=[])
        cases.extend(state.cases.values())
        talks.extend(state.conversations.values())

    await clock.time(f"state {name}", read())
    changes = round_of(store, inbox, cases, talks)
    await clock.time(f"write {name}", store.write(changes))
    return changes.letters


async def deliver(store: Store, clock: Clock, sent: list[Letter], name: str) -> None:
    """The courier's part: both letters of every message of the round."""
    await clock.time(f"attempting {name}", store.attempting([one.id for one in sent], NOW))
    receipts = [
        Receipt(letter=one.id, outcome=Outcome.SENT, at=NOW, message=MessageId(one.id)) for one in sent
    ]
    await clock.time(f"settle {name}", store.settle(receipts))


async def measure(store: Store, messages: int, batch: int, first: int) -> dict[str, tuple[float, float]]:
    """Microseconds of CPU and wall per message of every step at this batch size."""
    clock = Clock()
    for start in range(first, first + messages, batch):
        news = arrivals(start, batch)
        opened = [new_case(one.chat) for one in news]
        talks = [Conversation(chat=case.chat, case_no=case.no) for case in opened]
        await store.write(Round(at=NOW, cases=opened, conversations=talks))
        await clock.time("keep", store.keep(news))
        sent = await go_round(store, clock, batch, "")
        await deliver(store, clock, sent, "")
    per = {
        name.strip(): (cpu * 1e6 / messages, wall * 1e6 / messages)
        for name, (cpu, wall) in clock.spent.items()
    }
    per["all in"] = (sum(cpu for cpu, _ in per.values()), sum(wall for _, wall in per.values()))
    return per


async def measure_crowd(store: Store, messages: int, callers: int, first: int) -> tuple[float, float]:
    """Many callers that keep one update each at the same time, as a webhook does."""
    clock = Clock()
    for start in range(first, first + messages, callers):
        crowd = [store.keep([one]) for one in arrivals(start, callers)]
        await clock.time("keep", asyncio.gather(*crowd))
    cpu, wall = clock.spent["keep"]
    return cpu * 1e6 / messages, wall * 1e6 / messages


async def in_fresh_store(work: Callable[[Store], Awaitable[None]]) -> None:
    """Do the work on a file that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(f"sqlite:///{Path(folder) / 'store.db'}")
        try:
            await work(store)
        finally:
            await store.close()


async def run(messages: int, rounds: int) -> None:
    """Print the table."""
    figures: dict[tuple[str, str], list[tuple[float, float]]] = {}

    async def one_round(store: Store) -> None:
        first = 1
        for batch in (1, 10, 50, 100):
            count = messages if batch > 1 else max(messages // 10, 1)
            for name, spent in (await measure(store, count, batch, first)).items():
                figures.setdefault((f"batch {batch}", name), []).append(spent)
            first += count
        spent = await measure_crowd(store, messages, 50, first)
        figures.setdefault(("50 callers", "keep"), []).append(spent)

    for _ in range(rounds):
        await in_fresh_store(one_round)
    for (batch, name), all_spent in figures.items():
        cpu = statistics.median(cpu for cpu, _ in all_spent)
        wall = statistics.median(wall for _, wall in all_spent)
        print(f"{batch:10} {name:10} CPU {cpu:8.1f} µs  wall {wall:8.1f} µs")  # noqa: T201 - its output


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    uvloop.run(run(chosen.messages, chosen.rounds))


if __name__ == "__main__":
    main()
