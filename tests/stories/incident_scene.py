"""Many people with one matter, for the stories of incidents."""

from datetime import timedelta

from bot.complaint.incidents import Incident, IncidentNo
from tests.stories.spots import Spot, from_bot
from tests.stories.stage import Stage

BATCH = "L20260701"


def in_general(stage: Stage) -> list[str]:
    """What the bot says in General about incidents, as it now stands there."""
    said = [one.text for one in from_bot(stage.demo, Spot(stage.demo.desk))]
    return [one for one in said if "事件" in one]


async def complain(stage: Stage, name: str, words: str) -> None:
    """Somebody complains; what the bot answers is another story's."""
    await stage.do(name, words)
    await stage.pass_time(timedelta(seconds=30))


async def many_complain(stage: Stage, count: int, *, first: int = 1, batch: str = BATCH) -> None:
    """So many complain of one batch, each a customer of their own."""
    for number in range(first, first + count):
        await complain(stage, f"客户{number}", f"吐司有虫子，批号{batch}")


async def incident(stage: Stage, number: int = 1) -> Incident:
    """The incident as it is kept."""
    (one,) = await stage.house.store.incidents(numbers=[IncidentNo(number)])
    return one


def hears(stage: Stage, name: str) -> list[str]:
    """What the bot said to this customer about the matter as a whole."""
    person = stage.customers[name]
    return [one.text for one in stage.demo.world.from_bot(person.id) if "新进展" in one.text]


async def declared(stage: Stage, count: int = 3) -> None:
    """An incident of so many cases, declared by the supervisor."""
    await many_complain(stage, count)
    await stage.do("陈岚在大群点", "确认是事件")
