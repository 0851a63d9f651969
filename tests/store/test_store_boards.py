"""What people at the desk look for, on every kind of database."""

from datetime import timedelta

import pytest

from bot.complaint.boards import Board, Filter
from bot.complaint.case import (
    Case,
    Control,
    Escalation,
    Facts,
    Order,
    Person,
    Promise,
    PromiseStatus,
    Queue,
    Severity,
    Task,
)
from bot.complaint.deskwork import TaskKind, TaskState
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, Cents, ChatId, UserId
from bot.complaint.records import Entry, Round
from bot.store import Store
from tests.contract.store import NOW, a_case, a_line, opened

LIN = Person(id=UserId(1), name="林晓")
WANG = Person(id=UserId(2), name="王珂")


def queued(no: str, queue: Queue, severity: Severity, minutes: int, **changes: object) -> Case:
    """A case that waits for a person since so many minutes after the beginning."""
    at = NOW + timedelta(minutes=minutes)
    waiting = Escalation(id="e1", at=at, reason="wants_person", queue=queue, promise_id="p1")
    case = a_case(no, control=Control.QUEUED, queue=queue, severity=severity, escalations=(waiting,))
    return case.evolve(**changes)


def promise(number: int, hours: float, status: PromiseStatus = PromiseStatus.OPEN) -> Promise:
    """A promise due in so many hours."""
    due = NOW + timedelta(hours=hours)
    return Promise(id=f"p{number}", kind="refund", text="", owner="x", made_at=NOW, due_at=due, status=status)


def task(number: int, hours: float, owner: UserId | None, state: TaskState = TaskState.OPEN) -> Task:
    """A visit due in so many hours."""
    due = NOW + timedelta(hours=hours)
    return Task(
        id=f"t{number}",
        kind=TaskKind.VISIT,
        what="看货",
        owner="x",
        owner_id=owner,
        made_at=NOW,
        due_at=due,
        state=state,
    )


async def found(store: Store, board: Board, offset: int = 0, limit: int = 10, **more: object) -> list[str]:
    """What a board holds: numbers of cases, with the task or promise behind them."""
    wanted = replace(Filter(board=board), **more)  # type: ignore[arg-type]
    hits = await store.search(wanted, offset=offset, limit=limit)
    return [f"{one.case_no} {one.ref}".strip() for one in hits.rows]


WAITING = (
    queued("000-0001", Queue.GENERAL, Severity.SEV3, 1, chat=ChatId(1)),
    queued("000-0002", Queue.LEGAL, Severity.SEV4, 9, chat=ChatId(2)),
    queued("000-0003", Queue.GENERAL, Severity.SEV3, 0, chat=ChatId(3)),
    queued("000-0004", Queue.GENERAL, Severity.SEV2, 5, chat=ChatId(4)),
    queued("000-0005", Queue.SAFETY, Severity.SEV1, 9, chat=ChatId(5)),
    queued("000-0006", Queue.SAFETY, Severity.SEV1, 0, chat=ChatId(6), holder=LIN, control=Control.HUMAN),
    queued("000-0007", Queue.LEGAL, Severity.SEV1, 0, chat=ChatId(7), closed_at=NOW),
)


@pytest.mark.practice("S89")
async def test_the_queue_is_in_the_order_in_which_it_is_to_be_taken(store: Store) -> None:
    """Queues in their order, in each the gravest first, and of equal ones the oldest."""
    await opened(store, *WAITING)
    everything = ["000-0005", "000-0002", "000-0004", "000-0003", "000-0001"]
    assert await found(store, Board.QUEUE) == everything
    assert await found(store, Board.QUEUE, queue=Queue.GENERAL) == everything[2:]
    hits = await store.search(Filter(board=Board.QUEUE, queue=Queue.LEGAL), offset=0, limit=10)
    assert hits.total == 1
    assert hits.rows[0].since == NOW + timedelta(minutes=9)
    assert hits.by_queue == {Queue.SAFETY: 1, Queue.LEGAL: 1, Queue.GENERAL: 3}


async def test_a_board_comes_in_pages(store: Store) -> None:
    """Each page goes on where the one before ended, and knows how many there are in all."""
    await opened(store, *WAITING)
    assert await found(store, Board.QUEUE, 0, 2) == ["000-0005", "000-0002"]
    assert await found(store, Board.QUEUE, 4, 2) == ["000-0001"]
    assert (await store.search(Filter(board=Board.QUEUE), offset=2, limit=2)).total == 5
    assert (await store.search(Filter(board=Board.QUEUE), offset=20, limit=2)).rows == ()


async def test_what_somebody_has_is_sorted_by_what_is_due_next(store: Store) -> None:
    """Their own open cases: what is promised, to be carried out or to be done earliest stands first."""
    kept = promise(1, 1, PromiseStatus.KEPT)
    held = {"holder": LIN, "control": Control.HUMAN}
    await opened(
        store,
        a_case("000-0001", chat=1, **held),
        a_case("000-0002", chat=2, promises=(kept, promise(2, 9)), **held),
        a_case("000-0003", chat=3, promises=(promise(1, 99),), tasks=(task(1, 2, LIN.id),), **held),
        a_case("000-0004", chat=4, holder=WANG, control=Control.HUMAN),
        a_case("000-0005", chat=5, closed_at=NOW, **held),
    )
    assert await found(store, Board.MINE, person=LIN.id) == ["000-0003", "000-0002", "000-0001"]


