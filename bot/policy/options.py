"""Remedies as proposals: exactly what was asked, or two or three that are fair and within the bot's authority."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.complaint.case import Case, Level, Order, Wish
from bot.complaint.ids import Cents
from bot.complaint.reading import Category, RemedyKind
from bot.policy import ladder
from bot.policy.rules import GoodwillItem, Rules

R = RemedyKind
NEVER_BOT = frozenset(
    {R.MEDICAL, R.MENTAL, R.MULTIPLE, R.LOST_INCOME, R.TRAVEL, R.APOLOGY_PUBLIC, R.DISCIPLINE, R.RECALL}
)
"""What is never the bot's to give, whatever the amount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One thing that can be offered.

    `worth` is what it counts on the ladder. `refund` is the money that goes back, and all that a reply may
    name; `item` is a gesture from the catalogue, by its key. `pickup` says that we fetch the goods and pay
    for it. `note` names the reply fragment: the kinds, joined by `_and_`.
    """

    kinds: tuple[RemedyKind, ...]
    worth: Cents = Cents(0)
    refund: Cents = Cents(0)
    item: str | None = None
    pickup: bool = False

    @property
    def note(self) -> str:
        """The name of the reply fragment that words it."""
        return "_and_".join(self.kinds)


UNSAID: Final = Proposal(kinds=())
"""Stands for a wish whose amount was left open, where only its owner can say it."""


def exactly(
    wish: Wish, asked: tuple[RemedyKind, ...], order: Order, case: Case, rules: Rules, *, may_gift: bool
) -> Proposal | None:
    """What was asked, no more and no less; UNSAID when an amount is missing; None when it cannot be ours."""
    kinds = set(asked) - ladder.WORDS
    if R.COMPENSATION in kinds:
        return _money_for_goods(wish, kinds, order, rules)
    if R.POSTAGE in kinds and R.RETURN not in kinds and not kinds & ladder.GOODS:
        return None  # postage already paid is money above the price; on a return it is simply our label
    refund = _refund(wish, kinds, order, rules)
    if refund is None:
        return UNSAID
    item = _wanted_item(wish, kinds, rules) if kinds & ladder.GOODWILL else None
    if kinds & ladder.GOODWILL and (item is None or not may_gift):
        return None
    goods = goods_cost(order, rules) if kinds & ladder.GOODS else 0
    return Proposal(
        kinds=tuple(kind for kind in asked if kind is not R.POSTAGE),
        worth=Cents(refund + goods + (item.cents if item else 0)),
        refund=Cents(refund),
        item=item.key if item else None,
        pickup=bool(kinds & {R.RETURN, R.REPLACE, R.REPAIR}),
    )


def fair(
    wish: Wish, category: Category, order: Order | None, case: Case, rules: Rules, *, may_gift: bool
) -> tuple[Proposal, ...]:
    """Two or three proposals for this grievance, every one within the bot's authority, none that they excluded.

    Fewer, or none, where the order is not verified or dear: then people propose.
    """
    item = _gift(wish, rules) if may_gift else None
    drafts = _drafts(category, order, rules, item)
    allowed = (one for one in drafts if _welcome(one, wish))
    within = (one for one in allowed if ladder.within(Level.BOT, rules, one.kinds, one.worth, case))
    return tuple(within)[: rules.caps.options]


def claimed(wish: Wish, kinds: Iterable[RemedyKind], order: Order | None, rules: Rules) -> Cents:
    """What the wish would cost if it were granted, as far as it can be told: for finding who may decide."""
    asked, price = set(kinds), order.price if order else 0
    cents = round((wish.amount_most or wish.amount or 0) * 100)
    if R.MULTIPLE in asked and wish.multiple:
        cents = max(cents, round(wish.multiple * price))
    if asked & {R.REFUND_FULL, R.RETURN}:
        cents += price
    if asked & ladder.GOODS and order:
        cents += goods_cost(order, rules)
    return Cents(cents)


def goods_cost(order: Order, rules: Rules) -> int:
    """What sending these goods again costs us."""
    return max(round(order.price * rules.cost_share), rules.minimum_replace_cents)


def _money_for_goods(wish: Wish, kinds: set[RemedyKind], order: Order, rules: Rules) -> Proposal | None:
    # a sum that does not exceed the price, asked alone, is a refund of a part of it: in full and at once (S97)
    if kinds != {R.COMPENSATION}:
        return None
    refund = _sum_asked(wish, order, rules)
    if refund is None:
        return UNSAID
    if refund > order.price:
        return None
    return Proposal(kinds=(R.REFUND_PARTIAL,), worth=Cents(refund), refund=Cents(refund))


def _refund(wish: Wish, kinds: set[RemedyKind], order: Order, rules: Rules) -> int | None:
    if kinds & {R.REFUND_FULL, R.RETURN}:
        return order.price
    if not kinds & {R.REFUND_PARTIAL, R.PRICE_DIFF}:
        return 0
    if wish.share is not None and R.REFUND_PARTIAL in kinds:
        return round(order.price * wish.share)
    return _sum_asked(wish, order, rules)


def _sum_asked(wish: Wish, order: Order, rules: Rules) -> int | None:
    """The asked sum in cents; of a range the most that we may give, so that nobody is bargained down."""
    if wish.amount is None and wish.amount_most is None:
        return None
    least = round((wish.amount if wish.amount is not None else wish.amount_most or 0) * 100)
    most = round((wish.amount_most if wish.amount_most is not None else wish.amount or 0) * 100)
    limit = rules.ladder.bot.refund_cents
    ours = order.price if limit is None else min(order.price, limit)
    return max(least, min(most, ours))


def _wanted_item(wish: Wish, kinds: set[RemedyKind], rules: Rules) -> GoodwillItem | None:
    items = [item for item in _affordable(rules) if item.kind in kinds]
    if wish.amount is None or kinds & ladder.REFUND:
        return max(items, key=lambda item: item.cents, default=None)
    enough = [item for item in items if item.cents >= round(wish.amount * 100)]
    return min(enough, key=lambda item: item.cents, default=None)


def _gift(wish: Wish, rules: Rules) -> GoodwillItem | None:
    items = [item for item in _affordable(rules) if item.kind not in wish.excludes]
    return max(items, key=lambda item: item.cents, default=None)


def _affordable(rules: Rules) -> list[GoodwillItem]:
    limit = rules.ladder.bot.goodwill_cents
    return [item for item in rules.goodwill if limit is None or item.cents <= limit]


def _drafts(
    category: Category, order: Order | None, rules: Rules, item: GoodwillItem | None
) -> tuple[Proposal, ...]:
    if category in (Category.SUGGESTION, Category.ACCOUNT):
        return ()
    if category is Category.SERVICE:
        talks = (Proposal(kinds=(R.CALLBACK,)), Proposal(kinds=(R.EXPLANATION,)))
        return talks + ((_gesture(item),) if item and order else ())
    if order is None:
        return ()
    refund = Proposal(
        kinds=(R.REFUND_FULL,),
        worth=order.price,
        refund=order.price,
        pickup=category is not Category.DELIVERY,
    )
    again = R.RESEND_MISSING if category is Category.DELIVERY else R.REPLACE
    goods = Proposal(kinds=(again,), worth=Cents(goods_cost(order, rules)), pickup=again is R.REPLACE)
    return (refund, goods, *_sweetened(refund, item))


def _sweetened(refund: Proposal, item: GoodwillItem | None) -> tuple[Proposal, ...]:
    if item is None:
        return ()
    return (
        Proposal(
            kinds=(R.REFUND_FULL, item.kind),
            worth=Cents(refund.worth + item.cents),
            refund=refund.refund,
            item=item.key,
            pickup=refund.pickup,
        ),
    )


def _gesture(item: GoodwillItem) -> Proposal:
    return Proposal(kinds=(item.kind,), worth=item.cents, item=item.key)


def _welcome(proposal: Proposal, wish: Wish) -> bool:
    if set(proposal.kinds) & set(wish.excludes):
        return False
    return not (wish.refuses_money and set(proposal.kinds) & (ladder.REFUND | ladder.MONEY | ladder.GOODWILL))
