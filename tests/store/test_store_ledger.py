import asyncio

import pytest

from bot.complaint.case import (
    Approval,
    Case,
    Escalation,
    Fulfilment,
    Level,
    Offer,
    Part,
    Promise,
    PromiseStatus,
    Queue,
    Survey,
    Task,
)
from bot.complaint.deskwork import ApprovalState, Custody, TaskKind, TaskState, Vote
from bot.complaint.errors import RecordRefused, SomeoneWasFirst
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, Cents, ChatId, ThreadId, ThreadRef, UserId
from bot.complaint.letters import LetterKind
from bot.complaint.reading import RemedyKind
from bot.complaint.records import Done, Round, Topic
from bot.store import Store
from tests.contract.store import (
    CHAT,
    DESK,
    NO,
    NOW,
    SOON,
    a_case,
    a_letter,
    a_line,
    a_talk,
    a_timer,
    arrival,
    at_home,
    case_of,
    opened,
    pending_keys,
    ref,
    sent,
    waiting_ids,
)

PROMISE = Promise(id="p1", kind="person_answers", text="今天回复", owner="quality", made_at=NOW, due_at=SOON)

PART = Part(kind=RemedyKind.REFUND_FULL, cents=Cents(80_000), item="整机")
APPROVAL = Approval(
    id="a2",
    at=NOW,
    by=UserId(5),
    name="林晓",
    parts=(PART,),
    worth=Cents(80_000),
    reason="孩子受伤",
    needs=Level.A3,
    expires_at=SOON,
)
TASK = Task(id="t1", kind=TaskKind.CALL_BACK, what="回电", owner="林晓", made_at=NOW, due_at=SOON)
CUSTODY = Custody(at=NOW, by="林晓", place="冷柜 2")


def full_case() -> Case:
    """A case with something in every register, and more than one where order shows."""
    offer = Offer(
        id="o2",
        at=NOW,
        kinds=(RemedyKind.VOUCHER,),
        worth=Cents(2000),
        by="bot",
        level=Level.BOT,
        valid_until=SOON,
    )
    return a_case(
        promises=(replace(PROMISE, id="p9"), PROMISE),
        offers=(offer, replace(offer, id="o1", kinds=(RemedyKind.REFUND_FULL, RemedyKind.GIFT))),
        escalations=(Escalation(id="e1", at=NOW, reason="injury", queue=Queue.SAFETY, promise_id="p1"),),
        fulfilments=(Fulfilment(id="f1", kind=RemedyKind.VOUCHER, owner="desk", due_at=SOON),),
        surveys=(Survey(asked_at=NOW), Survey(asked_at=SOON, handling=5)),
        approvals=(APPROVAL, replace(APPROVAL, id="a1", state=ApprovalState.EVIDENCE)),
        tasks=(replace(TASK, id="t2", kind=TaskKind.SAMPLE, custody=(CUSTODY,)), TASK),
    )


async def test_a_case_is_read_as_it_was_written(store: Store) -> None:
    """Registers come back in the order in which they were, and the version tells of the write."""
    case = full_case()
    await opened(store, case)
    assert await case_of(store) == case.evolve(version=1)


async def test_a_case_changed_again_is_read_as_it_was_changed(store: Store) -> None:
    """Rows of a register are replaced by their newer state, new ones are added."""
    await opened(store, full_case())
    kept = replace(PROMISE, status=PromiseStatus.KEPT, settled_at=SOON)
    vote = Vote(by=UserId(6), name="陈岚", level=Level.A3, at=SOON, says=ApprovalState.APPROVED)
    approved = replace(APPROVAL, state=ApprovalState.APPROVED, votes=(vote,), offer_id="o2", settled_at=SOON)
    done = replace(TASK, state=TaskState.DONE, outcome="接通", done_at=SOON, owner_id=UserId(5))
    case = full_case().evolve(
        version=1,
        promises=(replace(PROMISE, id="p9"), kept, replace(PROMISE, id="p3")),
        approvals=(approved, replace(APPROVAL, id="a1"), replace(APPROVAL, id="a3")),
        tasks=(replace(TASK, id="t2"), done),
    )
    await store.write(Round(at=SOON, cases=[case]))
    assert await case_of(store) == case.evolve(version=2)


async def test_state_holds_what_chats_cases_and_threads_lead_to(store: Store) -> None:
    """The case of a talk, a case that is named, and the case whose topic somebody wrote in."""
    cases = [a_case(f"000-000{number}", chat=100 + number) for number in range(4)]
    await opened(store, *cases)
    letter = a_letter(1, DESK, kind=LetterKind.OPEN_TOPIC, topic=cases[2].no, html="王小明")
    await store.write(Round(at=NOW, letters=[letter]))
    await store.settle([sent(1, thread=ThreadId(44))])
    chats, threads = (
        [ChatId(100), ChatId(555)],
        [ThreadRef(DESK, ThreadId(44)), ThreadRef(DESK, ThreadId(45))],
    )
    state = await store.state(chats=chats, cases=[cases[1].no], threads=threads)
    topic = Topic(case_no=cases[2].no, chat=DESK, thread=ThreadId(44), name="王小明")
    assert set(state.cases) == {cases[0].no, cases[1].no, cases[2].no}
    assert state.conversations == {ChatId(100): a_talk(100, case_no=cases[0].no, version=1)}
    assert state.threads == {threads[0]: topic}
    same_number = ThreadRef(ChatId(-1002), ThreadId(44))
    elsewhere = await store.state(chats=[], cases=[], threads=[same_number])
    assert not elsewhere.cases
    assert not elsewhere.threads


