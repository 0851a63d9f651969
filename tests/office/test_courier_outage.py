"""After Telegram was away for minutes or a day: nobody finds a heap, no promise is lost, the desk has all of it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.complaint.letters import Outcome
from tests.office.courier_desk import Desk, desk_at
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage

FOR_EVER = 10**9


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_at(tmp_path) as desk:
        yield desk


async def _pass(stage: Stage, span: timedelta, step: timedelta) -> None:
    """Time passes, and what is due happens when it is due."""
    for _ in range(span // step):
        stage.clock.move(step)
        while await stage.house.watch.fire_due():
            stage.house.clerk.wake()
            await stage.house.clerk.idle()
        stage.house.clerk.wake()
        await stage.house.clerk.idle()


async def _outage(stage: Stage, span: timedelta, step: timedelta) -> None:
    """Telegram answers nothing but 502 all that time, then everything again."""
    faults = stage.demo.world.faults
    for method in ("*", "getUpdates"):
        stage.demo.world.fail_next(method, code=502, times=FOR_EVER)
    await _pass(stage, span, step)
    faults.coming.clear()
    await _pass(stage, timedelta(minutes=2), timedelta(seconds=2))
    await stage.house.courier.idle()


@pytest.mark.practice("R22", "R5")
@pytest.mark.parametrize(
    ("away", "step"),
    [(timedelta(minutes=5), timedelta(seconds=30)), (timedelta(days=1), timedelta(minutes=10))],
)
async def test_whoever_waits_for_people_hears_the_newest_time_alone(
    tmp_path: Path, away: timedelta, step: timedelta
) -> None:
    """Promises put off time and again while nothing could be said are told once: as they now are."""
    async with raise_stage(tmp_path) as stage:
        world = stage.demo.world
        customer = world.add_user("周岚").id
        for words in ("上周买的电热壶不通电", "转人工"):
            world.say(customer, words)
            await world.wait_until(lambda: not world.pending())
            await _pass(stage, timedelta(seconds=20), timedelta(seconds=2))
        await stage.house.courier.idle()
        before = len(world.from_bot(customer))
        await _outage(stage, away, step)
        (case, _), *_rest = await stage.kept()
        heard = [message.text for message in world.from_bot(customer)[before:]]
        put_off = [words for words in heard if "说好的" in words or "跟您说一声" in words]
        assert len(put_off) == (1 if away > timedelta(hours=6) else 0)
        assert len(heard) <= 2
        assert case.open_promises
        assert stage.house.courier.waiting == 0


async def test_words_that_only_receive_are_not_said_hours_later(desk: Desk) -> None:
    """What promises nothing has its time; what promises something is said whenever it can be."""
    alice = desk.customer()
    desk.world.fail_next("*", code=502, times=FOR_EVER)
    await desk.post(desk.letter(desk.customer(), "meets the outage"))
    await desk.later(1)
    soon = desk.clock.now() + timedelta(hours=1)
    await desk.post(
        desk.letter(alice, "heard", mergeable=True, expires_at=soon),
        desk.letter(alice, "by noon", mergeable=True),
        desk.letter(alice, "heard again", mergeable=True, expires_at=soon),
    )
    await desk.later(7200)
    desk.world.faults.coming.clear()
    await desk.later(60)
    assert desk.said(alice) == ["by noon"]
    assert (await desk.outcomes())[1:] == [Outcome.EXPIRED, Outcome.SENT, Outcome.EXPIRED]


async def test_what_is_joined_is_of_use_as_long_as_any_part_of_it(desk: Desk) -> None:
    """A word that would have passed does not take another along."""
    alice = desk.customer()
    soon = desk.clock.now() + timedelta(hours=1)
    desk.world.fail_next("sendMessage", code=429, retry_after=7200)
    await desk.post(
        desk.letter(alice, "heard", mergeable=True, expires_at=soon),
        desk.letter(alice, "by noon", mergeable=True),
    )
    await desk.later(7300)
    assert desk.said(alice)[-1].endswith("by noon")
