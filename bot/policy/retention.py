"""Retention: how long a closed case is kept, and what is left once it is anonymous (R17, R53).

A case is kept as long as the brand's retention says, three years unless it says otherwise; then it becomes
anonymous: figures stay (what, how grave, what was given, when), and nobody can be found by them. A complainant who
asks for it gets that sooner, unless something holds the case: then it is kept for that alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.complaint.case import Case, Evidence, Facts, Order, Person, Severity
from bot.complaint.deskwork import Task
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, MessageId, UserId
from bot.complaint.reading import Family
from bot.policy.endings import owed
from bot.policy.rules import Rules

NOBODY: Final = Person(id=UserId(0), name="")
LAW: Final = frozenset({Family.LEGAL, Family.REGULATOR, Family.EXTORTION, Family.INJURY})
"""Signs after which the case may be asked for by a court or an authority."""


class Hold(StrEnum):
    """A reason for which a case is not made anonymous yet."""

    OPEN = "open"
    OWED = "owed"
    LEGAL = "legal"
    LOCKED = "locked"
    LAW = "law"
    GRAVE = "grave"


PEOPLE_DECIDE: Final = frozenset({Hold.LEGAL, Hold.LOCKED})
"""What no date ends: a person looks whether it is still needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What holds a case, and until when; None if that is not known yet."""

    why: Hold
    until: datetime | None = None


def kept_until(case: Case, rules: Rules) -> datetime | None:
    """When the brand's retention of this case ends; None while the case is open."""
    return None if case.closed_at is None else case.closed_at + timedelta(days=rules.retention_days)


def held(case: Case, rules: Rules, now: datetime) -> Held | None:
    """What holds the case now; None if it may be made anonymous."""
    until = kept_until(case, rules)
    if until is None:
        return Held(why=Hold.OPEN)
    endless = (
        (Hold.LEGAL, case.legal_hold),
        (Hold.LOCKED, case.evidence_hold),
        (Hold.OWED, bool(owed(case))),
    )
    by_rule = (
        (Hold.LAW, not LAW.isdisjoint(case.families())),
        (Hold.GRAVE, case.severity <= Severity.SEV2),
    )
    found = [Held(why=why) for why, holds in endless if holds]
    found += [Held(why=why, until=until) for why, holds in by_rule if holds and now < until]
    return found[0] if found else None


def due_for_retiring(case: Case, rules: Rules, now: datetime) -> bool:
    """Whether its time is over, and nothing holds it."""
    until = kept_until(case, rules)
    return until is not None and now >= until and case.retired_at is None and held(case, rules, now) is None


def retired(case: Case, rules: Rules, at: datetime) -> Case:
    """The anonymous case: figures only. Doing it twice changes nothing."""
    if case.retired_at is not None:
        return case
    return case.evolve(
        chat=ChatId(0),
        customer=NOBODY,
        severity_why="",
        flags=tuple(replace(one, cue="", message=None) for one in case.flags),
        facts=_facts(case.facts, rules),
        story=(),
        restricted=(),
        leaves=tuple(replace(one, words="") for one in case.leaves),
        evidence=tuple(
            Evidence(at=one.at, kind=one.kind, file_id="", message=MessageId(0)) for one in case.evidence
        ),
        finding="",
        prevention="",
        source_ref="",
        guests=(),
        considered="",
        excused="",
        card_mark="",
        card_due=None,
        earlier=(),
        erase_asked=None,
        adopted="-" if case.adopted else "",
        idea=replace(case.idea, why="") if case.idea is not None else None,
        corrections=tuple(replace(one, why="") for one in case.corrections),
        retired_at=at,
        **_dealings(case),
    )


def _dealings(case: Case) -> dict[str, object]:
    """What passed between both sides: kinds, amounts and dates, without anybody's words."""
    agreement = case.agreement
    return {
        "wishes": tuple(replace(one, verbatim="") for one in case.wishes),
        "offers": tuple(
            replace(one, words="", parts=tuple(replace(part, item="") for part in one.parts))
            for one in case.offers
        ),
        "agreement": replace(agreement, text="", message=None) if agreement is not None else None,
        "promises": tuple(replace(one, text="", source=None) for one in case.promises),
        "fulfilments": tuple(replace(one, proof="-" if one.proof else None) for one in case.fulfilments),
        "surveys": tuple(replace(one, words="") for one in case.surveys),
        "approvals": tuple(
            replace(
                one,
                reason="",
                parts=tuple(replace(part, item="") for part in one.parts),
                votes=tuple(replace(vote, words="") for vote in one.votes),
            )
            for one in case.approvals
        ),
        "tasks": tuple(_task(one) for one in case.tasks),
    }


def _task(task: Task) -> Task:
    return replace(task, what=task.kind.value, place="", outcome="", custody=(), lab_result="", notice=None)


def _facts(facts: Facts, rules: Rules) -> Facts:
    """What figures are made of: the product if it is one of ours, the batch, the price, whether somebody was harmed."""
    ours = {name for one in rules.products for name in (one.key, *one.names.values())}
    order = facts.order
    return Facts(
        product=facts.product if facts.product in ours else None,
        order=Order(order_no="", product=order.product, price=order.price, store=order.store)
        if order
        else None,
        batch_no=facts.batch_no,
        eaten=facts.eaten,
        harmed=facts.harmed,
        foreign_object=facts.foreign_object,
        item_kept=facts.item_kept,
    )
