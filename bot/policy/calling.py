"""When people are called to a case that nobody has, and the order of waiting cases."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from bot.complaint.axes import Queue, Severity
from bot.complaint.case import Case, Promise
from bot.complaint.deskwork import Waiting
from bot.policy import calendar
from bot.policy.deadline_terms import term
from bot.policy.rules import Rules

SHARES: Final = (0.5, 0.8, 1.0)
"""The shares of the first answer's time after which team, supervisors and manager are called."""


def calls_at(rules: Rules, promise: Promise, severity: Severity, queue: Queue) -> tuple[datetime, ...]:
    """When the three calls for an unclaimed case are made, on the clock of its first answer.

    Time in which nobody is there does not count: of four working hours over night, half is gone in the morning.
    """
    hours = calendar.clock_hours(rules, term(rules.stages(severity).first_human).clock, queue)
    begins, ends = promise.made_at.astimezone(UTC), promise.due_at.astimezone(UTC)
    if hours is None:
        return tuple(begins + (ends - begins) * share for share in SHARES)
    length = calendar.open_between(hours, rules.clock, begins, ends)
    moments = (calendar.add_open(hours, rules.clock, begins, length * share) for share in SHARES)
    return tuple(min(one.astimezone(UTC), ends) for one in moments)


def ahead(case: Case, line: Sequence[Waiting], rules: Rules) -> int:
    """How many wait before this case: of its own queue by urgency, then age (S89).

    Where the same people take safety's cases, those come first.
    """
    before = 0
    for one in line:
        if one.no == case.no:
            continue
        if one.queue is case.queue:
            # who is not in the line yet comes last among the equally urgent
            waits = next((own.since for own in line if own.no == case.no), None)
            later = waits is not None and one.since > waits
            before += one.severity < case.severity or (one.severity == case.severity and not later)
        elif one.queue is Queue.SAFETY:
            before += rules.queue(one.queue).desk == rules.queue(case.queue).desk
    return before
