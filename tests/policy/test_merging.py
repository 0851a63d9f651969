"""Two cases become one: whatever was owed is owed still, by the same time, and the case that ends owes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.actions import SetTimer
from bot.complaint.case import (
    Agreement,
    Case,
    Control,
    Escalation,
    Fulfilment,
    Offer,
    Person,
    Promise,
    PromiseStatus,
    Queue,
    Severity,
    Status,
    Task,
)
from bot.complaint.colleagues import Role
from bot.complaint.corrections import MachineReading
from bot.complaint.deskwork import TaskKind
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, Cents, ChatId, UserId
from bot.complaint.reading import Category, Emotion, RemedyKind
from bot.policy.merging import merged
from bot.policy.rules import Rules

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
RULES = Rules()
WHO = Person(id=UserId(501), name="张三")
LI = Person(id=UserId(11), name="李")
WANG = Person(id=UserId(12), name="王")
STATES = st.sampled_from(list(PromiseStatus))


@st.composite
def cases(draw: st.DrawFn, no: str) -> Case:
    """Any case that is open, with whatever may be owed in it."""
    hours = draw(st.lists(st.integers(1, 200), max_size=4))
    kinds = st.sampled_from(["call_back", "refund_full", "replace", "update"])
    promises = [
        Promise(
            id=f"p{n}",
            kind=draw(kinds),
            text="",
            owner="general",
            made_at=NOW,
            due_at=NOW + timedelta(hours=hour),
            status=draw(STATES),
        )
        for n, hour in enumerate(hours, 1)
    ]
    escalations: tuple[Escalation, ...] = ()
    if draw(st.booleans()):
        answer = Promise(
            id=f"p{len(promises) + 1}",
            kind=draw(st.sampled_from(["person_answers", "call_back"])),
            text="",
            owner="general",
            made_at=NOW,
            due_at=NOW + timedelta(hours=draw(st.integers(1, 50))),
        )
        promises.append(answer)
        escalations = (
            Escalation(id="e1", at=NOW, reason="wants_person", queue=Queue.GENERAL, promise_id=answer.id),
        )
    owed = [
        one for one in promises if one.status is PromiseStatus.OPEN and one.kind in ("refund_full", "replace")
    ]
    done = draw(st.sampled_from([None, "RF-1"]))
    fulfilments = tuple(
        Fulfilment(
            id=f"f{n}",
            kind=RemedyKind(one.kind),
            owner="general",
            due_at=one.due_at,
            promise_id=one.id,
            proof=done,
        )
        for n, one in enumerate(owed, 1)
    )
    tasks = tuple(
        Task(
            id=f"t{n}",
            kind=TaskKind.OTHER,
            what="问仓库",
            owner="李",
            made_at=NOW,
            due_at=NOW + timedelta(hours=n),
        )
        for n in range(1, draw(st.integers(0, 2)) + 1)
    )
    offers = tuple(
        Offer(
            id=f"o{n}",
            at=NOW,
            kinds=(RemedyKind.REFUND_FULL,),
            worth=Cents(100),
            by="bot",
            level=Role.AGENT.level,
            valid_until=NOW + timedelta(days=3),
            state=draw(st.sampled_from(["open", "chosen", "agreed", "refused", "replaced", "expired"])),
        )
        for n in range(1, draw(st.integers(0, 2)) + 1)
    )
    held = draw(st.booleans())
    waiting = Control.QUEUED if escalations else Control.BOT
    return Case(
        no=CaseNo(no),
        chat=ChatId(501),
        customer=WHO,
        opened_at=NOW,
        severity=draw(st.sampled_from(list(Severity))),
        queue=draw(st.sampled_from(list(Queue))),
        promises=tuple(promises),
        escalations=escalations,
        fulfilments=fulfilments,
        tasks=tasks,
        offers=offers,
        control=Control.HUMAN if held else waiting,
        holder=LI if held else None,
    )


@pytest.mark.practice("S73", "S53")
@given(source=cases("100-0001"), target=cases("100-0002"))
def test_nothing_that_is_owed_is_lost(source: Case, target: Case) -> None:
    """Every open promise, task, remedy and living offer of both is in the one that stays; none is later."""
    result = merged(source, target, NOW, RULES)
    after = result.target
    for case in (source, target):
        for one in case.open_promises:
            kept = [new for new in after.open_promises if new.kind == one.kind and new.due_at <= one.due_at]
            assert kept
    wakes = {(one.case_no, one.key) for one in result.timers if isinstance(one, SetTimer)}
    new = {one.id for one in after.open_promises} - {one.id for one in target.promises}
    assert {(after.no, f"due:{one}") for one in new} <= wakes
    undone = [one for one in (*source.fulfilments, *target.fulfilments) if one.proof is None]
    assert len([one for one in after.fulfilments if one.proof is None]) == len(undone)
    assert [one.due_at for one in after.open_tasks] == sorted(
        one.due_at for one in (*source.open_tasks, *target.open_tasks)
    )
    living = ("open", "chosen", "agreed")
    both = [one for one in (*source.offers, *target.offers) if one.state in living]
    assert len([one for one in after.offers if one.state in living]) == len(both)


@pytest.mark.practice("S73", "S51")
@given(source=cases("100-0001"), target=cases("100-0002"))
def test_what_stays_is_whole(source: Case, target: Case) -> None:
    """Numbers are unique, what belongs together stays together, and one hand-over is open at most, with its promise."""
    after = merged(source, target, NOW, RULES).target
    for register in (after.promises, after.fulfilments, after.tasks, after.offers, after.escalations):
        ids = [one.id for one in register]
        assert len(set(ids)) == len(ids)
    waiting = [one for one in after.escalations if one.open]
    assert len(waiting) <= 1
    by_id = {one.id: one for one in after.promises}
    assert all(by_id[one.promise_id].status is PromiseStatus.OPEN for one in waiting)
    for one in after.fulfilments[len(target.fulfilments) :]:
        assert one.promise_id is not None
        assert (by_id[one.promise_id].kind, by_id[one.promise_id].due_at) == (one.kind.value, one.due_at)
    assert after.control is not Control.QUEUED or waiting
    assert (after.holder is not None) == (after.control is Control.HUMAN)
    assert after.severity == min(source.severity, target.severity)
    assert after.merged[-1] == source.no


@pytest.mark.practice("S73")
@given(source=cases("100-0001"), target=cases("100-0002"))
def test_what_ends_owes_nothing_and_points_on(source: Case, target: Case) -> None:
    """The case that was merged is closed with a pointer; nothing in it is open, and its promises count as no miss."""
    result = merged(source, target, NOW, RULES)
    ended = result.source
    assert (ended.status, ended.merged_into, ended.is_open) == (Status.MERGED, target.no, False)
    assert (ended.open_promises, ended.open_tasks, ended.open_escalation, ended.holder) == (
        (),
        (),
        None,
        None,
    )
    assert all(one.proof for one in ended.fulfilments)
    late = [one for one in ended.promises if one.status is PromiseStatus.LATE]
    assert late == [one for one in source.promises if one.status is PromiseStatus.LATE]
    assert {one.case_no for one in result.timers} <= {source.no, target.no}


def agreed_to(kind: RemedyKind) -> Offer:
    """An offer that the complainant has said yes to."""
    return Offer(
        id="o1",
        at=NOW,
        kinds=(kind,),
        worth=Cents(1000),
        by="bot",
        level=Role.AGENT.level,
        valid_until=NOW + timedelta(days=3),
        state="agreed",
    )


def test_goodwill_counts_once() -> None:
    """An agreed offer is counted where the case goes on, and not a second time where it came from."""
    offer = agreed_to(RemedyKind.VOUCHER)
    source = Case(no=CaseNo("100-0001"), chat=ChatId(501), customer=WHO, opened_at=NOW, offers=(offer,))
    target = replace(source, no=CaseNo("100-0002"), offers=())
    result = merged(source, target, NOW, RULES)
    states = [one.state for case in (result.source, result.target) for one in case.offers]
    assert states.count("agreed") == 1


@pytest.mark.practice("S73")
def test_what_only_one_case_had_is_kept() -> None:
    """Who holds it, what was agreed and what the machine read come over from a case that ends, and displace nothing."""
    yes = Agreement(offer_id="o1", text="x", confirmed_at=NOW)
    offer = agreed_to(RemedyKind.REPLACE)
    read = MachineReading(category=Category.QUALITY)
    plain = Case(no=CaseNo("100-0002"), chat=ChatId(501), customer=WHO, opened_at=NOW)
    rich = replace(
        plain,
        no=CaseNo("100-0001"),
        control=Control.HUMAN,
        holder=LI,
        offers=(offer,),
        agreement=yes,
        machine=read,
        emotions=((NOW, Emotion.ANGRY),),
    )
    kept = merged(rich, plain, NOW, RULES).target
    assert (kept.holder, kept.machine) == (LI, read)
    assert kept.agreement is not None
    assert kept.agreement.offer_id in {one.id for one in kept.offers}
    own = replace(
        plain, holder=WANG, control=Control.HUMAN, emotions=((NOW - timedelta(hours=1), Emotion.CALM),)
    )
    both = merged(rich, own, NOW, RULES).target
    assert both.holder == WANG
    assert [mood for _, mood in both.emotions] == [Emotion.CALM, Emotion.ANGRY]
