"""Corrections of the reader, as lines at the desk."""

from bot.complaint.case import Case
from bot.complaint.corrections import Correction, ReadField


def corrected_fields(one: Correction) -> dict[str, object]:
    """What was read, what it is, by whom, and why; remedies as their kinds."""
    remedy = one.field is ReadField.REMEDY
    now, _, amount = one.now.partition(" ")
    return {
        "what": one.field.value,
        "was": [name for name in one.read.split("+") if name] if remedy else one.read,
        "now_is": now.split("+") if remedy else now,
        "amount": float(amount) if amount else None,
        "name": one.name,
        "why": one.why,
    }


def corrected_lines(case: Case) -> list[dict[str, object]]:
    """The last correction of each field, where it says something else than the machine."""
    last = {one.field: one for one in case.corrections}
    return [corrected_fields(one) for one in last.values() if one.read != one.now]
