"""The facts that a remedy may depend on, and nothing else.

S9, same facts, same remedy: `Grounds` has no place for a threat, a journalist, a following, abuse, urgency or
anger, so nothing that is worked out from it can depend on them. They decide queue and speed, in `triage`.
"""

from dataclasses import dataclass

from bot.complaint.case import Case, Order, Queue, Severity
from bot.complaint.reading import Category, Family

GRAVE_FAMILIES = frozenset(
    {Family.INJURY, Family.SELF_HARM, Family.MASS, Family.COUNTERFEIT, Family.PRIVACY, Family.BROKEN_PROMISE}
)
"""Families that tell facts of the matter, or of how we failed in it; the others are ways to speak up."""
GRAVE_QUEUES = frozenset({Queue.SAFETY, Queue.QUALITY})
"""Queues to which only facts lead, like SEV1 (see `triage.TABLE`)."""
GRAVE_CATEGORIES = frozenset({Category.FOOD_SAFETY, Category.COUNTERFEIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The facts on which a remedy rests."""

    category: Category
    order: Order | None
    """The verified order, if there is one."""
    grave: bool
    """Health, counterfeit, leaked data, a whole batch, or our own broken word: in people's hands alone."""


def grounds(case: Case) -> Grounds:
    """Reduce a case to the facts that a remedy may depend on."""
    facts = case.facts
    weighed = case.severity is Severity.SEV1 or case.queue in GRAVE_QUEUES
    unsafe = facts.harmed or facts.foreign_object or case.category in GRAVE_CATEGORIES or weighed
    failed_them = case.reopened > 0 or bool(case.families() & GRAVE_FAMILIES)
    return Grounds(category=case.category, order=facts.order, grave=bool(unsafe) or failed_them)
