"""The authority ladder: what each level may give, counted over the whole case.

Every offer is counted in columns (refund, goods, goodwill, money above the price). Offers made in one breath
are alternatives of which one can be had, so the dearest of them counts; everything else adds up, over the case and
the complainant's other cases, so that nothing is split to slip under a limit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.complaint.case import Approval, Case, Level, Offer, Order, Part
from bot.complaint.deskwork import ApprovalState
from bot.complaint.errors import AboveAuthority
from bot.complaint.evolving import replace
from bot.complaint.ids import Cents
from bot.complaint.reading import RemedyKind
from bot.policy.grounds import grounds
from bot.policy.remedy_kinds import GOODS, GOODWILL, KIND_RULES, MONEY, NOBODY, REFUND
from bot.policy.rules import Rules

LIVING = frozenset({"open", "chosen", "agreed"})
"""States of an offer that is still binding."""
CLIMB = (Level.BOT, Level.A1, Level.A2, Level.A3)
GRANTED = frozenset({ApprovalState.APPROVED, ApprovalState.LOWERED})
"""What a request, or a vote on it, says when it is granted, in full or in part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A cost by column of the ladder, in cents."""

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


def load(kinds: Iterable[RemedyKind], worth: int, order: Order | None, gift: int = 0) -> Load:
    """Sort a cost into columns.

    `gift`: what a gesture in it costs, where that is known; it stands in its own column. Of what else is mixed a full
    refund takes the price, and the rest belongs to the strictest other column.
    """
    if gift:
        own = Load(goodwill=gift, gestures=len(GOODWILL & set(kinds)))
        return load(set(kinds) - GOODWILL, worth - gift, order) + own
    asked = set(kinds)
    gestures = len(asked & GOODWILL)
    refund = 0
    others = [column for column in (MONEY, GOODWILL, GOODS) if asked & column]
    if asked & REFUND:
        whole = not others or order is None or not asked & {RemedyKind.REFUND_FULL, RemedyKind.RETURN}
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


def load_of(parts: Iterable[Part]) -> Load:
    """The cost of these parts, each in its own column."""
    return sum((load((one.kind,), one.cents, None) for one in parts), Load())


def committed(case: Case) -> Load:
    """The cost of the case's open offers; of alternatives offered together, the dearest."""
    living = [one for one in case.offers if one.state in LIVING]
    groups: dict[object, Load] = {}
    for offer in living:
        mine = (
            load_of(offer.parts)
            if offer.parts
            else load(offer.kinds, offer.worth, case.facts.order, offer.gift)
        )
        # what people offer is no choice of one among several: each of it counts
        breath = offer.id if offer.parts else offer.at
        groups[breath] = max(groups.get(breath, Load()), mine, key=lambda one: one.total)
    return sum(groups.values(), Load())


def burden(mine: Load, case: Case, others: Sequence[Case] = ()) -> Load:
    """The total cost with `mine`, over this case and the complainant's others.

    What goes beyond the price of an order, goods and their price back together, is money above the price: so it
    is counted order by order.
    """
    sums: dict[str, Load] = {}
    prices: dict[str, int] = {}
    rows = ((case, mine + committed(case)), *((one, committed(one)) for one in others if one.no != case.no))
    for one, taken in rows:
        order = one.facts.order
        key = order.order_no if order else one.no
        sums[key] = sums.get(key, Load()) + taken
        if order is not None:
            prices[key] = order.price
    return sum((_over(taken, prices.get(key)) for key, taken in sums.items()), Load())


def _over(taken: Load, price: int | None) -> Load:
    above = max(0, taken.refund + taken.goods - price) if price is not None else 0
    return replace(taken, money=taken.money + above)


def fits(
    level: Level,
    rules: Rules,
    kinds: Iterable[RemedyKind],
    worth: int,
    order: Order | None,
    taken: Load = Load(),
    gift: int = 0,
) -> bool:
    """Whether `level` may give this for `order`, on top of what is already `taken` in the case."""
    asked = tuple(kinds)
    if not _may_at_all(level, asked):
        return False
    mine = load(asked, worth, order, gift)
    if not mine.total and not mine.gestures:
        return True  # words take nothing from any limit
    whole = mine + taken
    if level is Level.BOT and not _standard(rules, whole, order):
        return False
    # whoever gets the goods and their price back gets more than the price: that is money above it
    return _carries(level, rules, _over(whole, order.price if order else None))


def _may_at_all(level: Level, kinds: Sequence[RemedyKind]) -> bool:
    lowest = [KIND_RULES[kind].lowest for kind in kinds]
    return all(one is not None and _rank(level) >= _rank(one) for one in lowest)


