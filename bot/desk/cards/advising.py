"""Advice on the card: whether this would be upheld, the law's minimum, and what to say next.

Keys only; the words are the desk's own and never reach the complainant (S16, S43, S81).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.case import Case, Control, Promise, PromiseStatus, Severity, Status, Verdict
from bot.complaint.deskwork import TaskKind
from bot.complaint.reading import Category, Family, RemedyKind

_LIKELY: Final = frozenset(
    {Category.QUALITY, Category.FOOD_SAFETY, Category.DELIVERY, Category.PACKAGING, Category.COUNTERFEIT}
)
_GOODS: Final = frozenset({Category.QUALITY, Category.DELIVERY, Category.PACKAGING, Category.AFTERSALES})
_FIFTEEN_DAYS_NEAR: Final = timedelta(days=10)
"""A demand that lies fifteen days counts as stalling; from the tenth the card says so (R39)."""


def policy_check(case: Case) -> str:
    """Whether it would be upheld: the verdict if there is one, else the evidence for it or what is missing (S81)."""
    if case.verdict is not None:
        return case.verdict.value
    if case.category not in _LIKELY:
        return "needs_check"
    return "likely" if case.evidence or case.facts.order else "needs_evidence"


def legal_hints(case: Case, now: datetime) -> list[str]:
    """Legal minimums that may apply, as keys. Only hints: the legal queue decides."""
    return list(dict.fromkeys(_hints(case, now)))


def _hints(case: Case, now: datetime) -> Iterator[str]:
    families = case.families()
    multiples = [one.multiple for one in case.wishes if one.multiple]
    if Family.INJURY in families or case.facts.harmed:
        yield "injury_items"
    if case.category is Category.FOOD_SAFETY or any(one >= 10 for one in multiples):  # noqa: PLR2004 - ten times
        yield "food_10x"
    trust = case.category in (Category.COUNTERFEIT, Category.FALSE_AD) or Family.COUNTERFEIT in families
    if trust or any(one < 10 for one in multiples):  # noqa: PLR2004 - below ten times it is the three
        yield "fraud_3x"
    if case.category in _GOODS:
        yield "seven_days"
    if case.category is Category.QUALITY:
        yield "three_guarantees"
    if Family.PRIVACY in families:
        yield "privacy"
    if case.is_open and now - case.opened_at >= _FIFTEEN_DAYS_NEAR:
        yield "fifteen_days"


def _made_up(case: Case, late: Promise) -> bool:
    """Whether what came too late has been given meanwhile, by a time that was set anew."""
    kept = (one for one in case.promises if one.status is PromiseStatus.KEPT and one.kind == late.kind)
    return any(one.made_at > late.made_at for one in kept)


def next_line(case: Case) -> str:
    """The next step to take, as a key: the most pressing first."""
    waiting = any(one.proof is None for one in case.fulfilments)
    late = any(one.status is PromiseStatus.LATE and not _made_up(case, one) for one in case.promises)
    offered = any(one.state in ("open", "chosen") and one.by != "bot" for one in case.offers)
    undecided = case.verdict is None and case.agreement is None and not case.fulfilments
    unanswered = case.control is Control.HUMAN and case.open_escalation is not None
    steps = (
        ("closed", not case.is_open),
        ("take_it", case.control is not Control.HUMAN and case.open_escalation is not None),
        ("ask_wellbeing", case.severity is Severity.SEV1 and unanswered),
        ("tell_them", any(one.kind is TaskKind.TELL for one in case.open_tasks)),
        ("restate_commit", unanswered),
        ("carry_out", waiting),
        ("await_answer", offered),
        ("await_approval", bool(case.open_approvals)),
        ("report_progress", bool(case.open_promises) or (late and case.status is not Status.FULFILLED)),
        # what was agreed and done before did not settle it
        ("decide", case.status is Status.REOPENED and not waiting),
        ("choose_cause", case.verdict in (Verdict.UPHELD, Verdict.PARTLY) and not case.cause),
        ("ask_settled", bool(case.wishes) and set(case.wishes[-1].kinds) == {RemedyKind.NONE}),
        ("offer_within", bool(case.wishes) and case.agreement is None and not case.fulfilments),
        ("hear_them", not case.story and not case.wishes),
        ("decide", undecided),
        ("ask_settled", True),
    )
    return next(key for key, holds in steps if holds)
