"""Sees to it after every turn that its case is compared with others, once what can be compared has changed."""

from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import SetTimer, Turn
from bot.complaint.axes import Severity
from bot.complaint.case import Case
from bot.complaint.events import Due, Event
from bot.complaint.evolving import replace
from bot.desk.incidents.gathering import BRING, gathered
from bot.policy.clusters import common_ground, comparable

WEIGH: Final = "weigh"
"""The kind of the timer by which a case is weighed against others."""
SETTLES: Final = timedelta(seconds=20)
"""The delay of the comparison, since facts of a case come in bursts. Grave cases do not wait."""


def noticed(turn: Turn, before: Case | None, event: Event, now: datetime) -> Turn:
    """The turn with a timer to compare its case, if its comparable features changed.

    What only time brought about in a case that waits with others of an incident goes onto their common line.
    """
    if before is not None and isinstance(event, Due) and event.kind != BRING:
        turn = gathered(turn, before, now)
    case = turn.case
    if case is None or not comparable(case):
        return turn
    if before is not None and common_ground(before) == common_ground(case):
        return turn
    grave = case.severity is Severity.SEV1 or case.facts.batch_no is not None
    due = now if grave else now + SETTLES
    return replace(turn, actions=(*turn.actions, SetTimer(kind=WEIGH, key=WEIGH, due=due)))
