"""The card's lines about earlier cases of the same complainant (S39)."""

from collections.abc import Sequence
from typing import Final

from bot.complaint.case import Case
from bot.policy.consents import veiled

SHOWN: Final = 3


def earlier_lines(case: Case, others: Sequence[Case]) -> list[dict[str, object]]:
    """The newest of the complainant's cases before this one: number, matter, how it stands, and what was agreed."""
    known = {one.no: one for one in others}
    before = [known[no] for no in case.earlier if no in known and no != case.no]
    return [_line(one) for one in before[:SHOWN]]


def _line(case: Case) -> dict[str, object]:
    case = veiled(case)
    agreed = case.agreement.offer_id if case.agreement is not None else None
    offer = next((one for one in case.offers if one.id == agreed), None)
    return {
        "no": case.no,
        "product": case.facts.product,
        "issue": list(case.facts.issue[:1]),
        "status": case.status.value,
        "agreed": [kind.value for kind in offer.kinds] if offer is not None else [],
        "holder": case.holder.name if case.holder is not None else None,
    }
