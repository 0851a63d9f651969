"""Remedies as proposals: exactly what was asked, or two or three fair ones within the bot's authority."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from bot.complaint.case import Level, Order, Wish
from bot.complaint.evolving import replace
from bot.complaint.ids import Cents
from bot.complaint.reading import Category, RemedyKind
from bot.policy import ladder
from bot.policy.brand import GoodwillItem
from bot.policy.grounds import Grounds
from bot.policy.ladder import Load
from bot.policy.remedy_kinds import FETCHED, GOODS, GOODWILL, MONEY, PAID_BACK, REFUND, WORDS
from bot.policy.rules import Rules

R = RemedyKind


class Proposal(Struct, frozen=True, kw_only=True):
    """One thing that can be offered.

    `worth` is what it counts on the ladder, cost of goods included, and is not for the complainant's eyes;
    `refund` is the money that goes back, the only sum a reply may name. `item` is a gesture by its key in the
    catalogue, `gift` its part of the worth; `pickup` says that we fetch the goods at our cost.
    """

    kinds: tuple[RemedyKind, ...]
    worth: Cents = Cents(0)
    refund: Cents = Cents(0)
    item: str | None = None
    gift: Cents = Cents(0)
    pickup: bool = False

    @property
    def note(self) -> str:
        """The name of the reply fragment that words it: its kinds, joined by `_and_`."""
        return "_and_".join(self.kinds)


UNSAID: Final = Proposal(kinds=())
"""Stands for a wish whose amount was left open, where only its owner can say it."""


class Plea(Struct, frozen=True, kw_only=True):
    """A wish with the facts and rules that it is weighed by."""

    wish: Wish
    asked: tuple[RemedyKind, ...]
    ground: Grounds
    taken: Load
    """What the case's living offers already take up."""
    rules: Rules
    may_gift: bool
    """Whether this customer may still have a gesture of goodwill."""

    def allows(self, option: Proposal) -> bool:
        """Whether the bot may offer this here."""
        return ladder.fits(
            Level.BOT, self.rules, option.kinds, option.worth, self.ground.order, self.taken, option.gift
        )


def exactly(plea: Plea, order: Order) -> Proposal | None:
    """What was asked, no more and no less; UNSAID when an amount is missing; None when it cannot be ours."""
    asked = _as_carried_out(plea, order)
    kinds = set(asked) - WORDS
    if len(kinds & PAID_BACK) > 1 or len(kinds & GOODS) > 1:
        return None  # two refunds of one price, or two ways to mend one thing: people see what is meant
    if R.COMPENSATION in kinds:
        return _part_of_the_price(plea, kinds, order)
    if R.POSTAGE in kinds and not kinds & FETCHED:
        return None  # postage already paid is money above the price; with a return it is simply our label
    refund = _refund(plea, kinds, order)
    if refund is None:
        return UNSAID
    item = _wanted_item(plea, kinds) if kinds & GOODWILL else None
    if kinds & GOODWILL and (item is None or not plea.may_gift):
        return None
    goods = goods_cost(order, plea.rules) if kinds & GOODS else 0
    return Proposal(
        kinds=tuple(kind for kind in asked if kind is not R.POSTAGE),
        worth=Cents(refund + goods + (item.cents if item else 0)),
        refund=Cents(refund),
        item=item.key if item else None,
        gift=item.cents if item else Cents(0),
        pickup=bool(kinds & FETCHED),
    )


def fair(plea: Plea) -> tuple[Proposal, ...]:
    """Two or three options for this grievance within the bot's authority, none of a kind they excluded.

    Fewer, or none, where the order is not verified or dear: then people propose.
    """
    drafts = (one for one in _drafts(plea) if _welcome(one, plea.wish) and plea.allows(one))
    return tuple(drafts)[: plea.rules.caps.options]


def claimed(plea: Plea, kinds: Iterable[RemedyKind]) -> Cents:
    """What the wish would cost if it were granted, as far as it can be told: for finding who may decide."""
    asked, order, wish = set(kinds), plea.ground.order, plea.wish
    price = order.price if order else 0
    cents = round((wish.amount_most or wish.amount or 0) * 100)
    if R.MULTIPLE in asked and wish.multiple:
        cents = max(cents, round(wish.multiple * price))
    if asked & {R.REFUND_FULL, R.RETURN}:
        cents += price
    if asked & GOODS and order:
        cents += goods_cost(order, plea.rules)
    return Cents(cents)


def goods_cost(order: Order, rules: Rules) -> int:
    """What sending these goods again costs us."""
    return max(round(order.price * rules.cost_share), rules.minimum_replace_cents)


