"""The times in a colleague's words to a customer, as moments by the brand's calendar."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.complaint.case import Queue
from bot.desk.tasks.promising import LONGEST
from bot.policy.calendar import add_working
from bot.policy.rules import Rules
from bot.reading.pledgewords import Pledge, pledges_in

FARTHEST: Final = timedelta(days=90)
"""What is promised for later than this is a slip of the pen."""


class Dated(NamedTuple):
    """A promise in somebody's words, and until when it binds."""

    words: str
    due: datetime
    daily: bool = False
    """It was said of every day: this is the first time."""


def dated(
    rules: Rules, text: str, said_at: datetime, now: datetime, queue: Queue | None = None
) -> tuple[tuple[Dated, ...], tuple[Dated, ...]]:
    """What the words promise, and what of it cannot be meant so, since its time is over or too far away.

    `queue` is whose working days count.
    """
    meant: list[Dated] = []
    wrong: list[Dated] = []
    for one in pledges_in(text, said_at.astimezone(rules.clock), rules.hours.closes):
        found = Dated(one.words[:LONGEST], _due(rules, one, said_at, queue), one.daily)
        if now < found.due <= now + FARTHEST:
            meant.append(found)
        elif one.limit:
            wrong.append(found)
    return tuple(meant), tuple(wrong)


def _due(rules: Rules, pledge: Pledge, said_at: datetime, queue: Queue | None) -> datetime:
    if pledge.due is not None:
        return pledge.due
    return add_working(rules, said_at, days=pledge.working_days, queue=queue)
