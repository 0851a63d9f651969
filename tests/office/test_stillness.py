"""A silence is told once, in General, over the real house; so is the next one."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.complaint.case import Case, Person
from bot.complaint.ids import ChatId, UserId, case_no_from
from bot.complaint.records import Round
from tests.stories.raising import raise_stage
from tests.stories.spots import Spot, from_bot
from tests.stories.stage import Stage

HOUR = timedelta(hours=1)


async def busy(stage: Stage, first: int, hours: int) -> None:
    """So many hours back from now brought four complaints each, but for the last six."""
    now, cases = stage.clock.now(), []
    for back in range(7, hours):
        for number in range(4):
            no = first + back * 4 + number
            person = Person(id=UserId(no), name="顾客")
            at = now - back * HOUR
            cases.append(
                Case(no=case_no_from(no), chat=ChatId(no), customer=person, opened_at=at, closed_at=at)
            )
    for page in range(0, len(cases), 1000):
        await stage.house.store.write(Round(at=now, cases=cases[page : page + 1000]))


def told(stage: Stage) -> list[str]:
    """What General heard of it."""
    said = [one.text for one in from_bot(stage.demo, Spot(stage.demo.desk))]
    return [one for one in said if "没有抱怨" in one]


@pytest.mark.practice("S104")
async def test_a_silence_is_told_once(tmp_path: Path) -> None:
    """Six hours without any where 24 are usual: one line, however long it lasts."""
    async with raise_stage(tmp_path) as stage:
        await busy(stage, 3_000_000, 24 * 35)
        await stage.pass_time(HOUR)
        await stage.demo.world.wait_until(lambda: bool(told(stage)))
        (line,) = told(stage)
        assert "只来了 0 件投诉，平时这几个小时约 24 件" in line
        await stage.pass_time(HOUR)
        await stage.pass_time(HOUR)
        assert len(told(stage)) == 1
