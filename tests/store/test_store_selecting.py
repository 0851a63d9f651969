"""Which cases are taken out of the house."""

from datetime import timedelta

import pytest

from bot.complaint.boards import Selection
from bot.complaint.case import Facts, Person, Queue, Status
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.store import Store
from tests.contract.store import NOW, a_case, opened

EMMA, LIN = Person(id=UserId(71), name="Emma"), Person(id=UserId(72), name="林")


@pytest.fixture(name="shelf")
async def _shelf(store: Store) -> Store:
    """Four cases, an hour between them."""
    cases = [
        a_case("000-0003", customer=EMMA, facts=Facts(product="kettle"), queue=Queue.QUALITY),
        a_case("000-0001", customer=LIN, facts=Facts(product="电热壶")),
        a_case("000-0002", customer=EMMA, status=Status.CLOSED, closed_at=NOW + timedelta(hours=9)),
        a_case("000-0004", customer=LIN, facts=Facts(product="面包"), queue=Queue.QUALITY),
    ]
    hours = [
        one.evolve(chat=ChatId(at + 1), opened_at=NOW + timedelta(hours=at)) for at, one in enumerate(cases)
    ]
    await opened(store, *hours)
    return store


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Selection(), ["000-0003", "000-0001", "000-0002", "000-0004"]),
        (Selection(since=NOW + timedelta(hours=1)), ["000-0001", "000-0002", "000-0004"]),
        (Selection(until=NOW + timedelta(hours=1)), ["000-0003"]),
        (Selection(queue=Queue.QUALITY), ["000-0003", "000-0004"]),
        (Selection(status=Status.CLOSED), ["000-0002"]),
        (Selection(customer=EMMA.id), ["000-0003", "000-0002"]),
        (Selection(products=("kettle", "电热壶")), ["000-0003", "000-0001"]),
        (Selection(products=("kettle",), customer=LIN.id), []),
    ],
)
async def test_only_what_was_asked_for_is_selected_the_oldest_first(
    shelf: Store, wanted: Selection, numbers: list[str]
) -> None:
    """By days, queue, status, customer and any name of a product, and by several of them at once."""
    assert [no for no, _ in await shelf.selected(wanted)] == numbers


async def test_whose_a_case_is_comes_with_its_number(shelf: Store) -> None:
    """So that files of one customer can be made."""
    assert await shelf.selected(Selection(status=Status.CLOSED)) == [(CaseNo("000-0002"), EMMA.id)]


async def test_named_cases_come_in_the_order_in_which_they_are_named(shelf: Store) -> None:
    """One that is not there is left out."""
    numbers = [CaseNo(one) for one in ("000-0004", "000-0003", "999-9999", "000-0001")]
    found = [case.no async for case, _ in shelf.cases(numbers=numbers)]
    assert found == ["000-0004", "000-0003", "000-0001"]
    assert [case.no async for case, _ in shelf.cases(numbers=[])] == []
