"""What the complainant asks for: kinds, sums, multiples, shares, and the conditions around them."""

import re
from collections.abc import Iterable

from bot.complaint.reading import Remedy, RemedyKind, Span
from bot.reading.finding import Found, Hit
from bot.reading.money import Money
from bot.reading.numbers import HAN_DIGITS, HAN_UNITS, number

_NUM = rf"[0-9{HAN_DIGITS}{HAN_UNITS}.]+"
_RETURN_AND_PAY = re.compile(rf"([退假缺少])[一1]赔(?P<n>{_NUM})|tui yi pei (?P<py>yi|er|san|si|wu|shi)")
_TIMES = re.compile(
    rf"(?P<n>{_NUM}|双|翻|加)倍|翻(?P<double>倍)|(?P<x>\d+)\s?(?:x\b|times)|(?P<word>double|triple|treble|ten times|three times|twice)"
)
_WORDS = {"双": 2.0, "翻": 2.0, "加": 2.0, "double": 2.0, "twice": 2.0, "triple": 3.0, "treble": 3.0, "three times": 3.0,
          "ten times": 10.0, "yi": 1.0, "er": 2.0, "san": 3.0, "si": 4.0, "wu": 5.0, "shi": 10.0}  # fmt: skip
_PERCENT = re.compile(r"(?P<n>\d{1,3}(?:\.\d+)?)\s?%")
_TENTHS = re.compile(rf"(?P<n>[{HAN_DIGITS}]|\d(?:\.\d)?)(?P<kind>[折成])")
_HALF = re.compile(r"退(?:我|给我|款|还我)?一半|半价|一半(?:的)?(?:钱|价)?退|half (?:off|back|my money|the price|of (?:it|my money) back|price)|refund (?:me )?half")
_PER_DAY = re.compile(rf"一天(?P<each>{_NUM})[^。！？\n]{{0,8}}?(?P<days>{_NUM})天")
_LOSS = re.compile(r"损失|loss|damage")
_PRICE = re.compile(r"退一|货款|价款|价格|的价|货价|price|paid|食品安全法|食安法")
_STATUTE = re.compile(r"148条|55条|一百四十八|五十五条|消法|食品安全法|食安法|as the law|by law")
_ALONE = re.compile(r"^[\W_]*(?:就|我要|要|给|一共|总共|大概|差不多|好|那)?[\W_]*$")
_AFTER_ALONE = re.compile(r"^[\W_]*(?:吧|就行|就好|不开玩笑|少一分.*|不二价|起|以上|左右|上下|no less|or nothing|and we're done|please|for everything|整)?[\W_]*")

_MONEY_KINDS = (
    RemedyKind.COMPENSATION, RemedyKind.MEDICAL, RemedyKind.TRAVEL, RemedyKind.LOST_INCOME, RemedyKind.MENTAL,
)  # fmt: skip
_BACK_KINDS = (RemedyKind.REFUND_FULL, RemedyKind.REFUND_PARTIAL, RemedyKind.POSTAGE, RemedyKind.PRICE_DIFF)
_ORDER = {kind: place for place, kind in enumerate(RemedyKind)}
_LABELS = tuple((kind, f"want.{kind}", f"exclude.{kind}") for kind in RemedyKind)
_SPOKEN = ("want.", "wish.", "exclude.", "intent.withdraws")
_SHORT = 18


def read_remedy(text: str, folded: str, found: Found, money: list[Money], asked: str | None) -> Remedy | None:
    """The demand in a text; None where nothing is asked for."""
    if not money and not any(label.startswith(_SPOKEN) for label in found):
        return None
    wanted, excluded = _kinds(folded, found, asked)
    times = _multiple(folded, found)
    share = _share(folded, wanted)
    sums = _demanded(folded, found, money, wanted, times is not None)
    flags = {name: bool(found.get(f"wish.{name}")) for name in ("open", "vague", "no_money", "either", "or_else")}
    kinds = _settled(wanted, times, share, sums, flags, found)
    if not kinds and not excluded and not flags["no_money"]:
        return None
    amount, most = _amount(folded, sums)
    at_least, at_most = _bounds(found, sums)
    return Remedy(
        kinds=kinds,
        span=_span(text, wanted, sums, found),
        amount=amount,
        amount_most=most,
        at_least=at_least,
        at_most=at_most,
        currency=_currency(folded, sums),
        share=share,
        multiple=times[0] if times else None,
        basis=times[1] if times else None,
        open_ended=_open(kinds, flags, amount, times),
        refuses_money=flags["no_money"],
        excludes=excluded,
        alternatives=flags["either"] and len(kinds) > 1,
        conditional=flags["or_else"] and times is not None,
    )


