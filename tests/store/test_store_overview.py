"""What supervisors ask for, on every kind of database."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.complaint.boards import Board, Filter, Outlook, Show
from bot.complaint.case import Case, Control, Person, Promise, PromiseStatus, Queue, Severity, Task
from bot.complaint.deskwork import TaskKind, TaskState
from bot.complaint.evolving import replace
from bot.complaint.ids import UserId
from bot.store import Store
from tests.contract.store import NOW, a_case, opened

LIN = Person(id=UserId(1), name="林晓")


def _owed(number: int, hours: float, status: PromiseStatus = PromiseStatus.OPEN) -> Promise:
    due = NOW + timedelta(hours=hours)
    made = min(NOW, due) - timedelta(hours=1)
    return Promise(
        id=f"p{number}", kind="refund", text="", owner="x", made_at=made, due_at=due, status=status
    )


def _cases() -> Iterator[Case]:
    """Two queues, each kind of case that a supervisor looks for, and what must not be shown."""
    kinds: tuple[tuple[str, Queue, Severity, dict[str, Any]], ...] = (
        ("000-0001", Queue.GENERAL, Severity.SEV3, {"promises": (_owed(1, 5), _owed(2, 9))}),
        ("000-0002", Queue.GENERAL, Severity.SEV3, {"promises": (_owed(1, -2), _owed(2, 1))}),
        ("000-0003", Queue.GENERAL, Severity.SEV3, {"opened_at": NOW - timedelta(days=3)}),
        ("000-0004", Queue.GENERAL, Severity.SEV1, {"control": Control.QUEUED}),
        ("000-0005", Queue.SAFETY, Severity.SEV2, {"control": Control.HUMAN, "holder": LIN}),
        ("000-0006", Queue.SAFETY, Severity.SEV4, {"promises": (_owed(1, -3, PromiseStatus.KEPT),)}),
        ("000-0007", Queue.LEGAL, Severity.SEV1, {"closed_at": NOW, "holder": LIN}),
    )
    for number, (no, queue, severity, more) in enumerate(kinds, 1):
        yield a_case(no, number, queue=queue, severity=severity).evolve(**more)


async def _shown(store: Store, show: Show = Show.ALL, queue: Queue | None = None) -> list[str]:
    wanted = Outlook(now=NOW, person=LIN.id, show=show, queue=queue)
    hits = await store.open_cases(wanted, offset=0, limit=10)
    assert hits.total == len(hits.rows)
    return [one.case_no[-1] for one in hits.rows]


async def test_open_cases_come_by_what_they_need_most(store: Store) -> None:
    """The gravest first; of equal ones what is due next, and of those that owe nothing the oldest."""
    await opened(store, *_cases())

    assert await _shown(store) == ["4", "5", "2", "1", "3", "6"]
    assert await _shown(store, queue=Queue.SAFETY) == ["5", "6"]
    assert await _shown(store, queue=Queue.LEGAL) == []


async def test_each_kind_of_case_is_found_and_counted(store: Store) -> None:
    """Overdue, unclaimed, grave and one's own: what is listed is what is counted."""
    await opened(store, *_cases())
    listed = {show: await _shown(store, show) for show in Show}
    tally = await store.tally(Outlook(now=NOW, person=LIN.id))

    assert listed[Show.LATE] == ["2"]
    assert listed[Show.WAITING] == ["4"]
    assert listed[Show.GRAVE] == ["4", "5"]
    assert listed[Show.MINE] == ["5"]
    assert {show: sum(cell[show] for cell in tally.values()) for show in Show} == {
        show: len(found) for show, found in listed.items()
    }
    assert tally[Queue.SAFETY][Show.ALL] == 2
    assert Queue.LEGAL not in tally


async def test_open_cases_come_in_pages(store: Store) -> None:
    """Each page goes on where the one before ended, and knows how many there are in all."""
    await opened(store, *_cases())
    wanted = Outlook(now=NOW, person=LIN.id)
    pages = [await store.open_cases(wanted, offset=offset, limit=4) for offset in (0, 4)]

    assert [one.case_no[-1] for page in pages for one in page.rows] == ["4", "5", "2", "1", "3", "6"]
    assert [page.total for page in pages] == [6, 6]


