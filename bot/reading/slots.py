"""Facts named in a text: order and batch numbers, telephone, dates of buying, product, sums paid."""

import re
from itertools import chain

from bot.complaint.reading import Remedy, Slots
from bot.reading.finding import Found
from bot.reading.folding import has_han
from bot.reading.grammar import form
from bot.reading.money import Money
from bot.reading.privacy import card_numbers

_ORDER, _LOOSE_ORDER, _ANSWER = form("order"), form("loose_order"), form("answer_code")
_BATCH, _PACK_CODE = form("batch"), form("pack_code")
_PHONE, _CALL = form("phone"), form("call")
_BOUGHT_EN = form("bought_en")
_BOUGHT = (form("bought_zh"), form("bought_back"), _BOUGHT_EN)
_PAID_BEFORE, _PAID_AFTER = form("paid_before"), form("paid_after")
_STORES = (form("store_zh"), form("store_alone"), form("shop_online"))
_STORES_EN = (form("shop_named_en"), form("store_en"), form("shop_online"))
_LOOK_BACK = 12
_LEAST_PRICE = 30
_ENDS = ("", ",", "，", "。", "!", "\n")
_SHORTEST_CODE, _SHORTEST_BATCH, _SHORTEST_PHONE = 3, 4, 6

_ALONE = re.compile(r"(?:^|[\s，,。！；;])(?P<code>\d{4,20})(?=吧?(?:$|[\s，,。！；;]))")

_WAYBILL = re.compile(r"(?:sf|yt|zto|sto|jt|ems|yd|dbl?|yunda)-?\d{8,}[a-z]*", re.IGNORECASE)

_Place = tuple[int, int]


def read_slots(
    folded: str,
    text: str,
    money: list[Money],
    found: Found,
    remedy: Remedy | None,
    *,
    asked: str | None = None,
) -> Slots:
    """The facts in a text. `asked` lets a bare number answer the question for an order number or a phone."""
    dates = _dates(folded)
    codes = _all_codes(folded, asked) if any(map(str.isdigit, folded)) else {}
    taken = [*dates, *chain.from_iterable(codes.values())]
    return Slots(
        order_no=_words(text, codes.get("order_no", [])),
        phone=_words(text, codes.get("phone", [])),
        amount=_paid(folded, money, taken, remedy, found),
        purchase_date=_words(text, dates),
        product=_products(folded, text, found),
        batch_no=_words(text, codes.get("batch_no", [])),
        store=_words(text, _stores(folded)),
    )


def is_waybill(code: str) -> bool:
    """Whether this is a courier's number, and no order's."""
    return _WAYBILL.fullmatch(code) is not None


def number_alone(text: str) -> str | None:
    """The last number without unit or name ("kettle dead, 8841"): an order's, if there is such an order."""
    found = _ALONE.findall(text)
    return found[-1] if found else None


def _words(text: str, places: list[_Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([text[start:end] for start, end in places])) if places else ()


def _codes(folded: str, least: int, *patterns: re.Pattern[str]) -> list[_Place]:
    places = [match.span("code") for pattern in patterns for match in pattern.finditer(folded)]
    return sorted((start, end) for start, end in places if end - start >= least)


def _all_codes(folded: str, asked: str | None) -> dict[str, list[_Place]]:
    """Batch, order and telephone numbers, each piece of ground given to the first that claims it."""
    taken: list[_Place] = card_numbers(folded)
    batches = _apart(_codes(folded, _SHORTEST_BATCH, _BATCH, _PACK_CODE), taken)
    orders = _apart(_codes(folded, _SHORTEST_CODE, _ORDER), taken)
    phones = _apart(_codes(folded, _SHORTEST_PHONE, _PHONE), taken)
    phones += _apart(_codes(folded, _SHORTEST_PHONE, _CALL), taken)
    orders += _apart(_codes(folded, _SHORTEST_CODE, _LOOSE_ORDER), taken)
    codes = {"order_no": orders, "phone": phones, "batch_no": batches}
    if asked in codes and not codes[asked]:
        least = _SHORTEST_PHONE if asked == "phone" else _SHORTEST_CODE
        # a batch that is called one is no answer to a question for something else
        codes[asked] = _free(_codes(folded, least, _ANSWER), batches)[:1]
        codes = {
            name: places if name == asked else _free(places, codes[asked]) for name, places in codes.items()
        }
    return codes


def _free(places: list[_Place], taken: list[_Place]) -> list[_Place]:
    return [
        (start, end) for start, end in places if all(end <= first or last <= start for first, last in taken)
    ]


def _apart(found: list[_Place], taken: list[_Place]) -> list[_Place]:
    """Those that stand on ground nobody took; what they stand on is then taken."""
    kept = []
    for place in found:
        if _free([place], taken):
            taken.append(place)
            kept.append(place)
    return kept


def _paid(
    folded: str, money: list[Money], taken: list[_Place], remedy: Remedy | None, found: Found
) -> tuple[float, ...]:
    """Sums said to be paid, charged or asked for."""
    asked_for = () if remedy is None else (remedy.amount, remedy.amount_most)
    amounts = []
    for one in money:
        if not _free([(one.start, one.end)], taken):
            continue
        said = _PAID_BEFORE.search(folded, max(0, one.start - _LOOK_BACK), one.start)
        if (
            not one.bare
            or said
            or _priced(folded, one, found)
            or _PAID_AFTER.match(folded, one.end)
            or one.low in asked_for
        ):
            amounts.append(one.low)
            if not one.exact and "多" not in folded[one.start : one.end]:
                amounts.append(one.high)
    return tuple(dict.fromkeys(amounts))


def _priced(folded: str, one: Money, found: Found) -> bool:
    """A bare number right after the goods, or as a clause of its own beside them: 钢琴一万二，音不准."""
    goods = found.get("goods.names", ())
    if not goods or one.low < _LEAST_PRICE or folded[one.end : one.end + 1] not in _ENDS:
        return False
    return any(hit.end == one.start for hit in goods) or (
        one.start > 0 and folded[one.start - 1] in _ENDS[1:]
    )


def _dates(folded: str) -> list[_Place]:
    patterns = _BOUGHT if has_han(folded) else (_BOUGHT_EN,)
    return sorted(match.span("date") for pattern in patterns for match in pattern.finditer(folded))


def _stores(folded: str) -> list[_Place]:
    """Branches and shops by their names; who only says that it was a shop names none."""
    patterns = _STORES if has_han(folded) else _STORES_EN
    matches = (match for pattern in patterns for match in pattern.finditer(folded))
    return _apart([match.span(match.lastgroup or 0) for match in matches], [])


def _products(folded: str, text: str, found: Found) -> tuple[str, ...]:
    """Known goods, the longest name at each place."""
    names: dict[str, str] = {}
    reach = 0
    for hit in found.get("goods.names", ()):
        if hit.start >= reach:
            reach = hit.end
            names.setdefault(folded[hit.start : hit.end], text[hit.start : hit.end])
    return tuple(names.values())
