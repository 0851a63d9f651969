"""Several replicas on one database: chats, posts, news, numbers and seals."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from bot.complaint.errors import SomeoneWasFirst
from bot.complaint.ids import CaseNo, ChatId, LetterId
from bot.complaint.records import Done, Round
from bot.store import News, Post, Store, open_store
from tests.contract.servers import Server
from tests.contract.store import (
    CHAT,
    DESK,
    NO,
    NOW,
    SOON,
    a_case,
    a_deed,
    a_file,
    a_letter,
    a_talk,
    a_timer,
    arrival,
    case_of,
    opened,
    pending_keys,
    waiting_ids,
)


async def _rows(store: Store, limit: int = 100) -> list[int]:
    return [row.id for row in await store.pending(limit, now=NOW)]


async def test_a_chat_is_at_one_clerk_at_a_time(pair: tuple[Store, Store]) -> None:
    """What one replica has taken the other does not see, until nothing of that chat is left undone."""
    one, other = pair
    await one.keep([arrival("1"), arrival("2", chat=8), arrival("3")])
    first, _ = await one.pending(2, now=NOW)
    assert await pending_keys(other) == []
    await other.keep([arrival("4", chat=9)])
    assert await pending_keys(other) == ["4"]
    assert await pending_keys(one) == ["1", "2", "3"]
    await one.write(Round(at=NOW, done=[Done(row=first.id)]))
    assert await pending_keys(other) == ["4"]
    rest = [row.id for row in await one.pending(9, now=NOW)]
    await one.write(Round(at=NOW, done=[Done(row=number) for number in rest]))
    await one.keep([arrival("5")])
    assert await pending_keys(other) == ["4", "5"]


async def test_replicas_that_ask_at_once_share_the_chats(pair: tuple[Store, Store]) -> None:
    """No row goes to both, and each chat goes to one."""
    one, other = pair
    await one.keep([arrival(f"{number}", chat=1 + number % 20) for number in range(200)])
    shares = await asyncio.gather(*(store.pending(60, now=NOW) for store in (one, other) * 3))
    chats = [{row.arrival.chat for share in shares[place::2] for row in share} for place in (0, 1)]
    assert not chats[0] & chats[1]
    for share in shares:
        assert [row.id for row in share] == sorted(row.id for row in share)


async def test_a_chat_that_is_put_off_goes_to_whoever_is_next(pair: tuple[Store, Store]) -> None:
    """Its failure may have been the replica's own."""
    one, other = pair
    await one.keep([arrival("1")])
    (number,) = await _rows(one)
    await one.put_off(number, SOON, "out of reach")
    assert await pending_keys(other) == []
    assert await pending_keys(other, SOON) == ["1"]


async def test_who_lost_a_chat_writes_nothing(pair: tuple[Store, Store]) -> None:
    """A replica that stood still for a while comes back to a chat that another has served."""
    one, other = pair
    await opened(one, a_case())
    await one.keep([arrival("1")])
    (number,) = await _rows(one)
    served = Round(at=NOW, cases=[a_case(version=1, finding="x")], done=[Done(row=number)])
    await other.write(served)
    late = Round(at=NOW, done=[Done(row=number)], letters=[a_letter(1)])
    for round_ in (late, Round(at=NOW, cases=[a_case(version=1)], letters=[a_letter(2)])):
        with pytest.raises(SomeoneWasFirst):
            await one.write(round_)
    assert await waiting_ids(other) == []
    assert await case_of(one) == a_case(version=2, finding="x")


async def test_letters_of_one_chat_are_numbered_in_the_order_of_writing(pair: tuple[Store, Store]) -> None:
    """Replica after replica, whoever began first; one that was overtaken begins anew, with higher numbers."""
    await opened(pair[0], a_case())
    written: list[int] = []
    for turn in range(6):
        store, rival = pair[turn % 2], pair[(turn + 1) % 2]
        stale = (await store.state(chats=[], cases=[NO], threads=[])).cases[NO]
        old_number = store.letter_ids(1)[0]
        fresh = (await rival.state(chats=[], cases=[NO], threads=[])).cases[NO]
        written.append(rival.letter_ids(1)[0])
        await rival.write(Round(at=NOW, cases=[fresh], letters=[a_letter(written[-1])]))
        with pytest.raises(SomeoneWasFirst):
            await store.write(Round(at=NOW, cases=[stale], letters=[a_letter(old_number)]))
        again = (await store.state(chats=[], cases=[NO], threads=[])).cases[NO]
        written.append(store.letter_ids(1)[0])
        await store.write(Round(at=NOW, cases=[again], letters=[a_letter(written[-1])]))
    assert written == sorted(set(written))
    assert await waiting_ids(pair[0]) == written


async def test_numbers_of_two_replicas_are_never_the_same(pair: tuple[Store, Store]) -> None:
    """However many each of them takes."""
    numbers: list[LetterId] = []
    for _ in range(20):
        for store in pair:
            await store.state(chats=[], cases=[], threads=[])
            numbers += store.letter_ids(50)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.practice("S38")
