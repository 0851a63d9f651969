"""The contract suite's fixtures: a store of each kind, and records to fill it with."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from bot.complaint.actions import Lane
from bot.complaint.case import Case, Person
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import Deed, FileWanted
from bot.complaint.doors import Account
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId, MessageRef, UserId
from bot.complaint.letters import Letter, LetterKind, Outcome, Receipt
from bot.complaint.records import Arrival, Entry, Round, Timer
from bot.store import Store, open_store

T = TypeVar("T")

NOW = datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=UTC)
SOON = NOW + timedelta(minutes=15)
CHAT = ChatId(7001)
DESK = ChatId(-1001)
NO = CaseNo("583-2716")

POSTGRES = "postgresql"
"""The kind whose databases are a server's to make."""

LASTING: dict[str, Callable[[Path], str]] = {
    "sqlite": lambda folder: f"sqlite:///{folder / 'store.db'}",
    POSTGRES: lambda _: "",
}
"""Kinds that keep what they are told over a restart, by the address of a fresh one."""

KINDS: dict[str, Callable[[Path], str]] = LASTING | {"sqlite in memory": lambda _: "sqlite://"}
"""Every kind."""


def arrival(key: str, chat: int = CHAT, source: str = "telegram", body: bytes = b"{}") -> Arrival:
    """An update, or an event of our own."""
    return Arrival(source=source, key=key, chat=ChatId(chat), body=body, at=NOW)


def an_account(door: int = 1, owner: int = 4, **changes: Any) -> Account:  # noqa: ANN401 - an account's own fields
    """An account of the brand's that was just connected."""
    fields: dict[str, Any] = {
        "door": door,
        "owner": UserId(owner),
        "name": "小店",
        "connection": "biz1",
        "enabled": True,
        "can_reply": True,
        "can_read": True,
        "at": NOW,
    }
    return Account(**fields | changes)


def a_case(no: str = NO, chat: int = CHAT, **changes: Any) -> Case:  # noqa: ANN401 - a case's own fields
    """A case that was just opened."""
    customer = Person(id=UserId(chat), name="王小明")
    case = Case(no=CaseNo(no), chat=ChatId(chat), customer=customer, opened_at=NOW)
    return case.evolve(**changes)


def a_talk(chat: int = CHAT, **changes: Any) -> Conversation:  # noqa: ANN401 - a talk's own fields
    """A talk that just began."""
    return Conversation(chat=ChatId(chat)).evolve(**changes)


def a_letter(number: int, chat: int = CHAT, **changes: Any) -> Letter:  # noqa: ANN401 - a letter's own fields
    """A letter of plain text."""
    letter = Letter(
        id=LetterId(number),
        kind=LetterKind.TEXT,
        chat=ChatId(chat),
        lane=Lane.TALK,
        written_at=NOW,
        html="您好",
    )
    return letter.evolve(**changes)


def a_line(no: str = NO, **changes: Any) -> Entry:  # noqa: ANN401 - an entry's own fields
    """A line of the timeline."""
    return replace(Entry(case_no=CaseNo(no), at=NOW, who="customer", chat=CHAT, text="破了"), **changes)


def a_deed(no: str | None = NO, **changes: Any) -> Deed:  # noqa: ANN401 - a deed's own fields
    """An act at the desk."""
    deed = Deed(
        at=NOW,
        by=UserId(5),
        name="林晓",
        act="offer",
        chat=DESK,
        case_no=None if no is None else CaseNo(no),
        before={"offer": ""},
        after={"offer": "退款 ¥80"},
        why="孩子受伤",
    )
    return replace(deed, **changes)


def a_file(name: str = "u1", no: str = NO, **changes: Any) -> FileWanted:  # noqa: ANN401 - a file's own fields
    """A picture that is to be fetched."""
    wanted = FileWanted(
        unique_id=name,
        file_id=f"f-{name}",
        case_no=CaseNo(no),
        kind="photo",
        size=7,
        mime="image/jpeg",
        at=NOW,
    )
    return replace(wanted, **changes)


def a_timer(key: str = "nudge", due: datetime = SOON, no: str = NO) -> Timer:
    """A timer of the case."""
    return Timer(case_no=CaseNo(no), kind="nudge", key=key, due=due, chat=CHAT)


def sent(letter: int, message: int | None = None, **changes: Any) -> Receipt:  # noqa: ANN401 - a receipt's own
    """The receipt of a letter that arrived."""
    copy = None if message is None else MessageId(message)
    return replace(Receipt(letter=LetterId(letter), outcome=Outcome.SENT, at=NOW, message=copy), **changes)


def ref(chat: int, message: int) -> MessageRef:
    """A message in a chat."""
    return MessageRef(ChatId(chat), MessageId(message))


@asynccontextmanager
async def at_home(address: str) -> AsyncIterator[Store]:
    """The store at this address, closed again whatever happens: an open one keeps its program alive."""
    store = await open_store(address)
    try:
        yield store
    finally:
        await store.close()


async def by_hand(address: str, *statements: str) -> int:
    """What somebody does who holds the database; the number of rows that the last statement touched."""
    if address.startswith(POSTGRES):
        connection = await asyncpg.connect(address)
        try:
            said = [await connection.execute(statement) for statement in statements]
        finally:
            await connection.close()
        return int(said[-1].split()[-1])
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as other, other:
        return [other.execute(statement).rowcount for statement in statements][-1]


def without_guards(address: str) -> tuple[str, str]:
    """What takes away the audit's own guards."""
    table = " ON deeds" if address.startswith(POSTGRES) else ""
    return f"DROP TRIGGER deeds_stay{table}", f"DROP TRIGGER deeds_stand{table}"


async def opened(store: Store, *cases: Case) -> None:
    """Put cases into the store, each with its talk."""
    talks = [a_talk(case.chat, case_no=case.no) for case in cases]
    await store.write(Round(at=NOW, cases=list(cases), conversations=talks))


async def case_of(store: Store, no: str = NO) -> Case | None:
    """The case as the store has it."""
    state = await store.state(chats=[], cases=[CaseNo(no)], threads=[])
    return state.cases.get(CaseNo(no))


async def waiting_ids(store: Store) -> list[int]:
    """The numbers of the letters that wait."""
    return [letter.id for letter in await store.waiting()]


async def pending_keys(store: Store, now: datetime = NOW) -> list[str]:
    """The keys of the inbox rows that wait."""
    return [row.arrival.key for row in await store.pending(100, now=now)]


async def until(found: Callable[[], Awaitable[T | None]], seconds: float) -> T:
    """What is found in the end, asked for again and again."""
    async with asyncio.timeout(seconds):
        while (what := await found()) is None or what == []:  # noqa: ASYNC110 - only by asking can it be known
            await asyncio.sleep(0.1)
    return what
