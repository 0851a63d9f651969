from datetime import timedelta

import pytest

from bot.complaint.errors import RecordRefused, SomeoneWasFirst
from bot.complaint.records import Done, Round
from bot.store import Store
from tests.contract.store import NOW, SOON, a_case, a_timer, arrival, at_home, opened, pending_keys


async def test_an_update_that_comes_again_is_kept_once(store: Store) -> None:
    """Telegram repeats what it is not sure we got; another source has keys of its own."""
    assert await store.keep([arrival("1"), arrival("2")]) == 2
    assert await store.keep([arrival("2"), arrival("1", source="watch")]) == 1
    assert await store.keep([arrival("1"), arrival("1", source="watch")]) == 0
    assert await pending_keys(store) == ["1", "2", "1"]


async def test_the_same_update_twice_in_one_batch_is_kept_once(store: Store) -> None:
    """A batch may repeat itself."""
    assert await store.keep([arrival("1"), arrival("1")]) == 1


async def test_nothing_is_kept_of_nothing(store: Store) -> None:
    """An empty batch is no news."""
    assert await store.keep([]) == 0


async def test_what_is_kept_outlives_the_program(address: str) -> None:
    """An acknowledged update is on the disk, byte by byte."""
    body = '{"text":"包装破了\\u0000"}'.encode()
    async with at_home(address) as store:
        await store.keep([arrival("1", body=body)])
    async with at_home(address) as store:
        (row,) = await store.pending(10, now=NOW)
    assert row.arrival == arrival("1", body=body)


async def test_rows_come_in_the_order_of_their_arrival_and_no_more_than_asked(store: Store) -> None:
    """Within a chat and between chats, the oldest is first."""
    await store.keep([arrival("9"), arrival("1", chat=8), arrival("5")])
    assert await pending_keys(store) == ["9", "1", "5"]
    assert [row.arrival.key for row in await store.pending(2, now=NOW)] == ["9", "1"]


async def test_a_row_put_off_holds_back_the_later_rows_of_its_chat_only(store: Store) -> None:
    """Order in a chat holds even over a failure; other chats go on."""
    await store.keep([arrival("1"), arrival("2", chat=8), arrival("3"), arrival("4", chat=8), arrival("5")])
    rows = await store.pending(10, now=NOW)
    await store.put_off(rows[2].id, SOON, "the brand file was unreadable")
    assert await pending_keys(store) == ["1", "2", "4"]
    assert await pending_keys(store, SOON) == ["1", "2", "3", "4", "5"]
    assert [row.attempts for row in await store.pending(10, now=SOON)] == [0, 0, 1, 0, 0]


async def test_a_done_row_is_done_once(store: Store) -> None:
    """Two clerks that took the same row: the second writes nothing."""
    await store.keep([arrival("1")])
    (row,) = await store.pending(10, now=NOW)
    await store.write(Round(at=NOW, done=[Done(row=row.id)]))
    assert await pending_keys(store) == []
    with pytest.raises(SomeoneWasFirst):
        await store.write(Round(at=NOW, done=[Done(row=row.id)], cases=[a_case()]))
    assert (await store.counts())["open_cases"] == 0


async def test_only_old_rows_that_are_done_or_skipped_are_purged(store: Store) -> None:
    """What was set aside is evidence, and what waits is a customer's word."""
    await store.keep([arrival(str(number)) for number in range(4)])
    done, skipped, aside, _ = await store.pending(10, now=NOW)
    outcomes = [
        Done(row=done.id),
        Done(row=skipped.id, outcome="skipped"),
        Done(row=aside.id, outcome="set_aside", reason="not JSON"),
    ]
    await store.write(Round(at=NOW, done=outcomes))
    assert await store.purge(NOW) == 0
    assert await store.purge(NOW + timedelta(days=8)) == 2
    counts = await store.counts()
    assert (counts["inbox_pending"], counts["set_aside"]) == (1, 1)


async def test_a_due_timer_becomes_an_arrival_once(store: Store) -> None:
    """The watch takes it out and puts the event in, in one step."""
    await opened(store, a_case())
    await store.write(Round(at=NOW, timers=[a_timer()]))
    assert await store.due(NOW) == []
    assert await store.next_due() == SOON
    timers = await store.due(SOON)
    assert timers == [a_timer()]
    assert await store.fire(timers, [arrival("nudge@1", source="watch")]) == 1
    assert await store.fire(timers, [arrival("nudge@2", source="watch")]) == 0
    assert await pending_keys(store) == ["nudge@1"]
    assert await store.next_due() is None


async def test_a_timer_moved_or_cancelled_meanwhile_does_not_fire(store: Store) -> None:
    """The customer wrote just as the watch looked: the nudge is off."""
    await opened(store, a_case())
    await store.write(Round(at=NOW, timers=[a_timer("a"), a_timer("b"), a_timer("c")]))
    seen = await store.due(SOON)
    later = SOON + timedelta(hours=1)
    await store.write(Round(at=NOW, timers=[a_timer("a", later)], cancelled=[(a_timer().case_no, "b")]))
    assert await store.fire(seen, [arrival(timer.key, source="watch") for timer in seen]) == 1
    assert await pending_keys(store) == ["c"]
    assert await store.due(later) == [a_timer("a", later)]


async def test_a_timer_is_never_lost_to_a_used_key(store: Store) -> None:
    """An arrival that would be taken for an old one is refused, and the timer stays."""
    await opened(store, a_case())
    await store.keep([arrival("nudge", source="watch")])
    await store.write(Round(at=NOW, timers=[a_timer()]))
    with pytest.raises(RecordRefused):
        await store.fire([a_timer()], [arrival("nudge", source="watch")])
    assert await store.due(SOON) == [a_timer()]


async def test_due_timers_come_earliest_first(store: Store) -> None:
    """Whoever waited longest is looked at first."""
    await opened(store, a_case())
    early, late = a_timer("z", NOW), a_timer("a", SOON)
    await store.write(Round(at=NOW, timers=[late, early]))
    assert await store.due(SOON) == [early, late]
    assert await store.due(SOON, limit=1) == [early]


async def test_updates_are_known_by_their_numbers_with_the_rows_that_wait(store: Store) -> None:
    """What is done, or put off after a failure, has come too, and is nobody's to take; a timer has no such number."""
    await store.keep([arrival("9"), arrival("10", chat=8), arrival("11"), arrival("12", source="watch")])
    rows = await store.pending(10, now=NOW)
    await store.write(Round(at=NOW, done=[Done(row=rows[0].id)]))
    await store.put_off(rows[1].id, SOON, "the brand file was unreadable")

    assert await store.kept(range(8, 14)) == {9: None, 10: None, 11: rows[2]}
    assert await store.kept([]) == {}
