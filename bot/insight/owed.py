"""By when a case was owed what, and how long it waited for the complainant."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.complaint.axes import PromiseStatus, Status
from bot.complaint.case import Case
from bot.complaint.dealings import Pause
from bot.complaint.deskwork import TaskKind
from bot.insight.facts import Due, Milestone
from bot.insight.lines import Talk
from bot.insight.measures import Measures

ENDED_WITHOUT: Final = (Status.WITHDRAWN, Status.CLOSED_NO_RESPONSE)
"""Ends after which nothing more is owed."""
UPDATE: Final = "update"
"""The promise to tell how it stands."""


def awaited(case: Case, until: datetime) -> timedelta | None:
    """How long people had to wait for the complainant, up to that moment; None if not recorded."""
    if case.pauses is None:
        return None
    return sum((_length(one) for one in _pauses(case, case.opened_at, until)), timedelta())


def _pauses(case: Case, since: datetime, until: datetime) -> Iterator[Pause]:
    """As much of its pauses as lies between both moments."""
    for one in case.pauses or ():
        begun, ended = max(one.since, since), min(one.until or until, until)
        if begun < ended:
            yield Pause(since=begun, until=ended)


def _length(one: Pause) -> timedelta:
    return one.until - one.since if one.until is not None else timedelta()


def milestones(case: Case, talk: Talk, measures: Measures, told: datetime | None) -> Iterator[Due]:
    """Everything the case had a deadline for; `told` is when the decision was told."""
    for one in _owed(case, talk, measures, told):
        over = case.closed_at is not None and case.closed_at <= one.due_at and one.met_at is None
        if not (over and case.status in ENDED_WITHOUT):
            yield one


def _owed(case: Case, talk: Talk, measures: Measures, told: datetime | None) -> Iterator[Due]:
    due_at = {one.id: one.due_at for one in case.promises}
    for one in case.escalations[:1]:
        if one.promise_id in due_at:
            answer = talk.after("agent", _utc(one.at))
            yield Due(what=Milestone.FIRST_HUMAN, due_at=_utc(due_at[one.promise_id]), met_at=answer)
    for news in case.promises:
        if news.kind == UPDATE and news.status is not PromiseStatus.WITHDRAWN:
            met = _maybe(news.settled_at) if news.status is PromiseStatus.KEPT else None
            yield Due(what=Milestone.UPDATE, due_at=_utc(news.due_at), met_at=met)
    if case.escalations:
        since = case.escalations[0].at
        decision = measures.due(Milestone.DECISION, case.severity, since, case.queue)
        pauses = tuple(_pauses(case, since, told or case.closed_at or measures.now))
        decision = measures.put_off(Milestone.DECISION, case.severity, decision, pauses, case.queue)
        yield Due(what=Milestone.DECISION, due_at=_utc(decision), met_at=told)
    for remedy in case.fulfilments:
        yield Due(what=Milestone.FULFIL, due_at=_utc(remedy.due_at), met_at=_maybe(remedy.done_at))
    for task in case.tasks:
        if task.kind is TaskKind.CALL_BACK:
            yield Due(what=Milestone.CALL_BACK, due_at=_utc(task.due_at), met_at=_maybe(task.done_at))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _maybe(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)
