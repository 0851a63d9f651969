"""What the cues found, as grams for the learned reader: it weighs how far each kind of cue can be trusted."""

from bot.complaint.reading import Remedy
from bot.reading.contract import outward
from bot.reading.finding import Found


def marks_of(found: Found) -> frozenset[str]:
    """The labels of all cues that were found; the weak ones apart."""
    return frozenset(
        f"{label}{'~' if all(hit.weak for hit in hits) else ''}" for label, hits in found.items() if hits
    )


def marks_of_wish(remedy: Remedy | None) -> frozenset[str]:
    """What the cues took for asked: learning weighs how far to trust them."""
    if remedy is None:
        return frozenset({"asks.nothing"})
    named = {f"asks.{kind}" for kind in outward(remedy.kinds)} or {"asks.no_kind"}
    return frozenset(named | ({"asks.sum"} if remedy.amount is not None else set()))
