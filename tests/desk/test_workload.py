"""What people do on a case beside talking, as the card shows it."""

from datetime import timedelta

import pytest

from bot.complaint.case import Approval, Evidence, Flag, Level, Part, Queue, Severity, Task, Wish
from bot.complaint.deskwork import ApprovalState, TaskKind, TaskState, Vote
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, Cents, MessageId, UserId
from bot.complaint.reading import Category, Emotion, Family, Language, RemedyKind
from bot.desk import card
from bot.desk.cards.workload import workload
from bot.wording import Catalogue, our_replies
from tests.desk.desk_scene import LI, NOW, RULES, held_case, promise, refund

TASK = Task(
    id="t1", kind=TaskKind.VISIT, what="看壶", owner="王", made_at=NOW, due_at=NOW - timedelta(hours=1)
)
REQUEST = Approval(
    id="a1",
    at=NOW,
    by=LI.id,
    name="李",
    parts=(Part(kind=RemedyKind.COMPENSATION, cents=Cents(600_00)),),
    worth=Cents(600_00),
    reason="大人住院",
    needs=Level.A3,
    expires_at=NOW + timedelta(days=1),
    people=2,
    votes=(Vote(by=UserId(3), name="赵", level=Level.A3, at=NOW, says=ApprovalState.APPROVED),),
)
"""Six hundred, asked by Li; one of two has agreed."""


def test_open_tasks_stand_on_the_card_the_next_due_first() -> None:
    """Three tasks at most, what is late marked, what is done left out, and how many more there are."""
    later = tuple(replace(TASK, id=f"t{n}", due_at=NOW + timedelta(hours=n)) for n in range(2, 6))
    done = replace(TASK, id="t9", state=TaskState.DONE)
    shown = workload(held_case(tasks=(*later, TASK, done)), NOW)
    assert [(one["ref"], one["late"]) for one in shown["tasks"]] == [
        ("t1", True),
        ("t2", False),
        ("t3", False),
    ]
    assert shown["more_tasks"] == 2


def test_requests_that_wait_stand_on_the_card() -> None:
    """What was asked for, by whom, who must decide, and how many have agreed; what is settled is gone."""
    settled = replace(REQUEST, id="a2", state=ApprovalState.REFUSED)
    (shown,) = workload(held_case(approvals=(REQUEST, settled)), NOW)["requests"]
    assert (shown["ref"], shown["by"], shown["worth"], shown["needs"]) == ("a1", "李", 600_00, Level.A3.value)
    assert (shown["agreed"], shown["people"]) == (1, 2)


def test_who_looks_on_stands_on_the_card() -> None:
    """The queues that look on are named beside the one that has the case."""
    assert workload(held_case(watchers=(Queue.LEGAL,)), NOW)["watchers"] == ["legal"]


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_the_fullest_card_is_one_screen(language: Language) -> None:
    """With everything on it a card stays within some thirty lines, far below what one message holds."""
    full = held_case(
        severity=Severity.SEV2,
        category=Category.FOOD_SAFETY,
        emotion=Emotion.ANGRY,
        flags=(Flag(family=Family.INJURY, cue="嘴肿起来了", at=NOW),),
        story=("面包刚买就发霉了，打开的时候袋子里一股味道", "孩子吃了一口"),
        wishes=(Wish(at=NOW, verbatim="赔我十倍", kinds=(RemedyKind.MULTIPLE,), multiple=10, basis="price"),),
        evidence=tuple(Evidence(at=NOW, kind="photo", file_id="f", message=MessageId(n)) for n in range(4)),
        promises=(promise(1), promise(2, "refund"), promise(3, "call_back")),
        fulfilments=(refund(),),
        tasks=(TASK, replace(TASK, id="t2", kind=TaskKind.SAMPLE)),
        approvals=(REQUEST,),
        watchers=(Queue.LEGAL,),
    )
    others = (held_case(no=CaseNo("100-2002"), closed_at=NOW),)
    view = card(full, rules=RULES, now=NOW, other_cases=others, delivery_problems=("blocked",))
    shared = {"now": NOW, "category": "food_safety"}
    words = Catalogue.load([our_replies()]).desk("card", language, {**shared, **view.fields})
    assert words.count("\n") + words.count("<br>") <= 36
    assert len(words) < 2000
