"""The limits of each authority level, and caps on the bot's generosity."""

from dataclasses import dataclass, fields
from itertools import pairwise

from bot.complaint.case import Level
from bot.complaint.ids import Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """The limits of one level in one case, in cents; None means no limit."""

    refund_cents: Cents | None
    """Paying back the price of a verified order."""
    goods_cents: Cents | None
    """Replacing, resending, repairing: what it costs us."""
    goodwill_cents: Cents | None
    """Gestures that are not money, at face value."""
    money_cents: Cents | None
    """Money above the price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The authority ladder. Its limits are secret: no reply may show them (S31)."""

    bot: Authority = Authority(
        refund_cents=Cents(200_00),
        goods_cents=Cents(100_00),
        goodwill_cents=Cents(30_00),
        money_cents=Cents(0),
    )
    agent: Authority = Authority(
        refund_cents=Cents(1_000_00),
        goods_cents=None,
        goodwill_cents=Cents(200_00),
        money_cents=Cents(100_00),
    )
    supervisor: Authority = Authority(
        refund_cents=Cents(5_000_00),
        goods_cents=None,
        goodwill_cents=Cents(1_000_00),
        money_cents=Cents(2_000_00),
    )
    manager: Authority = Authority(
        refund_cents=None, goods_cents=None, goodwill_cents=Cents(5_000_00), money_cents=Cents(20_000_00)
    )

    def __post_init__(self) -> None:
        """No level may give more than the one above it."""
        rungs = (
            ("bot", self.bot),
            ("agent", self.agent),
            ("supervisor", self.supervisor),
            ("manager", self.manager),
        )
        for (lower, below), (upper, above) in pairwise(rungs):
            for column in fields(Authority):
                least, most = getattr(below, column.name), getattr(above, column.name)
                if most is not None and (least is None or least > most):
                    raise ValueError(f"{column.name}: write no more for the {lower} than for the {upper}")

    def of(self, level: Level) -> Authority:
        """The limits of this level."""
        rungs = {
            Level.BOT: self.bot,
            Level.A1: self.agent,
            Level.A2: self.supervisor,
            Level.A3: self.manager,
        }
        return rungs[level]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """How often the bot may be generous."""

    goodwill_per_case: int = 1
    goodwill_per_customer: int = 2
    goodwill_days: int = 180
    rounds: int = 2
    """Counter-offers, after which a person takes over (S94)."""
    options: int = 3
    """Proposals shown at once (S93)."""


LADDER = Ladder()
"""The trade's authority ladder."""

CAPS = Caps()
