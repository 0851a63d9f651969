"""Merges two cases: facts, wishes and all that is owed go over to the one that stays (S73).

What goes over gets new numbers in the registers of the case that stays, with the times it had; in the case that
ends it is settled with a pointer. Both histories stay where they were written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from msgspec.structs import fields

from bot.complaint.actions import CancelTimer, SetTimer
from bot.complaint.case import (
    Approval,
    Case,
    Control,
    Escalation,
    Facts,
    Fulfilment,
    Offer,
    Promise,
    PromiseStatus,
    Queue,
    Status,
    Task,
)
from bot.complaint.deskwork import TaskState
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo
from bot.complaint.reading import Category
from bot.policy.commitments import Timers, reminders, settled
from bot.policy.ladder import LIVING
from bot.policy.rules import Rules
from bot.policy.tasking import ended
from bot.policy.tasking import reminders as task_reminders

T = TypeVar("T")
_Owed = TypeVar("_Owed", Fulfilment, Task)
ANSWER: Final = "person_answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """Both cases after the merger, and their timers; each timer names its case."""

    target: Case
    source: Case
    timers: Timers
    offers: Mapping[str, str]
    """The new number of each offer that went over."""


def merged(source: Case, target: Case, at: datetime, rules: Rules) -> Merger:
    """Make `source` a part of `target`."""
    ids = _numbers(source, target)
    joined = _known(source, target)
    joined = joined.evolve(**_registers(source, joined, ids), **_standing(source, joined))
    joined, answer_timers = _one_answer(source, target, joined, ids, at)
    over = [one for one in joined.open_promises if one.id in ids.promises.values()]
    timers = [
        timer for one in over for timer in reminders(one, one.made_at, joined.severity, rules, after=at)
    ]
    for task in joined.open_tasks:
        if task.id in ids.tasks.values():
            timers += task_reminders(task, joined.severity, at, rules)
    ended_source, gone = _ended(source, target.no, at)
    named = (*_of(joined.no, (*answer_timers, *timers)), *_of(source.no, gone))
    return Merger(target=joined, source=ended_source, timers=named, offers=ids.offers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbers:
    """The new number of everything that goes over, by its old one."""

    promises: dict[str, str]
    offers: dict[str, str]
    fulfilments: dict[str, str]
    tasks: dict[str, str]
    approvals: dict[str, str]


def _numbers(source: Case, target: Case) -> _Numbers:
    living = [one for one in source.offers if one.state in LIVING]
    asked = {one.approval_id for one in living}
    return _Numbers(
        promises=_numbered("p", source.open_promises, target.promises),
        offers=_numbered("o", living, target.offers),
        fulfilments=_numbered(
            "f", [one for one in source.fulfilments if one.proof is None], target.fulfilments
        ),
        tasks=_numbered("t", source.open_tasks, target.tasks),
        approvals=_numbered("a", [one for one in source.approvals if one.id in asked], target.approvals),
    )


def _numbered(
    letter: str,
    moving: Iterable[Promise | Offer | Fulfilment | Task | Approval],
    there: Sequence[object],
) -> dict[str, str]:
    return {one.id: f"{letter}{number}" for number, one in enumerate(moving, len(there) + 1)}


def _registers(source: Case, target: Case, ids: _Numbers) -> dict[str, object]:
    """The registers of the case that stays, with what moves over under new numbers."""
    promises = {one.id: one for one in source.promises}
    return {
        "promises": (
            *target.promises,
            *(replace(promises[old], id=new) for old, new in ids.promises.items()),
        ),
        "offers": (*target.offers, *(_offer(one, ids) for one in source.offers if one.id in ids.offers)),
        "fulfilments": (
            *target.fulfilments,
            *(_owed(one, ids.fulfilments, ids) for one in source.fulfilments if one.id in ids.fulfilments),
        ),
        "tasks": (*target.tasks, *(_owed(one, ids.tasks, ids) for one in source.open_tasks)),
        "approvals": (
            *target.approvals,
            *(_approval(one, ids) for one in source.approvals if one.id in ids.approvals),
        ),
        "agreement": target.agreement or _agreement(source, ids),
    }


def _owed(one: _Owed, numbers: dict[str, str], ids: _Numbers) -> _Owed:
    return replace(one, id=numbers[one.id], promise_id=_new(ids.promises, one.promise_id))


def _approval(one: Approval, ids: _Numbers) -> Approval:
    return replace(one, id=ids.approvals[one.id], offer_id=_new(ids.offers, one.offer_id))


def _offer(one: Offer, ids: _Numbers) -> Offer:
    return replace(one, id=ids.offers[one.id], approval_id=_new(ids.approvals, one.approval_id))


def _agreement(source: Case, ids: _Numbers) -> object:
    made = source.agreement
    known = made is not None and made.offer_id in ids.offers
    return replace(made, offer_id=ids.offers[made.offer_id]) if made is not None and known else None


def _new(numbers: Mapping[str, str], old: str | None) -> str | None:
    return numbers.get(old) if old is not None else None


def _known(source: Case, target: Case) -> Case:
    """What both complainants told and showed, in time order."""
    first, second = sorted((source, target), key=lambda one: one.opened_at)
    named = (*target.earlier, *source.earlier)
    return target.evolve(
        facts=_facts(source.facts, target.facts),
        story=tuple(dict.fromkeys((*first.story, *second.story))),
        flags=_in_time(target.flags, source.flags),
        evidence=_in_time(target.evidence, source.evidence),
        restricted=_in_time(target.restricted, source.restricted),
        leaves=tuple(sorted((*target.leaves, *source.leaves), key=lambda one: one.asked_at)),
        wishes=_in_time(target.wishes, source.wishes),
        emotions=tuple(sorted((*target.emotions, *source.emotions), key=lambda one: one[0])),
        emotion=max(target.emotion, source.emotion),
        category=source.category if target.category is Category.NONE else target.category,
        about=tuple(dict.fromkeys((*target.about, *source.about))),
        watchers=tuple(dict.fromkeys((*target.watchers, *source.watchers))),
        earlier=tuple(no for no in dict.fromkeys(named) if no not in (source.no, target.no)),
        merged=tuple(dict.fromkeys((*target.merged, *source.merged, source.no))),
        machine=target.machine or source.machine,
        corrections=target.corrections if target.machine else source.corrections,
        evidence_hold=target.evidence_hold or source.evidence_hold,
        follow_up_consent=target.follow_up_consent or source.follow_up_consent,
        follow_up_at=max((one for one in (target.follow_up_at, source.follow_up_at) if one), default=None),
    )


def _facts(source: Facts, target: Facts) -> Facts:
    """Facts that the remaining case lacks are taken from the other; harm stays recorded."""
    gaps = {
        one.name: getattr(source, one.name)
        for one in fields(Facts)
        if getattr(target, one.name) in (None, ())
    }
    return replace(target, **gaps | {"harmed": True}) if source.harmed else replace(target, **gaps)


def _in_time(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    both = (*one, *(each for each in other if each not in one))
    return tuple(sorted(both, key=lambda each: each.at))  # type: ignore[attr-defined]


def _standing(source: Case, target: Case) -> dict[str, object]:
    """Severity, queue and verdict: the more urgent of both; what one lacks comes from the other."""
    graver = source if source.severity < target.severity else target
    held = target if target.holder is not None or source.holder is None else source
    waits = [one for one in (source.waiting_since, target.waiting_since) if one is not None]
    found = target if target.verdict is not None else source
    fulfils = source.status in (Status.AGREED, Status.FULFILLING) and target.agreement is None
    return {
        "severity": graver.severity,
        "severity_why": graver.severity_why,
        "queue": min(source.queue, target.queue, key=tuple(Queue).index),
        "decided": source.decided or target.decided,
        "control": Control.HUMAN if held.control is Control.HUMAN else target.control,
        "holder": held.holder,
        "held_since": held.held_since,
        "waiting_since": min(waits) if waits else None,
        "verdict": found.verdict,
        "finding": found.finding,
        "prevention": found.prevention,
        "cause": target.cause or source.cause,
        "decided_by": found.decided_by,
        "reopened": max(source.reopened, target.reopened),
        "status": source.status if fulfils else target.status,
    }


def _one_answer(source: Case, target: Case, joined: Case, ids: _Numbers, at: datetime) -> tuple[Case, Timers]:
    """Merge two open hand-overs into one, with the earlier due time."""
    theirs, ours = source.open_escalation, target.open_escalation
    if theirs is None:
        return joined, ()
    over = _promise(joined, _new(ids.promises, theirs.promise_id))
    if ours is None:
        opened = replace(theirs, id=f"e{len(joined.escalations) + 1}", promise_id=over.id if over else "")
        control = joined.control if joined.control is Control.HUMAN else Control.QUEUED
        return joined.evolve(escalations=(*joined.escalations, opened), control=control), ()
    mine = _promise(joined, ours.promise_id)
    answers = sorted(
        (one for one in (over, mine) if one is not None), key=lambda one: (one.kind != ANSWER, one.due_at)
    )
    reasons = dict.fromkeys((*ours.reason.split(" "), *theirs.reason.split(" ")))
    hung = replace(ours, reason=" ".join(reasons), queue=joined.queue, promise_id=answers[0].id)
    joined = joined.evolve(escalations=_changed(joined.escalations, hung))
    later = next((one for one in answers[1:] if one.kind == ANSWER), None)
    if later is None:
        return joined, ()
    return settled(joined, later.id, PromiseStatus.RENEGOTIATED, at)


def _promise(case: Case, promise_id: str | None) -> Promise | None:
    return next((one for one in case.open_promises if one.id == promise_id), None)


def _changed(escalations: tuple[Escalation, ...], changed: Escalation) -> tuple[Escalation, ...]:
    return tuple(changed if one.id == changed.id else one for one in escalations)


def _ended(source: Case, into: CaseNo, at: datetime) -> tuple[Case, Timers]:
    """The merged case: closed, with nothing open that the other case does not have."""
    pointer = f"→ {into}"
    case, timers = source, list[SetTimer | CancelTimer]()
    for promise in source.open_promises:
        case, gone = settled(case, promise.id, PromiseStatus.RENEGOTIATED, at)
        timers += gone
    for task in source.open_tasks:
        case, gone = ended(case, task, TaskState.CANCELLED, pointer, at)
        timers += gone
    moved = {"proof": pointer, "done_at": at}
    return case.evolve(
        status=Status.MERGED,
        merged_into=into,
        closed_at=at,
        control=Control.BOT,
        holder=None,
        held_since=None,
        waiting_since=None,
        offers=tuple(replace(one, state="replaced") if one.state in LIVING else one for one in case.offers),
        fulfilments=tuple(replace(one, **moved) if one.proof is None else one for one in case.fulfilments),  # type: ignore[arg-type]
        escalations=tuple(replace(one, open=False) if one.open else one for one in case.escalations),
    ), (*timers, *(CancelTimer(key=key) for key in ("nudge", "quiet", "fulfilment_check")))


def _of(no: CaseNo, timers: Iterable[SetTimer | CancelTimer]) -> Timers:
    return tuple(replace(one, case_no=no) for one in timers)
