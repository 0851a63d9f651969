"""Incidents, and what cases have in common, on every kind of database."""

from datetime import timedelta

import pytest

from bot.complaint.case import Case
from bot.complaint.errors import SomeoneWasFirst
from bot.complaint.ids import CaseNo, UserId
from bot.complaint.incidents import (
    Alarm,
    Incident,
    IncidentNo,
    IncidentState,
    Linked,
    Matter,
    News,
    Sighting,
)
from bot.complaint.reading import Category
from bot.complaint.records import Round
from bot.store import Store
from tests.contract.store import NOW, a_case

LONG_AGO = NOW - timedelta(days=400)
WEEK = NOW - timedelta(days=7)


def seen(number: int, **changes: object) -> Sighting:
    """What case 000-000N has in common with others."""
    known: dict[str, object] = {
        "product": "toast",
        "batch": "L1",
        "store": "一店",
        "category": Category.FOOD_SAFETY,
        "words": (1, 2, 3),
        "at": NOW,
    }
    no = CaseNo(f"000-{number:04d}")
    return Sighting(case_no=no, customer=UserId(number), **(known | changes))  # type: ignore[arg-type]


def incident(number: int = 1, **changes: object) -> Incident:
    """One that was just proposed."""
    first = Incident(no=IncidentNo(number), matter=Matter(batch="L1"), alarm=Alarm.BATCH_DAY, opened_at=NOW)
    return first.evolve(**changes)


async def written(store: Store, *sightings: Sighting, **more: object) -> None:
    """These cases with their sightings."""
    cases: list[Case] = [a_case(one.case_no, chat=one.customer, opened_at=one.at) for one in sightings]
    await store.write(Round(at=NOW, cases=cases, sightings=list(sightings), **more))  # type: ignore[arg-type]


async def numbers(store: Store, like: Sighting) -> list[str]:
    """The others of the week, and those hurt in a year."""
    found = await store.sightings(like, since=WEEK, harmed_since=NOW - timedelta(days=365))
    return [one.case_no for one in found]


async def test_others_are_found_by_batch_store_and_product(store: Store) -> None:
    """A case finds those of its batch, of its store and kind, of its product and kind; never itself, newest first."""
    mine = seen(1)
    of_batch = seen(2, product="milk", store="", category=Category.QUALITY, at=NOW - timedelta(hours=1))
    of_store = seen(3, product="milk", batch="", at=NOW - timedelta(hours=2))
    of_product = seen(4, batch="", store="", at=NOW - timedelta(hours=3))
    strange = seen(5, product="milk", batch="L2", store="二店")
    other_kind = seen(6, batch="", category=Category.DELIVERY)
    old = seen(7, at=NOW - timedelta(days=8))
    await written(store, mine, of_batch, of_store, of_product, strange, other_kind, old)
    assert await numbers(store, mine) == ["000-0002", "000-0003", "000-0004"]
    found = await store.sightings(mine, since=WEEK, harmed_since=WEEK)
    assert found == [of_batch, of_store, of_product]


async def test_another_brands_case_is_never_found(store: Store) -> None:
    """Two brands behind one bot may share batch, store and product names: what is one matter is of one brand."""
    mine, other = seen(1, brand="Moon", harmed=True), seen(2, brand="", harmed=True)
    sister = seen(3, brand="Moon", harmed=True)
    await written(store, mine, other, sister)
    assert await numbers(store, mine) == ["000-0003"]
    (found,) = await store.sightings(mine, since=WEEK, harmed_since=WEEK)
    assert found.brand == "Moon"


async def test_who_was_hurt_by_a_batch_is_found_for_a_year(store: Store) -> None:
    """Two injuries on one batch count however many weeks lie between; those of other batches never."""
    hurt = seen(2, harmed=True, at=NOW - timedelta(days=200))
    await written(store, hurt, seen(3, harmed=True, at=LONG_AGO), seen(4, harmed=True, batch="L2", at=WEEK))
    assert await numbers(store, seen(1, harmed=True)) == ["000-0002"]
    assert await numbers(store, seen(1)) == []


async def test_a_sighting_follows_its_case(store: Store) -> None:
    """What is known later takes the place of what was known before; of unknown things nothing is found."""
    await written(store, seen(1, batch="", product="", store=""))
    assert await numbers(store, seen(2)) == []
    await store.write(Round(at=NOW, sightings=[seen(1, product="", store="")]))
    assert await numbers(store, seen(2)) == ["000-0001"]
    assert await numbers(store, seen(2, batch="", product="", store="")) == []


async def test_an_incident_is_read_as_it_was_written(store: Store) -> None:
    """Everything in it comes back; the store counts its versions."""
    news = News(id="u1", text="已停售", by=UserId(5), name="陈岚", at=NOW, left_out=(("blocked", 1),))
    whole = incident(state=IncidentState.DECLARED, sketches=((1, 2), (3,)), updates=(news,), changed_at=NOW)
    await store.write(Round(at=NOW, incidents=[whole]))
    assert await store.incidents(numbers=[whole.no]) == [whole.evolve(version=1)]
    assert await store.last_incident() == 1


