"""A second look for letters that nobody called out: as long as there is, or was just now, somebody to write them."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId, LetterId
from bot.complaint.letters import Letter, LetterKind
from bot.office.outgoing.lines import Lines
from bot.office.outgoing.memory import GRACE, take_up, take_up_letters
from bot.office.outgoing.pacing import Limits, Pace
from bot.office.outgoing.second_look import LINGERS, LOOK, SecondLook
from bot.store.port import NO_LETTER, Others, SentToGroup
from tests.handclock import START, HandClock


@dataclass(slots=True)
class Outbox:
    """What a shared store would say."""

    letters: list[Letter] = field(default_factory=list)
    others_there: bool = False
    shared: bool = True

    async def others(self) -> Others:
        """As `Store.others`."""
        return Others(present=self.others_there)

    async def waiting(
        self, *, after: LetterId = NO_LETTER, limit: int = 1000, untried: bool = False
    ) -> list[Letter]:
        """As `Store.waiting`."""
        return [one for one in self.letters if one.id > after and not (untried and one.attempted_at)][:limit]

    async def sent_to_groups(self, _since: object) -> list[SentToGroup]:
        """As `Store.sent_to_groups`."""
        return []


@dataclass(slots=True)
class Reader:
    """A courier who counts how often it is told to read."""

    waiting: int = 0
    read: int = 0

    def recollect(self) -> None:
        """As `Couriers.recollect`."""
        self.read += 1


@dataclass(slots=True)
class Scene:
    """A second look, at work."""

    clock: HandClock = field(default_factory=HandClock)
    outbox: Outbox = field(default_factory=Outbox)
    reader: Reader = field(default_factory=Reader)

    async def passes(self, by: timedelta) -> int:
        """How often it read in this time."""
        before, end = self.reader.read, self.clock.now() + by
        while self.clock.now() < end:
            await quiet()
            self.clock.move(LOOK)
        await quiet()
        return self.reader.read - before


async def quiet() -> None:
    """Let everybody do what they can do now."""
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.fixture(name="scene")
async def _scene() -> AsyncIterator[Scene]:
    scene = Scene()
    looking = asyncio.create_task(
        SecondLook(scene.outbox, scene.reader, scene.clock).run()  # type: ignore[arg-type]
    )
    yield scene
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)


async def test_alone_nobody_looks_twice(scene: Scene) -> None:
    """Whatever is written is handed over."""
    assert await scene.passes(5 * LOOK) == 0


async def test_with_others_one_looks_every_second_and_a_little_longer(scene: Scene) -> None:
    """The last letter of one that ended may still be on its way."""
    scene.outbox.others_there = True
    assert await scene.passes(5 * LOOK) == 5
    scene.outbox.others_there = False
    assert await scene.passes(LINGERS) == LINGERS // LOOK
    assert await scene.passes(LINGERS) == 0


async def test_a_long_outbox_is_read_less_often(scene: Scene) -> None:
    """A page of it each second, whatever its length."""
    scene.outbox.others_there = True
    scene.reader.waiting = 3500
    # the wait that has begun is as long as it was
    await scene.passes(LOOK)
    assert await scene.passes(8 * LOOK) == 2


def _lines() -> Lines:
    return Lines(Pace(Limits()))


def _letters(*chats: int) -> Iterable[Letter]:
    for number, chat in enumerate(chats, start=1):
        yield Letter(
            id=LetterId(number), kind=LetterKind.TEXT, chat=ChatId(chat), lane=Lane.TALK, written_at=START
        )


@pytest.mark.parametrize(("shared", "first"), [(True, [2]), (False, [1, 2])])
async def test_an_earlier_courier_has_a_moment_to_say_what_came_of_its_attempts(
    *, shared: bool, first: list[int]
) -> None:
    """Where replicas share an outbox; what nobody attempted goes at once, and alone everything does."""
    clock, lines = HandClock(), _lines()
    attempted, fresh = _letters(7, 8)
    outbox = Outbox([attempted.evolve(attempted_at=START), fresh], shared=shared)
    await take_up(outbox, lines, Pace(Limits()), clock)  # type: ignore[arg-type]
    now = START.timestamp()
    assert sorted(_taken(lines, now)) == first
    assert sorted(first + _taken(lines, now + GRACE)) == [1, 2]


async def test_a_second_look_takes_up_no_letter_that_was_settled_meanwhile() -> None:
    """It was read before its receipt was written: attempted, and not known any more."""
    clock, lines = HandClock(), _lines()
    settled, fresh = _letters(7, 8)
    outbox = Outbox([settled.evolve(attempted_at=START), fresh])
    await take_up_letters(outbox, lines, clock)  # type: ignore[arg-type]
    assert _taken(lines, START.timestamp() + 60) == [2]


def _taken(lines: Lines, now: float) -> list[int]:
    found = []
    while (trip := lines.take(now)) is not None:
        found.append(int(trip[1].letter.id))
    return found