def _as_carried_out(plea: Plea, order: Order) -> tuple[RemedyKind, ...]:
    """Whoever sends goods back gets their price back, said or not; and the whole price holds every part of it."""
    asked = plea.asked
    whole = R.REFUND_PARTIAL in asked and _refund(plea, {R.REFUND_PARTIAL}, order) == order.price
    if not whole and not {R.RETURN, R.REFUND_FULL} & set(asked):
        return asked
    first = (R.RETURN,) if R.RETURN in asked else ()
    return (
        *first,
        R.REFUND_FULL,
        *(one for one in asked if one not in (*first, R.REFUND_FULL, R.REFUND_PARTIAL)),
    )


def _part_of_the_price(plea: Plea, kinds: set[RemedyKind], order: Order) -> Proposal | None:
    # a sum that does not exceed the price, asked alone, is a refund of a part of it: granted in full (S97)
    if kinds != {R.COMPENSATION}:
        return None
    refund = _sum_asked(plea, order)
    if refund is None:
        return UNSAID
    if refund > order.price:
        return None
    return Proposal(kinds=(R.REFUND_PARTIAL,), worth=Cents(refund), refund=Cents(refund))


def _refund(plea: Plea, kinds: set[RemedyKind], order: Order) -> int | None:
    if R.REFUND_FULL in kinds:
        return order.price
    if not kinds & {R.REFUND_PARTIAL, R.PRICE_DIFF}:
        return 0
    if plea.wish.share is not None and R.REFUND_PARTIAL in kinds:
        return round(order.price * plea.wish.share)
    return _sum_asked(plea, order)


def _sum_asked(plea: Plea, order: Order) -> int | None:
    """The asked sum in cents; of a range the most that we may give, so that nobody is bargained down."""
    said = [amount for amount in (plea.wish.amount, plea.wish.amount_most) if amount is not None]
    if not said:
        return None
    limit = plea.rules.ladder.bot.refund_cents
    ours = order.price if limit is None else min(order.price, limit)
    return max(round(min(said) * 100), min(round(max(said) * 100), ours))


def _wanted_item(plea: Plea, kinds: set[RemedyKind]) -> GoodwillItem | None:
    items = [item for item in _affordable(plea.rules) if item.kind in kinds]
    amount = plea.wish.amount
    largest = max(items, key=lambda item: item.cents, default=None)
    if amount is None or R.REFUND_PARTIAL in plea.asked or R.PRICE_DIFF in kinds:
        return largest
    enough = [item for item in items if item.cents >= round(amount * 100)]
    # beside the whole price a larger sum was the price's
    return min(enough, key=lambda item: item.cents, default=largest if kinds & REFUND else None)


def _gift(plea: Plea) -> GoodwillItem | None:
    items = [item for item in _affordable(plea.rules) if item.kind not in plea.wish.excludes]
    return max(items, key=lambda item: item.cents, default=None) if plea.may_gift else None


def _affordable(rules: Rules) -> list[GoodwillItem]:
    limit = rules.ladder.bot.goodwill_cents
    return [item for item in rules.goodwill if limit is None or item.cents <= limit]


def _drafts(plea: Plea) -> tuple[Proposal, ...]:
    category, order, item = plea.ground.category, plea.ground.order, _gift(plea)
    if category in (Category.SUGGESTION, Category.ACCOUNT):
        return ()
    if category is Category.SERVICE:
        talks = (Proposal(kinds=(R.CALLBACK,)), Proposal(kinds=(R.EXPLANATION,)))
        return (
            *talks,
            *(
                (Proposal(kinds=(item.kind,), worth=item.cents, item=item.key, gift=item.cents),)
                if item
                else ()
            ),
        )
    if order is None:
        return ()
    lost = category is Category.DELIVERY
    refund = Proposal(kinds=(R.REFUND_FULL,), worth=order.price, refund=order.price, pickup=not lost)
    again = Proposal(
        kinds=(R.RESEND_MISSING if lost else R.REPLACE,),
        worth=Cents(goods_cost(order, plea.rules)),
        pickup=not lost,
    )
    return (refund, again, *((_sweetened(refund, item),) if item else ()))


def _sweetened(option: Proposal, item: GoodwillItem) -> Proposal:
    worth = Cents(option.worth + item.cents)
    return replace(option, kinds=(*option.kinds, item.kind), worth=worth, item=item.key, gift=item.cents)


def _welcome(option: Proposal, wish: Wish) -> bool:
    if set(option.kinds) & set(wish.excludes):
        return False
    return not (wish.refuses_money and set(option.kinds) & (REFUND | MONEY | GOODWILL))
