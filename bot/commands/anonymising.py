"""Anonymous export for analysis: kinds and outcomes of cases, and nothing that identifies anybody.

Numbers of cases and people are replaced by tokens that are made anew for every set, so that two sets cannot be
laid beside each other. Nobody's words are in it, no names, phones, orders, days or hours.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from hashlib import blake2b
from secrets import token_bytes
from typing import Final

from bot.commands.export_tables import Record, Table
from bot.complaint.axes import PromiseStatus
from bot.complaint.case import Case
from bot.complaint.reading import RemedyKind
from bot.store.port import TimelineRow

FEWEST: Final = 5
"""Whoever shares these traits with fewer others can be found by somebody who knows them."""
TRAITS: Final = ("week", "language", "category", "product", "severity")
"""Fields by which somebody might recognise a complainant."""
ROUGHLY: Final = 10_00
"""Cents to which sums are rounded."""
OTHER: Final = "other"
COLUMNS: Final = (
    *("case", "customer", "week", "channel", "language", "category", "product", "severity", "queue"),
    *("status", "flags", "emotion", "verdict", "cause", "wishes", "offers", "agreed", "worth_cents"),
    *("promises", "promises_kept", "promises_broken", "escalations", "reopened"),
    *("from_customer", "from_bot", "from_agents", "days_open", "handling", "outcome", "would_buy_again"),
    *("recommend", "ease"),
)


def _cells(line: Record) -> Record:
    return {name: " ".join(one) if isinstance(one, list) else one for name, one in line.items()}


TABLE: Final = Table(COLUMNS, _cells)


@dataclass(slots=True)
class Anonymiser:
    """Makes the lines of one set, and counts who would stand out in it."""

    clock: tzinfo
    product: Callable[[str], str]
    """The brand's key for a product; what it does not know is told as `other`."""
    causes: frozenset[str]
    _secret: bytes = field(default_factory=lambda: token_bytes(32), repr=False)
    _alike: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def line(self, case: Case, rows: Sequence[TimelineRow]) -> Record:
        """The case without anything that leads to somebody."""
        line = {**self._kind(case), **_course(case), **_said(rows)}
        self._alike[tuple(line[name] for name in TRAITS)] += 1
        return line

    def standing_out(self) -> int:
        """How many cases share their traits with fewer than so many."""
        return sum(number for number in self._alike.values() if number < FEWEST)

    def _token(self, what: str, number: object) -> str:
        # a case without anybody's name is nobody's: it shares its token with no other
        return blake2b(f"{what}:{number}".encode(), digest_size=8, key=self._secret).hexdigest()

    def _product(self, case: Case) -> str:
        order = case.facts.order
        name = case.facts.product or (order.product if order else "")
        return self.product(name) if name else ""

    def _kind(self, case: Case) -> Record:
        year, week, _ = case.opened_at.astimezone(self.clock).isocalendar()
        return {
            "case": self._token("case", case.no),
            "customer": self._token("customer", case.customer.id or case.no),
            "week": f"{year}-W{week:02}",
            "channel": case.channel,
            "language": case.language.value,
            "category": case.category.value,
            "product": self._product(case),
            "severity": int(case.severity),
            "queue": case.queue.value,
            "status": case.status.value,
            "flags": sorted(one.value for one in case.families()),
            "emotion": case.emotion.value,
            "verdict": case.verdict.value if case.verdict else "",
            "cause": case.cause if case.cause in self.causes or not case.cause else OTHER,
        }


def _course(case: Case) -> Record:
    agreed = [one for one in case.offers if one.state == "agreed"]
    states = [one.status for one in case.promises]
    told = case.surveys[-1] if case.surveys else None
    return {
        "wishes": _kinds(kind for one in case.wishes for kind in one.kinds),
        "offers": _kinds(kind for one in case.offers for kind in one.kinds),
        "agreed": _kinds(kind for one in agreed for kind in one.kinds),
        "worth_cents": round(sum(one.worth for one in agreed) / ROUGHLY) * ROUGHLY,
        "promises": len(states),
        "promises_kept": states.count(PromiseStatus.KEPT),
        "promises_broken": states.count(PromiseStatus.BROKEN) + states.count(PromiseStatus.LATE),
        "escalations": len(case.escalations),
        "reopened": case.reopened,
        "days_open": (case.closed_at - case.opened_at).days if case.closed_at else None,
        "handling": told.handling if told else None,
        "outcome": told.outcome if told else None,
        "would_buy_again": told.would_buy_again if told else None,
        "recommend": told.recommend if told else None,
        "ease": told.ease if told else None,
    }


def _kinds(kinds: Iterable[RemedyKind]) -> list[str]:
    return sorted({one.value for one in kinds})


def _said(rows: Sequence[TimelineRow]) -> Record:
    whose = Counter(row.entry.who for row in rows if not row.entry.note)
    return {
        "from_customer": whose["customer"],
        "from_bot": whose["bot"],
        "from_agents": whose["agent"],
    }
