"""What one decision for many costs the group at the desk, of which Telegram takes twenty events a minute."""

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.complaint.case import Case
from tests.stories.incident_scene import declared, in_general
from tests.stories.stage import Stage

FIFTY = 50


def at_the_desk(stage: Stage, since: int) -> Counter[str]:
    """What happened in the desk's group since then, by method."""
    desk = stage.demo.desk.id
    return Counter(one.method for one in stage.demo.world.calls[since:] if one.ok and one.chat_id == desk)


@pytest.mark.practice("S31", "S97")
async def test_a_remedy_for_fifty_costs_the_group_no_event_for_each_case(stage: Stage) -> None:
    """Fifty are offered it, and the desk's two messages change in place; a topic opens when somebody answers."""
    await declared(stage, 3)
    for number in range(4, FIFTY + 1):
        await stage.do(f"客户{number}", "吐司有虫子，批号L20260701")
    await stage.pass_time(timedelta(minutes=5))
    await stage.do("赵铭在大群", "/incident remedy 1 券 30 | 东西不能吃")
    before = len(stage.demo.world.calls)

    await stage.do("赵铭在大群点", f"提给 {FIFTY} 位")
    await stage.live_through(timedelta(minutes=2))

    cases: list[Case] = [case for case, _ in await stage.kept()]
    assert sum(bool(one.offers) for one in cases) == FIFTY
    assert at_the_desk(stage, before) == {"editMessageText": 2}

    before = len(stage.demo.world.calls)
    await stage.do("客户2点", "同意")
    answered = at_the_desk(stage, before)
    assert answered["createForumTopic"] == 1
    assert answered.total() <= 5


@pytest.mark.practice("S71")
async def test_many_who_join_at_once_change_the_card_once(stage: Stage, tmp_path: Path) -> None:
    """It is proposed, and then told of all of them: no version in between is worded or kept."""
    for number in range(1, FIFTY + 1):
        await stage.do(f"客户{number}", "电热壶里有虫子，打开全是")
    await stage.pass_time(timedelta(minutes=1))

    (card,) = in_general(stage)
    with closing(sqlite3.connect(tmp_path / "desk.db")) as plain:
        ((written,),) = plain.execute("SELECT count(*) FROM outbox WHERE key LIKE 'incident:%'")
    assert f"{FIFTY} 件" in card
    assert written == 2