async def test_the_audit_of_two_replicas_is_one_chain(pair: tuple[Store, Store]) -> None:
    """Whoever adds to it waits for who is adding: every line is sealed with the one before."""
    deeds = [a_deed(why=str(number)) for number in range(60)]
    await asyncio.gather(*(pair[n % 2].write(Round(at=NOW, deeds=[one, one])) for n, one in enumerate(deeds)))
    assert await pair[0].broken_seal() is None
    kept = [sealed.deed.why async for sealed in pair[1].deeds()]
    assert sorted(kept) == sorted([one.why for one in deeds] * 2)


async def test_a_post_is_held_by_one(pair: tuple[Store, Store]) -> None:
    """Telegram allows one poller and one courier; each post is another's business."""
    one, other = pair
    courier = await one.hold("courier")
    assert isinstance(courier, Post)
    assert await one.hold("courier") is courier
    assert await other.hold("courier") is None
    assert await other.hold("poller") is not None
    await one.resign(courier)
    assert courier.lost.is_set()
    assert await other.hold("courier") is not None
    assert await one.hold("courier") is None


async def test_who_leaves_in_order_leaves_everything_at_once(server: Server, database: str) -> None:
    """The next release need not wait until the last one is taken for dead."""
    async with AsyncExitStack() as stack:
        one, other = [await open_store(server.address(database)) for _ in range(2)]
        stack.push_async_callback(other.close)
        await one.keep([arrival("1")])
        assert await pending_keys(one) == ["1"]
        post = await one.hold("courier")
        assert post is not None
        await one.close()
        assert post.lost.is_set()
        assert await pending_keys(other) == ["1"]
        assert await other.hold("courier") is not None


async def test_others_hear_of_what_is_committed_and_not_of_their_own(pair: tuple[Store, Store]) -> None:
    """Arrivals, letters, timers, files and a group's new id: nobody has to ask again and again."""
    heard: asyncio.Queue[News] = asyncio.Queue()
    own: list[News] = []
    one, other = pair
    await other.listen(heard.put_nowait)
    await one.listen(own.append)
    assert await heard.get() == News(arrivals=True, letters=LetterId(1), timers=True, files=True)
    own.clear()
    await one.keep([arrival("1")])
    assert await heard.get() == News(arrivals=True)
    await one.keep([arrival("1")])
    await one.write(Round(at=NOW, cases=[a_case()], letters=[a_letter(8), a_letter(7)]))
    assert await heard.get() == News(letters=LetterId(7))
    await one.write(Round(at=NOW, timers=[a_timer()]))
    assert await heard.get() == News(timers=True)
    await one.write(Round(at=NOW, files=[a_file("u1")]))
    assert await heard.get() == News(files=True)
    await one.fire([a_timer()], [arrival("nudge", source="watch")])
    assert await heard.get() == News(arrivals=True)
    await one.settle([], [arrival("letter 7", source="courier")])
    assert await heard.get() == News(arrivals=True)
    await one.write(Round(at=NOW, deeds=[a_deed()], desk_moved=(DESK, ChatId(-2))))
    assert await heard.get() == News(moved=(DESK, ChatId(-2)))
    assert heard.empty()
    assert own == []


async def test_writers_in_each_others_way_both_end(pair: tuple[Store, Store]) -> None:
    """Two replicas change the same cases in many rounds: each is written or refused, none waits for ever."""
    cases = [a_case(f"000-{number:04}", chat=number + 1) for number in range(20)]
    await opened(pair[0], *cases)

    async def push(store: Store, numbers: list[int]) -> int:
        written = 0
        for _ in range(15):
            wanted = [CaseNo(f"000-{number:04}") for number in numbers]
            found = (await store.state(chats=[], cases=wanted, threads=[])).cases
            try:
                await store.write(Round(at=NOW, cases=[found[no] for no in wanted], letters=[]))
            except SomeoneWasFirst:
                continue
            written += 1
        return written

    counts = await asyncio.gather(
        push(pair[0], list(range(20))), push(pair[1], list(range(19, -1, -1))), push(pair[1], [3])
    )
    state = await pair[0].state(chats=[], cases=[CaseNo("000-0003"), CaseNo("000-0004")], threads=[])
    assert state.cases[CaseNo("000-0003")].version == 1 + sum(counts)
    assert state.cases[CaseNo("000-0004")].version == 1 + counts[0] + counts[1]


async def test_a_talk_that_two_begin_at_once_begins_once(pair: tuple[Store, Store]) -> None:
    """The second is refused, with its case and its letters."""
    rounds = [
        Round(
            at=NOW,
            cases=[a_case(f"000-000{number}")],
            conversations=[a_talk(case_no=CaseNo(f"000-000{number}"))],
            letters=[a_letter(number, DESK)],
        )
        for number in (1, 2)
    ]
    ends = await asyncio.gather(
        *(store.write(one) for store, one in zip(pair, rounds, strict=True)), return_exceptions=True
    )
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "SomeoneWasFirst"]
    assert len(await waiting_ids(pair[0])) == 1
    assert len((await pair[0].state(chats=[CHAT], cases=[], threads=[])).cases) == 1
