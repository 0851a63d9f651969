"""Updates that come out of their order."""

import heapq
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.complaint.ids import ChatId
from bot.complaint.records import Arrival, Done, InboxRow, Round
from bot.office.incoming.sequence import BRIEF, FEW, FLOODS, HOLD, LEAP, QUIET, Succession, as_they_happened
from bot.store import Store, open_store
from tests.handclock import HandClock


def _row(number: int, key: str, chat: int = 7, source: str = "telegram") -> InboxRow:
    at = datetime(2026, 3, 2, 10, tzinfo=UTC)
    return InboxRow(id=number, arrival=Arrival(source=source, key=key, chat=ChatId(chat), body=b"{}", at=at))


def _numbers(rows: list[InboxRow]) -> list[int]:
    return [row.id for row in rows]


def test_what_was_said_first_is_worked_first_though_it_came_last() -> None:
    """Within a chat the updates go by Telegram's numbers, as numbers; each chat keeps its places."""
    rows = [_row(1, "101"), _row(2, "9", chat=8), _row(3, "99"), _row(4, "10", chat=8), _row(5, "100")]

    assert _numbers(as_they_happened(rows)) == [3, 2, 5, 4, 1]


def test_what_telegram_did_not_number_keeps_its_place() -> None:
    """A timer that fired between two messages stays between them, and so does an update without a number."""
    rows = [_row(1, "12"), _row(2, "3", source="timer"), _row(3, "unnumbered:ab"), _row(4, "11")]

    assert _numbers(as_they_happened(rows)) == [4, 2, 3, 1]


@dataclass(slots=True)
class Table:
    """A clerk's table: what comes, what is worked, and when, by a clock in hand."""

    store: Store
    clock: HandClock
    succession: Succession
    most: int = 200
    worked: list[tuple[int, int]] = field(default_factory=list)
    """Numbers of updates, and milliseconds at which each was worked."""

    def begin_anew(self) -> None:
        """A clerk who remembers nothing."""
        self.succession = Succession(self.store, self.clock)

    async def comes(self, *numbers: int, chat: int = 7) -> list[int]:
        """These are brought, in this order; those worked then."""
        for number in numbers:
            await self.keeps(number, chat=chat)
        return await self.works()

    async def keeps(self, number: int, chat: int) -> None:
        """It is brought, and lies in the tray."""
        at = self.clock.now()
        update = Arrival(source="telegram", key=str(number), chat=ChatId(chat), body=b"{}", at=at)
        await self.store.keep([update])

    async def works(self, after: timedelta = timedelta(0)) -> list[int]:
        """One round, so much later; the numbers that were worked."""
        self.clock.move(after)
        now = self.clock.now()
        rows = await self.succession.in_turn(await self.store.pending(self.most, now=now))
        await self.store.write(Round(at=now, done=[Done(row=row.id) for row in rows]))
        found = [int(row.arrival.key) for row in rows]
        self.worked += [(number, self.milliseconds) for number in found]
        return found

    @property
    def milliseconds(self) -> int:
        """The time since everything began."""
        return round((self.clock.now() - BEGAN) / timedelta(milliseconds=1))


BEGAN = HandClock().now()


@asynccontextmanager
async def a_table(most: int = 200) -> AsyncIterator[Table]:
    """One with a store in memory, on which nothing lies."""
    async with AsyncExitStack() as stack:
        store = await open_store("sqlite://")
        stack.push_async_callback(store.close)
        clock = HandClock()
        yield Table(store, clock, Succession(store, clock), most)


@pytest.fixture(name="table")
async def _table() -> AsyncIterator[Table]:
    async with a_table() as table:
        await table.comes(100)
        yield table


async def test_what_came_too_early_waits_for_what_was_said_before(table: Table) -> None:
    """It is worked the moment that comes, together with it."""
    assert await table.comes(102) == []
    assert table.succession.until == table.clock.now() + HOLD
    assert await table.comes(101) == [101, 102]
    assert table.succession.until is None


async def test_whoever_missed_something_waits_though_another_chat_came_between(table: Table) -> None:
    """102 is another's: it stands in nobody's way, but what is still missing below may be of the first chat."""
    assert await table.comes(103) == []
    assert await table.comes(102, chat=8) == []
    assert await table.comes(101) == [101, 102, 103]


