"""What was learned, as a second opinion on what the cues found: heard only where it is sure.

The cues say what stands in the text; learning says how the whole text sounds. It adds danger that no cue knows,
and tells a grievance where no cue found one. It takes nothing away.
"""

from collections.abc import Mapping
from typing import Final

from bot.complaint.reading import Category, Family, Risk, Span
from bot.reading.finding import NOT, Found
from bot.reading.learned import Learned
from bot.reading.sense import Sense

Likeness = Mapping[str, float]

SURE: Final = {Family.INJURY: 0.7, Family.SELF_HARM: 0.85, Family.EXTORTION: 0.9}
"""From what likeness on a danger is heard that no cue shows: high, since people are called by it."""
GRIEVANCE: Final = 0.8
"""From what likeness on a text without any cue is taken for a complaint."""
UNSURE: Final = 0.45
"""Up to this confidence of the cues the category that the text is most like is believed."""
DESPAIR: Final = frozenset({Family.SELF_HARM})
"""Whoever speaks of ending their life is never taken for one who threatens."""
_CATEGORIES: Final = tuple(
    (category, f"category.{category}")
    for category in Category
    if category not in (Category.NONE, Category.SUGGESTION)
)
_TELLING: Final = 8
"""Characters that it takes to sound like anything."""


def weighed_risks(
    text: str, folded: str, found: Found, risks: tuple[Risk, ...], like: Likeness, learned: Learned
) -> tuple[Risk, ...]:
    """The signs of danger: those of the cues, and before them those that the whole text shows without any cue."""
    shown = {one.family for one in risks if not one.weak}
    added = []
    for family, sure in SURE.items():
        label = f"risk.{family}"
        if shown & DESPAIR and family is Family.EXTORTION:
            continue
        if family in shown or like.get(label, 0.0) < sure or _doubtful(family, found) or len(text) < _TELLING:
            continue
        start, end = learned.telling(folded, label)
        added.append(Risk(family=family, span=Span(start, end, text[start:end])))
    return (*added, *risks)


def _doubtful(family: Family, found: Found) -> bool:
    """Words that only look like the sign; or a lawful step, which is a right, and no threat to anybody (R45)."""
    if f"{NOT}risk.{family}" in found:
        return True
    lawful = "risk.regulator" in found or "risk.legal" in found
    unlawful = "threat.unlawful" in found or "threat.silence" in found
    return family is not Family.INJURY and lawful and not unlawful


def weighed_sense(text: str, sense: Sense, like: Likeness) -> Sense:
    """What the grievance is about, and whether it is one, where the cues do not know."""
    best, category = max((like.get(label, 0.0), category) for category, label in _CATEGORIES)
    if sense.is_complaint:
        surer = best > sense.confidence and sense.confidence <= UNSURE
        return sense._replace(category=category, confidence=round(best, 2)) if surer else sense
    told = like.get("complaint", 0.0) >= GRIEVANCE and len(text) >= _TELLING
    if not told or sense.category is Category.SUGGESTION:
        return sense
    return Sense(category=category, is_complaint=True, emotion=sense.emotion, confidence=round(best, 2))
