"""The audit and the roster: who may do what at the desk, and what was done."""

import sqlite3

import asyncpg
import pytest

from bot.complaint.colleagues import Colleague, Role, Specialty
from bot.complaint.deskwork import Deed
from bot.complaint.errors import RecordRefused, RecordUnreadable
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, UserId
from bot.complaint.records import Round
from bot.store import Store
from tests.contract.store import (
    CHAT,
    NO,
    NOW,
    SOON,
    a_case,
    a_deed,
    a_line,
    at_home,
    by_hand,
    opened,
    without_guards,
)

DEED = a_deed()
REFUSED = replace(DEED, act="approve", refused="level", after={}, case_no=CaseNo("000-0002"))
OF_NO_CASE = replace(DEED, act="roster", case_no=None)


async def _deeds(store: Store, case_no: str | None = None) -> list[Deed]:
    return [one.deed async for one in store.deeds(case_no=None if case_no is None else CaseNo(case_no))]


async def _tamper(address: str, statement: str) -> None:
    """What somebody does who holds the database and takes its guards away."""
    assert await by_hand(address, *without_guards(address), statement) == 1


@pytest.mark.practice("S38")
async def test_deeds_are_kept_in_order_and_found_by_their_case(store: Store) -> None:
    """Who, when, on what, before and after: word for word, each with a seal of its own."""
    await store.write(Round(at=NOW, deeds=[DEED, REFUSED]))
    await store.write(Round(at=SOON, deeds=[OF_NO_CASE]))
    assert await _deeds(store) == [DEED, REFUSED, OF_NO_CASE]
    assert await _deeds(store, NO) == [DEED]
    sealed = [one async for one in store.deeds()]
    assert [one.number for one in sealed] == [1, 2, 3]
    assert len({one.seal for one in sealed}) == 3
    assert await store.broken_seal() is None


async def test_the_same_deed_twice_has_two_seals(store: Store) -> None:
    """Each seal is made of the one before it, so that one of two alike cannot be taken out."""
    await store.write(Round(at=NOW, deeds=[DEED, DEED]))
    one, other = [sealed async for sealed in store.deeds()]
    assert one.deed == other.deed
    assert one.seal != other.seal


@pytest.mark.practice("S38")
async def test_a_deed_that_is_not_done_is_not_in_the_audit(store: Store) -> None:
    """A round that fails takes its deeds with it: the audit tells what happened, no more."""
    with pytest.raises(RecordRefused):
        await store.write(Round(at=NOW, deeds=[DEED], entries=[a_line("999-9999")]))
    assert await _deeds(store) == []
    await store.write(Round(at=NOW, deeds=[DEED]))
    assert await store.broken_seal() is None


async def test_an_audit_longer_than_a_page_is_whole(store: Store) -> None:
    """Line after line, whatever their number."""
    many = [replace(DEED, why=str(number)) for number in range(1203)]
    await store.write(Round(at=NOW, deeds=many))
    assert await _deeds(store, NO) == many
    assert await store.broken_seal() is None


@pytest.mark.practice("S38")
@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE deeds SET body = replace(body, '80', '8') WHERE id = 2", 2),
        ("UPDATE deeds SET body = replace(body, '林晓', '王珂') WHERE id = 3", 3),
        ("UPDATE deeds SET seal = '' WHERE id = 1", 1),
        ("DELETE FROM deeds WHERE id = 1", 2),
        ("DELETE FROM deeds WHERE id = 2", 3),
        (
            'INSERT INTO deeds SELECT 9, case_no, at, "by", act, refused, body, seal FROM deeds WHERE id = 2',
            9,
        ),
    ],
)
async def test_a_line_that_was_changed_or_taken_out_shows(address: str, statement: str, line: int) -> None:
    """Whoever holds the file can write it, but not without a trace."""
    async with at_home(address) as store:
        await store.write(Round(at=NOW, deeds=[DEED, replace(DEED, why="x"), DEED, REFUSED]))
    await _tamper(address, statement)
    async with at_home(address) as store:
        assert await store.broken_seal() == line


async def test_a_line_that_was_moved_to_another_case_shows(address: str) -> None:
    """What a reader looks a line up by is sealed with it."""
    async with at_home(address) as store:
        await store.write(Round(at=NOW, deeds=[DEED, REFUSED]))
    await _tamper(address, "UPDATE deeds SET case_no = NULL WHERE id = 1")
    async with at_home(address) as store:
        assert await store.broken_seal() == 1


async def test_a_line_that_is_no_deed_is_named(address: str) -> None:
    """Reading stops there with its number, and the proof names it."""
    async with at_home(address) as store:
        await store.write(Round(at=NOW, deeds=[DEED, DEED]))
    await _tamper(address, "UPDATE deeds SET body = '{}' WHERE id = 2")
    async with at_home(address) as store:
        with pytest.raises(RecordUnreadable, match="line 2"):
            await _deeds(store)
        assert await store.broken_seal() == 2


@pytest.mark.practice("S38")
@pytest.mark.parametrize("statement", ["UPDATE deeds SET why = '' WHERE id = 1", "DELETE FROM deeds"])
async def test_the_audit_is_only_added_to(address: str, statement: str) -> None:
    """The database itself refuses to change it, whoever asks."""
    statement = statement.replace("why", "body")
    async with at_home(address) as store:
        await store.write(Round(at=NOW, deeds=[DEED]))
        with pytest.raises((sqlite3.IntegrityError, asyncpg.RestrictViolationError), match="append-only"):
            await by_hand(address, statement)
        assert await _deeds(store) == [DEED]


async def test_deeds_outlive_the_program_and_the_chain_goes_on(address: str) -> None:
    """The first line after a restart is sealed with the last before it."""
    for number in range(3):
        async with at_home(address) as store:
            await store.write(Round(at=NOW, deeds=[replace(DEED, why=str(number))]))
    async with at_home(address) as store:
        assert [one.why for one in await _deeds(store)] == ["0", "1", "2"]
        assert await store.broken_seal() is None


async def test_the_roster_has_everybody_as_they_were_set_last(store: Store) -> None:
    """A role given again replaces the one before; nobody else changes."""
    agent = Colleague(id=UserId(5), name="林晓", changed_by=UserId(7), changed_at=NOW)
    legal = Colleague(id=UserId(6), name="方宁", specialties=(Specialty.LEGAL,))
    await store.write(Round(at=NOW, colleagues=[agent, legal]))
    promoted = replace(agent, role=Role.SUPERVISOR, username="linxiao", changed_at=SOON)
    await store.write(Round(at=SOON, colleagues=[promoted]))
    assert await store.roster() == [promoted, legal]


async def test_a_customers_open_and_recent_cases_are_found(store: Store) -> None:
    """Open ones whatever their age, closed ones of the period; the newest first."""
    old = a_case("000-0001")
    recent = a_case("000-0002", opened_at=SOON)
    closed = a_case("000-0003", closed_at=SOON)
    await opened(store, old)
    await store.write(Round(at=NOW, cases=[recent, closed, a_case("000-0009", chat=9)]))
    customer = UserId(CHAT)
    assert [one.no for one in await store.cases_of(customer, SOON)] == [recent.no, old.no]
    assert [one.no for one in await store.cases_of(customer, NOW)] == [recent.no, old.no, closed.no]
