"""The authority ladder: what a level may give, counted over the whole case.

Every offer is counted in columns (refund, goods, goodwill, money above the price). Offers made in one breath
are alternatives of which one can be had, so the dearest of them counts; everything else adds up, so that
nothing is split to slip under a limit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.complaint.case import Case, Level, Order
from bot.complaint.errors import AboveAuthority
from bot.complaint.ids import Cents
from bot.complaint.reading import RemedyKind
from bot.policy.grounds import grounds
from bot.policy.rules import Rules

R = RemedyKind
REFUND = frozenset({R.REFUND_FULL, R.REFUND_PARTIAL, R.PRICE_DIFF, R.RETURN})
GOODS = frozenset({R.REPLACE, R.RESEND_MISSING, R.REPAIR})
GOODWILL = frozenset({R.VOUCHER, R.GIFT, R.DISCOUNT})
MONEY = frozenset({R.COMPENSATION, R.POSTAGE, R.TRAVEL, R.MEDICAL, R.LOST_INCOME, R.MENTAL, R.MULTIPLE})
WORDS = frozenset({R.APOLOGY, R.EXPLANATION, R.INVESTIGATE, R.CALLBACK, R.VISIT, R.NONE, R.OPEN})

LOWEST: Mapping[RemedyKind, Level] = {
    R.POSTAGE: Level.A1,
    R.TRAVEL: Level.A1,
    R.COMPENSATION: Level.A2,
    R.MEDICAL: Level.A2,
    R.LOST_INCOME: Level.A3,
    R.MENTAL: Level.A3,
    R.MULTIPLE: Level.A3,
    R.APOLOGY_PUBLIC: Level.A3,
    R.RECALL: Level.A3,
}
"""Who may give this at all, however little of it; what is missing here, the bot may."""
NOBODY = frozenset({R.DISCIPLINE})
"""What nobody may promise: how staff are dealt with."""
LIVING = frozenset({"open", "chosen", "agreed"})
"""States of an offer that still binds us."""
CLIMB = (Level.BOT, Level.A1, Level.A2, Level.A3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What something costs, by column of the ladder, in cents."""

    refund: int = 0
    goods: int = 0
    goodwill: int = 0
    money: int = 0
    gestures: int = 0
    """How many gestures of goodwill it counts for."""

    def __add__(self, other: "Load") -> "Load":
        return Load(
            refund=self.refund + other.refund,
            goods=self.goods + other.goods,
            goodwill=self.goodwill + other.goodwill,
            money=self.money + other.money,
            gestures=self.gestures + other.gestures,
        )

    @property
    def total(self) -> int:
        """All columns together."""
        return self.refund + self.goods + self.goodwill + self.money


def load(kinds: Iterable[RemedyKind], worth: int, order: Order | None) -> Load:
    """Sort a worth into columns.

    Of a mixed offer a full refund takes the price; what remains belongs to the strictest other column.
    """
    asked = set(kinds)
    gestures = 1 if asked & GOODWILL else 0
    refund = 0
    others = [column for column in (MONEY, GOODWILL, GOODS) if asked & column]
    if asked & REFUND:
        whole = not others or order is None or not asked & {R.REFUND_FULL, R.RETURN}
        refund = worth if whole else min(worth, order.price if order else worth)
    rest = worth - refund
    column = others[0] if others else None
    return Load(
        refund=refund,
        goods=rest if column is GOODS else 0,
        goodwill=rest if column is GOODWILL else 0,
        money=rest if column is MONEY or column is None else 0,
        gestures=gestures,
    )


def committed(case: Case) -> Load:
    """What the case's living offers already take up: of each breath of alternatives, the dearest."""
    living = [one for one in case.offers if one.state in LIVING]
    groups: dict[object, Load] = {}
    for offer in living:
        mine = load(offer.kinds, offer.worth, case.facts.order)
        groups[offer.at] = max(groups.get(offer.at, Load()), mine, key=lambda one: one.total)
    return sum(groups.values(), Load())


def fits(
    level: Level,
    rules: Rules,
    kinds: Iterable[RemedyKind],
    worth: int,
    order: Order | None,
    taken: Load = Load(),
) -> bool:
    """Whether `level` may give this for `order` on top of what is already `taken` up in the case."""
    asked = tuple(kinds)
    if NOBODY & set(asked) or any(_rank(level) < _rank(LOWEST.get(kind, Level.BOT)) for kind in asked):
        return False
    mine = load(asked, worth, order)
    if not mine.total and not mine.gestures:
        return True  # words take nothing from any limit
    whole = mine + taken
    if level is Level.BOT and not _standard(rules, whole, order):
        return False
    rung = rules.ladder.of(level)
    # whoever gets the goods and their price back gets more than the price: that is money above it
    above = max(0, whole.refund + whole.goods - order.price) if order else 0
    return (
        _under(whole.refund, rung.refund_cents)
        and _under(whole.goods, rung.goods_cents)
        and _under(whole.goodwill, rung.goodwill_cents)
        and _under(whole.money + above, rung.money_cents)
    )


def within(level: Level, rules: Rules, kinds: Iterable[RemedyKind], worth: Cents, case: Case) -> bool:
    """Whether `level` may offer this in `case`, beside all that the case's living offers take up."""
    if level is Level.BOT and worth and grounds(case).grave:
        return False
    return fits(level, rules, kinds, worth, case.facts.order, committed(case))


def level_for(
    rules: Rules, kinds: Iterable[RemedyKind], worth: int, order: Order | None, taken: Load = Load()
) -> Level | None:
    """The lowest level that may give this; None if nobody may alone (then: legal, in writing, two people)."""
    asked = tuple(kinds)
    return next((level for level in CLIMB if fits(level, rules, asked, worth, order, taken)), None)


def guard(rules: Rules, before: Case | None, after: Case) -> None:
    """The last door before offers are written: every new one must be within its own level's authority.

    Raises:
        AboveAuthority: one is not; the message names the case and the level, never the limit.
    """
    known = {offer.id for offer in before.offers} if before else set()
    for offer in after.offers:
        if offer.id in known or offer.state not in LIVING:
            continue
        beside = tuple(one for one in after.offers if one.at != offer.at and one.id != offer.id)
        if not within(offer.level, rules, offer.kinds, offer.worth, replace(after, offers=beside)):
            raise AboveAuthority(f"Case {after.no}, level {offer.level}.")


def _rank(level: Level) -> int:
    return CLIMB.index(level)


def _standard(rules: Rules, whole: Load, order: Order | None) -> bool:
    # the bot follows a standardised process: a verified order, and one gesture at most (R35)
    return order is not None and whole.gestures <= rules.caps.goodwill_per_case


def _under(amount: int, limit: Cents | None) -> bool:
    return limit is None or amount <= limit
