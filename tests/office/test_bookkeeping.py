"""Rows of facts in a running house: made when a case rests, fresh when somebody asks, and of nobody."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.complaint.case import Case, Facts, Order
from bot.complaint.dealings import Promise
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, Cents, LetterId
from bot.complaint.letters import Letter
from bot.complaint.records import Round
from bot.config import load_rules
from bot.insight.facts import CaseFacts
from bot.insight.measures import Measures
from bot.office.booking.bookkeeping import BITE, BITES, REST, Bookkeeper, facts_between, measures_of
from bot.policy.retention import retired
from bot.policy.rules import Rules
from bot.store import Store
from tests.contract.store import (
    NO,
    NOW,
    a_case,
    a_letter,
    a_line,
    at_home,
    by_hand,
    case_of,
    opened,
    sent,
)

OTHER = CaseNo("000-0002")
DAY = timedelta(days=1)
RULES = Rules()


@pytest.fixture(name="address")
def _address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'facts.db'}"


async def read(store: Store, now: datetime = NOW + DAY) -> list[CaseFacts]:
    """What a report of these days would be made of."""
    return await facts_between(store, await measures_of(store, RULES, now), NOW - DAY, NOW + DAY)


async def rewritten(store: Store, **changes: object) -> Case:
    """The case with something changed."""
    case = await case_of(store)
    assert case is not None
    await store.write(Round(at=NOW, cases=[case.evolve(**changes)]))
    return case


async def test_what_was_just_written_is_in_the_figures(address: str) -> None:
    """Who asks gets the state of this moment, with what people said and when it arrived."""
    async with at_home(address) as store:
        await opened(store, a_case())
        assert [one.cause for one in await read(store)] == [""]
        lines = [
            a_line(),
            a_line(who="bot", letter=LetterId(1), at=NOW + timedelta(seconds=1), text="您好？"),
        ]
        await store.write(Round(at=NOW, entries=lines, letters=[a_letter(1, case_no=NO)]))
        await rewritten(store, cause="transport")
        await store.attempting([LetterId(1)], NOW)
        await store.settle([replace(sent(1, 5), at=NOW + timedelta(seconds=3))])
        (one,) = await read(store)
    assert (one.cause, one.bot_reply, one.questions) == ("transport", timedelta(seconds=3), 1)


async def test_words_still_under_way_are_looked_at_again(address: str) -> None:
    """A reply that waits has not arrived; later its arrival is found, though nobody wrote to the case."""
    async with at_home(address) as store:
        await opened(store, a_case())
        letter: Letter = a_letter(1, case_no=NO)
        lines = [a_line(), a_line(who="bot", letter=LetterId(1))]
        await store.write(Round(at=NOW, entries=lines, letters=[letter]))
        assert [one.bot_reply for one in await read(store, NOW)] == [None]
        await store.attempting([LetterId(1)], NOW)
        await store.settle([replace(sent(1, 5), at=NOW + timedelta(seconds=9))])
        assert [one.bot_reply for one in await read(store, NOW + timedelta(minutes=3))] == [
            timedelta(seconds=9)
        ]


async def test_silence_counts_when_its_day_is_over(address: str) -> None:
    """A turn that nobody answered becomes one left unanswered by time alone."""
    async with at_home(address) as store:
        await opened(store, a_case())
        await store.write(Round(at=NOW, entries=[a_line()]))
        assert [one.unanswered for one in await read(store, NOW + timedelta(hours=23))] == [0]
        assert [one.unanswered for one in await read(store, NOW + timedelta(hours=25))] == [1]


async def test_the_keeper_leaves_a_case_that_is_talked_in(address: str) -> None:
    """People come first: a row is made once the case has rested, a few at a time."""
    async with at_home(address) as store:
        count = BITE * BITES + 1
        await opened(store, *(a_case(f"100-{n:04}", chat=n + 1) for n in range(count)))
        keeper = Bookkeeper(store)
        assert await keeper.go_on(RULES, NOW + REST / 2) == 0
        assert await keeper.go_on(RULES, NOW + REST) == count - 1
        assert await keeper.go_on(RULES, NOW + REST) == 1
        assert await keeper.go_on(RULES, NOW + REST) == 0


async def test_other_rules_make_all_rows_anew(address: str) -> None:
    """What was measured by other deadlines or hours is measured again."""
    async with at_home(address) as store:
        await opened(store, a_case())
        keeper = Bookkeeper(store)
        assert await keeper.go_on(RULES, NOW + DAY) == 1
        assert await keeper.go_on(RULES, NOW + DAY) == 0
        assert await keeper.go_on(replace(RULES, zone="Europe/Berlin"), NOW + DAY) == 1


async def test_a_product_has_one_name_in_figures(address: str) -> None:
    """Whatever it was called in the talk or the order book, its key counts."""
    rules = load_rules(None)
    product = rules.products[0]
    order = Order(order_no="1", product=next(iter(product.names.values())), price=Cents(100))
    async with at_home(address) as store:
        await opened(store, a_case(facts=Facts(order=order)))
        measures: Measures = await measures_of(store, rules, NOW)
        (one,) = await facts_between(store, measures, NOW - DAY, NOW + DAY)
    assert one.product == product.key


@pytest.mark.practice("R17", "R53")
async def test_a_retired_case_still_counts_and_belongs_to_nobody(address: str) -> None:
    """Its token is gone; what only words told is known from before they were forgotten."""
    async with at_home(address) as store:
        await opened(store, a_case(facts=Facts(product="王小明的壶")))
        lines = [a_line(), a_line(who="bot", text="怎么了？")]
        await store.write(Round(at=NOW, entries=lines))
        (before,) = await read(store)
        case = await rewritten(store, closed_at=NOW + DAY)
        after = retired(case.evolve(closed_at=NOW, version=case.version + 1), RULES, NOW + DAY)
        await store.write(Round(at=NOW + DAY, cases=[after], retired=[NO]))
        (one,) = await read(store, NOW + 2 * DAY)
        stored = [body async for page in store.booked(NOW - DAY, NOW + DAY) for body in page]
    assert (before.customer != "", one.customer, one.product) == (True, "", "")
    assert (one.questions, one.turns) == (before.questions, before.turns) == (1, 1)
    assert "王小明" not in "".join(stored)


async def test_the_same_complainant_is_known_and_not_named(address: str) -> None:
    """Two cases of one person share a token that is not their number."""
    async with at_home(address) as store:
        second = a_case(OTHER)
        await opened(store, a_case())
        await store.write(Round(at=NOW, cases=[second]))
        one, other = await read(store)
        stored = [body async for page in store.booked(NOW - DAY, NOW + DAY) for body in page]
    assert one.customer == other.customer != ""
    assert str(second.customer.id) not in "".join(stored).replace(str(NOW.year), "")


async def test_a_row_or_a_case_that_is_damaged_stops_nobody(address: str) -> None:
    """The others are counted, and the damaged ones are tried again another day."""
    async with at_home(address) as store:
        await opened(store, a_case(), a_case(OTHER, chat=8))
        assert len(await read(store)) == 2
        await store.write(Round(at=NOW, entries=[a_line()]))
    await by_hand(address, f"UPDATE facts SET body = 'x' WHERE case_no = '{OTHER}'")  # noqa: S608 - ours
    await by_hand(address, f"UPDATE cases SET body = 'x' WHERE case_no = '{NO}'")  # noqa: S608 - ours
    async with at_home(address) as store:
        assert await read(store) == []
        assert await store.unbooked_count(NOW + 3 * DAY) == 1


async def test_only_cases_of_the_time_asked_for_are_read(address: str) -> None:
    """A promise due in the period brings an old case in; one of long ago with nothing since stays out."""
    late = NOW + 300 * DAY
    promise = Promise(id="p1", kind="refund", text="", owner="x", made_at=NOW, due_at=late)
    async with at_home(address) as store:
        await opened(store, a_case(promises=(promise,)), a_case(OTHER, chat=8))
        measures = await measures_of(store, RULES, late)
        found = await facts_between(store, measures, late - DAY, late + DAY)
    assert [one.no for one in found] == [NO]
