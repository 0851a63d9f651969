"""Danger calls people by name, so that their phones ring before anything else goes to the desk.

So does whoever waits and writes while nobody has their case, in the desk's own turn.
"""

from collections.abc import Callable, Mapping
from typing import Final

from bot.complaint.actions import Action, Lane, Remark, Tell, Turn
from bot.complaint.case import Case, Queue, Severity
from bot.complaint.colleagues import Colleague, Roster
from bot.complaint.evolving import replace
from bot.complaint.ids import UserId
from bot.complaint.shortening import cut
from bot.desk.discretion import discreet
from bot.policy.summoning import MOST_CALLED, holder_or_queue, spared, team

_WHOM: Final[Mapping[str, Callable[[Case, Roster], tuple[Colleague, ...]]]] = {
    "ring": team,
    "danger": holder_or_queue,
    "still_writing": team,
}
"""The lines that call people, and whom."""
_CALM: Final = frozenset({"still_writing"})
"""Those of them that are no alarm unless the case is in danger: they go in the desk's own turn."""


def alarms(turn: Turn) -> bool:
    """Whether it tells the desk something to which people are called, or may be about some of them."""
    case = turn.case
    if case is None:
        return False
    return case.queue is Queue.CONDUCT or any(_is_alarm(one) for one in turn.actions)


def summoned(turn: Turn, roster: Roster) -> Turn:
    """The turn with these lines calling those who can help; danger goes ahead of everything else."""
    case = turn.case
    if case is None:
        return turn
    remarks: tuple[Action, ...] = ()
    if case.queue is Queue.CONDUCT and (about := _meant(case, roster)) != case.about:
        case = case.evolve(about=about)
        remarks = (Remark(what="about", why=", ".join(str(one) for one in about)),)
    actions = (
        _called(one, case, roster) if isinstance(one, Tell) and _is_alarm(one) else one
        for one in turn.actions
    )
    return replace(turn, case=case, actions=(*actions, *remarks))


def _meant(case: Case, roster: Roster) -> tuple[UserId, ...]:
    """Who is named in the story; whoever has the case is spoken to by name, which accuses nobody."""
    holder = case.holder.id if case.holder is not None else None
    return tuple(one for one in spared(case, roster) if one in case.about or one != holder)


def _called(line: Tell, case: Case, roster: Roster) -> Tell:
    whom = line.calls or _WHOM[line.name](case, roster)[:MOST_CALLED]
    said = next((cut(one) for one in reversed(discreet(case).story) if one.strip()), "")
    calm = line.name in _CALM and case.severity is not Severity.SEV1
    lane = line.lane if calm else Lane.ALARM
    return replace(line, calls=whom, lane=lane, fields={**line.fields, "said": said})


def _is_alarm(action: Action) -> bool:
    return isinstance(action, Tell) and action.name in _WHOM
