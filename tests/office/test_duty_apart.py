"""Two duties that had better be at two replicas: passed on, left to others, and never left undone."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.office.duty import ASK, PATIENCE, Duty
from bot.store.port import Others, Post
from tests.handclock import HandClock


async def quiet() -> None:
    """Let everybody do what they can do now."""
    for _ in range(20):
        await asyncio.sleep(0)


class Shared:
    """Two replicas' posts, in one place: what a store would say to one of them."""

    def __init__(self, taken: dict[str, Post], present: set[str], me: str) -> None:
        self.taken = taken
        self.present = present
        self.me = me
        self.resigned: list[str] = []

    async def hold(self, name: str) -> Post | None:
        """As `Store.hold`."""
        self.present.add(self.me)
        if name in self.taken:
            return None
        self.taken[name] = Post(name=f"{name} of {self.me}", shared=True)
        return self.taken[name]

    async def resign(self, post: Post) -> None:
        """As `Store.resign`."""
        name = post.name.split()[0]
        assert self.taken.pop(name) is post
        self.resigned.append(name)

    async def others(self) -> Others:
        """As `Store.others`."""
        theirs = {name for name, post in self.taken.items() if not post.name.endswith(self.me)}
        return Others(present=bool(self.present - {self.me}), posts=frozenset(theirs))


class Building:
    """Replicas by name, each on both duties if it may."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.taken: dict[str, Post] = {}
        self.present: set[str] = set()
        self.stores: dict[str, Shared] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def opens(self, name: str) -> None:
        """One more."""
        store = self.stores[name] = Shared(self.taken, self.present, name)
        courier = Duty(store, self.clock, "courier", (self._work,))  # type: ignore[arg-type]
        poller = Duty(store, self.clock, "poller", (self._work,), beside=courier)  # type: ignore[arg-type]
        self._tasks += [asyncio.create_task(one.run()) for one in (courier, poller)]

    async def passes(self, seconds: float) -> None:
        """Time, step by step."""
        for _ in range(int(seconds * 10)):
            await quiet()
            self.clock.move(timedelta(seconds=0.1))
        await quiet()

    def dies(self, name: str) -> None:
        """Its tasks stand still; its posts are free, as its locks are."""
        place = list(self.stores).index(name)
        for task in self._tasks[2 * place : 2 * place + 2]:
            task.cancel()
        self.present.discard(name)
        for post in [one for one, held in self.taken.items() if held.name.endswith(name)]:
            del self.taken[post]

    @property
    def who(self) -> dict[str, str]:
        """Who holds what."""
        return {name: post.name.split()[-1] for name, post in self.taken.items()}

    async def close(self) -> None:
        """All end."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self) -> None:
        await asyncio.Event().wait()


@pytest.fixture(name="building")
async def _building() -> AsyncIterator[Building]:
    building = Building()
    yield building
    await building.close()


async def test_one_replica_is_on_both_duties_at_once(building: Building) -> None:
    """It waits for nobody who is not there."""
    building.opens("Anna")
    await quiet()
    assert building.who == {"courier": "Anna", "poller": "Anna"}
    await building.passes(5)
    assert building.stores["Anna"].resigned == []


async def test_two_replicas_are_on_one_duty_each(building: Building) -> None:
    """The first passes fetching on to whoever comes; a third finds nothing to take."""
    building.opens("Anna")
    await quiet()
    building.opens("Bert")
    building.opens("Carl")
    await building.passes(3)
    assert building.who["courier"] == "Anna"
    assert building.who["poller"] in {"Bert", "Carl"}
    assert building.stores["Anna"].resigned == ["poller"]


@pytest.mark.parametrize("dead", ["Anna", "Bert"])
async def test_who_is_left_alone_is_on_both_duties(building: Building, dead: str) -> None:
    """As soon as it may ask: nobody else is there to be waited for."""
    building.opens("Anna")
    await quiet()
    building.opens("Bert")
    await building.passes(3)
    building.dies(dead)
    await building.passes(ASK.total_seconds() + 0.1)
    left = "Bert" if dead == "Anna" else "Anna"
    assert building.who == {"courier": left, "poller": left}


async def test_a_post_goes_to_whoever_has_none(building: Building) -> None:
    """Who is on one duty leaves the other to a third replica, though it may ask first."""
    building.opens("Anna")
    await quiet()
    building.opens("Bert")
    await building.passes(3)
    building.opens("Carl")
    await building.passes(1)
    building.dies("Bert")
    await building.passes(1)
    assert building.who == {"courier": "Anna", "poller": "Carl"}


async def test_a_post_that_nobody_wants_is_taken_all_the_same(building: Building) -> None:
    """Another that is there and takes nothing is waited for only a little, and only once a minute."""
    building.opens("Anna")
    await quiet()
    building.present.add("Nobody")
    await building.passes(1.2)
    assert building.who == {"courier": "Anna"}
    await building.passes(PATIENCE.total_seconds() + ASK.total_seconds())
    assert building.who == {"courier": "Anna", "poller": "Anna"}
    await building.passes(50)
    assert building.stores["Anna"].resigned == ["poller"]
    await building.passes(20)
    assert building.stores["Anna"].resigned == ["poller", "poller"]
