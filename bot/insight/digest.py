"""The figures of a digest: what came, what was missed, what is due, what rises, whom to quote (S41)."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import sqrt
from typing import Any, Final

from bot.complaint.axes import PromiseStatus, Severity
from bot.complaint.ids import CaseNo
from bot.complaint.reading import Category
from bot.insight.facts import CaseFacts
from bot.insight.frame import Period, closed_in, opened_in
from bot.insight.times import fate

LOOKED_BACK: Final = timedelta(days=28)
"""Days before the period from which the usual number is taken."""
TOP: Final = 3
FEWEST_RISING: Final = 3
"""Fewer are chance."""
MOST_NAMED: Final = 5
MOST_QUOTED: Final = 40
"""Cases in whose words something is looked for that can be quoted."""

Facts = Sequence[CaseFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rising:
    """A product of which more complaints came than usual in as many days."""

    name: str
    count: int
    usual: float


def digest(facts: Facts, period: Period, now: datetime, name: Callable[[str, object], str]) -> dict[str, Any]:
    """The numbers of a digest; `name` tells what a value of a group is called."""
    opened = opened_in(facts, period)
    danger = [one for one in opened if one.severity is Severity.SEV1]
    found = Counter(one.cause for one in closed_in(facts, period) if one.cause)
    about = Counter(one.category for one in opened if one.category is not Category.NONE)
    return {
        "came": len(opened),
        "closed": len(closed_in(facts, period)),
        "danger": [one.no for one in danger][:MOST_NAMED],
        "danger_count": len(danger),
        "missed": missed(facts, period),
        "due_today": due_today(facts, period, now),
        "subjects": [{"name": name("category", one), "count": n} for one, n in ranked(about)],
        "causes": [{"name": name("cause", one), "count": n} for one, n in ranked(found)],
        "rising": [
            {"name": name("product", one.name), "count": one.count, "usual": round(one.usual, 1)}
            for one in rising(facts, period)
        ],
        "brands": _brands(opened, name),
        "suggestions": sum(one.category is Category.SUGGESTION for one in opened),
        "quotable": quotable(opened),
    }


def _brands(opened: Facts, name: Callable[[str, object], str]) -> list[dict[str, Any]]:
    """How many came to each brand, where there are several."""
    found = Counter(one.brand for one in opened)
    return (
        [{"name": name("brand", one), "count": n} for one, n in found.most_common()] if len(found) > 1 else []
    )


def ranked(counts: Counter[Any]) -> list[tuple[Any, int]]:
    """The most frequent first; equals by name."""
    return sorted(counts.items(), key=lambda row: (-row[1], str(row[0])))[:TOP]


def missed(facts: Facts, period: Period) -> int:
    """Promises whose time came in the period and that were not kept by then."""
    start, end = period.moments()
    return sum(
        fate(one.status, in_time=one.settled_at is not None and one.settled_at <= one.due_at)
        in ("late", "broken")
        for case in facts
        for one in case.promises
        if start <= one.due_at < end and one.status is not PromiseStatus.WITHDRAWN
    )


def due_today(facts: Facts, period: Period, now: datetime) -> int:
    """Open promises that come due before this day of the brand's is over."""
    midnight = now.astimezone(period.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = midnight.astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC)
    return sum(
        one.status is PromiseStatus.OPEN and start <= one.due_at < end
        for case in facts
        for one in case.promises
    )


def rising(facts: Facts, period: Period) -> list[Rising]:
    """Products with twice as many cases as usual, and more than chance makes; the steepest first."""
    start, _ = period.moments()
    now = Counter(one.product for one in opened_in(facts, period) if one.product)
    before = Counter(
        one.product for one in facts if one.product and start - LOOKED_BACK <= one.opened_at < start
    )
    share = (period.until - period.first) / LOOKED_BACK
    found = [Rising(name=name, count=n, usual=before[name] * share) for name, n in now.items()]
    steep = [one for one in found if _rises(one)]
    return sorted(steep, key=lambda one: (one.usual - one.count, one.name))[:TOP]


def _rises(one: Rising) -> bool:
    # the spread of a count is about its root
    return one.count >= FEWEST_RISING and one.count >= 2 * one.usual + sqrt(one.usual)


def quotable(opened: Iterable[CaseFacts]) -> list[CaseNo]:
    """Cases whose words may be looked through, of every category some; nobody in danger is quoted."""
    calm = sorted(
        (one for one in opened if one.severity > Severity.SEV1), key=lambda one: one.opened_at, reverse=True
    )
    places: Counter[Category] = Counter()
    order = []
    for one in calm:
        order.append((places[one.category], one.no))
        places[one.category] += 1
    return [no for _, no in sorted(order, key=lambda row: row[0])[:MOST_QUOTED]]
