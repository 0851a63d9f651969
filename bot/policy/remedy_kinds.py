"""Every kind of remedy, a row each: how it counts on the ladder, who may give it, and by when it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.complaint.case import Level
from bot.complaint.reading import RemedyKind

R = RemedyKind


class Column(StrEnum):
    """The columns of the authority ladder, and two for what costs nothing there."""

    REFUND = "refund"
    GOODS = "goods"
    GOODWILL = "goodwill"
    MONEY = "money"
    """Money above the price."""
    WORDS = "words"
    """May be given again and again, and takes nothing from any limit."""
    DEEDS = "deeds"
    """What the brand does in public or to its own people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRules:
    """What holds for a kind of remedy, whatever its sum."""

    column: Column
    lowest: Level | None = Level.BOT
    """The lowest level that may give it at all; None: nobody may promise it."""
    done_by: str = "fulfil"
    """The deadline of the brand file by which it is carried out; empty if saying it does it."""
    fetched: bool = False
    """The goods come back first: we fetch them, at our cost."""


KIND_RULES: Final[Mapping[RemedyKind, KindRules]] = {
    R.REFUND_FULL: KindRules(column=Column.REFUND, done_by="refund"),
    R.REFUND_PARTIAL: KindRules(column=Column.REFUND, done_by="refund"),
    R.RETURN: KindRules(column=Column.REFUND, fetched=True),
    R.PRICE_DIFF: KindRules(column=Column.REFUND, done_by="refund"),
    R.REPLACE: KindRules(column=Column.GOODS, done_by="ship", fetched=True),
    R.RESEND_MISSING: KindRules(column=Column.GOODS, done_by="ship"),
    R.REPAIR: KindRules(column=Column.GOODS, fetched=True),
    R.VOUCHER: KindRules(column=Column.GOODWILL),
    R.GIFT: KindRules(column=Column.GOODWILL, done_by="ship"),
    R.DISCOUNT: KindRules(column=Column.GOODWILL),
    R.POSTAGE: KindRules(column=Column.MONEY, lowest=Level.A1, done_by="refund"),
    R.TRAVEL: KindRules(column=Column.MONEY, lowest=Level.A1),
    R.COMPENSATION: KindRules(column=Column.MONEY, lowest=Level.A2),
    R.MEDICAL: KindRules(column=Column.MONEY, lowest=Level.A2),
    R.LOST_INCOME: KindRules(column=Column.MONEY, lowest=Level.A3),
    R.MENTAL: KindRules(column=Column.MONEY, lowest=Level.A3),
    R.MULTIPLE: KindRules(column=Column.MONEY, lowest=Level.A3),
    R.APOLOGY: KindRules(column=Column.WORDS, done_by=""),
    R.EXPLANATION: KindRules(column=Column.WORDS, done_by="written_answer"),
    R.INVESTIGATE: KindRules(column=Column.WORDS, done_by="written_answer"),
    R.CALLBACK: KindRules(column=Column.WORDS, done_by="call_back"),
    R.VISIT: KindRules(column=Column.WORDS),
    R.NONE: KindRules(column=Column.WORDS),
    R.OPEN: KindRules(column=Column.WORDS),
    R.APOLOGY_PUBLIC: KindRules(column=Column.DEEDS, lowest=Level.A3),
    R.RECALL: KindRules(column=Column.DEEDS, lowest=Level.A3),
    R.DISCIPLINE: KindRules(column=Column.DEEDS, lowest=None),
    R.OTHER: KindRules(column=Column.DEEDS, lowest=Level.A1),
}
"""A kind without a row is a fault: nothing is given by default."""


def _in(column: Column) -> frozenset[RemedyKind]:
    return frozenset(kind for kind, rules in KIND_RULES.items() if rules.column is column)


REFUND: Final = _in(Column.REFUND)
GOODS: Final = _in(Column.GOODS)
GOODWILL: Final = _in(Column.GOODWILL)
MONEY: Final = _in(Column.MONEY)
WORDS: Final = _in(Column.WORDS)
FETCHED: Final = frozenset(kind for kind, rules in KIND_RULES.items() if rules.fetched)
PAID_BACK: Final = frozenset(kind for kind in REFUND if KIND_RULES[kind].done_by == "refund")
"""Money of the price that goes back; a return alone moves goods."""
NOBODY: Final = frozenset(kind for kind, rules in KIND_RULES.items() if rules.lowest is None)
"""What nobody may promise: how staff are dealt with."""
AT_ONCE: Final = frozenset(kind for kind, rules in KIND_RULES.items() if not rules.done_by)
"""What is done by saying it."""
NEVER_BOT: Final = frozenset(kind for kind, rules in KIND_RULES.items() if rules.lowest is not Level.BOT) - {
    # of a small sum they may mean a part of the price, or our own label for a return
    R.COMPENSATION,
    R.POSTAGE,
}
"""What is never the bot's to give, whatever the amount."""
