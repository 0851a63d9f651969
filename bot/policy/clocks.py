"""The deadlines of a case: when each is due, warned of, paused, and which timers they need.

Due times are computed from the case as it is now, so a change of severity or queue moves them at once. A clock is
paused while it is the complainant's turn, and continues with the time it had left.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Final, NamedTuple

from bot.complaint.case import Case, Control, Promise, Severity, Status
from bot.complaint.deskwork import Clock, ClockKind
from bot.complaint.evolving import replace
from bot.policy.calendar import add_open, after_quiet, clock_hours, open_between
from bot.policy.deadline_terms import Clock as Face
from bot.policy.deadline_terms import Term, term
from bot.policy.deadlines import HardStop, due, hard_stops
from bot.policy.rules import Rules

PROGRESS: Final = "update"
"""The kind of the promise to say how it stands; any progress message keeps it."""
IN_TIME: Final = 0.95
"""The share of the time after which the bot itself reports progress, so that the promise is kept."""
SLACK: Final = timedelta(minutes=30)
"""The margin added when quiet hours delay a progress message."""
NOTHING_DUE: Final = (Status.FULFILLED, Status.FOLLOW_UP)
"""Stages in which only the complainant's confirmation is missing."""
_NEARS: Final = {
    ClockKind.UPDATE: "update_near",
    ClockKind.DECISION: "decision_near",
    ClockKind.SILENCE: "silence_near",
}
_DUES: Final = {
    ClockKind.UPDATE: "update_due",
    ClockKind.DECISION: "decision_due",
    ClockKind.SILENCE: "silence_due",
    ClockKind.STOP: "hard_stop",
}


class Alarm(NamedTuple):
    """A timer to be set: its kind, and when it fires."""

    kind: str
    at: datetime


def clocks_of(case: Case) -> frozenset[ClockKind]:
    """Which clocks run on a case as it is now; none on a closed one."""
    if not case.is_open:
        return frozenset()
    running = {ClockKind.STOP}
    with_people = case.control in (Control.QUEUED, Control.HUMAN)
    if with_people and case.status not in NOTHING_DUE:
        if answer_owed(case) is None or any(one.kind == PROGRESS for one in case.open_promises):
            running.add(ClockKind.UPDATE)
        if case.verdict is None and case.agreement is None:
            running.add(ClockKind.DECISION)
    if case.control is Control.HUMAN and case.holder is not None and case.waiting_since is not None:
        running.add(ClockKind.SILENCE)
    return frozenset(running)


def answer_owed(case: Case) -> Promise | None:
    """The promise of an answer that goes with the open hand-over; it has warnings of its own."""
    waiting = case.open_escalation
    return next((one for one in case.open_promises if waiting and one.id == waiting.promise_id), None)


def clock(case: Case, kind: ClockKind) -> Clock | None:
    """The case's clock of this kind, if it runs."""
    return next((one for one in case.clocks if one.kind is kind), None)


def with_clock(case: Case, changed: Clock) -> Case:
    """The case with one of its clocks set anew."""
    return case.evolve(clocks=tuple(changed if one.kind is changed.kind else one for one in case.clocks))


def clock_due(rules: Rules, one: Clock, case: Case) -> datetime:
    """When a clock of this case runs out, if nothing stops it meanwhile."""
    if one.kind is ClockKind.STOP:
        return next_stop(rules, case, one).due
    if one.kind is ClockKind.SILENCE:
        return _share(rules, one, case, 1.0)
    told = due(rules, one.kind.value, case.severity, one.since, case.queue)
    return _later(rules, case, _term(rules, one.kind, case), told, one.lost)


class Owed(NamedTuple):
    """A deadline as the card shows it."""

    due: datetime | None
    late: bool


def decision_owed(rules: Rules, case: Case) -> Owed:
    """By when a verdict or an agreed offer is owed; no time while it is the complainant's turn."""
    one = clock(case, ClockKind.DECISION)
    if one is None or one.paused_at is not None:
        return Owed(None, late=False)
    return Owed(clock_due(rules, one, case), late=one.missed)


def alarms(rules: Rules, case: Case) -> Mapping[str, Alarm]:
    """The timers that a case's clocks need, by key; none for a clock that is paused."""
    running = (one for one in case.clocks if one.paused_at is None and not one.missed)
    return {one.kind.value: _alarm(rules, one, case) for one in running}


