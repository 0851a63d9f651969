"""What the database tells of the house, of every kind of database."""

from datetime import timedelta

from bot.complaint.actions import Lane
from bot.complaint.axes import PromiseStatus, Queue, Severity
from bot.complaint.dealings import Promise
from bot.complaint.records import Done, Round
from bot.complaint.upkeep import LaneState, OpenCases
from bot.store import Store
from tests.contract.store import NOW, a_case, a_letter, arrival

HOUR = timedelta(hours=1)


async def test_an_empty_house_waits_for_nothing(store: Store) -> None:
    """Every figure is zero, and no moment is named."""
    found, remains = await store.condition(NOW), await store.remains(NOW)

    assert (found.inbox_waiting, found.inbox_since, found.letters_waiting, found.letters_since) == (
        0,
        None,
    ) * 2
    assert (found.cases, found.promises_open, found.files_since, found.set_aside) == ((), 0, None, 0)
    assert (remains.set_aside, remains.unknown, remains.promises_missed) == ((), 0, 0)
    assert found.schema > 0
    assert found.size > 0
    await store.check_writable()


async def test_it_tells_what_waits_and_since_when(store: Store) -> None:
    """Rows and letters with their age; a letter that may not go yet does not count."""
    await store.keep([arrival("1"), arrival("2")])
    soon = a_letter(4, chat=12, not_before=NOW + HOUR)
    now = a_letter(5, chat=13, lane=Lane.DESK, not_before=NOW - HOUR / 2, written_at=NOW - 2 * HOUR)
    letters = [a_letter(1), a_letter(2, chat=11, lane=Lane.URGENT, written_at=NOW - HOUR), soon, now]
    await store.write(Round(at=NOW, letters=letters))
    found = await store.condition(NOW + HOUR / 4)

    assert (found.inbox_waiting, found.inbox_since) == (2, NOW)
    assert found.lanes == (
        LaneState(lane=Lane.URGENT, count=1, since=NOW - HOUR),
        LaneState(lane=Lane.TALK, count=1, since=NOW),
        LaneState(lane=Lane.DESK, count=1, since=NOW - HOUR / 2),
    )
    assert found.letters_since == NOW - HOUR


async def test_cases_count_by_queue_and_severity_while_they_are_open(store: Store) -> None:
    """A closed one no longer does; promises count while they are open, and when they are overdue."""

    def promise(number: int, due: timedelta, status: PromiseStatus = PromiseStatus.OPEN) -> Promise:
        made = NOW - 2 * HOUR
        return Promise(
            id=f"p{number}",
            kind="refund",
            text="…",
            owner="",
            made_at=made,
            due_at=NOW + due,
            status=status,
            settled_at=None if status is PromiseStatus.OPEN else NOW,
        )

    promises = (promise(1, HOUR), promise(2, -HOUR), promise(3, -HOUR, PromiseStatus.BROKEN))
    cases = [
        a_case("100-0001", 1, queue=Queue.SAFETY, severity=Severity.SEV1, promises=promises),
        a_case("100-0002", 2),
        a_case("100-0003", 3),
        a_case("100-0004", 4, closed_at=NOW),
    ]
    await store.write(Round(at=NOW, cases=cases))
    found = await store.condition(NOW)

    plain = a_case()
    assert set(found.cases) == {
        OpenCases(queue=Queue.SAFETY, severity=Severity.SEV1, count=1),
        OpenCases(queue=plain.queue, severity=plain.severity, count=2),
    }
    assert (found.promises_open, found.promises_overdue) == (2, 1)
    assert (await store.remains(NOW)).promises_missed == 1


async def test_of_what_was_set_aside_only_the_sort_of_fault_is_told(store: Store) -> None:
    """What follows the colon may quote somebody."""
    await store.keep([arrival("1"), arrival("2"), arrival("3", source="watch")])
    rows = await store.pending(10, now=NOW)
    done = [
        Done(
            row=row.id,
            outcome="set_aside",
            reason=f"{'KeyError' if row.arrival.source == 'watch' else 'Odd'}: 王",
        )
        for row in rows
    ]
    await store.write(Round(at=NOW, done=done))
    remains = await store.remains(NOW)

    assert {(one.source, one.reason, one.count) for one in remains.set_aside} == {
        ("telegram", "Odd", 2),
        ("watch", "KeyError", 1),
    }
    assert (await store.condition(NOW)).set_aside == 3
    assert "王" not in repr(remains)


async def test_a_letter_that_was_under_way_when_the_house_fell_is_of_unknown_outcome(store: Store) -> None:
    """One that left a moment ago is not: its answer may be on the way."""
    await store.write(Round(at=NOW, letters=[a_letter(1), a_letter(2, chat=11)]))
    await store.attempting([a_letter(1).id], NOW - HOUR)
    await store.attempting([a_letter(2, chat=11).id], NOW)

    assert (await store.remains(NOW)).unknown == 1