async def test_promises_are_found_by_when_they_are_due(store: Store) -> None:
    """From a moment on and before another; with their due moment, the earliest first."""
    await opened(store, *_cases())
    late = await store.owed(None, NOW, offset=0, limit=10)
    today = await store.owed(NOW, NOW + timedelta(hours=9), offset=0, limit=1)

    assert [(one.case_no[-1], one.ref, one.since) for one in late.rows] == [
        ("2", "p1", NOW - timedelta(hours=2))
    ]
    assert [(one.case_no[-1], one.ref) for one in today.rows] == [("2", "p2")]
    assert today.total == 2


@pytest.mark.practice("R49")
async def test_an_authoritys_notice_is_owed_as_a_promise_is(store: Store) -> None:
    """Open notices stand among the promises, by their last day; an answered one, or another task, does not."""
    notice = Task(
        id="t1", kind=TaskKind.NOTICE, what="", owner="legal", made_at=NOW, due_at=NOW + timedelta(hours=3)
    )
    answered = replace(notice, id="t2", state=TaskState.DONE)
    visit = replace(notice, id="t3", kind=TaskKind.VISIT)
    first = a_case("000-0001", 1, promises=(_owed(1, 5),)).evolve(tasks=(notice, answered, visit))
    await opened(store, first)

    owed = await store.owed(NOW, NOW + timedelta(hours=9), offset=0, limit=1)
    assert [(one.ref, one.since, owed.total) for one in owed.rows] == [("t1", notice.due_at, 2)]
    assert await store.owed_between([NOW, NOW + timedelta(hours=4), NOW + timedelta(hours=9)]) == [0, 1, 1]
    for board in (Board.PROMISES, Board.TASKS):
        mine = await store.search(Filter(board=board, person=LIN.id), offset=0, limit=9)
        legal = await store.search(Filter(board=board, person=LIN.id, legal=True), offset=0, limit=9)
        assert ([one.ref for one in mine.rows], [one.ref for one in legal.rows]) == ([], ["t1"])


async def test_promises_are_counted_day_by_day(store: Store) -> None:
    """Before the first bound, then between each and the next: a promise on a bound belongs behind it."""
    await opened(store, *_cases())
    bounds = [NOW, NOW + timedelta(hours=5), NOW + timedelta(hours=10)]

    assert await store.owed_between(bounds) == [1, 1, 2]


async def test_an_empty_desk_has_nothing_to_show(store: Store) -> None:
    """No rows, no queues, no promises."""
    assert await _shown(store) == []
    assert await store.tally(Outlook(now=NOW, person=LIN.id)) == {}
    assert await store.owed_between([NOW, NOW + timedelta(days=1)]) == [0, 0]


@pytest.mark.practice("R7", "R58")
async def test_what_is_about_a_colleague_is_left_out_and_not_counted(store: Store) -> None:
    """Their open cases are found by who is accused; without those no list, count, page or promise knows of them."""
    accused = UserId(77)
    about = {"000-0002": (UserId(7), accused), "000-0007": (accused,)}
    await opened(store, *(one.evolve(about=about.get(one.no, ())) for one in _cases()))
    own = await store.about(accused)
    assert (own, await store.about(LIN.id)) == (("000-0002",), ())

    for besides, without in (((), 0), (own, 1)):
        looking = Outlook(now=NOW, person=accused, besides=besides)
        tally = await store.tally(looking)
        assert tally[Queue.GENERAL][Show.ALL] == 4 - without
        assert tally[Queue.GENERAL][Show.LATE] == 1 - without
        assert (await store.open_cases(looking, offset=0, limit=1)).total == 6 - without
        assert (await store.owed(None, NOW, offset=0, limit=9, but=besides)).total == 1 - without
        assert await store.owed_between([NOW, NOW + timedelta(days=1)], besides) == [1 - without, 3 - without]
        listed = Filter(board=Board.PROMISES, besides=besides)
        assert (await store.search(listed, offset=0, limit=1)).total == 4 - 2 * without