async def test_tasks_are_mine_or_everybodys(store: Store) -> None:
    """Mine are those that are given to me, and nobody's on cases of mine; what is done is on no list."""
    mine = (
        task(1, 5, LIN.id),
        task(2, 1, None),
        task(3, 2, WANG.id),
        task(4, 1, LIN.id, TaskState.DONE),
    )
    await opened(
        store,
        a_case("000-0001", chat=1, holder=LIN, control=Control.HUMAN, tasks=mine),
        a_case("000-0002", chat=2, tasks=(task(1, 3, None), task(2, 4, LIN.id))),
    )
    assert await found(store, Board.TASKS, person=LIN.id) == ["000-0001 t2", "000-0002 t2", "000-0001 t1"]
    assert await found(store, Board.TASKS) == [
        "000-0001 t2",
        "000-0001 t3",
        "000-0002 t1",
        "000-0002 t2",
        "000-0001 t1",
    ]


async def test_promises_are_mine_or_everybodys(store: Store) -> None:
    """Mine are the open ones on the cases that I have, the next due first."""
    promises = (promise(1, 5), promise(2, 1), promise(3, 2, PromiseStatus.LATE))
    await opened(
        store,
        a_case("000-0001", chat=1, holder=LIN, control=Control.HUMAN, promises=promises),
        a_case("000-0002", chat=2, promises=(promise(1, 3),)),
    )
    assert await found(store, Board.PROMISES, person=LIN.id) == ["000-0001 p2", "000-0001 p1"]
    assert await found(store, Board.PROMISES) == ["000-0001 p2", "000-0002 p1", "000-0001 p1"]


ORDER = Order(order_no="HS260621-8841", product="电热壶", price=Cents(89_00))


async def _three(store: Store, *lines: Entry) -> None:
    username = Person(id=UserId(8), name="周敏", username="Zhou_Min")
    await opened(
        store,
        a_case("583-2716", chat=7, facts=Facts(phone="13812345678", order_no="8841", order=ORDER)),
        a_case("000-0002", chat=8, customer=username, opened_at=NOW + timedelta(hours=1)),
        a_case("000-0003", chat=9, opened_at=NOW + timedelta(hours=2)),
    )
    await store.write(Round(at=NOW, entries=list(lines)))


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("583-2716", ["583-2716"]),
        ("5832716", ["583-2716"]),
        ("138 1234 5678", ["583-2716"]),
        ("5678", ["583-2716"]),
        ("HS260621", ["583-2716"]),
        ("@zhou_min", ["000-0002"]),
        ("周敏", ["000-0002"]),
        ("opened_at", []),
        ("999-9999", []),
    ],
)
async def test_a_case_is_found_by_what_is_known_of_it(store: Store, words: str, numbers: list[str]) -> None:
    """By its number in any spelling, a phone or its end, an order number, a name: and not by our own keys."""
    await _three(store)
    assert await found(store, Board.FIND, words=words) == numbers


async def test_a_case_is_found_by_what_was_said(store: Store) -> None:
    """By words of complainants and colleagues, the newest case first, with what was said; not by the bot's own."""
    await _three(
        store,
        a_line("583-2716", text="充电的时候冒烟了"),
        a_line("583-2716", text="又冒烟了", who="agent", note=True),
        a_line("000-0002", text="它冒烟", edit=True),
        a_line("000-0003", text="冒烟请先断电", who="bot"),
    )
    hits = await store.search(Filter(board=Board.FIND, words="冒烟"), offset=0, limit=10)
    assert [(one.case_no, one.words) for one in hits.rows] == [
        ("000-0002", "它冒烟"),
        ("583-2716", "又冒烟了"),
    ]
    assert hits.total == 2
    assert await found(store, Board.FIND, words="充电 冒烟") == ["583-2716"]


@pytest.mark.parametrize("words", ["%", "_", "100%", "\\", "'; DROP TABLE cases; --"])
async def test_signs_of_the_search_itself_are_plain_words(store: Store, words: str) -> None:
    """A percent sign or a line under it finds what holds that very sign."""
    await _three(store, a_line("000-0003", text="还是坏的"))
    assert await found(store, Board.FIND, words=words) == []
    await store.write(Round(at=NOW, entries=[a_line("000-0002", text=f"说好的{words}呢")]))
    assert await found(store, Board.FIND, words=words) == ["000-0002"]


@pytest.mark.parametrize("name", ['王"小"明', "O'Neil\\Rae", "Zoë", "WANG"])
async def test_a_name_is_found_however_it_is_spelled_inside(store: Store, name: str) -> None:
    """Quotes and backslashes are stored otherwise than they are written; great and small letters are one."""
    await _three(store)
    case = a_case("000-0004", chat=10, customer=Person(id=UserId(10), name=f"{name}先生"))
    await store.write(Round(at=NOW, cases=[case]))
    assert await found(store, Board.FIND, words=name) == ["000-0004"]
    assert await found(store, Board.FIND, words=name.lower()) == ["000-0004"]


async def test_a_customer_is_known_by_phone_or_name(store: Store) -> None:
    """Whose number or @name it is, in any spelling; nobody by half a name."""
    await _three(store)
    assert await store.customers_called("138-1234-5678") == [UserId(7)]
    assert await store.customers_called("@ZHOU_MIN") == [UserId(8)]
    assert await store.customers_called("zhou") == []


async def test_an_empty_store_has_empty_boards(store: Store) -> None:
    """Where there is nothing, nothing is found, and nothing breaks."""
    for board in Board:
        hits = await store.search(Filter(board=board, words="冒烟", person=LIN.id), offset=0, limit=9)
        assert (hits.rows, hits.total) == ((), 0)
    assert await store.customers_called("13812345678") == []
    assert CaseNo("583-2716") not in (await store.state(chats=[], cases=[], threads=[])).cases
