"""The remedy a complainant asks for: kinds, sums, multiples, shares, conditions."""

from typing import NamedTuple

from bot.complaint.reading import Remedy, RemedyKind, Span
from bot.reading.asking import asked_for, plainly_requested, taken_back
from bot.reading.demands import Wanted, amounts, between_prices, bound, currency, demanded, is_a_part, scorned
from bot.reading.finding import Found, Hit
from bot.reading.money import Money
from bot.reading.multiples import Times, read_share, read_times

_COSTS = frozenset({RemedyKind.MEDICAL, RemedyKind.TRAVEL, RemedyKind.LOST_INCOME, RemedyKind.MENTAL})
_BACK = frozenset({
    RemedyKind.REFUND_FULL, RemedyKind.REFUND_PARTIAL, RemedyKind.POSTAGE, RemedyKind.PRICE_DIFF,
})  # fmt: skip
_IN_KIND = frozenset({RemedyKind.VOUCHER, RemedyKind.GIFT})
_TAKES_SUM = _COSTS | _BACK | {RemedyKind.COMPENSATION, RemedyKind.VOUCHER, RemedyKind.MULTIPLE}
_NAMED_SUM = _COSTS | {RemedyKind.RETURN, RemedyKind.POSTAGE, RemedyKind.PRICE_DIFF, RemedyKind.MULTIPLE}
"""Beside these the sum may be theirs."""
_ORDER = {kind: place for place, kind in enumerate(RemedyKind)}
_LABELS = tuple((kind, f"want.{kind}", f"exclude.{kind}") for kind in RemedyKind)
_SPOKEN = ("want.", "act.", "wish.", "exclude.", "intent.withdraws")
_WISHED = frozenset({"wish", "remedy"})
_ELSEWHERE = frozenset(
    {"wish.open", "wish.no_money", "wish.cash", "risk.human", "intent.withdraws", "tongue.en", "tongue.zh"}
)
"""What is asked for with these is read by them."""
_SHORT = 18
_BARE_ACT = 4


class _Demand(NamedTuple):
    """Everything gathered about one demand, before it is resolved."""

    wanted: Wanted
    times: Times | None
    share: float | None
    sums: list[Money]
    found: Found
    fallen: float | None = None
    """By how much a price has fallen, where both prices are named."""
    part: bool = False
    """One sum of what was paid is asked back, not all of it."""

    def says(self, name: str) -> bool:
        return f"wish.{name}" in self.found


def read_remedy(text: str, folded: str, found: Found, money: list[Money], asked: str | None) -> Remedy | None:
    """The demand in a text; None where nothing is asked for."""
    if not money and not any(label.startswith(_SPOKEN) for label in found) and not plainly_requested(folded):
        return None
    wanted, excluded = _kinds(folded, found, asked)
    laughed_at = [Hit(one.start, one.end, weak=False) for one in scorned(folded, money)]
    wanted = {kind: hit for kind, hit in wanted.items() if not _touches(hit, laughed_at)}
    fallen = None
    if RemedyKind.PRICE_DIFF in wanted:
        money, fallen = between_prices(folded, money)
    sums = demanded(folded, found, money, wanted, bargaining=asked in _WISHED)
    demand = _Demand(
        wanted,
        read_times(folded, found),
        read_share(folded, wanted),
        sums,
        found,
        fallen,
        is_a_part(folded, sums),
    )
    kinds = _settled(demand)
    if not kinds and not excluded and not demand.says("no_money"):
        return None
    return _remedy(text, folded, demand, kinds, excluded)


def _remedy(
    text: str, folded: str, demand: _Demand, kinds: tuple[RemedyKind, ...], excluded: tuple[RemedyKind, ...]
) -> Remedy:
    amount, most = amounts(folded, demand.sums)
    if amount is None:
        amount = demand.fallen
    times = demand.times
    return Remedy(
        kinds=kinds,
        span=_span(text, demand),
        amount=amount,
        amount_most=most,
        at_least=bound(demand.found, "wish.at_least", demand.sums) or _least_share(demand),
        at_most=bound(demand.found, "wish.at_most", demand.sums),
        currency=currency(folded, demand.sums),
        share=demand.share,
        multiple=times.value if times else None,
        basis=times.basis if times else None,
        open_ended=RemedyKind.OPEN in kinds or (demand.says("vague") and times is None),
        refuses_money=demand.says("no_money"),
        excludes=excluded,
        alternatives=demand.says("either") and len(kinds) > 1,
        conditional=_threatens_more(demand),
    )


def _least_share(demand: _Demand) -> bool:
    """At least half, with no sum that the bound could belong to."""
    return demand.share is not None and not demand.sums and demand.says("at_least")


def _threatens_more(demand: _Demand) -> bool:
    """Whether the multiple is only threatened in case of refusal."""
    before = min((hit.start for hit in demand.found.get("wish.or_else", ())), default=None)
    multiple = max((hit.start for hit in demand.found.get("want.multiple", ())), default=-1)
    return before is not None and demand.times is not None and before <= multiple


