"""A replica that does not speak to Telegram itself still hears it, and learns that a group is open again."""

from datetime import timedelta
from pathlib import Path

from bot.complaint.axes import Queue
from tests.stories.raising import raise_stage


async def test_it_asks_when_telegram_was_silent_and_looks_into_groups_that_were_shut(tmp_path: Path) -> None:
    """Only then: a replica that polls or sends hears Telegram anyway."""
    async with raise_stage(tmp_path, desks={Queue.SAFETY: "安全群"}) as stage:
        heartbeat, groups = stage.house.heartbeat, stage.house.fittings.groups
        (own,) = stage.house.fittings.desks
        groups.shut(own)
        stage.clock.move(timedelta(minutes=3))
        before = len(stage.demo.world.calls)
        await heartbeat.look()
        assert groups.usable(own)
        calls = [call.method for call in stage.demo.world.calls[before:]]
        assert calls.count("getMe") == 1
