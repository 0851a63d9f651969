"""Danger calls people by name, so that their phones ring before anything else goes to the desk."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.complaint.actions import Action, Lane, Tell, Turn
from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague, Roster
from bot.desk.discretion import discreet
from bot.desk.shortening import cut
from bot.policy.summoning import MOST_CALLED, holder_or_queue, team

_WHOM: Final[Mapping[str, Callable[[Case, Roster], tuple[Colleague, ...]]]] = {
    "ring": team,
    "danger": holder_or_queue,
}
"""The lines about danger, and whom they call."""


def alarms(turn: Turn) -> bool:
    """Whether it tells the desk of danger."""
    return turn.case is not None and any(_is_alarm(one) for one in turn.actions)


def summoned(turn: Turn, roster: Roster) -> Turn:
    """The turn with its lines about danger calling those who can help, ahead of everything else."""
    case = turn.case
    if case is None:
        return turn
    actions = (
        _called(one, case, roster) if isinstance(one, Tell) and _is_alarm(one) else one
        for one in turn.actions
    )
    return replace(turn, actions=tuple(actions))


def _called(line: Tell, case: Case, roster: Roster) -> Tell:
    whom = line.calls or _WHOM[line.name](case, roster)[:MOST_CALLED]
    said = next((cut(one) for one in reversed(discreet(case).story) if one.strip()), "")
    return replace(line, calls=whom, lane=Lane.ALARM, fields={**line.fields, "said": said})


def _is_alarm(action: Action) -> bool:
    return isinstance(action, Tell) and action.name in _WHOM
