from datetime import timedelta

import pytest

from bot.complaint.case import Case, Control, Escalation, Level, Offer, Person, Queue, Severity
from bot.complaint.errors import RecordUnreadable
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, Cents, ChatId, LetterId, MessageId, UserId
from bot.complaint.letters import Outcome
from bot.complaint.reading import RemedyKind
from bot.complaint.records import Round
from bot.store import Delivery, Store, TimelineRow
from tests.contract.store import (
    CHAT,
    NO,
    NOW,
    SOON,
    a_case,
    a_letter,
    a_line,
    a_timer,
    arrival,
    at_home,
    by_hand,
    opened,
    sent,
)

HAND_OVER = Escalation(id="e1", at=NOW, reason="wants a person", queue=Queue.GENERAL, promise_id="p1")
VOUCHER = Offer(
    id="o1",
    at=NOW,
    kinds=(RemedyKind.REFUND_FULL, RemedyKind.VOUCHER),
    worth=Cents(2000),
    by="bot",
    level=Level.BOT,
    valid_until=SOON,
    state="agreed",
)


def _queued(no: str, severity: Severity, since: int, **changes: object) -> Case:
    escalation = replace(HAND_OVER, at=NOW + timedelta(minutes=since))
    case = a_case(no, control=Control.QUEUED, severity=severity, escalations=(escalation,))
    return case.evolve(**changes)


async def test_cases_wait_for_people_by_urgency_and_then_by_time(store: Store) -> None:
    """What is held, answered, closed or with the bot does not wait."""
    agent = Person(id=UserId(1), name="小李")
    answered = replace(HAND_OVER, open=False, answered_at=SOON)
    await opened(
        store,
        _queued("000-0001", Severity.SEV3, 1, chat=ChatId(1)),
        _queued("000-0002", Severity.SEV1, 9, chat=ChatId(2)),
        _queued("000-0003", Severity.SEV3, 0, chat=ChatId(3)),
        _queued("000-0004", Severity.SEV1, 0, chat=ChatId(4), holder=agent),
        _queued("000-0005", Severity.SEV1, 0, chat=ChatId(5), escalations=(answered,)),
        _queued("000-0006", Severity.SEV1, 0, chat=ChatId(6), control=Control.BOT),
    )
    assert await store.waiting_for_people() == [
        ("000-0002", Severity.SEV1, NOW + timedelta(minutes=9), Queue.GENERAL),
        ("000-0003", Severity.SEV3, NOW, Queue.GENERAL),
        ("000-0001", Severity.SEV3, NOW + timedelta(minutes=1), Queue.GENERAL),
    ]


async def test_goodwill_counts_agreed_gestures_of_one_customer(store: Store) -> None:
    """A refund is no gesture, an offer no agreement, and another's gift not theirs."""
    refund = replace(VOUCHER, id="o2", kinds=(RemedyKind.REFUND_FULL,))
    only_offered = replace(VOUCHER, id="o3", state="refused")
    early = replace(VOUCHER, id="o4", at=NOW - timedelta(days=400), kinds=(RemedyKind.GIFT,))
    await opened(store, a_case(offers=(VOUCHER, refund, only_offered, early)), a_case("000-0002", chat=8))
    assert await store.goodwill_since(UserId(CHAT), NOW - timedelta(days=365)) == 1
    assert await store.goodwill_since(UserId(CHAT), NOW - timedelta(days=500)) == 2
    assert await store.goodwill_since(UserId(8), NOW - timedelta(days=500)) == 0


async def test_counts_tell_what_there_is(store: Store) -> None:
    """For the logs and the health of the bot."""
    await store.keep([arrival("1"), arrival("2")])
    await opened(store, a_case())
    await store.write(Round(at=NOW, letters=[a_letter(1)], timers=[a_timer()]))
    assert await store.counts() == {
        "inbox_pending": 2,
        "set_aside": 0,
        "letters_waiting": 1,
        "open_cases": 1,
        "timers": 1,
    }


