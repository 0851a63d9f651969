"""Which of the seven steps a reply fulfils: thanks, sorrow, possible causes (S19 to S21)."""

from collections.abc import Mapping
from typing import Any, Final

from bot.complaint.reading import Category

THANKED: Final = "thanked"
SORRY: Final = "sorry"
CAUSES: Final = "causes"

CAUSES_FOR: Final = frozenset(
    {
        Category.QUALITY,
        Category.DELIVERY,
        Category.AFTERSALES,
        Category.BILLING,
        Category.PACKAGING,
        Category.FALSE_AD,
    }
)
"""Categories for which possible causes can be named before an inspection."""

_DOES: Final[Mapping[str, Mapping[str, str]]] = {
    "listening/thanks_sorry": {THANKED: "", SORRY: ""},
    "wish/recorded_beyond": {THANKED: "sorry", SORRY: "sorry"},
    "listening/tell_more": {THANKED: "has_photo"},
    "clarify/ask": {THANKED: "thanks"},
    "listening/praise": {THANKED: ""},
    "suggestion/thanks": {THANKED: ""},
    "misunderstanding/net_weight": {THANKED: ""},
    "wish/ask": {CAUSES: "with_causes"},
    "wish/ask_quality": {CAUSES: ""},
}
"""By reply: what it does, and the field without which it does not."""


def steps_of(name: str, fields: Mapping[str, Any], category: Category) -> frozenset[str]:
    """The steps that this reply fulfils, for this category."""
    done = (step for step, needs in _DOES.get(name, {}).items() if not needs or fields.get(needs))
    return frozenset(step for step in done if step != CAUSES or name != "wish/ask" or category in CAUSES_FOR)
