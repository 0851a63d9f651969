"""A case that was logged comes into a chat, on every kind of database: all its rows, or none."""

import pytest

from bot.complaint.case import Person
from bot.complaint.conversation import Conversation
from bot.complaint.errors import SomeoneWasFirst
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, MessageId, UserId
from bot.complaint.records import Entry, Joined, Round, Timer
from bot.store import Store
from tests.contract.store import NOW, a_case

pytestmark = pytest.mark.practice("S120")

FAR, CHAT = ChatId(2**52 + 5), ChatId(4711)
PERSON = Person(id=UserId(4711), name="王女士")


async def _logged(store: Store) -> None:
    case = a_case("000-0001", FAR)
    line = Entry(case_no=case.no, at=NOW, who="customer", chat=FAR, text="不通电", message=MessageId(9))
    timer = Timer(case_no=case.no, kind="promise_due", key="p1", due=NOW, chat=FAR)
    talk = Conversation(chat=FAR, case_no=case.no)
    await store.write(Round(at=NOW, cases=[case], conversations=[talk], entries=[line], timers=[timer]))


async def _join(store: Store, version: int) -> None:
    state = await store.state(chats=[FAR], cases=[], threads=[])
    (case,) = state.cases.values()
    after = case.evolve(chat=CHAT, customer=PERSON, version=version)
    talk = replace(state.conversations[FAR], chat=CHAT, version=0)
    moved = Joined(case_no=case.no, before=FAR, chat=CHAT, customer=PERSON.id)
    await store.write(Round(at=NOW, cases=[after], conversations=[talk], joined=[moved]))


async def test_every_row_goes_to_the_chat(store: Store) -> None:
    """Case, talk, timers and what was said: the chat has them, and nothing stands in for it any more."""
    await _logged(store)
    await _join(store, 1)
    state = await store.state(chats=[FAR, CHAT], cases=[], threads=[])
    assert list(state.conversations) == [CHAT]
    ((case, rows),) = [pair async for pair in store.cases()]
    assert (case.chat, case.customer.id) == (CHAT, PERSON.id)
    assert [(row.entry.chat, row.entry.message, row.entry.text) for row in rows] == [(CHAT, None, "不通电")]
    assert [one.chat for one in await store.due(NOW)] == [CHAT]
    assert [one.no for one in await store.cases_of(PERSON.id, NOW)] == [case.no]


async def test_who_comes_too_late_moves_nothing(store: Store) -> None:
    """The case has changed meanwhile: not one row has moved."""
    await _logged(store)
    with pytest.raises(SomeoneWasFirst):
        await _join(store, 7)
    state = await store.state(chats=[FAR, CHAT], cases=[], threads=[])
    assert list(state.conversations) == [FAR]
    assert [one.chat for one in await store.due(NOW)] == [FAR]
