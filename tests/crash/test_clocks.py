"""The server's clock is set forward a day and back an hour while people wait."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.stories.raising import raise_stage

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

COMPLAINT = "上周买的电热壶不通电"


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(hours=-1)])
async def test_whoever_writes_after_a_jump_of_the_clock_is_answered(tmp_path: Path, jump: timedelta) -> None:
    """Forward or back: the talk goes on, each word is kept once, and what was promised still has its timer."""
    async with raise_stage(tmp_path) as stage:
        world = stage.demo.world
        customer = world.add_user("周岚").id
        world.say(customer, COMPLAINT)
        await stage.settle()
        await stage.pass_time(timedelta(seconds=20))
        world.say(customer, "转人工")
        await stage.settle()
        stage.clock.move(jump)
        before = len(world.from_bot(customer))
        world.say(customer, "什么时候有人联系我？")
        await world.wait_until(lambda: not world.pending())
        for _ in range(30):
            stage.clock.move(timedelta(seconds=2))
            await stage.house.clerk.idle()
            await stage.house.courier.idle()
        await stage.settle()
        ((case, lines),) = await stage.kept()
        due = await stage.house.store.next_due()

        words = [row.entry.text for row in lines if row.entry.who == "customer"]
        assert words == [COMPLAINT, "转人工", "什么时候有人联系我？"]
        assert len(world.from_bot(customer)) > before
        assert case.open_promises
        assert due is not None