def _carries(level: Level, rules: Rules, whole: Load) -> bool:
    rung = rules.ladder.of(level)
    return (
        _under(whole.refund, rung.refund_cents)
        and _under(whole.goods, rung.goods_cents)
        and _under(whole.goodwill, rung.goodwill_cents)
        and _under(whole.money, rung.money_cents)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """The approvals that an offer by people needs."""

    level: Level
    """The lowest level that may decide."""
    people: int = 0
    """How many others than its maker must agree; 0: its maker may give it alone."""
    legal: bool = False
    """One of them must be of the legal trade."""

    def voting(self, maker: Level) -> Level:
        """The lowest level that may vote."""
        return Level.A2 if _rank(maker) >= _rank(self.level) else self.level


def required(
    rules: Rules, level: Level, parts: Sequence[Part], case: Case, others: Sequence[Case] = ()
) -> Need:
    """Who must approve when somebody on `level` offers `parts`, given all that is already offered.

    Money above the price that an agent may not decide always needs a second person; what is above a manager's
    limit, or is reckoned as a multiple of the price, needs a manager and the legal trade.
    """
    lowest = next((one for one in CLIMB[1:] if _gives(one, rules, parts, case, others)), None)
    if lowest is None or any(one.kind is RemedyKind.MULTIPLE for one in parts):
        return Need(level=Level.A3, people=2, legal=True)
    more = burden(load_of(parts), case, others).money > burden(Load(), case, others).money
    two = more and _rank(lowest) >= _rank(Level.A2)
    return Need(level=lowest, people=int(two or _rank(lowest) > _rank(level)))


def _gives(level: Level, rules: Rules, parts: Sequence[Part], case: Case, others: Sequence[Case]) -> bool:
    """Whether this level's limits cover all of it."""
    if not _may_at_all(level, [one.kind for one in parts]):
        return False
    mine = load_of(parts)
    return not mine.total or _carries(level, rules, burden(mine, case, others))


def enough(need: Need, request: Approval, case: Case) -> bool:
    """Whether enough approvers agreed: never the requester, nor anybody whom the case is about."""
    agreed = {
        one.by: one
        for one in request.votes
        if one.says in GRANTED and one.by != request.by and one.by not in case.about
    }
    decides = max(_rank(request.level), *(_rank(one.level) for one in agreed.values()), 0)
    law = not need.legal or any(one.legal for one in agreed.values())
    return len(agreed) >= need.people and decides >= _rank(need.level) and law


def within(
    level: Level, rules: Rules, kinds: Iterable[RemedyKind], worth: Cents, case: Case, gift: Cents = Cents(0)
) -> bool:
    """Whether `level` may offer this in `case`, on top of the case's open offers."""
    if level is Level.BOT and worth and grounds(case).grave:
        return False
    return fits(level, rules, kinds, worth, case.facts.order, committed(case), gift)


def level_for(
    rules: Rules, kinds: Iterable[RemedyKind], worth: int, order: Order | None, taken: Load = Load()
) -> Level | None:
    """The lowest level that may give this; None if nobody may alone (then: legal, in writing, two people)."""
    asked = tuple(kinds)
    return next((level for level in CLIMB if fits(level, rules, asked, worth, order, taken)), None)


def guard(rules: Rules, before: Case | None, after: Case, others: Sequence[Case] = ()) -> None:
    """The last check before offers are stored: each new one must be within the authority of its level.

    What people offer above their level needs a request that was granted by enough others of enough level.

    Raises:
        AboveAuthority: one is not; the message names the case and the level, never the limit.
    """
    known = {offer.id: _bound(offer) for offer in before.offers if offer.state in LIVING} if before else {}
    for offer in after.offers:
        if offer.state not in LIVING or known.get(offer.id) == _bound(offer):
            continue
        beside = tuple(one for one in after.offers if one.id != offer.id and not _one_breath(one, offer))
        case = after.evolve(offers=beside)
        stands = (
            _granted(rules, offer, case, others)
            if offer.parts
            else _known_gift(rules, offer)
            and within(offer.level, rules, offer.kinds, offer.worth, case, offer.gift)
        )
        if not stands:
            raise AboveAuthority(f"Case {after.no}, level {offer.level}.")


def _one_breath(one: Offer, other: Offer) -> bool:
    return one.at == other.at and not one.parts and not other.parts


def _bound(offer: Offer) -> tuple[object, ...]:
    """The fields of an offer that may not change; its state may."""
    return (offer.kinds, offer.worth, offer.gift, offer.parts, offer.level, offer.approval_id)


def _known_gift(rules: Rules, offer: Offer) -> bool:
    # what moves a cost out of a stricter column must be what the catalogue says, and a gesture that is offered
    named = next((one for one in rules.goodwill if one.key == offer.item), None)
    return not offer.gift or (named is not None and named.kind in offer.kinds and named.cents == offer.gift)


def _granted(rules: Rules, offer: Offer, case: Case, others: Sequence[Case]) -> bool:
    kinds = tuple(one.kind for one in offer.parts)
    if offer.level is Level.BOT or NOBODY & set(kinds) or kinds != offer.kinds:
        return False
    if sum(one.cents for one in offer.parts) != offer.worth or any(one.cents < 0 for one in offer.parts):
        return False
    request = next((one for one in case.approvals if one.id == offer.approval_id), None)
    need = required(rules, request.level if request else offer.level, offer.parts, case, others)
    if request is None:
        return not need.people
    as_asked = request.state in GRANTED and request.parts == offer.parts
    return as_asked and enough(need, request, case)


def _rank(level: Level) -> int:
    return CLIMB.index(level)


def _standard(rules: Rules, whole: Load, order: Order | None) -> bool:
    # the bot follows a standardised process: a verified order, and one gesture at most (R35)
    return order is not None and whole.gestures <= rules.caps.goodwill_per_case


def _under(amount: int, limit: Cents | None) -> bool:
    return limit is None or amount <= limit