async def test_no_incident_yet_is_number_zero(store: Store) -> None:
    """The first incident gets the number 1."""
    assert await store.last_incident() == 0
    assert await store.incidents(dismissed_since=LONG_AGO) == []


async def test_two_who_found_the_same_cluster_make_one_incident(store: Store) -> None:
    """A number is taken once; a change upon what has changed since is refused, with all that came with it."""
    await store.write(Round(at=NOW, incidents=[incident()]))
    with pytest.raises(SomeoneWasFirst):
        await store.write(Round(at=NOW, cases=[a_case("000-0009", chat=9)], incidents=[incident()]))
    await store.write(Round(at=NOW, incidents=[incident(version=1, title="吐司")]))
    with pytest.raises(SomeoneWasFirst):
        await store.write(Round(at=NOW, incidents=[incident(version=1, title="别的")]))
    (kept,) = await store.incidents(numbers=[IncidentNo(1)])
    assert kept.title == "吐司"
    assert [one async for one in store.cases(case_no=CaseNo("000-0009"))] == []


async def test_incidents_that_live_are_found_and_lately_dismissed_ones(store: Store) -> None:
    """Closed ones and those dismissed long ago are found by their number alone."""
    states = (
        incident(1),
        incident(2, state=IncidentState.LATER, changed_at=NOW),
        incident(3, state=IncidentState.DECLARED, changed_at=NOW),
        incident(4, state=IncidentState.DISMISSED, changed_at=NOW),
        incident(5, state=IncidentState.DISMISSED, changed_at=LONG_AGO),
        incident(6, state=IncidentState.CLOSED, changed_at=NOW, closed_at=NOW),
    )
    await store.write(Round(at=NOW, incidents=list(states)))
    assert [one.no for one in await store.incidents(dismissed_since=WEEK)] == [1, 2, 3, 4]
    assert [one.no for one in await store.incidents(dismissed_since=WEEK, numbers=[IncidentNo(6)])] == [
        1,
        2,
        3,
        4,
        6,
    ]
    assert [one.no for one in await store.incidents(numbers=[IncidentNo(5)])] == [5]


async def test_a_case_is_a_part_of_one_incident(store: Store) -> None:
    """Linked, it is listed and its sighting says so; linked elsewhere it moves, unlinked it is free."""
    one, two = IncidentNo(1), IncidentNo(2)
    links = [Linked(incident=one, case_no=CaseNo(f"000-000{number}"), at=NOW) for number in (2, 1)]
    # found, made and linked in one stroke, as a round does it
    await written(store, seen(1), seen(2), incidents=[incident(1), incident(2)], linked=links)
    assert await store.linked(one) == ["000-0001", "000-0002"]
    found = await store.sightings(seen(2), since=WEEK, harmed_since=WEEK)
    assert [other.incident for other in found] == [one]
    cases = [CaseNo(f"000-000{number}") for number in (1, 2, 3)]
    assert await store.parts_of(cases) == {cases[0]: one, cases[1]: one}
    moved = Linked(incident=two, case_no=CaseNo("000-0001"), at=NOW)
    await store.write(Round(at=NOW, linked=[moved]))
    assert (await store.linked(one), await store.linked(two)) == (["000-0002"], ["000-0001"])
    assert await store.parts_of(cases[:1]) == {cases[0]: two}
    off = Linked(incident=two, case_no=CaseNo("000-0001"), at=NOW, on=False)
    await store.write(Round(at=NOW, linked=[off]))
    assert await store.linked(two) == []


@pytest.mark.practice("R17")
async def test_an_anonymous_case_has_nothing_in_common_any_more(store: Store) -> None:
    """With the complainant goes what their case was found by."""
    await written(store, seen(1), seen(2))
    kept = a_case("000-0001", chat=1).evolve(version=1, closed_at=NOW, retired_at=NOW)
    await store.write(Round(at=NOW, cases=[kept], retired=[kept.no]))
    assert await numbers(store, seen(2)) == []


async def test_opened_cases_are_counted_by_the_hour(store: Store) -> None:
    """An hour without any is left out; what was opened before is not counted."""
    hour = NOW.replace(minute=0, second=0, microsecond=0)
    moments = (NOW, NOW, NOW - timedelta(hours=3), LONG_AGO)
    cases = [a_case(f"000-000{n}", chat=n, opened_at=at) for n, at in enumerate(moments, 1)]
    await store.write(Round(at=NOW, cases=cases))
    assert await store.opened_by_hour(WEEK) == {hour: 2, hour - timedelta(hours=3): 1}
