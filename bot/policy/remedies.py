"""Each part of an agreement: when it is due, and how it is described."""

from datetime import datetime
from typing import Any, Final

from bot.complaint.case import Case, Fulfilment, Offer, Part, Promise
from bot.complaint.ids import Cents
from bot.complaint.reading import Language, RemedyKind
from bot.policy.deadlines import due
from bot.policy.remedy_kinds import GOODWILL, KIND_RULES, MONEY, REFUND
from bot.policy.rules import Rules

SAID_HERE: Final = "said in this chat"
"""The proof of what is done by saying it."""


def done_by(rules: Rules, kind: RemedyKind, case: Case, at: datetime) -> datetime | None:
    """By when this is carried out if it is agreed at `at`; None where saying it does it."""
    what = KIND_RULES[kind].done_by
    return due(rules, what, case.severity, at, case.queue) if what else None


def goes_back(part: Part) -> Cents:
    """The money that a part pays out, if it is money."""
    return part.cents if part.kind in REFUND | MONEY else Cents(0)


def as_work(
    case: Case, kind: RemedyKind, at: datetime, promise: Promise | None, worth: Cents = Cents(0)
) -> Fulfilment:
    """One remedy that was agreed, as work with its promise; without a promise saying it was all (R11)."""
    number = f"f{len(case.fulfilments) + 1}"
    if promise is None:
        return Fulfilment(id=number, kind=kind, owner="bot", due_at=at, proof=SAID_HERE, done_at=at)
    return Fulfilment(
        id=number, kind=kind, owner=promise.owner, due_at=promise.due_at, worth=worth, promise_id=promise.id
    )


def told(offer: Offer, case: Case, rules: Rules, at: datetime, language: Language) -> list[dict[str, Any]]:
    """The parts of an offer as replies word them (`[items]` and `[options]`): what, how much, how, by when."""
    rows = []
    for part in offer.parts:
        rows.append(_row(part, case, rules, at, language))
        if part.item and part.kind not in GOODWILL:
            rows.append({**rows[-1], "kind": "note", "item": part.item})
    return rows


def _row(part: Part, case: Case, rules: Rules, at: datetime, language: Language) -> dict[str, Any]:
    named = next((one for one in rules.goodwill if one.kind is part.kind and one.key == part.item), None)
    order = case.facts.order
    product = rules.product_name(order.product, language) if order else case.facts.product
    return {
        "kind": _spoken(part, named=bool(part.item)),
        "refund": 0 if part.kind not in REFUND | MONEY | GOODWILL else part.cents,
        "item": named.name(language) if named else part.item,
        "pickup": False,
        "product": product,
        "due": done_by(rules, part.kind, case, at),
    }


def _spoken(part: Part, *, named: bool) -> str:
    """How it is worded: a gesture outside the catalogue by its face value, a part of the price by its sum."""
    if part.kind in GOODWILL and not named:
        return f"{part.kind.value}_worth"
    return "refund_sum" if part.kind is RemedyKind.REFUND_PARTIAL else part.kind.value
