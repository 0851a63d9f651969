"""How long complainants wait, and which deadlines and promises were kept (domain (g))."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.axes import PromiseStatus
from bot.insight.facts import CaseFacts
from bot.insight.frame import Figure, Period, closed_in, count, opened_in, ratio, spans

FCR_DAYS: Final = timedelta(days=7)
"""A case reopened within this many days was not settled at first contact."""

Facts = Sequence[CaseFacts]


def first_reply(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """TTFR of cases opened in the period: the bot's in clock time, a person's in working time."""
    opened = opened_in(facts, period)
    return (
        *spans("first_reply_bot", (one.bot_reply for one in opened)),
        *spans("first_reply_human", (one.human_reply for one in opened)),
    )


def hand_off(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """Waiting time of hand-overs asked for in the period, and how many a person answered."""
    start, end = period.moments()
    asked = [move for one in facts for move in one.transfers if start <= move.at < end]
    answered = [(move.answered_at - move.at, move.worked) for move in asked if move.answered_at is not None]
    return (
        *spans("hand_off_wait", (wait for wait, _ in answered)),
        *spans("hand_off_wait_worked", (worked for _, worked in answered)),
        ratio("transfer_success", len(answered), len(asked)),
        ratio("transfer_said_again", sum(move.repeated for move in asked), len(asked)),
    )


def resolution(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """Time to a decision, and to fulfilment, of cases in which it fell into the period.

    What they stood still for the complainant is in these times; `waiting` tells it apart.
    """
    return (
        *spans("resolution_told", (at - one.opened_at for one, at in _told(facts, period))),
        *spans("resolution_fulfilled", (at - one.opened_at for one, at in _done(facts, period))),
    )


def waiting(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """The part of those times spent waiting for the complainant, and the times without it."""
    told, done = _told(facts, period), _done(facts, period)
    return (
        *spans("resolution_awaited", (one.awaited for one, _ in done)),
        *spans("resolution_told_ours", (_ours(one, at, one.awaited_told) for one, at in told)),
        *spans("resolution_fulfilled_ours", (_ours(one, at, one.awaited) for one, at in done)),
    )


def _told(facts: Facts, period: Period) -> list[tuple[CaseFacts, datetime]]:
    start, end = period.moments()
    return [(one, one.told_at) for one in facts if one.told_at is not None and start <= one.told_at < end]


def _done(facts: Facts, period: Period) -> list[tuple[CaseFacts, datetime]]:
    start, end = period.moments()
    moments = [(one, one.fulfilled_at) for one in facts]
    return [(one, at) for one, at in moments if at is not None and start <= at < end]


def _ours(one: CaseFacts, until: datetime, awaited: timedelta | None) -> timedelta | None:
    """The part of a waiting time that was ours; None if it was not recorded."""
    return None if awaited is None else until - one.opened_at - awaited


def first_contact(facts: Facts, period: Period) -> Figure:
    """FCR: accepted in one session and not opened again in 7 days, of cases closed in the period."""
    closed = closed_in(facts, period)
    return ratio("first_contact_resolution", sum(_at_once(one) for one in closed), len(closed))


def _at_once(one: CaseFacts) -> bool:
    return one.accepted and one.sessions == 1 and not opened_again(one, FCR_DAYS)


def opened_again(one: CaseFacts, within: timedelta) -> bool:
    """Whether it was opened again so soon after its first close; unknown when, it counts as soon."""
    if not one.reopened:
        return False
    if one.reopened_at is None or one.first_closed_at is None or one.reopened_at < one.first_closed_at:
        return True
    return one.reopened_at - one.first_closed_at <= within


def attainment(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """SLA: milestones met in time of those due in the period, by severity and milestone."""
    start, end = period.moments()
    marks = Counter(
        (one.severity, mark.what, mark.met_at is not None and mark.met_at <= mark.due_at)
        for one in facts
        for mark in one.milestones
        if start <= mark.due_at < end
    )
    due: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for (severity, what, met), number in marks.items():
        cell = due[f"sev{severity.value}", what.value]
        cell[0] += number * met
        cell[1] += number
    return tuple(ratio("sla", met, n, of=key) for key, (met, n) in sorted(due.items()))


def promises(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """Promises kept by their time, of those due in the period; late and renegotiated ones are never kept.

    One that was taken back because nobody wanted it any more is no longer due.
    """
    start, end = period.moments()
    pledges = [one for case in facts for one in case.promises if start <= one.due_at < end]
    # of a hundred thousand cases it is quicker to count first and to ask what each sort means after
    sorts = Counter(
        (one.status, one.settled_at is not None and one.settled_at <= one.due_at) for one in pledges
    )
    fates: Counter[str] = Counter()
    for (status, in_time), number in sorts.items():
        if status is not PromiseStatus.WITHDRAWN:
            fates[fate(status, in_time=in_time)] += number
    due = fates.total()
    apart = (count(f"promises_{name}", fates[name]) for name in ("late", "renegotiated", "broken"))
    return (ratio("promise_kept", fates["kept"], due), *apart)


def fate(status: PromiseStatus, *, in_time: bool) -> str:
    """What became of a promise that is due: one that nobody settled is broken, one kept too late is late."""
    match status:
        case PromiseStatus.RENEGOTIATED:
            return "renegotiated"
        case PromiseStatus.KEPT:
            return "kept" if in_time else "late"
        case PromiseStatus.LATE:
            return "late"
        case _:
            return "broken"
