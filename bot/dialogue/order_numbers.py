"""A bare number that is an order's is no sum of money, and another number is another order."""

from collections.abc import Sequence
from typing import Final

from bot.complaint.actions import Situation
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation, Step
from bot.complaint.evolving import replace
from bot.complaint.ids import bare_code
from bot.complaint.reading import Reading, RemedyKind
from bot.dialogue.draft import Draft
from bot.reading.matterwords import called_order

SHORTEST: Final = 4
"""Digits of a number that may be an order's, or its end."""


_ASKED_FOR_A_SUM: Final = (Step.WISH, Step.PROPOSING, Step.AGREEMENT)
_OF_THE_ORDER: Final = frozenset({
    RemedyKind.REFUND_FULL, RemedyKind.RETURN, RemedyKind.REPLACE, RemedyKind.RESEND_MISSING, RemedyKind.REPAIR,
    RemedyKind.PRICE_DIFF, RemedyKind.POSTAGE, RemedyKind.OPEN,
})  # fmt: skip
"""Wishes that need an order, and no sum."""


def without_order_as_sum(reading: Reading | None, case: Case | None, situation: Situation) -> Reading | None:
    """The reading without a demand for as much money as the order's number says ("8841")."""
    if reading is None or reading.remedy is None or reading.remedy.amount is None:
        return reading
    order = situation.order or (case.facts.order if case is not None else None)
    sum_only = reading.remedy.kinds == (RemedyKind.COMPENSATION,)
    digits = f"{reading.remedy.amount:g}"
    if order is None or not sum_only or len(digits) < SHORTEST:
        return reading
    return replace(reading, remedy=None) if bare_code(order.order_no).endswith(digits) else reading


def _is_that_sum(reading: Reading, code: str) -> bool:
    remedy = reading.remedy
    return remedy is not None and remedy.amount is not None and f"{remedy.amount:g}" == code


def without_number_as_sum(
    reading: Reading | None, talk: Conversation, case: Case | None, text: str
) -> Reading | None:
    """A bare number that nobody asked a sum for, beside a wish for goods or the price back, is an order's."""
    called = called_order(text)
    if reading is not None and reading.remedy is not None and called and _is_that_sum(reading, called):
        slots = replace(reading.slots, order_no=reading.slots.order_no or (called,))
        return replace(reading, remedy=None, slots=slots)
    digits = text.strip()
    if reading is None or reading.remedy is None or not (digits.isdecimal() and len(digits) >= SHORTEST):
        return reading
    if talk.step in _ASKED_FOR_A_SUM or case is None or case.facts.order is not None or not case.wishes:
        return reading
    if not set(case.wishes[-1].kinds) <= _OF_THE_ORDER or reading.remedy.kinds != (RemedyKind.COMPENSATION,):
        return reading
    slots = replace(reading.slots, order_no=reading.slots.order_no or (digits,))
    return replace(reading, remedy=None, is_complaint=False, slots=slots)


def forget_other_order(draft: Draft, named: Sequence[str]) -> None:
    """Another number is named that no order has: the order found before is not the one they mean."""
    known = draft.facts.order
    if known is None or not named or bare_code(known.order_no).endswith(bare_code(named[0])):
        return
    draft.change(facts=replace(draft.facts, order=None, order_no=named[0]))