def _alarm(rules: Rules, one: Clock, case: Case) -> Alarm:
    if one.kind is ClockKind.STOP:
        return Alarm(_DUES[one.kind], clock_due(rules, one, case))
    if not one.warned:
        near = _spoken(rules, case, _share(rules, one, case, rules.own_share))
        return Alarm(_NEARS[one.kind], near)
    last = _share(rules, one, case, IN_TIME) if one.kind is ClockKind.UPDATE else clock_due(rules, one, case)
    return Alarm(_DUES[one.kind], _spoken(rules, case, last))


def next_words(rules: Rules, case: Case, now: datetime) -> datetime:
    """By when the complainant next hears how it stands: a time that the bot itself can keep."""
    fresh = Clock(kind=ClockKind.UPDATE, since=now, warned=True)
    return max(clock_due(rules, fresh, case), _alarm(rules, fresh, case).at + SLACK)


def paused(one: Clock, at: datetime) -> Clock:
    """The clock, standing still from now on; the hard stops and the holder's silence never do."""
    stands = one.kind in (ClockKind.UPDATE, ClockKind.DECISION) and one.paused_at is None
    return replace(one, paused_at=at) if stands else one


def resumed(rules: Rules, one: Clock, case: Case, at: datetime) -> Clock:
    """The clock, running again; the time it was paused does not count."""
    if one.paused_at is None:
        return one
    hours = clock_hours(rules, _term(rules, one.kind, case).clock, case.queue)
    stood = at - one.paused_at if hours is None else open_between(hours, rules.clock, one.paused_at, at)
    return replace(one, paused_at=None, lost=one.lost + stood)


def next_stop(rules: Rules, case: Case, one: Clock) -> HardStop:
    """The next hard stop: a day on which an unresolved case is brought to somebody, by age or lack of progress."""
    idle = max(case.progress_at or case.opened_at, one.since)
    first, *others = hard_stops(rules, case.opened_at)
    if idle != case.opened_at:
        first = hard_stops(rules, idle)[0]
    aged = [stop for stop in others if stop.due > one.since]
    return min((first, *aged), key=attrgetter("due"))


def passed_stop(rules: Rules, case: Case, one: Clock, now: datetime) -> HardStop | None:
    """The gravest hard stop that has been reached; None if none has."""
    aged = [stop for stop in hard_stops(rules, case.opened_at)[1:] if one.since < stop.due <= now]
    if aged:
        return aged[-1]
    coming = next_stop(rules, case, one)
    return coming if coming.due <= now else None


def _term(rules: Rules, kind: ClockKind, case: Case) -> Term:
    stages = rules.stages(case.severity)
    match kind:
        case ClockKind.UPDATE:
            return term(stages.update)
        case ClockKind.DECISION:
            return term(stages.decision)
        case _:
            return silence_term(rules, case.severity)


def silence_term(rules: Rules, severity: Severity) -> Term:
    """How long the holder may leave the complainant without an answer.

    In danger it is as long as the first answer may take, by night too; a grave case runs on the hours of those
    on call, every other on the brand's term.
    """
    usual = term(rules.silence_term)
    if severity is Severity.SEV1:
        return term(rules.stages(severity).first_human)
    return Term(Face.ON_CALL, usual.minutes) if severity is Severity.SEV2 and usual.minutes else usual


def _share(rules: Rules, one: Clock, case: Case, share: float) -> datetime:
    """The moment at which this share of the clock's time has run."""
    wanted = _term(rules, one.kind, case)
    hours = clock_hours(rules, wanted.clock, case.queue)
    ends = _ends(rules, one, case, wanted)
    if hours is None:
        return one.since + one.lost + (ends - one.since - one.lost) * share
    length = open_between(hours, rules.clock, one.since, ends) - one.lost
    return add_open(hours, rules.clock, one.since, length * share + one.lost)


def _ends(rules: Rules, one: Clock, case: Case, wanted: Term) -> datetime:
    if one.kind is not ClockKind.SILENCE:
        return clock_due(rules, one, case)
    hours = clock_hours(rules, wanted.clock, case.queue)
    length = timedelta(days=wanted.days, minutes=wanted.minutes)
    return one.since + length if hours is None else add_open(hours, rules.clock, one.since, length)


def _later(rules: Rules, case: Case, wanted: Term, moment: datetime, by: timedelta) -> datetime:
    if not by:
        return moment
    hours = clock_hours(rules, wanted.clock, case.queue)
    return moment + by if hours is None else add_open(hours, rules.clock, moment, by)


def _spoken(rules: Rules, case: Case, moment: datetime) -> datetime:
    """Warnings at night are only for danger; others wait for the morning."""
    return moment if case.severity is Severity.SEV1 else after_quiet(rules, moment)
