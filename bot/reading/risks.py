"""Danger signs: those that cues show, and extortion, which only the whole message shows."""

from bot.complaint.reading import Family, Risk, Span
from bot.reading.finding import Found, Hit
from bot.reading.money import Money

_OUT_OF_PROPORTION = 1000.0
_IN_YUAN = {"CNY": 1.0, "HKD": 0.9, "TWD": 0.22, "INR": 0.08, "USD": 7.0, "EUR": 7.5, "GBP": 9.0, "AUD": 4.6}
_GRAVEST = (Family.SELF_HARM, Family.INJURY)
_SHOWN_OTHERWISE = frozenset({Family.INJURY, Family.EXTORTION})
"""What other labels may show than its own."""
_YES_TO_HARM = {"unharmed": "answer.hurt", "eaten": "answer.unwell"}
_LABELS = tuple(
    (family, f"risk.{family}") for family in sorted(Family, key=lambda one: (one not in _GRAVEST, one.value))
)


def span(text: str, hit: Hit) -> Span:
    """The customer's own words at a cue."""
    return Span(hit.start, hit.end, text[hit.start : hit.end])


def read_risks(text: str, found: Found, money: list[Money], *, asked: str | None = None) -> tuple[Risk, ...]:
    """All danger signs, the gravest first, then in text order.

    A plain yes to "is anybody hurt" is a sign of injury too.
    """
    risks = []
    for family, label in _LABELS:
        if label not in found and family not in _SHOWN_OTHERWISE:
            continue
        hits = found.get(label) or []
        if family is Family.INJURY and "sign.hazard" in found:
            hits = _apart(hits + found["sign.hazard"])
        if family is Family.INJURY and not hits and "answer.no" not in found:
            hits = found.get(_YES_TO_HARM.get(asked or "", ""), [])
        if family is Family.EXTORTION and not hits:
            hits = _extortion(found, money)
        risks += [Risk(family=family, span=span(text, hit), weak=hit.weak) for hit in hits]
    return tuple(risks)


def _apart(hits: list[Hit]) -> list[Hit]:
    """Cues that are not inside longer cues."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end, one.weak)):
        if kept and hit.end <= kept[-1].end:
            if kept[-1].weak and not hit.weak:
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept


def _extortion(found: Found, money: list[Money]) -> list[Hit]:
    """A demand together with an unlawful threat, silence for sale, or disproportionate exposure.

    A demand with a lawful step alone (a regulator, a court, an honest review) is a right (R45).
    """
    demands, silence = found.get("threat.demand", []), found.get("threat.silence", [])
    named = [one for one in money if not one.bare or one.low >= _OUT_OF_PROPORTION]
    if silence and named:
        return [_around(demands + silence)]
    if not demands or "threat.condition" not in found:
        return []
    if unlawful := found.get("threat.unlawful", []):
        return [_around(demands + unlawful)]
    exposure = found.get("threat.exposure", [])
    if not exposure or "threat.receipts" in found:
        return []
    largest = max((one.low * _IN_YUAN.get(one.currency or "CNY", 1.0) for one in named), default=None)
    if largest is not None and largest > _OUT_OF_PROPORTION:
        return [_around(demands + exposure)]
    favour = found.get("threat.favour") or []
    return [_around(favour + exposure)] if favour else []


def _around(hits: list[Hit]) -> Hit:
    return Hit(min(hit.start for hit in hits), max(hit.end for hit in hits), weak=False)
