"""The cues found in a text, as features of the classifier."""

from bot.reading.finding import Found, Hit


def marks_of(found: Found) -> frozenset[str]:
    """The labels of all cues that were found; the weak ones apart."""
    return frozenset([f"{label}~" if _all_weak(hits) else label for label, hits in found.items() if hits])


def _all_weak(hits: list[Hit]) -> bool:
    return hits[0].weak and all(hit.weak for hit in hits)
