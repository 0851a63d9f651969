"""Who is notified: the holder of a case, its queue's specialists, or those who decide."""

import re
from typing import Final

from bot.complaint.case import Case, Level, Queue
from bot.complaint.colleagues import Colleague, Role, Roster
from bot.complaint.ids import UserId

MOST_CALLED: Final = 5
"""More names in a line are noise: everybody thinks another one goes."""
SHORTEST_LATIN: Final = 3
_ROLES: Final = {Level.A2: Role.SUPERVISOR, Level.A3: Role.MANAGER}


def holder_or_queue(case: Case, roster: Roster) -> tuple[Colleague, ...]:
    """The holder; while there is none, those whose trade the queue's is. Never whom it is about (R58)."""
    if case.holder is not None:
        return (roster.of(case.holder.id, case.holder.name),)
    return _meant(case, roster.specialists(case.queue))


def team(case: Case, roster: Roster) -> tuple[Colleague, ...]:
    """Who is called to a case that nobody has: the queue's specialists, else agents. Never whom it is about (R58)."""
    return _meant(case, roster.specialists(case.queue) or _agents(case, roster))[:MOST_CALLED]


def _agents(case: Case, roster: Roster) -> tuple[Colleague, ...]:
    """Those without a specialty; where our own people may have wronged somebody, those who supervise them (R7)."""
    if case.queue is Queue.CONDUCT:
        return roster.at_least(Role.SUPERVISOR)
    agents = tuple(one for one in roster if one.role is Role.AGENT)
    return tuple(one for one in agents if not one.specialties) or agents


def spared(case: Case, roster: Roster) -> tuple[UserId, ...]:
    """Colleagues whose names stand in the story of somebody who was wronged: they may do nothing to it (R7, R58)."""
    told = "\n".join(case.story).casefold()
    named = (one.id for one in roster if _stands_in(one.name.casefold(), told))
    return tuple(dict.fromkeys((*case.about, *named)))


def _stands_in(name: str, told: str) -> bool:
    """A Latin name must be a word of its own; Chinese has no gaps between words."""
    if name.isascii():
        return len(name) >= SHORTEST_LATIN and re.search(rf"\b{re.escape(name)}\b", told) is not None
    return len(name) > 1 and name in told


def deciders(case: Case, roster: Roster, level: Level = Level.A2) -> tuple[Colleague, ...]:
    """Everybody of this level; if nobody is, everybody of the next level above."""
    able = roster.at_least(_ROLES.get(level, Role.AGENT))
    return _meant(case, tuple(one for one in able if one.role is able[0].role))


def owner(case: Case, roster: Roster, user: UserId | None, name: str = "") -> tuple[Colleague, ...]:
    """The owner of a thing; if nobody in particular, the holder of the case or its queue."""
    return (roster.of(user, name),) if user is not None else holder_or_queue(case, roster)


def official(case: Case, roster: Roster) -> tuple[Colleague, ...]:
    """Who answers authorities: the legal trade, and where the press is in it that of media (R49)."""
    trades = (
        (Queue.LEGAL, Queue.MEDIA_PR) if Queue.MEDIA_PR in (case.queue, *case.watchers) else (Queue.LEGAL,)
    )
    return _meant(case, tuple(one for trade in trades for one in roster.specialists(trade)))


def _meant(case: Case, people: tuple[Colleague, ...]) -> tuple[Colleague, ...]:
    return tuple(one for one in people if one.id not in case.about)
