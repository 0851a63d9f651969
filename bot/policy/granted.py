"""Finds a remedy that was already granted for the same order, in any case of the complainant."""

from collections.abc import Iterable, Iterator, Sequence

from bot.complaint.case import Case
from bot.complaint.ids import CaseNo
from bot.complaint.reading import RemedyKind
from bot.policy.remedy_kinds import REFUND, WORDS

WHOLE = frozenset({RemedyKind.REFUND_FULL, RemedyKind.RETURN})
"""Beside the whole price there is no other part of it to give back."""


def granted_before(
    kinds: Iterable[RemedyKind], case: Case, others: Sequence[Case] = ()
) -> tuple[RemedyKind, CaseNo] | None:
    """The first of these remedies that this order already got, and in which case."""
    for kind in kinds:
        for no, had in _agreed(case, others):
            if _same(kind, had):
                return kind, no
    return None


def _same(kind: RemedyKind, had: RemedyKind) -> bool:
    if kind in WORDS or had in WORDS:
        return False  # an apology, a call, an explanation may be given again
    whole = {kind, had} <= REFUND and bool({kind, had} & WHOLE) and {kind, had} != WHOLE
    return kind is had or whole


def _agreed(case: Case, others: Sequence[Case]) -> Iterator[tuple[CaseNo, RemedyKind]]:
    for one in (case, *(other for other in others if _same_order(case, other))):
        for offer in one.offers:
            if offer.state == "agreed":
                yield from ((one.no, kind) for kind in offer.kinds)
        yield from ((one.no, done.kind) for done in one.fulfilments)


def _same_order(case: Case, other: Case) -> bool:
    if other.no == case.no:
        return False
    joined = other.merged_into == case.no or case.merged_into == other.no
    mine, theirs = case.facts.order, other.facts.order
    return joined or (mine is not None and theirs is not None and mine.order_no == theirs.order_no)
