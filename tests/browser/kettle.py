"""One case for the page: told, handed over, offered, agreed, decided, and half carried out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from bot.complaint.case import (
    Agreement,
    Case,
    Control,
    Escalation,
    Facts,
    Fulfilment,
    Level,
    Offer,
    Person,
    Promise,
    PromiseStatus,
    Queue,
    Severity,
    Status,
    Verdict,
)
from bot.complaint.deskwork import Deed
from bot.complaint.ids import CaseNo, Cents, ChatId, MessageId, UserId
from bot.complaint.reading import Category, Emotion, Language, RemedyKind
from bot.complaint.records import Entry
from tests.handclock import START

HERO = CaseNo("583-2716")
EVIL = "<img src=x onerror=\"document.title='stolen'\"><script>document.title='stolen'</script>"
"""What somebody writes who wants the desk's browsers for themselves."""
CHAT = ChatId(70_001)
TALK = {
    "zh": (
        (0.0, "customer", "上周买的电热壶漏电！我手麻了一下"),
        (0.01, "bot", "手麻了一下，先别再碰它，拔掉插头。您现在怎么样？"),
        (0.1, "customer", "人没事，就是吓到了，孩子也在旁边"),
        (0.2, "bot", "人没事最要紧。编号 583-2716，质量组的同事 15:24 前答复您。"),
        (0.3, "customer", EVIL),
        (0.7, "agent", "您好，我是林晓，壶的事我来办。您先把插头拔了，壶留着。"),
        (0.9, "note", "// 同批次上月有两起，先锁证据"),
        (1.0, "customer", "退钱，另外我要知道为什么会漏电"),
        (1.45, "customer", "可以，就这样"),
        (1.6, "agent", "检验报告我周三下班前写给您。"),
        (22.5, "customer", "钱还没到，说好今天早上的"),
    ),
    "en": (
        (0.0, "customer", "The kettle I bought last week gave me a shock!"),
        (0.01, "bot", "Please don't touch it again, and pull the plug. How are you now?"),
        (0.1, "customer", "I'm fine, just scared. My kid was standing next to me"),
        (
            0.2,
            "bot",
            "Good that you are all right. Your case is 583-2716; the quality team answers by 15:24.",
        ),
        (0.3, "customer", EVIL),
        (0.7, "agent", "Hello Emma, this is Lin Xiao. I'll take care of the kettle. Please keep it."),
        (0.9, "note", "// two more of this batch last month; locking the evidence"),
        (1.0, "customer", "I want my money back, and to know why it happened"),
        (1.45, "customer", "Yes, that works"),
        (1.6, "agent", "You'll have the lab report in writing by Wednesday evening."),
        (22.5, "customer", "The money isn't there yet. You said this morning"),
    ),
}


def hours(count: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=count)


def lines(lang: str, at: datetime, agent: Person) -> Iterator[Entry]:
    """The words of the talk."""
    for number, (after, who, text) in enumerate(TALK[lang], 1):
        is_note = who == "note"
        yield Entry(
            case_no=HERO,
            at=at + hours(after),
            who="agent" if is_note else who,
            chat=CHAT,
            text=text,
            message=MessageId(number),
            note=is_note,
            by=agent.name if who in ("agent", "note") else "",
        )
    photo = {"kind": "photo", "file_id": "x"}
    yield Entry(
        case_no=HERO, at=at + hours(0.15), who="customer", chat=CHAT, message=MessageId(90), media=photo
    )


def deeds(at: datetime, agent: Person) -> list[Deed]:
    """What the colleague did to it."""
    made = Deed(at=at + hours(0.6), by=agent.id, name=agent.name, act="claim", chat=CHAT, case_no=HERO)
    higher = Deed(
        at=at + hours(0.65),
        by=agent.id,
        name=agent.name,
        act="severity",
        chat=CHAT,
        case_no=HERO,
        before={"severity": "SEV3"},
        after={"severity": "SEV2"},
    )
    return [made, higher]


def _dealings(at: datetime, agent: Person) -> dict[str, Any]:
    """What was offered, agreed and promised."""
    return {
        "offers": (
            Offer(
                id="o1",
                at=at + hours(1.2),
                kinds=(RemedyKind.REFUND_FULL,),
                worth=Cents(8900),
                refund=Cents(8900),
                by=agent.name,
                level=Level.A1,
                valid_until=START + hours(40),
                state="agreed",
            ),
        ),
        "agreement": Agreement(offer_id="o1", text="…", confirmed_at=at + hours(1.5)),
        "promises": (
            Promise(
                id="p1",
                kind="person_answers",
                text="…",
                owner="quality",
                made_at=at + hours(0.2),
                due_at=at + hours(4),
                status=PromiseStatus.KEPT,
                settled_at=at + hours(0.7),
            ),
            Promise(
                id="p2",
                kind="refund",
                text="…",
                owner="quality",
                made_at=at + hours(1.5),
                due_at=START - hours(1),
            ),
            Promise(
                id="p3",
                kind="written_answer",
                text="…",
                owner="quality",
                made_at=at + hours(1.6),
                due_at=START + hours(6),
            ),
        ),
        "fulfilments": (
            Fulfilment(
                id="f1",
                kind=RemedyKind.REFUND_FULL,
                owner="quality",
                due_at=START - hours(1),
                worth=Cents(8900),
                promise_id="p2",
            ),
        ),
    }


def hero(lang: str, agent: Person) -> tuple[Case, list[Entry], list[Deed]]:
    """A case that was told, handed over, offered on, agreed and half carried out; somebody tried EVIL in it."""
    is_zh = lang == "zh"
    at = START - hours(26)
    case = Case(
        no=HERO,
        chat=CHAT,
        customer=Person(id=UserId(70_001), name="周敏" if is_zh else "Emma Clarke"),
        opened_at=at,
        language=Language.ZH if is_zh else Language.EN,
        status=Status.FULFILLING,
        control=Control.HUMAN,
        severity=Severity.SEV2,
        queue=Queue.QUALITY,
        category=Category.QUALITY,
        emotion=Emotion.ANGRY,
        facts=Facts(
            product="电热壶" if is_zh else "Kettle",
            issue=("漏电" if is_zh else "gives a shock",),
            order_no="8841",
            phone="138 0000 1234",
        ),
        holder=agent,
        held_since=at + hours(0.6),
        escalations=(
            Escalation(id="e1", at=at + hours(0.2), reason="injury", queue=Queue.QUALITY, promise_id="p1"),
        ),
        **_dealings(at, agent),
        verdict=Verdict.UPHELD,
        finding="温控器批次有问题" if is_zh else "A batch of thermostats was faulty",
        decided_by=agent,
        decided_at=at + hours(5),
        at_desk=True,
    )
    return case, list(lines(lang, at, agent)), deeds(at, agent)
