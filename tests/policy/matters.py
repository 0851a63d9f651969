"""Readings, cases and wishes for the tests of policy."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.complaint.case import Case, Facts, Flag, Level, Offer, Order, Person, Wish
from bot.complaint.ids import CaseNo, Cents, ChatId, UserId
from bot.complaint.reading import Category, Family, Language, Reading, Remedy, RemedyKind, Risk, Span
from bot.policy.options import Proposal

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
KETTLE = Order(order_no="HS260621-8841", product="电热壶", price=Cents(89_00), bought_on="2026-06-21")
MANNERS = (
    Family.EXTORTION, Family.MEDIA, Family.LEGAL, Family.REGULATOR, Family.ABUSE, Family.URGENCY, Family.CHURN,
    Family.SOCIAL, Family.INFLUENCER, Family.VULNERABLE, Family.HUMAN,
)  # fmt: skip
"""Ways to speak up: they change queue and speed, never what is offered."""


def a_reading(*families: Family, weak: bool = False, asks: RemedyKind | None = None, **more: Any) -> Reading:  # noqa: ANN401 - any field of it
    risks = tuple(Risk(family=one, span=Span(0, 2, f"cue of {one}"), weak=weak) for one in families)
    remedy = Remedy(kinds=(asks,), span=Span(0, 1, "x")) if asks else None
    return Reading(language=Language.ZH, risks=risks, remedy=remedy, **more)


def a_case(*families: Family, order: Order | None = KETTLE, **more: Any) -> Case:  # noqa: ANN401 - any field of it
    flags = tuple(Flag(family=one, cue="x", at=NOW) for one in families)
    facts = more.pop("facts", None) or Facts(order=order)
    return Case(
        no=CaseNo("583-2716"),
        chat=ChatId(7),
        customer=Person(id=UserId(7), name="Li"),
        opened_at=NOW,
        flags=flags,
        facts=facts,
        **({"category": Category.QUALITY} | more),
    )


def a_wish(*kinds: RemedyKind, **more: Any) -> Wish:  # noqa: ANN401 - any field of it
    return Wish(at=NOW, verbatim="x", kinds=kinds, **more)


def an_order(yuan: float) -> Order:
    return Order(order_no=KETTLE.order_no, product=KETTLE.product, price=Cents(round(yuan * 100)))


def offers_of(*proposals: Proposal, level: Level = Level.BOT, state: str = "open") -> tuple[Offer, ...]:
    return tuple(
        Offer(
            id=f"{one.note}{place}{state}",
            at=NOW,
            kinds=one.kinds,
            worth=one.worth,
            by="bot",
            level=level,
            valid_until=NOW + timedelta(days=7),
            state=state,
        )
        for place, one in enumerate(proposals)
    )