def _kinds(folded: str, found: Found, asked: str | None) -> tuple[dict[RemedyKind, Hit], tuple[RemedyKind, ...]]:
    short = asked in {"wish", "remedy"} or len(folded) <= _SHORT
    wanted: dict[RemedyKind, Hit] = {}
    excluded = []
    for kind, want, exclude in _LABELS:
        away = found.get(exclude) or []
        if away:
            excluded.append(kind)
        for hit in found.get(want, ()):
            if any(hit.start < one.end and one.start < hit.end for one in away):
                continue
            if not hit.weak or short:
                wanted.setdefault(kind, hit)
    return wanted, tuple(excluded)


def _multiple(folded: str, found: Found) -> tuple[float, str | None] | None:
    hits = found.get("want.multiple")
    if not hits:
        return None
    if fixed := _RETURN_AND_PAY.search(folded):
        value = number(fixed["n"]) if fixed["n"] else _WORDS[fixed["py"]]
        return (value, _basis(folded) or "price") if value else None
    times = _TIMES.search(folded)
    if times is None:
        value = 10.0 if re.search("148|一百四十八|食品安全法|食安法", folded) else 3.0
        return value, "statute"
    if "双倍退" in folded or "双倍返" in folded:
        return 1.0, "price"
    said = times["word"] or times["n"] or times["x"] or "双"
    value = _WORDS.get(said) or number(said)
    return (value, _basis(folded)) if value else None


def _basis(folded: str) -> str | None:
    if _STATUTE.search(folded):
        return "statute" if not _TIMES.search(folded) else "price"
    if _LOSS.search(folded):
        return "loss"
    return "price" if _PRICE.search(folded) else None


def _share(folded: str, wanted: dict[RemedyKind, Hit]) -> float | None:
    back = RemedyKind.REFUND_FULL in wanted or RemedyKind.REFUND_PARTIAL in wanted
    if _HALF.search(folded):
        return 0.5
    if not back:
        return None
    if percent := _PERCENT.search(folded):
        return float(percent["n"]) / 100
    if tenths := _TENTHS.search(folded):
        value = (number(tenths["n"]) or 0) / 10
        return round(1 - value, 3) if tenths["kind"] == "折" else value
    return None


def _demanded(
    folded: str, found: Found, money: list[Money], wanted: dict[RemedyKind, Hit], has_times: bool
) -> list[Money]:
    """Those sums that are asked for, not paid before, told of others, or named as a price."""
    kept = []
    for one in money:
        clause = _clause(folded, one.start, one.end)
        if _within(found.get("wish.past"), clause) or _is_price(folded, one):
            continue
        asking = _within(found.get("wish.frame"), clause) or any(
            clause[0] <= hit.start < clause[1] or hit.start <= one.start < hit.end for hit in wanted.values()
        )
        if (asking and not (one.bare and one.low < 10 and has_times)) or _stands_alone(folded, one):
            kept.append(one)
    return kept


_PRICE_BEFORE = re.compile(r"(?:花了?|付了?|买|原价|售价|标价|价格|尾号|满|减|扣了?我?|收了?我?|paid|cost|costs|spent|worth|charged)(?:我|me)?\s?$")
_PRICE_AFTER = re.compile(r"\s?(?:买的|买来|入手|拍的|的东西|的货(?!款)|的鞋|块的)")


def _is_price(folded: str, one: Money) -> bool:
    return bool(_PRICE_BEFORE.search(folded, max(0, one.start - 10), one.start) or _PRICE_AFTER.match(folded, one.end))


def _stands_alone(folded: str, one: Money) -> bool:
    return bool(_ALONE.match(folded[: one.start])) and bool(
        _AFTER_ALONE.fullmatch(folded[one.end :]) or (not one.bare and len(folded) <= _SHORT and "买" not in folded)
    )