def _kinds(folded: str, found: Found, asked: str | None) -> tuple[Wanted, tuple[RemedyKind, ...]]:
    """The kinds wanted and those excluded. Bare words (退款) are a demand only in a short answer."""
    short = asked in _WISHED or len(folded) <= _SHORT or "wish.either" in found
    wanted: Wanted = {}
    excluded = []
    for kind, want, exclude in _LABELS:
        away = found.get(exclude, [])
        if away:
            excluded.append(kind)
        hits = (hit for hit in found.get(want, ()) if (short or not hit.weak) and not _touches(hit, away))
        if hit := next((hit for hit in hits if not taken_back(folded, hit)), None):
            wanted[kind] = hit
    said = list(wanted.values())
    for kind, hit in asked_for(folded, found).items():
        if not any(_covers(one, hit) for one in said):
            wanted.setdefault(kind, hit)
    plain = not wanted and not excluded and asked is None and not found.keys() & _ELSEWHERE
    if plain and (request := plainly_requested(folded)):
        wanted[RemedyKind.OTHER] = request
    return wanted, tuple(excluded)


def _covers(whole: Hit, act: Hit) -> bool:
    """Whether words that say outright what is wanted stand on the ground of an act."""
    return whole.start < act.end and act.start < whole.end and whole.end - whole.start >= act.end - act.start


def _touches(hit: Hit, others: list[Hit]) -> bool:
    return any(hit.start < one.end and one.start < hit.end for one in others)


def _settled(demand: _Demand) -> tuple[RemedyKind, ...]:
    """The remaining kinds, after a narrower one replaces a wider one."""
    wanted = demand.wanted
    kinds = dict.fromkeys(sorted(wanted, key=lambda kind: (wanted[kind].start, _ORDER[kind])))
    if not kinds and demand.says("cash"):
        return (RemedyKind.COMPENSATION,)
    if demand.share is not None or (
        demand.part and RemedyKind.REFUND_FULL in kinds and not kinds.keys() & _NAMED_SUM
    ):
        kinds.setdefault(RemedyKind.REFUND_PARTIAL)
    for wide in _pushed_out(demand, set(kinds)):
        kinds.pop(wide, None)
    if demand.sums and not _TAKES_SUM & kinds.keys():
        kinds.setdefault(RemedyKind.COMPENSATION)
    if demand.says("open") and not demand.sums and not kinds.keys() - {RemedyKind.COMPENSATION}:
        return (RemedyKind.OPEN,)
    if not kinds and "intent.withdraws" in demand.found:
        return (RemedyKind.NONE,)
    return tuple(kinds)


def _pushed_out(demand: _Demand, kinds: set[RemedyKind]) -> set[RemedyKind]:
    out = set()
    if demand.times is None:
        out.add(RemedyKind.MULTIPLE)
    if kinds & {RemedyKind.REFUND_PARTIAL, RemedyKind.PRICE_DIFF}:
        out.add(RemedyKind.REFUND_FULL)
    if RemedyKind.APOLOGY_PUBLIC in kinds:
        out.add(RemedyKind.APOLOGY)
    told_apart = _COSTS | _IN_KIND | {RemedyKind.PRICE_DIFF}
    if kinds & {RemedyKind.PRICE_DIFF, RemedyKind.VOUCHER}:
        out.add(RemedyKind.RESEND_MISSING)
    if demand.sums and RemedyKind.RESEND_MISSING in kinds and not _names_goods(demand):
        out.add(RemedyKind.RESEND_MISSING)  # 补我五百
    if RemedyKind.REPAIR in kinds:
        out.add(RemedyKind.VISIT)  # whoever repairs, comes
    if kinds & told_apart or (demand.times is not None and RemedyKind.MULTIPLE in kinds and not demand.sums):
        out.add(RemedyKind.COMPENSATION)
    return out


def _names_goods(demand: _Demand) -> bool:
    """Whether the words for something missing can only be about goods, not about money."""
    hit = demand.wanted[RemedyKind.RESEND_MISSING]
    return hit.end - hit.start > _BARE_ACT


def _span(text: str, demand: _Demand) -> Span:
    places = [(hit.start, hit.end) for hit in demand.wanted.values()]
    places += [(one.start, one.end) for one in demand.sums]
    if not places:
        labels = ("wish.open", "wish.no_money", "wish.cash", "intent.withdraws")
        places = [(hit.start, hit.end) for label in labels for hit in demand.found.get(label, ())]
    if not places:
        return Span(0, len(text), text)
    # of "either … or" all is said back, and no half of it
    places += [(hit.start, hit.start) for hit in demand.found.get("wish.either", ())]
    start, end = min(places)[0], max(end for _, end in places)
    return Span(start, end, text[start:end])
