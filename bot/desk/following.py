"""What follows from every turn: which group shows the case, its topic's name, and the calls while nobody has it.

The dialogue and the desk both change queues; both pass through here, so that neither can forget a consequence.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import Action, CancelTimer, MoveTopic, SetTimer, ShowCard, Tell, Turn
from bot.complaint.case import Case, Control, Promise, Queue
from bot.complaint.events import Event
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId
from bot.desk.cards.keeping import kept
from bot.desk.cards.naming import sign_of
from bot.policy.calling import calls_at
from bot.policy.rules import Rules

UNCLAIMED: Final = "unclaimed"
"""The kind of the timers by which people are called to a case that nobody has."""
CALLS: Final = ("team", "supervisor", "manager")
"""Who is called, in this order."""
MOST_RENAMES: Final = 3
_LOUDER: Final = {"promise_near": 2, "promise_late": 3}
"""Lines about a promise that nobody has taken on, and the call that says the same louder."""
_ON_THE_CARD: Final = frozenset({"agreed", "playbook_set"})
"""Lines that tell what the card of a new topic shows."""
DeskOf = Callable[[Queue], ChatId | None]
"""The group of a queue's own, if it has one that can be used."""


def followed(
    turn: Turn, before: Case | None, event: Event, *, rules: Rules, desk_of: DeskOf, at: datetime
) -> Turn:
    """The turn with its consequences."""
    placed = _placed(_folded(turn, before), before, desk_of)
    called = _called(_said_once(_named(placed, before), before), before, rules)
    return kept(called, before, event, rules=rules, at=at)


def _folded(turn: Turn, before: Case | None) -> Turn:
    """A topic opens without the lines that its first card holds as well."""
    case = turn.case
    if case is None or not case.at_desk or (before is not None and before.at_desk):
        return turn
    kept = tuple(one for one in turn.actions if not (isinstance(one, Tell) and one.name in _ON_THE_CARD))
    return replace(turn, actions=kept) if len(kept) < len(turn.actions) else turn


def _named(turn: Turn, before: Case | None) -> Turn:
    """Rename the topic when severity changes; a few times at most, since each costs rate limit."""
    case = turn.case
    if case is None or before is None or not before.at_desk or case.renames >= MOST_RENAMES:
        return turn
    if sign_of(case.severity) == sign_of(before.severity) or not case.is_open:
        return turn
    return replace(turn, case=case.evolve(renames=case.renames + 1))


def _said_once(turn: Turn, before: Case | None) -> Turn:
    """Drop a warning about an overdue answer while a call for people still says the same."""
    owed = unclaimed(before)
    if owed is None or before is None or unclaimed(turn.case) is None:
        return turn
    louder = {line for line, number in _LOUDER.items() if before.rung < number}
    kept = tuple(
        one
        for one in turn.actions
        if not (isinstance(one, Tell) and one.name in louder and one.fields.get("kind") == owed.kind)
    )
    return replace(turn, actions=kept) if len(kept) < len(turn.actions) else turn


def _placed(turn: Turn, before: Case | None, desk_of: DeskOf) -> Turn:
    """Open the topic in the group of the case's queue; move it with the queue, or out of a closed group."""
    case = turn.case
    if case is None or not case.at_desk:
        return turn
    wanted = desk_of(case.queue)
    if before is None or not before.at_desk:
        return replace(turn, case=case.evolve(desk=wanted))
    stays = before.queue is case.queue and (case.desk is None or case.desk in _usable(desk_of))
    if stays or wanted == case.desk or not case.is_open:
        return turn
    moved: tuple[Action, ...] = (MoveTopic(before=case.desk), ShowCard())
    return replace(turn, case=case.evolve(desk=wanted), actions=(*turn.actions, *moved))


def _usable(desk_of: DeskOf) -> frozenset[ChatId | None]:
    return frozenset(desk_of(queue) for queue in Queue)


def _called(turn: Turn, before: Case | None, rules: Rules) -> Turn:
    """Set the timers of calls while a case waits for a person; cancel them once somebody has it."""
    case = turn.case
    if case is None:
        return turn
    old, new = unclaimed(before), unclaimed(case)
    if new is None:
        return _silent(turn, case) if old is not None or case.rung else turn
    again = old is None or (old.id != new.id and (case.rung == 0 or new.due_at < old.due_at))
    if not again:
        return turn
    *earlier, last = calls_at(rules, new, case.severity, case.queue)
    # the miss itself comes first, so that the call names the new time
    moments = (*earlier, last + timedelta(seconds=1))
    timers = [
        SetTimer(kind=UNCLAIMED, key=f"{UNCLAIMED}:{who}", due=due)
        for number, (who, due) in enumerate(zip(CALLS, moments, strict=True))
        if number >= case.rung
    ]
    return replace(turn, actions=(*turn.actions, *timers))


def _silent(turn: Turn, case: Case) -> Turn:
    cancelled = tuple(CancelTimer(key=f"{UNCLAIMED}:{who}") for who in CALLS)
    return replace(turn, case=case.evolve(rung=0), actions=(*turn.actions, *cancelled))


def unclaimed(case: Case | None) -> Promise | None:
    """The promised answer of an unclaimed case; None if somebody has it, or nothing is owed."""
    if case is None or not case.is_open or case.control is not Control.QUEUED or case.holder is not None:
        return None
    waiting = case.open_escalation
    if waiting is None:
        return None
    return next((one for one in case.open_promises if one.id == waiting.promise_id), None)
