"""What the cues found, as grams for the learned reader: it weighs how far each kind of cue can be trusted."""

from bot.reading.finding import Found


def marks_of(found: Found) -> frozenset[str]:
    """The labels of all cues that were found; the weak ones apart."""
    return frozenset(
        f"{label}{'~' if all(hit.weak for hit in hits) else ''}" for label, hits in found.items() if hits
    )
