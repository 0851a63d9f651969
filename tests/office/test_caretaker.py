"""The caretaker: the desk hears once of a trouble with the bot itself, and once when it is over."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId, LetterId
from bot.complaint.letters import Letter, LetterKind
from bot.complaint.records import Arrival, Done, Round
from bot.config import load_rules
from bot.office.booking.ledger import Ledger
from bot.office.groups import Groups
from bot.office.outgoing.courier import Courier
from bot.office.phrases import load_catalogue
from bot.office.watching.caretaker import LOOK, Caretaker
from bot.store import Store, open_store
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from bot.telegram.hook import Hook
from tests.handclock import HandClock
from tests.office.courier_desk import UNHURRIED, closing

DESK = ChatId(-1001)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """What is told to the desk is an error in the log as well; here it is wanted."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    yield
    structlog.configure(wrapper_class=before)


class House:
    """What the caretaker looks after."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = HandClock()
        self.ticks = 0.0
        self.hook: Hook | None = None
        rules = load_rules()
        groups = Groups(DESK)
        ledger = Ledger(load_catalogue(rules, None), rules, groups, store.letter_ids)
        telegram = Telegram(Address("http://127.0.0.1:9", "1:nobody-listens-there"))
        self.courier = Courier(store, telegram, UNHURRIED, self.clock, jitter=lambda: 0.0)
        self.caretaker = Caretaker(
            store, self.courier, ledger, groups, self.clock, lambda: self.hook, lambda: self.ticks
        )

    async def looks(self, times: int, every: timedelta = LOOK) -> list[str]:
        """Let it look so often; what it told the desk meanwhile."""
        before = {one.id for one in await self.store.waiting()}
        for _ in range(times):
            self.clock.move(every)
            self.ticks += every.total_seconds()
            await self.caretaker.look()
        return [one.html for one in await self.store.waiting() if one.id not in before]

    async def arrives(self, key: str) -> None:
        """Something comes into the inbox."""
        one = Arrival(source="telegram", key=key, chat=ChatId(7), body=b"{}", at=self.clock.now())
        await self.store.keep([one])

    async def works_off(self, outcome: str = "done") -> None:
        """Whatever is in the inbox is done with."""
        rows = await self.store.pending(100, now=self.clock.now())
        done = [Done(row=row.id, outcome=outcome) for row in rows]
        await self.store.write(Round(at=self.clock.now(), done=done))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with closing(await open_store(f"sqlite:///{tmp_path / 'house.db'}")) as store:
        yield House(store)


async def test_a_house_that_is_well_says_nothing(house: House) -> None:
    """Nor does a row that has just come."""
    assert await house.looks(10) == []
    await house.arrives("1")
    assert await house.looks(2) == []


async def test_a_backlog_is_told_once_and_once_when_it_is_over(house: House) -> None:
    """In General, before everything else, with how much waits and since when."""
    await house.arrives("1")
    await house.arrives("2")
    (told,) = await house.looks(20)
    assert "10:00 起的 2 条消息还没处理" in told
    (letter,) = await house.store.waiting()
    assert (letter.chat, letter.topic, letter.lane) == (DESK, None, Lane.URGENT)
    await house.works_off()
    (over,) = await house.looks(20)
    assert "处理完了" in over


async def test_what_comes_and_goes_is_told_at_most_once_an_hour(house: House) -> None:
    """A trouble that flaps does not fill the group."""
    told: list[str] = []
    for n in range(8):
        await house.arrives(f"{n}")
        told += await house.looks(6)
        await house.works_off()
        told += await house.looks(6)

    assert len(told) == 2
    await house.looks(120)
    await house.arrives("later")
    assert len(await house.looks(8)) == 1


async def test_letters_that_do_not_go_out_for_an_hour_are_told(house: House) -> None:
    """Of those that may not go yet nothing is said."""
    letter = Letter(
        id=LetterId(10**9),
        kind=LetterKind.TEXT,
        chat=ChatId(7),
        lane=Lane.TALK,
        written_at=house.clock.now(),
        html="…",
    )
    later = letter.evolve(
        id=LetterId(10**9 + 1), chat=ChatId(8), not_before=house.clock.now() + timedelta(days=1)
    )
    await house.store.write(Round(at=house.clock.now(), letters=[letter, later]))
    assert await house.looks(110) == []
    (told,) = await house.looks(20)

    assert "1 条要发的消息" in told


async def test_many_rows_set_aside_within_an_hour_are_a_trouble_of_their_own(house: House) -> None:
    """Those of long ago are none."""
    for n in range(30):
        await house.arrives(f"old {n}")
    await house.works_off("set_aside")
    assert await house.looks(3) == []
    for n in range(10):
        await house.arrives(f"{n}")
    await house.works_off("set_aside")
    (told,) = await house.looks(4)

    assert "10 条内容处理不了" in told


async def test_a_webhook_that_fails_is_told(house: House) -> None:
    """As Telegram tells it."""
    house.hook = Hook(url="x", waiting=3, error="Connection refused", error_at=house.clock.now())
    (told,) = await house.looks(4)
    assert "已有 3 条在等" in told
    (over,) = await house.looks(20)
    assert "又能送进来" in over


async def test_a_clock_that_jumps_is_told_at_once(house: House) -> None:
    """Promises are kept by it."""
    await house.looks(2)
    house.clock.move(timedelta(hours=2))
    (told,) = await house.looks(1)

    assert "7200 秒" in told
    assert await house.looks(10) == []
