"""One matter with many complaints, as chat logs over the real house: found, told, decided, answered."""

from datetime import timedelta

import pytest

from bot.complaint.incidents import Incident, IncidentNo, IncidentState
from tests.stories.spots import Spot, from_bot
from tests.stories.stage import Stage


def in_general(stage: Stage) -> list[str]:
    """What the bot says in General, as it now stands there."""
    return [one.text for one in from_bot(stage.demo, Spot(stage.demo.desk))]


async def complain(stage: Stage, name: str, words: str) -> None:
    """Somebody complains, and what is said to them is taken for granted."""
    await stage.do(name, words)
    await stage.pass_time(timedelta(seconds=30))


async def many_complain(stage: Stage, count: int, batch: str = "L20260701") -> None:
    """So many complain of one batch."""
    for number in range(1, count + 1):
        await complain(stage, f"客户{number}", f"吐司有虫子，批号{batch}")


async def incident(stage: Stage, number: int = 1) -> Incident:
    """The incident as it is kept."""
    (one,) = await stage.house.store.incidents(numbers=[IncidentNo(number)])
    return one


@pytest.mark.practice("S71", "R18")
async def test_the_third_of_a_batch_makes_an_incident_of_all(stage: Stage) -> None:
    """Two are two complaints; with the third the desk hears once, with all three, and who must come is called."""
    await many_complain(stage, 2)
    assert [one for one in in_general(stage) if "事件" in one] == []
    await complain(stage, "客户3", "你们吐司里有虫子，批号L20260701")
    (card,) = [one for one in in_general(stage) if "事件" in one]
    print(card)
    assert "事件 1 · 疑似 · 3 件" in card
