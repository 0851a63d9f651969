"""A March of twelve cases, written out: A to L, all times in Shanghai, the desk open Monday to Friday, 9 to 18."""

from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.complaint.axes import Level, PromiseStatus, Queue, Severity, Status, Verdict
from bot.complaint.case import Agreement, Case, Correction, Facts, Flag, MachineReading, Order, Person
from bot.complaint.corrections import ReadField
from bot.complaint.dealings import Escalation, Fulfilment, Offer, Promise, Survey, Wish
from bot.complaint.ids import CaseNo, Cents, ChatId, UserId
from bot.complaint.reading import Category, Family, RemedyKind
from bot.complaint.records import Entry
from bot.insight.facts import CaseFacts, Duty
from bot.insight.frame import Period
from bot.insight.lines import ArrivedEntry
from bot.insight.measures import Measures
from bot.insight.taking import facts_of
from bot.insight.volumes import Active, Shipment
from bot.policy.calendar import open_between
from bot.policy.hours import OFFICE

ZONE: Final = ZoneInfo("Asia/Shanghai")
MARCH: Final = Period(first=date(2026, 3, 1), until=date(2026, 4, 1), zone=ZONE)
LI: Final = Person(id=UserId(11), name="李")
HE: Final = Person(id=UserId(12), name="何")
REFUND: Final = RemedyKind.REFUND_FULL


