"""Which wishes stand: what the cues say is asked for, weighed with what the whole text sounds like.

A cue is only words, and words of a wish also stand in what others got, in what was refused, and in questions. The
likeness knows no words for certain, but knows the tone. Each kind is judged by both together.
"""

from collections.abc import Mapping
from math import exp, log
from typing import Final

from bot.complaint.evolving import replace
from bot.complaint.reading import Remedy, RemedyKind
from bot.reading.contract import outward
from bot.reading.demands import amounts, currency, only_sum
from bot.reading.finding import Found
from bot.reading.learned import Learned
from bot.reading.money import Money
from bot.reading.wished import CLEARLY, wished

Likeness = Mapping[str, float]

ALIKE: Final = 0.9
"""How much the odds of likeness speak for a kind."""
SAID: Final = 2.6
"""How much more a cue for it speaks."""
BESIDE: Final = -0.9
"""How much a cue for another kind speaks against it: most messages ask for one thing."""
RULED_OUT: Final = -1.0
"""How much it speaks against a kind that its words stand there, but denied, told or done."""
LEANING: Final = 1.4
"""What speaks for each kind from the start. All but that were fitted to examples that the judges had not seen."""
JOINS: Final = 0.6
"""From what weight on a kind without a cue is asked for besides."""
STAYS: Final = 0.2
"""From what weight on a kind that a cue shows is asked for."""
STAYS_AT_EASE: Final = 0.5
"""The same in a text that is no complaint: there, words of a wish are mostly a question or a story."""
_KINDS: Final = {
    "refund": RemedyKind.REFUND_FULL,
    "replacement": RemedyKind.REPLACE,
    "repair": RemedyKind.REPAIR,
    "compensation": RemedyKind.COMPENSATION,
    "voucher": RemedyKind.VOUCHER,
    "apology": RemedyKind.APOLOGY,
    "explanation": RemedyKind.EXPLANATION,
    "other": RemedyKind.OTHER,
}
_LABELS: Final = tuple(f"wish.{name}" for name in _KINDS)
_LEAST: Final = 8
"""Characters that it takes to sound like anything."""
_TERSE: Final = 12
"""Characters of a message that is hardly more than the wish."""
_NEARLY: Final = 1e-6


def weighed_wish(
    remedy: Remedy | None,
    text: str,
    folded: str,
    found: Found,
    like: Likeness,
    learned: Learned,
    *,
    complains: bool,
) -> Remedy | None:
    """The remedy without kinds that all is unlike, and with those that it clearly asks for; None if nothing is left.

    Who does not complain is not given a wish that no cue shows.
    """
    if len(text) < _LEAST or not like or (remedy is not None and _plain(remedy, text)):
        return remedy
    if remedy is None and not (complains and _may_be_heard(like)):
        return None
    weight = _weights(remedy, found, like)
    if remedy is None:
        remedy = wished(text, folded, weight, learned)
    if remedy is None:
        return None
    kinds = _weighed(remedy, weight, STAYS if complains else STAYS_AT_EASE)
    if not kinds and not remedy.excludes:
        return None
    still_open = RemedyKind.OPEN in kinds or RemedyKind.OPEN not in remedy.kinds
    return replace(remedy, kinds=kinds, open_ended=remedy.open_ended and still_open)


def _weighed(remedy: Remedy, weight: Likeness, least: float) -> tuple[RemedyKind, ...]:
    """The kinds that stay, in their order, then those that join."""
    stay = tuple(kind for kind in remedy.kinds if _stands(kind, remedy, weight, least))
    known = outward(stay)
    joins = (kind for name, kind in _KINDS.items() if name not in known and weight[f"wish.{name}"] >= JOINS)
    return stay + tuple(kind for kind in joins if kind not in remedy.excludes)


def with_its_sum(remedy: Remedy | None, folded: str, found: Found, money: list[Money]) -> Remedy | None:
    """The remedy with the sum that its compensation names, however it names it: 猫住院四千三，发票都齐."""
    if remedy is None or RemedyKind.COMPENSATION not in remedy.kinds:
        return remedy
    if remedy.amount is not None or remedy.multiple is not None or remedy.share is not None:
        return remedy
    one = only_sum(folded, found, money, besides="refund" in outward(remedy.kinds))
    if one is None:
        return remedy
    amount, most = amounts(folded, [one])
    return replace(remedy, amount=amount, amount_most=most, currency=currency(folded, [one]))


def _plain(remedy: Remedy, text: str) -> bool:
    """Whether it is said so briefly, or so firmly, that the cues alone judge it."""
    return len(text) <= _TERSE or remedy.refuses_money or RemedyKind.NONE in remedy.kinds


def _weights(remedy: Remedy | None, found: Found, like: Likeness) -> dict[str, float]:
    """For each wish the chance that it is meant, by cues and likeness together."""
    said = frozenset(outward(remedy.kinds)) if remedy is not None else frozenset[str]()
    # kinds whose words stand there without being said to be asked for were ruled out by the cues
    named = [kind for kind in RemedyKind if f"want.{kind}" in found or f"act.{kind}" in found]
    ruled_out = frozenset(outward(named)) - said
    start = LEANING + (BESIDE if said else 0.0)
    odds = {name: start + ALIKE * _odds(like.get(f"wish.{name}", 0.0)) for name in _KINDS}
    for name in said & odds.keys():
        odds[name] += SAID
    for name in ruled_out & odds.keys():
        odds[name] += RULED_OUT
    return {f"wish.{name}": 1 / (1 + exp(-one)) for name, one in odds.items()}


def _may_be_heard(like: Likeness) -> bool:
    """Whether any kind sounds so likely that it could be heard without a cue: mostly none does."""
    return LEANING + ALIKE * _odds(max(like.get(label, 0.0) for label in _LABELS)) >= _odds(CLEARLY)


def _odds(chance: float) -> float:
    sure = min(max(chance, _NEARLY), 1 - _NEARLY)
    return log(sure / (1 - sure))


def _stands(kind: RemedyKind, remedy: Remedy, weight: Likeness, least: float) -> bool:
    """Whether a kind stays: what comes with a sum or a multiple always does."""
    names = outward((kind,))
    if not names or remedy.amount is not None or remedy.multiple is not None or remedy.share is not None:
        return True
    return weight[f"wish.{names[0]}"] >= least
