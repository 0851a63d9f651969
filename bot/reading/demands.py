"""Which sums in a text are demanded, and not paid before, told of others, or named as a price."""

from collections.abc import Iterable

from bot.complaint.reading import RemedyKind
from bot.reading.asking import taken_back, told_of_others
from bot.reading.finding import Found, Hit
from bot.reading.folding import has_han
from bot.reading.grammar import form
from bot.reading.money import Money
from bot.reading.numbers import number

_DEMAND_BEFORE, _DEMAND_AFTER = form("demand_before"), form("demand_after")
_PRICE_BEFORE, _PRICE_AFTER = form("price_before"), form("price_after")
_BEFORE_SHARE, _AFTER_SHARE = form("before_share"), form("after_share")
_ALONE_BEFORE, _ALONE_AFTER, _BOUGHT = form("alone_before"), form("alone_after"), form("bought")
_PER_DAY, _DAYS_AT = form("per_day"), form("days_at")
_HELD, _FLOOR_BEFORE, _FLOOR_AFTER = form("held_before"), form("floor_before"), form("floor_after")
_REIMBURSED = form("reimbursed")
_RANGE_AFTER, _HELD_AFTER = form("range_after"), form("held_after")
_CLAIMED_AFTER, _OF_WHICH = form("claimed_after"), form("of_which")
_DROPPED = form("dropped")
_BID_BEFORE, _BID_AFTER, _SCORNED = form("bid_before"), form("bid_after"), form("scorned_after")
_DESCRIBED_BEFORE, _DESCRIBED_AFTER = form("described_before"), form("described_after")
_BOUGHT_BEFORE, _TOO_LITTLE, _ADDED = form("bought_before"), form("too_little_after"), form("added_before")
_SUM_BACK_BEFORE, _SUM_BACK_AFTER = form("sum_back_before"), form("sum_back_after")
_WHOLE_PRICE = form("whole_price")
_LOOK_BACK = 12
_LONG_LOOK_BACK = 32
_PAYS = frozenset({
    RemedyKind.REFUND_FULL, RemedyKind.REFUND_PARTIAL, RemedyKind.POSTAGE, RemedyKind.PRICE_DIFF, RemedyKind.RETURN,
    RemedyKind.COMPENSATION, RemedyKind.MEDICAL, RemedyKind.TRAVEL, RemedyKind.RESEND_MISSING,
})  # fmt: skip
_SHORT = 18
_HARDLY_MORE = 3
_HARDLY_BEFORE, _HARDLY_AFTER = 32, 64
"""Characters beside a sum beyond which it surely does not stand alone."""
_NEAR_BEFORE, _NEAR_AFTER = 4, 2
_SPEAKING_UP = ("risk.influencer", "risk.regulator", "risk.media", "risk.social", "risk.legal")
_STOPS = "，,。！!？?;；\n"

Wanted = dict[RemedyKind, Hit]


_SHORT_BID = 16
"""Characters of a line that can hardly hold more than a bid (那就1500吧)."""


def demanded(
    folded: str, found: Found, money: list[Money], wanted: Wanted, *, bargaining: bool = False
) -> list[Money]:
    """The demanded sums in order; while somebody is `bargaining`, a short message's only number is one."""
    if (
        bargaining
        and len(money) == 1
        and len(folded) <= _SHORT_BID
        and not _not_asked(folded, found, money[0])
    ):
        return money
    sums = [one for one in money if not _not_asked(folded, found, one) and _asked(folded, found, one, wanted)]
    held = None if sums else _held(folded, money, wanted)
    return sums if held is None else [held]


def only_sum(folded: str, found: Found, money: list[Money], *, besides: bool) -> Money | None:
    """The one sum that nothing says was a price, told of others, or too little; None where there are several.

    `besides`: the price is asked back as well, so that only a sum named on top of it is meant.
    """
    left = [one for one in money if not _else_meant(folded, found, one)]
    if besides:
        left = [one for one in left if _ADDED.search(folded, max(0, one.start - _LOOK_BACK), one.start)]
    left = [one for one in left if not one.bare] or left
    return left[0] if len(left) == 1 else None


