"""A bare number that is an order's is no sum of money."""

from dataclasses import replace
from typing import Final

from bot.complaint.actions import Situation
from bot.complaint.case import Case
from bot.complaint.ids import bare_code
from bot.complaint.reading import Reading, RemedyKind

SHORTEST: Final = 4
"""Digits of a number that may be an order's, or its end."""


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
