"""The rows that figures are made of: what is written to is made anew, and nothing else."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.complaint.ids import CaseNo
from bot.complaint.records import Round
from bot.policy.retention import retired
from bot.policy.rules import Rules
from bot.store import Store, open_store
from bot.store.keeping import FactsRow, Unbooked
from tests.contract.store import NO, NOW, SOON, a_case, a_line, by_hand, case_of, opened

OTHER = CaseNo("000-0002")
DAY = timedelta(days=1)


def a_row(one: Unbooked, body: str | None = '{"no":"x"}', form: str = "f") -> FactsRow:
    """A row of a case that was opened now."""
    return FactsRow(no=one.no, mark=one.mark, opened_at=NOW, last_at=SOON, form=form, body=body)


async def bodies(store: Store, since: object = NOW, until: object = SOON) -> list[str]:
    """All rows of this time."""
    return [one async for page in store.booked(since, until) for one in page]  # type: ignore[arg-type]


def numbers(found: Sequence[Unbooked]) -> list[str]:
    """Their numbers."""
    return [one.no for one in found]


async def test_a_case_is_on_the_list_from_its_first_word_until_its_row_is_written(store: Store) -> None:
    """What is on the list comes with the case and its lines, in the order of numbers."""
    await opened(store, a_case(), a_case(OTHER, chat=8))
    await store.write(Round(at=NOW, entries=[a_line(text="壶漏水")]))
    found = await store.unbooked(SOON, 10)
    assert numbers(found) == [OTHER, NO]
    assert [row.entry.text for row in found[1].lines] == ["壶漏水"]
    assert found[1].case == await case_of(store)
    await store.book([a_row(one) for one in found])
    assert await store.unbooked(SOON, 10) == []
    assert len(await bodies(store)) == 2


async def test_a_case_that_was_written_to_meanwhile_stays_on_the_list(store: Store) -> None:
    """A row that was made of an older state is written, and made anew."""
    await opened(store, a_case())
    old = await store.unbooked(SOON, 10)
    await store.write(Round(at=NOW, entries=[a_line()]))
    await store.book([a_row(one) for one in old])
    (new,) = await store.unbooked(SOON, 10)
    assert (new.no, new.body) == (NO, '{"no":"x"}')
    assert new.mark != old[0].mark


async def test_a_line_without_a_change_of_the_case_counts(store: Store) -> None:
    """A note that only the timeline knows puts the case back on the list."""
    await opened(store, a_case())
    await store.book([a_row(one) for one in await store.unbooked(SOON, 10)])
    await store.write(Round(at=NOW, entries=[a_line()]))
    assert await store.unbooked_count(SOON) == 1


async def test_what_time_alone_changes_comes_back_in_its_time(store: Store) -> None:
    """A row that is to be looked at tomorrow is not on today's list."""
    await opened(store, a_case())
    (one,) = await store.unbooked(SOON, 10)
    row = FactsRow(
        no=one.no, mark=one.mark, opened_at=NOW, last_at=NOW, form="f", body="{}", again_at=NOW + DAY
    )
    await store.book([row])
    assert await store.unbooked(SOON, 10) == []
    assert numbers(await store.unbooked(NOW + DAY, 10)) == [NO]


async def test_only_rows_of_the_time_asked_for_are_read(store: Store) -> None:
    """A case counts if it was opened before the end, and anything happened since the beginning."""
    await opened(store, a_case())
    await store.book([a_row(one) for one in await store.unbooked(SOON, 10)])
    assert await bodies(store, SOON, SOON + DAY) != []
    assert await bodies(store, SOON + DAY, SOON + DAY) == []
    assert await bodies(store, NOW - DAY, NOW) == []


async def test_a_case_that_is_written_to_while_they_are_read_counts_once(store: Store) -> None:
    """Its row moves behind what is still to be read; with more rows than a page holds it would be met again."""
    numbers_ = [CaseNo(f"000-{number:04}") for number in range(1, 1501)]
    await opened(store, *(a_case(no, chat=number) for number, no in enumerate(numbers_, 1)))
    found = await store.unbooked(SOON, 2000)
    await store.book([a_row(one, f'"{one.no}"') for one in found])
    told: list[str] = []
    async for page in store.booked(NOW, SOON):
        if not told:
            await store.write(Round(at=NOW, entries=[a_line(case_no=numbers_[0])]))
            (again,) = await store.unbooked(SOON, 2000)
            moved = FactsRow(
                no=again.no, mark=again.mark, opened_at=NOW, last_at=SOON + DAY, form="f", body=again.body
            )
            await store.book([moved])
        told += page
    assert sorted(told) == [f'"{no}"' for no in numbers_]


async def test_a_case_without_a_row_of_its_own_has_none(store: Store) -> None:
    """What became part of another case is taken out."""
    await opened(store, a_case())
    await store.book([a_row(one) for one in await store.unbooked(SOON, 10)])
    await store.write(Round(at=NOW, entries=[a_line()]))
    await store.book([a_row(one, None) for one in await store.unbooked(SOON, 10)])
    assert await bodies(store) == []


async def test_rows_made_in_another_way_are_made_anew(store: Store) -> None:
    """A new program, or new rules, and every row is out of date; those of today's are left."""
    await opened(store, a_case(), a_case(OTHER, chat=8))
    one, other = await store.unbooked(SOON, 10)
    await store.book([a_row(one, form="old"), a_row(other, form="new")])
    assert await store.unbook_others("new") == 1
    assert numbers(await store.unbooked(NOW, 10)) == [OTHER]


async def test_the_secret_is_made_once(address: str) -> None:
    """Rows of last year and of today tell the same complainants apart."""
    keys = []
    for _ in range(2):
        store = await open_store(address)
        keys.append(await store.facts_key())
        await store.close()
    assert keys[0] == keys[1]
    assert len(keys[0]) == 32


@pytest.mark.practice("R17", "R53")
async def test_a_retired_case_leads_to_nobody_from_the_same_moment_on(store: Store) -> None:
    """Its row loses the token and all free words with the case itself, not when it is next made."""
    await opened(store, a_case(), a_case(OTHER, chat=8))
    body = '{"no": "x", "customer": "ab12", "product": "p", "issue": "i", "turns": 3}'
    await store.book([a_row(one, body) for one in await store.unbooked(SOON, 10)])
    case = await case_of(store)
    assert case is not None
    await store.write(Round(at=SOON, cases=[retired(case, Rules(), SOON)], retired=[NO]))
    kept = await bodies(store)
    assert sum("ab12" in one for one in kept) == 1
    assert all('"turns"' in one for one in kept)
    assert await store.unbooked_count(SOON) == 1


async def test_a_damaged_case_is_on_the_list_without_its_record(address: str) -> None:
    """One that cannot be read stops nobody else's row."""
    store = await open_store(address)
    await opened(store, a_case(), a_case(OTHER, chat=8))
    await store.close()
    await by_hand(address, f"UPDATE cases SET body = 'x' WHERE case_no = '{NO}'")  # noqa: S608 - a number of ours
    store = await open_store(address)
    found = await store.unbooked(SOON, 10)
    await store.close()
    assert [one.case is None for one in found] == [False, True]