def _else_meant(folded: str, found: Found, one: Money) -> bool:
    before = max(0, one.start - _LOOK_BACK)
    return bool(
        _described(folded, one)
        or _told(folded, found, one)
        or _says_who_hears_of_it(found, one)
        or _BOUGHT_BEFORE.search(folded, before, one.start)
        or _PRICE_AFTER.match(folded, one.end)
        or _TOO_LITTLE.match(folded, one.end)
    )


def between_prices(folded: str, money: list[Money]) -> tuple[list[Money], float | None]:
    """The sums without two prices that are set side by side (昨天89今天69), and how much the price has fallen."""
    fallen = _DROPPED.search(folded)
    if fallen is None:
        return money, None
    prices = {name[:3]: number(value) for name, value in fallen.groupdict().items() if value}
    was, now = prices["was"], prices["now"]
    if was is None or now is None or was <= now:
        return money, None
    others = [one for one in money if one.end <= fallen.start() or fallen.end() <= one.start]
    return others, round(was - now, 2)


def _held(folded: str, money: list[Money], wanted: Wanted) -> Money | None:
    """A sum named as paid right before the clause that demands it: 押了50，退一下; 油钱45，给报了."""
    asking = [hit for kind, hit in wanted.items() if kind in _PAYS]
    for one in reversed(money if asking else []):
        if _described(folded, one):
            continue
        last = _clause(folded, one)[1]
        following = [hit for hit in asking if one.end < hit.end and hit.start <= last + _LOOK_BACK]
        if not following:
            continue
        if any(_REIMBURSED.search(folded, one.end, hit.end) for hit in following):
            return one
        if _HELD_AFTER.match(folded, one.end) or _HELD.search(
            folded, max(0, one.start - _LOOK_BACK), one.start
        ):
            return one
    return None


def scorned(folded: str, money: list[Money]) -> list[Money]:
    """Sums that were offered and are rejected with scorn: 给五十块打发我."""
    return [one for one in money if _SCORNED.match(folded, one.end)]


def _bid(folded: str, one: Money) -> bool:
    """A sum that is a demand by its form or the words beside it: 少于两万不谈, 三千到五千之间."""
    beside = _BID_BEFORE.search(folded, max(0, one.start - _LONG_LOOK_BACK), one.start)
    if beside or _BID_AFTER.match(folded, one.end):
        return True
    if _FLOOR_BEFORE.search(folded, max(0, one.start - _LOOK_BACK - _LOOK_BACK), one.start):
        return not one.start or folded[one.start - 1].isascii() or bool(_FLOOR_AFTER.match(folded, one.end))
    first, last = _clause(folded, one)
    if not one.exact and one.start - first + last - one.end <= 1:
        return True
    return first == one.start and bool(_RANGE_AFTER.match(folded, one.end))


def _not_asked(folded: str, found: Found, one: Money) -> bool:
    if _CLAIMED_AFTER.match(folded, one.end):
        return False  # 看病花了1268，你们报销
    if _described(folded, one) or _told(folded, found, one) or _says_who_hears_of_it(found, one):
        return True
    before = max(0, one.start - _LOOK_BACK)
    if _PRICE_BEFORE.search(folded, before, one.start) or _PRICE_AFTER.match(folded, one.end):
        return True
    return one.bare and (
        bool(_AFTER_SHARE.match(folded, one.end))
        or bool(_BEFORE_SHARE.search(folded, before, one.start))
        or any(hit.start <= one.start < hit.end for hit in found.get("want.multiple", ()))
    )


def _told(folded: str, found: Found, one: Money) -> bool:
    """A sum of others or of another time, denied, or rejected."""
    place = Hit(one.start, one.end, weak=False)
    told = told_of_others(folded, place) if _bid(folded, one) else taken_back(folded, place)
    return told or bool(
        _SCORNED.match(folded, one.end) or _within(found.get("wish.past"), _clause(folded, one))
    )


def _described(folded: str, one: Money) -> bool:
    """A sum that only describes goods: 不到两百的东西, 满三百的订单."""
    before = _DESCRIBED_BEFORE.search(folded, max(0, one.start - _LOOK_BACK), one.start)
    return bool(before and _DESCRIBED_AFTER.match(folded, one.end))