def at(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    """A moment of March 2026; the 2nd is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


MEASURES: Final = Measures(
    working=lambda start, end, _: open_between(OFFICE, ZONE, start, end),
    due=lambda _what, _severity, since, _queue: since + timedelta(days=3),
    put_off=lambda _what, _severity, due, pauses, _queue: (
        due + sum(((one.until or due) - one.since for one in pauses), timedelta())
    ),
    now=at(1, 0, month=4),
    key=b"a secret of the brand",
    cues={Duty.SORRY: ("抱歉",)},
    lint=lambda text, _language, _level: text.count("尽快"),
)


def said(who: str, moment: datetime, text: str = "瓶子的盖子漏了") -> ArrivedEntry:
    """A line that was said and arrived."""
    line = Entry(case_no=CaseNo(""), at=moment, who=who, chat=ChatId(1), text=text)
    return ArrivedEntry(line, None if who == "customer" else moment)


def case(letter: str, customer: int, opened: datetime, **changes: Any) -> Case:  # noqa: ANN401 - a case's own fields
    """A case of this world."""
    who = Person(id=UserId(customer), name="王小明", username="wang")
    row = Case(
        no=CaseNo(letter),
        chat=ChatId(customer),
        customer=who,
        opened_at=opened,
        severity=Severity.SEV3,
        steps=("thanked",),
    )
    return row.evolve(**changes)


def thing(product: str, batch: str | None = None, price: int | None = None) -> Facts:
    """What it is about."""
    order = Order(order_no="4321", product=product, price=Cents(price)) if price else None
    return Facts(product=product, batch_no=batch, order=order)


def asked(moment: datetime) -> tuple[Escalation, ...]:
    """A hand-over with the promise p1; as a withdrawal leaves it, with nobody's answer."""
    return (
        Escalation(
            id="e1", at=moment, reason="asked", queue=Queue.GENERAL, promise_id="p1", answered_at=moment
        ),
    )


def promised(made: datetime, due: datetime, status: PromiseStatus, **more: Any) -> tuple[Promise, ...]:  # noqa: ANN401
    """The promise p1."""
    kind = more.pop("kind", "person_answers")
    return (
        Promise(
            id="p1", kind=kind, text="", owner="general", made_at=made, due_at=due, status=status, **more
        ),
    )


def refund(agreed: datetime, done: datetime) -> dict[str, Any]:
    """A refund of 100 yuan, made by an agent, agreed to and carried out within a day of the agreement."""
    due = agreed + timedelta(days=2)
    offer = Offer(
        id="o1", at=agreed, kinds=(REFUND,), worth=Cents(10_000), by="李", level=Level.A1, valid_until=due
    )
    row = Fulfilment(
        id="f1", kind=REFUND, owner="李", due_at=due, worth=Cents(10_000), proof="x", done_at=done
    )
    return {"offers": (offer,), "agreement": Agreement(offer_id="o1", text="", confirmed_at=agreed),
            "fulfilments": (row,), "wishes": (Wish(at=agreed, verbatim="退钱", kinds=(REFUND,)),)}  # fmt: skip


CASES: Final = (
    case("A", 1, at(2, 9), category=Category.QUALITY, facts=thing("tea", "T1", 10_000), cause="seal",
         status=Status.CLOSED, closed_at=at(4, 12), held_before=LI.id, verdict=Verdict.UPHELD, decided_at=at(3, 9),
         escalations=asked(at(2, 9, 10)),
         promises=promised(at(2, 9, 10), at(2, 11), PromiseStatus.KEPT, settled_at=at(2, 10)),
         surveys=(Survey(asked_at=at(4, 12), handling=5, outcome=4, would_buy_again=True),),
         **refund(at(3, 10), at(4, 9))),
    case("B", 1, at(20, 9), category=Category.QUALITY, facts=thing("tea", "T1", 10_000), cause="seal",
         status=Status.CLOSED, closed_at=at(20, 12), held_before=LI.id, verdict=Verdict.UPHELD,
         decided_at=at(20, 9, 30), flags=(Flag(family=Family.MEDIA, cue="曝光", at=at(20, 9)),),
         surveys=(Survey(asked_at=at(20, 12), handling=2, outcome=1, would_buy_again=False),),
         **refund(at(20, 10), at(20, 11))),
    case("C", 2, at(6, 17), category=Category.DELIVERY, facts=thing("tea"), severity=Severity.SEV4,
         status=Status.CLOSED_UNACCEPTED, closed_at=at(10, 9), held_before=HE.id, verdict=Verdict.NOT_UPHELD,
         decided_at=at(10, 8), escalations=asked(at(6, 17, 30)),
         promises=promised(at(6, 17, 30), at(9, 9), PromiseStatus.LATE, settled_at=at(9, 9))),
    case("D", 3, at(10, 9), category=Category.PACKAGING, facts=thing("jam", "J1", 5_000), cause="label",
         status=Status.CLOSED, closed_at=at(18, 9), reopened=1, verdict=Verdict.PARTLY, decided_at=at(10, 19),
         agreement=Agreement(offer_id="o1", text="", confirmed_at=at(11, 9)),
         promises=promised(at(16, 10), at(16, 12), PromiseStatus.RENEGOTIATED, kind="reopen_answer"),
         surveys=(Survey(asked_at=at(11, 10)),)),
    case("E", 4, at(11, 9), status=Status.WITHDRAWN, closed_at=at(11, 10), escalations=asked(at(11, 9, 30)),
         promises=promised(at(11, 9, 30), at(11, 12), PromiseStatus.WITHDRAWN)),
    case("F", 5, at(12, 9), status=Status.DORMANT),
    case("G", 6, at(12, 9), status=Status.MERGED, closed_at=at(12, 9), merged_into=CaseNo("F")),
    case("H", 2, at(15, 9, month=1), status=Status.CLOSED, closed_at=at(1, 9, month=2)),
    case("I", 7, at(12, 10), severity=Severity.SEV1, status=Status.EXTERNAL, escalations=asked(at(12, 10)),
         promises=promised(at(12, 10), at(12, 10, 15), PromiseStatus.OPEN),
         machine=MachineReading(severity=Severity.SEV3),
         corrections=(Correction(field=ReadField.SEVERITY, read="3", now="1", by=LI.id, name="李", at=at(12, 11)),)),
    case("J", 8, at(13, 9), facts=thing("tea")),
    case("K", 9, at(14, 9), facts=thing("tea")),
    case("L", 10, at(15, 9), facts=thing("tea")),
)  # fmt: skip


def timeline(one: Case) -> list[ArrivedEntry]:
    """The first word, the bot's thanks a minute later (C: two, L: never), and what people said."""
    opened = one.opened_at
    lines = [said("customer", opened)]
    if one.no != "L":
        lines.append(said("bot", opened + timedelta(minutes=2 if one.no == "C" else 1), "谢谢您告诉我们"))
    more = {
        "A": [said("agent", at(2, 10)), said("customer", at(3, 10), "好的")],
        "C": [said("agent", at(9, 9, 30), "哪里漏了?"), said("customer", at(9, 9, 40), "瓶子的盖子漏了!")],
    }
    return [*lines, *more.get(one.no, [])]


def facts() -> list[CaseFacts]:
    """The rows of all cases but G, which became part of F."""
    rows = (facts_of(one, timeline(one), MEASURES) for one in CASES)
    return [one for one in rows if one is not None]


SHIPPED: Final = (
    Shipment(product="tea", batch="T1", day=date(2026, 3, 1), units=10_000),
    Shipment(product="tea", batch="T2", day=date(2026, 3, 31), units=10_000),
    Shipment(product="jam", batch="J1", day=date(2026, 3, 9), units=20_000),
    Shipment(product="jam", batch="J1", day=date(2026, 4, 1), units=99_000),
    Shipment(product="soap", batch="", day=date(2026, 3, 9), units=0),
)
ACTIVE: Final = (Active(day=date(2026, 3, 1), users=35_000), Active(day=date(2026, 3, 15), users=37_000))