async def test_what_is_lost_costs_one_wait(table: Table) -> None:
    """After it nobody waits for that number any more; when it comes all the same it is worked at once."""
    assert await table.comes(102) == []
    assert await table.works(HOLD) == [102]
    assert await table.comes(103) == [103]
    assert await table.comes(101) == [101]


async def test_a_clock_that_was_set_back_keeps_nobody_waiting(table: Table) -> None:
    """The wait ends at the next look."""
    assert await table.comes(102) == []
    assert await table.works(-timedelta(hours=1)) == [102]


async def test_nobody_waits_long_for_somebodys_flood(table: Table) -> None:
    """While Telegram works off a long queue of one chat, others are worked at once, or nearly."""
    assert await table.comes(101 + FEW + 1) == []
    assert await table.works(BRIEF) == [101 + FEW + 1]


async def test_nobody_waits_long_for_a_flood_that_goes_on(table: Table) -> None:
    """What nobody waited for any longer comes, so Telegram works a queue off: then one missing number costs little."""
    await table.comes(101 + FEW + 1)
    await table.works(BRIEF)
    for number in range(101 + FEW + 3, 101 + FEW + 11, 2):
        assert await table.comes(number - FEW - 2, chat=9) == [number - FEW - 2]
        assert await table.comes(number, chat=8) == []
        assert await table.works(BRIEF) == [number]


@pytest.mark.parametrize("behind", [FEW + 2, 60, LEAP + 200])
async def test_beside_a_flood_of_any_length_the_others_wait_a_few_turns(behind: int) -> None:
    """Telegram brings one update of the flood a turn; the others come at once, and the flood goes on between them."""
    turn, came, waited = BRIEF / 5, dict[int, int](), list[int]()
    async with a_table() as table:
        await table.comes(100)
        flood, number = deque(range(101, 101 + behind)), 100 + behind
        for turns in range(120):
            await table.keeps(flood.popleft(), chat=9)
            if turns % 6 == 0:
                flood.extend(range(number + 1, number + 7))
                number += 7
                await table.keeps(number, chat=number)
                came[number] = turns
            waited += [turns - came[one] for one in await table.works(turn) if one in came]
    assert len(waited) == len(came)
    assert max(waited) <= 5


async def test_a_flood_that_is_over_shortens_no_wait(table: Table) -> None:
    """Later on whatever was overtaken has its full time again."""
    await table.comes(103)
    await table.works(HOLD)
    assert await table.comes(101, 102, chat=9) == [101, 102]
    table.clock.move(FLOODS)
    assert await table.comes(105) == []
    assert await table.works(BRIEF) == []
    assert await table.comes(104) == [104, 105]


async def test_what_waits_for_something_else_is_no_flood(table: Table) -> None:
    """A row that stays in the tray, for a model's answer, came in its time."""
    await table.store.keep([Arrival(source="telegram", key="101", chat=ChatId(9), body=b"{}", at=BEGAN)])
    rows = await table.store.pending(10, now=BEGAN)
    for _ in range(2):
        assert await table.succession.in_turn(rows) == rows
    await table.store.keep([Arrival(source="telegram", key="103", chat=ChatId(7), body=b"{}", at=BEGAN)])
    assert await table.succession.in_turn(await table.store.pending(10, now=BEGAN)) == rows
    assert table.succession.until == table.clock.now() + HOLD


async def test_behind_what_waits_its_chat_waits_too(table: Table) -> None:
    """A timer of that chat, too, stays behind the words that came before it; others go on."""
    await table.store.keep(
        [
            Arrival(source="telegram", key="102", chat=ChatId(7), body=b"{}", at=BEGAN),
            Arrival(source="watch", key="1", chat=ChatId(7), body=b"{}", at=BEGAN),
            Arrival(source="watch", key="2", chat=ChatId(8), body=b"{}", at=BEGAN),
        ]
    )
    assert await table.works() == [2]
    assert await table.comes(101) == [101, 1, 102]


