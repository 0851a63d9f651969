"""Lowers an offer: which part, and to which sums."""

from collections.abc import Callable, Sequence

from bot.complaint.case import Part
from bot.complaint.evolving import replace
from bot.complaint.ids import Cents
from bot.complaint.reading import RemedyKind
from bot.policy.remedy_kinds import GOODWILL, MONEY, REFUND

YUAN = 100


def giving_way(parts: Sequence[Part]) -> Part | None:
    """The part that is lowered first: money above the price, then gestures, then the price itself."""
    for column in (MONEY, GOODWILL, REFUND):
        dear = [one for one in parts if one.kind in column and one.cents]
        if dear:
            return max(dear, key=lambda one: one.cents)
    return None


def lower_to(parts: Sequence[Part], cents: Cents) -> tuple[Part, ...] | None:
    """The same offer with that part lowered to this sum (0 removes it); None if that is not less, or leaves nothing."""
    way = giving_way(parts)
    if way is None or not 0 <= cents < way.cents:
        return None
    kind = RemedyKind.REFUND_PARTIAL if way.kind is RemedyKind.REFUND_FULL else way.kind
    # a gesture of the catalogue has its own worth: at another sum it is no longer that one
    item = "" if way.kind in GOODWILL else way.item
    less = replace(way, kind=kind, cents=cents, item=item)
    after = tuple(less if one is way else one for one in parts if one is not way or cents)
    return after or None


def lowered_amounts(parts: Sequence[Part], alone: Callable[[Sequence[Part]], bool]) -> tuple[Cents, ...]:
    """Sums to choose from, the higher first: half, and what its maker may give `alone` (0: without that part)."""
    way = giving_way(parts)
    if way is None:
        return ()
    own = _most(parts, way, alone)
    half = Cents(way.cents // 2 // YUAN * YUAN)
    found = {one for one in (half, own) if one is not None and lower_to(parts, one) is not None}
    return tuple(sorted(found, reverse=True))


def _most(parts: Sequence[Part], way: Part, alone: Callable[[Sequence[Part]], bool]) -> Cents | None:
    """The largest whole sum at which the maker needs nobody; None if there is none, and nothing left without."""

    def free(yuan: int) -> bool:
        less = lower_to(parts, Cents(yuan * YUAN))
        return less is not None and alone(less)

    low, high = 0, (way.cents - 1) // YUAN
    if not free(low) and not free(1):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if free(middle) else (low, middle - 1)
    return Cents(low * YUAN)
