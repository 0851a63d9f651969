"""What is asked for, by the cues and by what was learned of wishes together.

The cues know the words; learning knows how people wish without them (总不能让我白跑一趟). A kind that only learning
hears counts where it is sure, and is `perhaps` asked for; what cues found is dropped where it is sure of none.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.complaint.reading import Remedy, RemedyKind
from bot.reading.contract import outward
from bot.reading.finding import Hit
from bot.reading.learned import Learned

PLAINEST: Final = {
    "refund": RemedyKind.REFUND_FULL,
    "replacement": RemedyKind.REPLACE,
    "repair": RemedyKind.REPAIR,
    "compensation": RemedyKind.COMPENSATION,
    "voucher": RemedyKind.VOUCHER,
    "apology": RemedyKind.APOLOGY,
    "explanation": RemedyKind.EXPLANATION,
    "other": RemedyKind.OTHER,
}
"""Which kind an outward one comes to where no cue tells it more narrowly."""
NOTHING: Final = "wish.none"
_NEVER: Final = 2.0
_TELLING: Final = 6
"""Characters that it takes to sound like a wish."""
_LABELS: Final = tuple((name, f"wish.{name}", kind) for name, kind in PLAINEST.items())


def weighed_remedy(
    text: str,
    folded: str,
    cued: Remedy | None,
    read: Callable[[Mapping[RemedyKind, Hit]], Remedy | None],
    like: Mapping[str, float],
    learned: Learned,
) -> Remedy | None:
    """The demand: the one that was `cued`, or without it what learning hears, which `read` then reads in full."""
    if len(text) < _TELLING:
        return cued
    if cued is None:
        heard = _heard(folded, like, learned)
        remedy = read(heard) if heard else None
        return replace(remedy, perhaps=True) if remedy is not None else None
    return None if _dropped(cued, like, learned) else cued


def _heard(folded: str, like: Mapping[str, float], learned: Learned) -> dict[RemedyKind, Hit]:
    """The kinds that learning is sure of, each where the text speaks most for it."""
    return {
        kind: Hit(*learned.telling(folded, label), weak=True)
        for _, label, kind in _LABELS
        if like.get(label, 0.0) >= learned.least.get(label, _NEVER)
    }


def _dropped(cued: Remedy, like: Mapping[str, float], learned: Learned) -> bool:
    return bool(
        outward(cued.kinds)
        and cued.amount is None
        and cued.multiple is None
        and like.get(NOTHING, 0.0) >= learned.least.get(NOTHING, _NEVER)
    )
