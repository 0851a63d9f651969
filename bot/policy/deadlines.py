"""Due times: the promised one, the warnings before it, nudges, and the hard stops."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.complaint.case import Level, Queue, Severity
from bot.complaint.dealings import Pause
from bot.complaint.moments import aware
from bot.policy import calendar
from bot.policy.deadline_terms import Stages, Term, term
from bot.policy.rules import Rules

_SHORT = timedelta(hours=2)
_FINE, _COARSE = 5 * 60, 30 * 60
_STOPS = (
    ("no_progress", Level.A2),
    ("manager", Level.A3),
    ("legal_limit", Level.A3),
    ("final_answer", Level.A3),
)

_STAGES: dict[str, Callable[[Stages], str]] = {
    "first_human": lambda stages: stages.first_human,
    "person_answers": lambda stages: stages.first_human,
    "update": lambda stages: stages.update,
    "decision": lambda stages: stages.decision,
    "fulfil": lambda stages: stages.fulfil,
    "refund": lambda stages: stages.refund,
    "ship": lambda stages: stages.ship,
    "call_back": lambda stages: stages.call_back,
    "written_answer": lambda stages: stages.written_answer,
    "press_answer": lambda stages: stages.first_human,
    "reopen_answer": lambda stages: stages.reopen_answer,
}
WHATS = frozenset(_STAGES)
"""All that can be promised by a deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HardStop:
    """A day on which an unresolved case is brought to somebody, whatever its severity."""

    name: str
    level: Level
    due: datetime


def due(rules: Rules, what: str, severity: Severity, now: datetime, queue: Queue | None = None) -> datetime:
    """The due time told for `what` (one of `WHATS`): absolute, in the brand's zone, and rounded to be speakable.

    It is the brand's term rounded up to the next 5 minutes (terms up to 2 hours) or 30 minutes, and never
    beyond the closing time of the hours that it falls into. Our own target lies before it, see `warnings` (S75).

    Raises:
        KeyError: there is no such deadline.
    """
    wanted = term(_STAGES[what](rules.stages(severity)))
    exact = _after(rules, wanted, now, queue)
    rounded = _speakable(exact, wanted)
    hours = calendar.clock_hours(rules, wanted.clock, queue)
    shift = calendar.shift_of(hours, rules.clock, exact) if hours else None
    return (min(rounded, shift[1].astimezone(UTC)) if shift else rounded).astimezone(rules.clock)


def put_off(
    rules: Rules, what: str, severity: Severity, due_at: datetime, pauses: Iterable[Pause], queue: Queue
) -> datetime:
    """A time that is due, as much later as its own clock stood still in these pauses, all of which are over."""
    over = [(one.since, one.until) for one in pauses if one.until is not None]
    hours = calendar.clock_hours(rules, term(_STAGES[what](rules.stages(severity))).clock, queue)
    if hours is None:
        return due_at + sum((until - since for since, until in over), timedelta())
    lost = (calendar.open_between(hours, rules.clock, *one) for one in over)
    stood = sum(lost, timedelta())
    return calendar.add_open(hours, rules.clock, due_at, stood) if stood else due_at


def warnings(rules: Rules, made_at: datetime, due_at: datetime) -> tuple[datetime, datetime]:
    """When a promise is checked: at half its time, and at our own target, usually at 80 % (S53, S75).

    Whoever has not kept it by our own target is reminded, and the complainant hears of it before it is missed.
    """
    length = due_at - made_at
    return made_at + length * 0.5, made_at + length * rules.own_share


def nudge_at(rules: Rules, number: int, asked_at: datetime) -> datetime | None:
    """When to ask for the `number`-th time (from 1) whether they are still there; None when it is enough."""
    if number > len(rules.nudge_hours):
        return None
    return calendar.after_quiet(rules, asked_at + timedelta(hours=rules.nudge_hours[number - 1]))


def follow_up_at(rules: Rules, fulfilled_at: datetime) -> datetime:
    """When to ask whether what was promised has arrived."""
    return calendar.after_quiet(rules, fulfilled_at + timedelta(days=rules.follow_up_days))


def offer_ends(rules: Rules, now: datetime) -> datetime:
    """Until when an offer stands."""
    return calendar.day_start(rules, now, rules.offer_days + 1)


def hard_stops(rules: Rules, opened_at: datetime) -> tuple[HardStop, ...]:
    """The hard stops of a case: supervisor, manager, legal limit, final answer (R39)."""
    zone, stops = rules.clock, rules.hard_stops
    day = aware(opened_at).astimezone(zone).date()
    days = (stops.supervisor_days, stops.manager_days, stops.legal_days, stops.final_days)
    return _stops_from(days, day, rules.hours.opens, zone)


@lru_cache(maxsize=256)
def _stops_from(days: tuple[int, ...], opened_on: date, opens: time, zone: ZoneInfo) -> tuple[HardStop, ...]:
    """Cached by day: they are the same for every case opened on it."""
    return tuple(
        HardStop(name=name, level=level, due=datetime.combine(opened_on + timedelta(days=count), opens, zone))
        for (name, level), count in zip(_STOPS, days, strict=True)
    )


def _after(rules: Rules, wanted: Term, now: datetime, queue: Queue | None) -> datetime:
    hours = calendar.clock_hours(rules, wanted.clock, queue)
    if hours is None:
        # in UTC: adding to a local moment would add an hour too much or too little when the clocks change
        length = timedelta(days=wanted.days, minutes=wanted.minutes)
        return (aware(now).astimezone(UTC) + length).astimezone(rules.clock)
    if wanted.days:
        return calendar.nth_close(hours, rules.clock, now, wanted.days)
    return calendar.add_open(hours, rules.clock, now, timedelta(minutes=wanted.minutes))


def _speakable(moment: datetime, wanted: Term) -> datetime:
    # how coarse depends on the term alone: what is asked later is then never promised earlier
    coarse = wanted.days or timedelta(minutes=wanted.minutes) > _SHORT
    grain = _COARSE if coarse else _FINE
    seconds = -(-moment.timestamp() // grain) * grain
    return datetime.fromtimestamp(seconds, UTC)


def term_ends(rules: Rules, text: str, now: datetime) -> datetime:
    """When a term of the brand file's own ("8 working hours") ends that begins now, on its calendar."""
    return _speakable(_after(rules, term(text), now, None), term(text)).astimezone(rules.clock)