def _says_who_hears_of_it(found: Found, one: Money) -> bool:
    """A number inside words of another kind is no sum: 我粉丝80万, 我打12315了."""
    spoken_up = (found.get(label, ()) for label in _SPEAKING_UP)
    return any(hit.start <= one.start < hit.end for hits in spoken_up for hit in hits)


def _asked(folded: str, found: Found, one: Money, wanted: Wanted) -> bool:
    if _CLAIMED_AFTER.match(folded, one.end) or _bid(folded, one):
        return True
    first, last = clause = _clause(folded, one)
    asking = _within(found.get("wish.frame"), clause) or any(
        first <= hit.start < last or hit.start <= one.start < hit.end for hit in wanted.values()
    )
    if asking and (not one.bare or _beside_demand(folded, one)):
        return True
    if _stands_alone(folded, one):
        return True
    hardly_more = last - first - (one.end - one.start) <= _HARDLY_MORE  # cover my bills, ¥860
    return bool(wanted) and not one.bare and hardly_more


def _beside_demand(folded: str, one: Money) -> bool:
    """A number without a unit counts only right beside a demand."""
    before = _DEMAND_BEFORE.search(folded, max(0, one.start - _LOOK_BACK), one.start)
    return bool(before or _DEMAND_AFTER.match(folded, one.end))


def _stands_alone(folded: str, one: Money) -> bool:
    """Whether the message is hardly more than the sum, as an answer to "how much?"."""
    if one.start > _HARDLY_BEFORE or len(folded) - one.end > _HARDLY_AFTER:
        return False
    if not _ALONE_BEFORE.match(folded[: one.start]):
        return False
    short = not one.bare and len(folded) <= _SHORT and not _BOUGHT.search(folded)
    return short or bool(_ALONE_AFTER.fullmatch(folded[one.end :]))


def _clause(folded: str, one: Money) -> tuple[int, int]:
    first = max(folded.rfind(mark, 0, one.start) for mark in _STOPS) + 1
    ends = [place for mark in _STOPS if (place := folded.find(mark, one.end)) >= 0]
    return first, min(ends, default=len(folded))


def _within(hits: Iterable[Hit] | None, clause: tuple[int, int]) -> bool:
    return any(clause[0] <= hit.start < clause[1] for hit in hits or ())


def is_a_part(folded: str, asked_for: list[Money]) -> bool:
    """Whether one sum is asked back (退我20块), and not all that was paid."""
    if len(asked_for) != 1 or _WHOLE_PRICE.search(folded):
        return False
    one = asked_for[0]
    before = _SUM_BACK_BEFORE.search(folded, max(0, one.start - _LOOK_BACK), one.start)
    return bool(before or _SUM_BACK_AFTER.match(folded, one.end))


def amounts(folded: str, asked_for: list[Money]) -> tuple[float | None, float | None]:
    """The sum, or the lower and the upper end of a range; so much a day is multiplied out."""
    if daily := _PER_DAY.search(folded) or _DAYS_AT.search(folded):
        each, days = number(daily["each"]), number(daily["days"])
        if each and days:
            return each * days, None
    if not asked_for:
        return None, None
    last = asked_for[-1]
    if len(asked_for) > 1 and _OF_WHICH.search(folded, asked_for[0].end, last.start):
        last = asked_for[0]  # 三万，其中医药费一万八
    return last.low, None if last.exact else last.high


def bound(found: Found, label: str, asked_for: list[Money]) -> bool:
    """Whether words for a bound (至少, 以内, at least) stand right beside the sum."""
    return any(
        abs(hit.end - one.start) <= _NEAR_BEFORE or abs(one.end - hit.start) <= _NEAR_AFTER
        for hit in found.get(label, ())
        for one in asked_for
    )


def currency(folded: str, asked_for: list[Money]) -> str | None:
    """The currency said; unsaid in Chinese it is yuan, in English it stays open."""
    if not asked_for:
        return None
    return asked_for[-1].currency or ("CNY" if has_han(folded) else None)
