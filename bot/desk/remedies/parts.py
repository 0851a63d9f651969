"""Parses an agent's offer into parts, each with its sum, or says why it cannot be offered."""

from bot.complaint.case import Case, Order, Part
from bot.complaint.ids import Cents
from bot.complaint.reading import RemedyKind
from bot.policy.options import goods_cost
from bot.policy.remedy_kinds import GOODS, GOODWILL, MONEY, PAID_BACK
from bot.policy.rules import Rules
from bot.reading.folding import fold
from bot.reading.offers import Asked, read_offer

R = RemedyKind


class NotSo(Exception):
    """It cannot be offered in this form.

    `why` is `unclear`, `needs_sum`, `needs_price`, `above_price` or what nobody may promise: `discipline`, `lab`,
    `others`.
    """

    def __init__(self, why: str, words: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.words = words


def parts_of(text: str, case: Case, rules: Rules) -> tuple[Part, ...]:
    """The parts of an offer as written.

    Raises:
        NotSo: it is not understood, a sum is missing, or nobody may promise it.
    """
    read = read_offer(text)
    if read.never:
        raise NotSo(read.never)
    if read.unclear or not read.parts:
        raise NotSo("unclear", read.unclear)
    parts = tuple(_part(one, case.facts.order, rules, text) for one in _with_the_price(read.parts))
    order = case.facts.order
    back = sum(one.cents for one in parts if one.kind in PAID_BACK)
    if order is not None and back > order.price:
        raise NotSo("above_price")
    return parts


def _with_the_price(asked: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Goods that are sent back for nothing else bring their price back, written or not."""
    kinds = {one.kind for one in asked}
    alone = R.RETURN in kinds and kinds.isdisjoint(PAID_BACK | GOODS)
    return (*asked, Asked(kind=R.REFUND_PARTIAL)) if alone else asked


def _part(asked: Asked, order: Order | None, rules: Rules, text: str) -> Part:
    kind = asked.kind
    if kind in PAID_BACK:
        return _of_the_price(asked, order)
    if kind is R.MULTIPLE:
        if order is None or asked.times is None:
            raise NotSo("needs_price")
        return Part(kind=kind, cents=Cents(round(asked.times * order.price)), item=asked.item)
    if kind in GOODWILL:
        return _gesture(asked, rules, text)
    if kind in MONEY:
        return Part(kind=kind, cents=_sum(asked), item=asked.item)
    if asked.cents is not None:
        raise NotSo("unclear", text)
    cost = goods_cost(order, rules) if kind in GOODS and order is not None else 0
    return Part(kind=kind, cents=Cents(cost), item=asked.item)


def _of_the_price(asked: Asked, order: Order | None) -> Part:
    """Money back: the whole price if it is known, unless a smaller sum is named."""
    price = order.price if order is not None else None
    if asked.kind is R.PRICE_DIFF:
        return Part(kind=asked.kind, cents=_sum(asked), item=asked.item)
    cents = asked.cents if asked.cents is not None else price
    if cents is None:
        raise NotSo("needs_sum")
    if price is not None and cents > price:
        raise NotSo("above_price")
    if asked.kind is R.REFUND_FULL and price is not None and cents < price:
        raise NotSo("unclear")
    kind = R.REFUND_FULL if cents == price else R.REFUND_PARTIAL
    return Part(kind=kind, cents=cents, item=asked.item)


def _gesture(asked: Asked, rules: Rules, text: str) -> Part:
    """A gesture of the catalogue by its worth or its name; another one by the sum that stands on it."""
    ours = [one for one in rules.goodwill if one.kind is asked.kind]
    if asked.cents is None:
        words = fold(text)
        named = [one for one in ours if any(fold(name) in words for name in (one.key, *one.names.values()))]
        if not named and len(ours) == 1:
            named = ours
        if not named:
            raise NotSo("needs_sum")
        return Part(kind=asked.kind, cents=named[0].cents, item=named[0].key)
    same = next((one for one in ours if one.cents == asked.cents), None)
    return Part(kind=asked.kind, cents=asked.cents, item=asked.item or (same.key if same else ""))


def _sum(asked: Asked) -> Cents:
    if asked.cents is None:
        raise NotSo("needs_sum")
    return asked.cents