@pytest.mark.parametrize("what", ["case", "talk", "new case", "new talk"])
async def test_a_round_on_stale_versions_writes_nothing(store: Store, what: str) -> None:
    """Somebody wrote between the reading and the writing: all of the round is off."""
    await store.keep([arrival("1")])
    (row,) = await store.pending(1, now=NOW)
    await opened(store, a_case())
    fresh_case, fresh_talk = a_case(version=1), a_talk(case_no=NO, version=1)
    await store.write(Round(at=NOW, cases=[fresh_case], conversations=[fresh_talk]))
    cases = {"case": [fresh_case], "new case": [a_case()]}.get(what, [])
    talks = {"talk": [fresh_talk], "new talk": [a_talk()]}.get(what, [])
    late = Round(
        at=NOW,
        cases=[*cases, a_case("000-0002", chat=2)],
        conversations=[*talks, a_talk(2, case_no="000-0002")],
        done=[Done(row=row.id)],
        entries=[a_line()],
        letters=[a_letter(1)],
        timers=[a_timer()],
    )
    with pytest.raises(SomeoneWasFirst):
        await store.write(late)
    assert await case_of(store) == a_case(version=2)
    assert await case_of(store, "000-0002") is None
    assert await pending_keys(store) == ["1"]
    assert await waiting_ids(store) == []
    assert await store.next_due() is None


async def test_a_record_of_a_case_that_does_not_exist_is_refused(store: Store) -> None:
    """A round that contradicts the store is an error of its own, and leaves nothing behind."""
    with pytest.raises(RecordRefused):
        await store.write(Round(at=NOW, letters=[a_letter(1)], entries=[a_line("999-9999")]))
    assert await waiting_ids(store) == []


@pytest.mark.parametrize("broken", ["text", "html", "number"])
async def test_what_no_database_can_hold_is_refused(store: Store, broken: str) -> None:
    """Half a character, or a number out of all bounds: that round is refused, the store goes on."""
    half = "\ud83d"
    rounds = {
        "text": Round(at=NOW, cases=[a_case()], entries=[a_line(text=half)]),
        "html": Round(at=NOW, cases=[a_case()], letters=[a_letter(1, html=half)]),
        "number": Round(at=NOW, cases=[a_case()], entries=[a_line(chat=ChatId(2**70))]),
    }
    refused, kept = await asyncio.gather(
        store.write(rounds[broken]), store.keep([arrival("1")]), return_exceptions=True
    )
    assert isinstance(refused, RecordRefused)
    assert kept == 1
    assert await case_of(store) is None


async def test_a_timer_cancelled_and_set_in_one_round_is_set(store: Store) -> None:
    """Cancelling comes first."""
    await opened(store, a_case())
    await store.write(Round(at=NOW, timers=[a_timer()]))
    await store.write(Round(at=NOW, cancelled=[(NO, "nudge")], timers=[a_timer(due=NOW)]))
    assert await store.due(SOON) == [a_timer(due=NOW)]


async def test_everything_outlives_the_program(address: str) -> None:
    """Case, talk, letters and timers are there after a restart, and letters are numbered on."""
    async with at_home(address) as store:
        await opened(store, full_case())
        numbers = store.letter_ids(3)
        await store.write(Round(at=NOW, letters=[a_letter(number) for number in numbers], timers=[a_timer()]))
    async with at_home(address) as store:
        assert await case_of(store) == full_case().evolve(version=1)
        assert await waiting_ids(store) == numbers
        assert await store.due(SOON) == [a_timer()]
        assert min(store.letter_ids(2)) > max(numbers)


async def test_a_moved_desk_is_known_by_its_new_number_everywhere(store: Store) -> None:
    """A group with another id counts anew: topics open again by name, places are no more, mirrors keep their side."""
    new = ChatId(-1009)
    await opened(store, a_case())
    topic = a_letter(1, DESK, kind=LetterKind.OPEN_TOPIC, topic=NO)
    card = a_letter(2, DESK, topic=NO, place="card", source=ref(CHAT, 10))
    await store.write(Round(at=NOW, letters=[topic, card]))
    await store.settle([sent(1, thread=ThreadId(44)), sent(2, 20)])
    await store.keep([arrival("1", chat=DESK)])
    waits = [a_letter(3, DESK, topic=NO), a_letter(4, source=ref(DESK, 21), reply_to=ref(DESK, 20))]
    await store.write(Round(at=NOW, letters=waits, desk_moved=(DESK, new)))
    known = await store.topics([NO])
    assert [(place, one.thread, one.name) for place, one in known.items()] == [((NO, new), -44, "您好")]
    assert await store.places(["card"]) == {}
    mirrors = await store.mirrors([ref(CHAT, 10), ref(new, 20), ref(DESK, 20)])
    assert mirrors == {ref(CHAT, 10): ref(DESK, 20), ref(DESK, 20): ref(CHAT, 10)}
    moved = [a_letter(3, new, topic=NO), a_letter(4, source=ref(DESK, 21), reply_to=ref(DESK, 20))]
    assert await store.waiting() == moved
    (row,) = await store.pending(1, now=NOW)
    assert row.arrival.chat == new


async def test_talks_without_a_case_are_kept_too(store: Store) -> None:
    """A greeting opens no case, but the language that was chosen is remembered."""
    talk = a_talk(language_chosen=True)
    await store.write(Round(at=NOW, conversations=[talk]))
    state = await store.state(chats=[CHAT], cases=[CaseNo("000-0000")], threads=[])
    assert state.conversations == {CHAT: talk.evolve(version=1)}
    assert not state.cases