async def test_a_clerk_who_begins_anew_knows_what_is_missing_from_the_store(table: Table) -> None:
    """The newest number of a bot that was restarted is the forerunner of the next."""
    table.begin_anew()
    assert await table.comes(102) == []
    assert await table.comes(101) == [101, 102]


@pytest.mark.parametrize("first", [5, 100 + LEAP + 7, 900_000_000])
async def test_numbers_that_begin_anew_are_waited_for_no_more_than_others(table: Table, first: int) -> None:
    """After a week without a word Telegram begins anywhere; what follows is in order again."""
    table.clock.move(QUIET * 7 + timedelta(seconds=1))
    assert await table.comes(first) == [first]
    assert await table.comes(first + 2) == []
    assert await table.comes(first + 1) == [first + 1, first + 2]


async def test_what_failed_once_had_its_turn(table: Table) -> None:
    """A row that comes back after a pause is older than what came since, and stops nobody."""
    await table.store.keep([Arrival(source="telegram", key="900", chat=ChatId(9), body=b"{}", at=BEGAN)])
    (row,) = await table.store.pending(10, now=BEGAN)
    await table.store.put_off(row.id, BEGAN, "RuntimeError")
    assert await table.comes(101) == [900, 101]


async def test_what_lies_far_down_in_the_tray_is_taken_before_what_it_was_overtaken_by() -> None:
    """Of more rows than a round takes, the earlier words of a chat may have come last."""
    async with a_table(most=3) as table:
        await table.comes(100)
        numbers = [102, 103, 104, 105, 106, 101]
        for number in numbers:
            chat = ChatId(7 if number in (101, 102) else number)
            await table.store.keep(
                [Arrival(source="telegram", key=str(number), chat=chat, body=b"{}", at=BEGAN)]
            )
        assert await table.works() == [101, 103, 104, 102]


POSTS = some.lists(
    some.tuples(some.integers(0, 150), some.integers(1, 3), some.one_of(some.integers(0, 390), some.none())),
    min_size=2,
    max_size=FEW,
)
"""Milliseconds after the one before, chat, and by how many milliseconds it comes late (None: never)."""


def _arrivals(posts: Sequence[tuple[int, int, int | None]]) -> list[tuple[int, int, int]]:
    """When which number of which chat comes."""
    said, found = 0, []
    for number, (gap, chat, late) in enumerate(posts, 101):
        said += gap
        if late is not None:
            found.append((said + late, number, chat))
    return found


async def _live_through(table: Table, arrivals: Sequence[tuple[int, int, int]]) -> None:
    """Bring everything in its moment, and look again whenever a wait is over."""
    coming = list(arrivals)
    heapq.heapify(coming)
    while coming or table.succession.until is not None:
        until = table.succession.until
        ends = None if until is None else round((until - BEGAN) / timedelta(milliseconds=1))
        if coming and (ends is None or coming[0][0] < ends):
            at, number, chat = heapq.heappop(coming)
            table.clock.move(timedelta(milliseconds=at - table.milliseconds))
            await table.comes(number, chat=chat)
        elif ends is not None:
            await table.works(timedelta(milliseconds=ends - table.milliseconds))


@settings(max_examples=150, deadline=None)
@given(posts=POSTS, restarts=some.booleans())
async def test_however_posts_overtake_each_other_each_chat_is_worked_in_order(
    *, posts: list[tuple[int, int, int | None]], restarts: bool
) -> None:
    """Late by less than the wait, in any order, some lost: every word once, in order, none later than one wait."""
    arrivals = _arrivals(posts)
    async with a_table() as table:
        await table.comes(100)
        if restarts:
            table.begin_anew()
        await _live_through(table, arrivals)

    chats = {number: chat for _, number, chat in arrivals}
    worked = [number for number, _ in table.worked if number != 100]
    assert sorted(worked) == sorted(chats)
    for chat in set(chats.values()):
        theirs = [number for number in worked if chats[number] == chat]
        assert theirs == sorted(theirs)
    came, at = {number: at for at, number, _ in arrivals}, dict(table.worked)
    assert [one for one in chats if at[one] - came[one] > HOLD / timedelta(milliseconds=1)] == []
