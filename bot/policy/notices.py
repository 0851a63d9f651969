"""When an official notice must be answered, by the law's own way of counting days (R49).

SAMR Order 121, art. 45: the day on which a term begins is not counted, and a term that ends on a holiday ends on the
first working day after it. Working days are the country's, Monday to Friday with holidays and make-up days, whatever
hours the brand keeps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.complaint.notices import Notice, NoticeKind
from bot.policy.hours import Hours
from bot.policy.rules import Rules

_DAY: Final = timedelta(days=1)
_WORKING_WEEK: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTerm:
    """How long, in days of which kind, and where it stands."""

    days: int
    working: bool
    source: str


TERMS: Final[Mapping[NoticeKind, NoticeTerm]] = {
    NoticeKind.TRANSFER: NoticeTerm(days=7, working=True, source="SAMR Order 121, art. 15"),
    NoticeKind.MEDIATION: NoticeTerm(days=60, working=False, source="SAMR Order 121, art. 23"),
    NoticeKind.ODR: NoticeTerm(days=10, working=True, source="12315 ODR"),
}
"""An inquiry has no term of its own: it names its day."""
NAMED: Final = "notice"
"""Where the term stands that a notice names itself."""


def is_official_day(hours: Hours, day: date) -> bool:
    """Whether authorities work on this day."""
    if day in hours.make_up_days:
        return True
    return day.isoweekday() <= _WORKING_WEEK and day not in hours.holidays


def last_day(hours: Hours, kind: NoticeKind, received: date, named: date | None = None) -> date:
    """The last day on which an answer is in time. A day that the notice names is not moved.

    Raises:
        ValueError: the notice has no term and names no day.
    """
    if named is not None:
        return named
    term = TERMS.get(kind)
    if term is None:
        raise ValueError("an inquiry names its day")
    day = received if term.working else received + term.days * _DAY
    left = term.days if term.working else 0
    while left or not is_official_day(hours, day):
        day += _DAY
        left -= bool(left) and is_official_day(hours, day)
    return day


def source_of(kind: NoticeKind, named: date | None) -> str:
    """Where the term stands."""
    term = TERMS.get(kind)
    return NAMED if named is not None or term is None else term.source


def notice_due(rules: Rules, notice: Notice) -> datetime:
    """When the answer is due: on the last day, when our own desk closes."""
    day = last_day(rules.hours, notice.kind, notice.received, notice.named)
    return datetime.combine(day, rules.hours.closes, rules.clock)


def day_before(rules: Rules, due: datetime) -> datetime:
    """The opening of the last working day before that one: whoever is reminded then can still do it."""
    day = due.astimezone(rules.clock).date() - _DAY
    while not is_official_day(rules.hours, day):
        day -= _DAY
    return datetime.combine(day, rules.hours.opens, rules.clock)