async def test_the_export_holds_every_line_and_how_it_was_delivered(store: Store) -> None:
    """What was said, by whom, and whether it arrived."""
    await opened(store, a_case(offers=(VOUCHER,)))
    heard = a_line(message=MessageId(10), media={"kind": "photo", "sizes": [1, 2.5, None]}, text="")
    said = [a_line(who="bot", letter=LetterId(number), by="bot") for number in (1, 2)]
    note = a_line(who="agent", note=True, edit=True, by="小李")
    letters = [a_letter(1), a_letter(2)]
    await store.write(Round(at=NOW, entries=[heard, *said, note], letters=letters))
    await store.settle([sent(1, 11, at=SOON)])
    ((case, lines),) = [one async for one in store.cases()]
    assert case == a_case(offers=(VOUCHER,), version=1)
    arrived = Delivery(outcome=Outcome.SENT, message=MessageId(11), sent_at=SOON)
    waits = Delivery(outcome=Outcome.WAITING, message=None, sent_at=None)
    assert lines == [
        TimelineRow(entry=heard),
        TimelineRow(entry=said[0], delivery=arrived),
        TimelineRow(entry=said[1], delivery=waits),
        TimelineRow(entry=note),
    ]


async def test_the_export_goes_through_all_cases_oldest_first(store: Store) -> None:
    """Page after page, each case once, also those opened at the same moment."""
    opened_at = [NOW + timedelta(hours=number % 7) for number in range(120)]
    cases = [a_case(f"000-{number:04}", chat=number + 1, opened_at=at) for number, at in enumerate(opened_at)]
    await store.write(Round(at=NOW, cases=cases))
    found = [case.no async for case, _ in store.cases()]
    assert found == [case.no for case in sorted(cases, key=lambda case: (case.opened_at, case.no))]
    assert [case.no async for case, _ in store.cases(case_no=CaseNo("000-0077"))] == ["000-0077"]
    assert [case.no async for case, _ in store.cases(case_no=CaseNo("999-9999"))] == []


async def test_an_export_that_is_left_off_holds_nothing_up(store: Store) -> None:
    """Writes go on while somebody reads, and after they stopped reading."""
    await store.write(
        Round(at=NOW, cases=[a_case(f"000-{number:04}", chat=number) for number in range(1, 60)])
    )
    reading = store.cases()
    async for case, _ in reading:
        await store.write(Round(at=NOW, cases=[case.evolve(finding="seen")]))
        break
    await store.write(Round(at=NOW, cases=[a_case("111-1111")]))
    assert (await store.counts())["open_cases"] == 60


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE cases SET body = 'mould' WHERE case_no = '000-0002'",
        "UPDATE cases SET body = replace(body, '\"bot\"', '\"robot\"') WHERE case_no = '000-0002'",
        "UPDATE offers SET body = '{}' WHERE case_no = '000-0002'",
    ],
)
async def test_a_case_that_cannot_be_read_is_reported_and_the_rest_goes_on(address: str, damage: str) -> None:
    """One spoiled row costs one case, never the desk."""
    async with at_home(address) as store:
        cases = [a_case(f"000-000{number}", chat=number, offers=(VOUCHER,)) for number in (1, 2, 3)]
        await opened(store, *cases)
        assert await by_hand(address, damage) == 1
        state = await store.state(chats=[ChatId(1), ChatId(2)], cases=[CaseNo("000-0003")], threads=[])
        assert set(state.cases) == {"000-0001", "000-0003"}
        assert set(state.conversations) == {1, 2}
        assert list(state.unreadable_cases) == ["000-0002"]
        reading = aiter(store.cases())
        assert [(await anext(reading))[0].no for _ in range(2)] == ["000-0001", "000-0003"]
        with pytest.raises(RecordUnreadable, match="000-0002"):
            await anext(reading)


async def test_a_talk_or_letter_that_cannot_be_read_spoils_only_itself(address: str) -> None:
    """The other talks are read and the other letters go."""
    async with at_home(address) as store:
        await opened(store, a_case(), a_case("000-0002", chat=2))
        await store.write(Round(at=NOW, letters=[a_letter(1), a_letter(2)]))
        spoil_talk = "UPDATE conversations SET body = '{\"step\": 5}' WHERE chat = 2"
        await by_hand(address, spoil_talk, "UPDATE outbox SET body = '' WHERE id = 1")
        state = await store.state(chats=[CHAT, ChatId(2)], cases=[NO], threads=[])
        assert list(state.conversations) == [CHAT]
        assert list(state.unreadable_conversations) == [2]
        assert await store.waiting() == [a_letter(2)]
        await store.settle([sent(1, 10), sent(2, 11)])
        assert (await store.counts())["letters_waiting"] == 0
