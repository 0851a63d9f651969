"""Two replicas weigh the last cases of a cluster in the same moment: neither sees the other's, and none is missed."""

from datetime import timedelta

import pytest

from bot.complaint.case import Case, Facts
from bot.complaint.events import Due
from bot.complaint.ids import CaseNo
from bot.complaint.reading import Category
from bot.complaint.records import Round, Timer
from bot.config import load_rules
from bot.office.booking.ledger import Ledger
from bot.office.groups import Groups
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.orders import open_order_book
from bot.office.lookup.worksheet import Worksheet
from bot.office.matters.incident_noticing import WEIGH
from bot.office.matters.incidents import MEANWHILE, ONCE_MORE, Incidents
from bot.office.phrases import load_catalogue
from bot.store import Store
from tests.contract.store import DESK, NOW, a_case

RULES = load_rules()


async def _nobody(_user: int, _chat: int) -> bool:
    return False


def of_batch(number: int) -> Case:
    """A complaint about the same batch, by a customer of its own."""
    facts = Facts(product="吐司", batch_no="L1", issue=("发霉",))
    case = a_case(f"000-{number:04d}", chat=number, facts=facts, category=Category.FOOD_SAFETY, opened_at=NOW)
    return case.evolve(holder=None)


class Replica:
    """One that weighs."""

    def __init__(self, store: Store) -> None:
        self.store = store
        groups = Groups(DESK, RULES.desks())
        ledger = Ledger(load_catalogue(RULES, None), RULES, groups, store.letter_ids)
        self.incidents = Incidents(store, Lookup(store, open_order_book(""), RULES, _nobody), ledger, RULES)

    async def weighed(self, case: CaseNo, key: str = WEIGH) -> Round:
        """The round of this timer, not yet written."""
        at = NOW + (MEANWHILE if key == ONCE_MORE else timedelta())
        due = Due(at=at, chat=DESK, case_no=case, kind=WEIGH, key=key)
        sheet = await Worksheet.lay_out(self.store, [due], DESK)
        await self.incidents.in_time(due, sheet, at)
        done = Round(at=at)
        sheet.fill(done)
        return done


def again(done: Round) -> list[Timer]:
    """The second looks that it asks for."""
    return [one for one in done.timers if one.key == ONCE_MORE]


@pytest.mark.practice("S71")
async def test_a_cluster_whose_last_cases_come_at_once_is_found_a_minute_later(
    pair: tuple[Store, Store],
) -> None:
    """One case is there; the second and the third are weighed together, then both again: one incident of three."""
    one, other = map(Replica, pair)
    await one.store.write(Round(at=NOW, cases=[of_batch(1), of_batch(2), of_batch(3)]))
    await one.store.write(await one.weighed(CaseNo("000-0001")))
    rounds = await one.weighed(CaseNo("000-0002")), await other.weighed(CaseNo("000-0003"))
    assert [len(again(done)) for done in rounds] == [1, 1]
    for replica, done in zip((one, other), rounds, strict=True):
        await replica.store.write(done)
    assert await one.store.last_incident() == 0

    found = await one.weighed(CaseNo("000-0002"), ONCE_MORE)
    await one.store.write(found)
    await other.store.write(await other.weighed(CaseNo("000-0003"), ONCE_MORE))

    assert again(found) == []
    assert await one.store.last_incident() == 1
    assert await one.store.linked(found.incidents[0].no) == ["000-0001", "000-0002", "000-0003"]


async def test_a_house_of_one_needs_no_second_look(store: Store) -> None:
    """Where nobody else weighs, nothing can be missed; and a second look asks for no third."""
    alone = Replica(store)
    await store.write(Round(at=NOW, cases=[of_batch(1)]))
    first = await alone.weighed(CaseNo("000-0001"))
    assert bool(again(first)) is store.shared
    assert again(await alone.weighed(CaseNo("000-0001"), ONCE_MORE)) == []
