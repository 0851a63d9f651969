"""A wish that no cue shows, where the whole text sounds like one."""

from typing import Final

from bot.complaint.reading import Remedy, RemedyKind, Span
from bot.reading.asking import sentence
from bot.reading.folding import fold
from bot.reading.grammar import form
from bot.reading.learned import Learned
from bot.reading.weighing import Likeness

CLEARLY: Final = 0.45
"""From what weight on a wish without a cue is taken for one: read back, it is soon put right."""
_KINDS: Final = {
    "wish.refund": RemedyKind.REFUND_FULL,
    "wish.replacement": RemedyKind.REPLACE,
    "wish.repair": RemedyKind.REPAIR,
    "wish.compensation": RemedyKind.COMPENSATION,
    "wish.voucher": RemedyKind.VOUCHER,
    "wish.apology": RemedyKind.APOLOGY,
    "wish.explanation": RemedyKind.EXPLANATION,
    "wish.other": RemedyKind.OTHER,
}
_ONLY_HELP: Final = form("only_help")
_LEAST: Final = 8
"""Characters that it takes to sound like anything."""


def wished(text: str, folded: str, like: Likeness, learned: Learned) -> Remedy | None:
    """The one kind of remedy that the text most sounds like asking for; None where it does not clearly."""
    best = max(_KINDS, key=lambda label: like.get(label, 0.0))
    if len(text) < _LEAST or like.get(best, 0.0) < CLEARLY:
        return None
    start, end = sentence(text, *learned.telling(folded, best))
    if best == "wish.other" and _ONLY_HELP.search(fold(text[start:end])):
        return None
    return Remedy(kinds=(_KINDS[best],), span=Span(start, end, text[start:end]), heard=True)