def _clause(folded: str, start: int, end: int) -> tuple[int, int]:
    first = max(folded.rfind(mark, 0, start) for mark in "，,。！!？?;；\n") + 1
    ends = [place for mark in "，,。！!？?;；\n" if (place := folded.find(mark, end)) >= 0]
    return first, min(ends, default=len(folded))


def _within(hits: Iterable[Hit] | None, clause: tuple[int, int]) -> bool:
    return any(clause[0] <= hit.start < clause[1] for hit in hits or ())


def _settled(
    wanted: dict[RemedyKind, Hit],
    times: tuple[float, str | None] | None,
    share: float | None,
    sums: list[Money],
    flags: dict[str, bool],
    found: Found,
) -> tuple[RemedyKind, ...]:
    kinds = dict.fromkeys(sorted(wanted, key=lambda kind: (wanted[kind].start, _ORDER[kind])))
    if times is None:
        kinds.pop(RemedyKind.MULTIPLE, None)
    if share is not None:
        kinds.pop(RemedyKind.REFUND_FULL, None)
        kinds.setdefault(RemedyKind.REFUND_PARTIAL)
    for narrower in (RemedyKind.REFUND_PARTIAL, RemedyKind.PRICE_DIFF):
        if narrower in kinds:
            kinds.pop(RemedyKind.REFUND_FULL, None)
    if RemedyKind.APOLOGY_PUBLIC in kinds:
        kinds.pop(RemedyKind.APOLOGY, None)
    if any(kind in kinds for kind in (*_MONEY_KINDS[1:], RemedyKind.MULTIPLE, RemedyKind.VOUCHER, RemedyKind.GIFT)) and not sums:
        kinds.pop(RemedyKind.COMPENSATION, None)
    if any(kind in kinds for kind in (*_MONEY_KINDS[1:], RemedyKind.VOUCHER, RemedyKind.GIFT)):
        kinds.pop(RemedyKind.COMPENSATION, None)
    if sums and not any(kind in kinds for kind in (*_MONEY_KINDS, *_BACK_KINDS, RemedyKind.VOUCHER, RemedyKind.MULTIPLE)):
        kinds.setdefault(RemedyKind.COMPENSATION)
    if flags["open"] and (not kinds or set(kinds) == {RemedyKind.COMPENSATION}) and not sums:
        return (RemedyKind.OPEN,)
    if not kinds and found.get("intent.withdraws"):
        return (RemedyKind.NONE,)
    return tuple(kinds)


def _amount(folded: str, sums: list[Money]) -> tuple[float | None, float | None]:
    if daily := _PER_DAY.search(folded):
        each, days = number(daily["each"]), number(daily["days"])
        if each and days:
            return each * days, None
    if not sums:
        return None, None
    chosen = sums[-1]
    return chosen.low, None if chosen.exact else chosen.high


def _bounds(found: Found, sums: list[Money]) -> tuple[bool, bool]:
    def near(name: str) -> bool:
        return any(
            abs(hit.end - one.start) <= 4 or abs(one.end - hit.start) <= 2
            for hit in found.get(name, ())
            for one in sums
        )

    return near("wish.at_least"), near("wish.at_most")


def _currency(folded: str, sums: list[Money]) -> str | None:
    if not sums:
        return None
    return sums[-1].currency or (None if folded.isascii() else "CNY")


def _open(
    kinds: tuple[RemedyKind, ...], flags: dict[str, bool], amount: float | None, times: tuple[float, str | None] | None
) -> bool:
    if RemedyKind.OPEN in kinds:
        return True
    return flags["vague"] and times is None and (amount is None or not kinds or flags["open"])


def _span(text: str, wanted: dict[RemedyKind, Hit], sums: list[Money], found: Found) -> Span:
    places = [(hit.start, hit.end) for hit in wanted.values()] + [(one.start, one.end) for one in sums]
    if not places:
        names = ("wish.open", "wish.no_money", "intent.withdraws")
        places = [(hit.start, hit.end) for name in names for hit in found.get(name, ())]
    if not places:
        return Span(0, len(text), text)
    start, end = min(places)[0], max(end for _, end in places)
    return Span(start, end, text[start:end])
