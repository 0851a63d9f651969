"""Work that one replica at a time does: begun with the post, over when it is lost, and asked for in peace."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId, LetterId
from bot.complaint.letters import Letter, LetterKind
from bot.office.duty import ASK, Duty
from bot.office.outgoing.couriers import Couriers
from bot.store import Post, Store, open_store
from bot.telegram.failures import Fate
from tests.handclock import START, HandClock


@pytest.fixture(name="store")
async def _store() -> AsyncIterator[Store]:
    store = await open_store("sqlite://")
    yield store
    await store.close()


class Held:
    """A post that somebody else may have."""

    def __init__(self) -> None:
        self.free = False
        self.asked = 0
        self.posts: list[Post] = []

    async def hold(self, name: str) -> Post | None:
        """As `Store.hold`."""
        self.asked += 1
        if not self.free:
            return None
        self.posts.append(Post(name=name, shared=True))
        return self.posts[-1]


async def quiet() -> None:
    """Let everybody do what they can do now."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_alone_the_work_begins_at_once(store: Store) -> None:
    """With one program on one file nobody asks twice."""
    begun = asyncio.Event()

    async def work() -> None:
        begun.set()
        await asyncio.Event().wait()

    duty = asyncio.create_task(Duty(store, HandClock(), "courier", (work,)).run())
    await asyncio.wait_for(begun.wait(), 60)
    duty.cancel()
    with pytest.raises(asyncio.CancelledError):
        await duty


async def test_a_post_of_anothers_is_asked_for_in_peace_and_worked_until_it_is_lost() -> None:
    """One question every half second; cut off when it is lost, begun anew when it is ours again."""
    held, clock, turns = Held(), HandClock(), []

    async def work() -> None:
        turns.append("begun")
        try:
            await asyncio.Event().wait()
        finally:
            turns.append("over")

    duty = asyncio.create_task(Duty(held, clock, "courier", (work,)).run())  # type: ignore[arg-type]
    for _ in range(4):
        await quiet()
        clock.move(ASK)
    await quiet()
    assert held.asked == 5
    assert turns == []
    held.free = True
    clock.move(ASK)
    await quiet()
    assert turns == ["begun"]
    held.free = False
    held.posts[0].lost.set()
    await quiet()
    assert turns == ["begun", "over"]
    held.free = True
    clock.move(ASK)
    await quiet()
    assert turns == ["begun", "over", "begun"]
    duty.cancel()
    with pytest.raises(asyncio.CancelledError):
        await duty


async def test_what_fails_on_duty_is_told() -> None:
    """A part that cannot go on ends the house."""
    held = Held()
    held.free = True

    async def work() -> None:
        raise ValueError("no more")

    with pytest.raises(ExceptionGroup) as told:
        await Duty(held, HandClock(), "poller", (work,)).run()  # type: ignore[arg-type]
    assert told.group_contains(ValueError, match="no more")


async def test_the_last_poller_goes_on_while_nobody_can_hold_a_post() -> None:
    """The database is away: after ten seconds it is no matter of seconds any more."""
    held, clock, turns = Held(), HandClock(), []
    held.free = True
    away = asyncio.Event()
    ask = held.hold

    async def hold(name: str) -> Post | None:
        if held.posts:
            await away.wait()
        return await ask(name)

    async def work() -> None:
        turns.append(len(held.posts))
        await asyncio.Event().wait()

    held.hold = hold  # type: ignore[method-assign]
    duty = asyncio.create_task(Duty(held, clock, "poller", (work,), alone=work).run())  # type: ignore[arg-type]
    await quiet()
    held.posts[0].lost.set()
    await quiet()
    clock.move(timedelta(seconds=9))
    await quiet()
    assert turns == [1]
    clock.move(timedelta(seconds=2))
    await quiet()
    assert turns == [1, 1]
    away.set()
    await quiet()
    assert turns == [1, 1, 2]
    duty.cancel()
    with pytest.raises(asyncio.CancelledError):
        await duty


async def test_a_courier_that_wakes_up_without_its_post_sends_nothing() -> None:
    """The other may have sent it already: the call is not made, and the letter waits."""
    made: list[object] = []

    class Idle:
        async def run(self) -> None:
            await asyncio.Event().wait()

        async def stop(self, _grace: float) -> None:
            return

    class Silent:
        async def deliver(self, _letter: Letter, **_spot: object) -> None:
            raise AssertionError("it was sent")

    def make(telegram: object) -> Idle:
        made.append(telegram)
        return Idle()

    post = Post(name="courier", shared=True, sure=lambda: False)
    couriers = Couriers(make, Silent())  # type: ignore[arg-type]
    working = asyncio.create_task(couriers.work(post))
    await quiet()
    letter = Letter(id=LetterId(1), kind=LetterKind.TEXT, chat=ChatId(7), lane=Lane.FIRST, written_at=START)
    delivered = await made[0].deliver(letter)  # type: ignore[attr-defined]
    assert delivered.fate is Fate.LATER
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
