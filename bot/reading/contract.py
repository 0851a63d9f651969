"""The JSON form of a reading, as `complaint-bot read` prints it."""

from collections.abc import Iterable
from typing import Any

from bot.complaint.reading import Emotion, Family, Reading, Remedy, RemedyKind, Slots

_RISKS = {
    Family.INJURY: "injury", Family.EXTORTION: "extortion", Family.MEDIA: "media", Family.SOCIAL: "media",
    Family.LEGAL: "legal", Family.REGULATOR: "regulator", Family.ABUSE: "abuse", Family.HUMAN: "human",
    Family.MASS: "mass",
}  # fmt: skip
_RISK_ORDER = ("injury", "extortion", "media", "legal", "regulator", "abuse", "anger", "human", "mass")
_KIND = RemedyKind
_KINDS = {
    _KIND.REFUND_FULL: "refund", _KIND.REFUND_PARTIAL: "refund", _KIND.RETURN: "refund", _KIND.PRICE_DIFF: "refund",
    _KIND.POSTAGE: "refund", _KIND.REPLACE: "replacement", _KIND.RESEND_MISSING: "replacement", _KIND.REPAIR: "repair",
    _KIND.COMPENSATION: "compensation", _KIND.MULTIPLE: "compensation", _KIND.MEDICAL: "compensation",
    _KIND.TRAVEL: "compensation", _KIND.LOST_INCOME: "compensation", _KIND.MENTAL: "compensation",
    _KIND.APOLOGY: "apology", _KIND.APOLOGY_PUBLIC: "apology", _KIND.EXPLANATION: "explanation",
    _KIND.INVESTIGATE: "explanation", _KIND.VOUCHER: "voucher",
}  # fmt: skip


def as_contract(message_id: str, reading: Reading) -> dict[str, Any]:
    """One line of `complaint-bot read`: category, nine risks, eight remedy kinds, six slots."""
    return {
        "id": message_id,
        "lang": reading.language.value,
        "category": reading.category.value,
        "risks": _risks(reading),
        "remedy": _remedy(reading.remedy),
        "slots": _slots(reading.slots),
        "is_complaint": reading.is_complaint,
    }


def _risks(reading: Reading) -> list[str]:
    shown = {label for family, label in _RISKS.items() if reading.may_show(family)}
    if reading.emotion >= Emotion.ANGRY or reading.perhaps_angry:
        shown.add("anger")
    return [label for label in _RISK_ORDER if label in shown]


def outward(kinds: Iterable[RemedyKind]) -> list[str]:
    """The remedy kinds by their public names, each once; wanting nothing is no kind."""
    return list(dict.fromkeys(_KINDS.get(kind, "other") for kind in kinds if kind is not RemedyKind.NONE))


def _remedy(remedy: Remedy | None) -> dict[str, Any] | None:
    if remedy is None:
        return None
    kinds = outward(remedy.kinds)
    if not kinds and not remedy.refuses_money:
        return None
    return {
        "kind": kinds[0] if kinds else None,
        "kinds": kinds,
        "amount": remedy.amount,
        "currency": remedy.currency,
        "multiple": remedy.multiple if remedy.multiple is not None else remedy.share,
        "open_ended": remedy.open_ended,
        "refuses_money": remedy.refuses_money,
    }


def _slots(slots: Slots) -> dict[str, list[Any]]:
    named = {
        "order_no": slots.order_no, "phone": slots.phone, "amount": slots.amount, "purchase_date": slots.purchase_date,
        "product": slots.product, "batch_no": slots.batch_no,
    }  # fmt: skip
    return {name: list(values) for name, values in named.items() if values}
