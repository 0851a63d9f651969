"""When complaints are one matter: the trade's numbers, to the case and to the second."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.axes import Severity, Status
from bot.complaint.case import Case, Facts, Flag, Order, Person
from bot.complaint.ids import CaseNo, Cents, ChatId, UserId, bare_code
from bot.complaint.incidents import Alarm, Incident, IncidentNo, IncidentState, Matter, Sighting
from bot.complaint.reading import Category, Family
from bot.policy.clusters import (
    ClusterRules,
    belongs,
    cluster,
    common_ground,
    home_of,
    over_limit,
    sighting_of,
)
from bot.policy.likeness import SIZE, likeness, sketch
from bot.policy.recalls import recall_clocks
from bot.policy.rules import Rules
from tests.handclock import START as NOW

RULES = ClusterRules()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def seen(number: int, ago: timedelta = HOUR, **changes: object) -> Sighting:
    """A case of batch L1 that was opened so long ago, by a customer of its own."""
    known: dict[str, object] = {
        "product": "toast",
        "batch": "L1",
        "category": Category.FOOD_SAFETY,
        "customer": UserId(number),
    }
    return Sighting(case_no=CaseNo(f"000-{number:04d}"), at=NOW - ago, **(known | changes))  # type: ignore[arg-type]


MINE = seen(1, timedelta())


def alarm(*others: Sighting, mine: Sighting = MINE) -> tuple[Alarm, Severity, int] | None:
    """By which rule this is a cluster, how bad, and with how many."""
    found = cluster(mine, others, RULES, NOW)
    return (found.alarm, found.severity, len(found.cases)) if found else None


def test_cases_of_another_brand_count_for_nothing() -> None:
    """What is one matter is of one brand: neither do they make a cluster, nor do they join its incident."""
    moon = [seen(number, brand="Moon") for number in (2, 3, 4, 5)]
    assert alarm(*moon) is None
    mine = seen(1, timedelta(), brand="Moon")
    found = cluster(mine, moon, RULES, NOW)
    assert found is not None
    assert found.matter == Matter(product="toast", batch="L1", category=Category.FOOD_SAFETY, brand="Moon")
    live = incident(matter=found.matter)
    assert belongs(seen(6, brand="Moon"), live, RULES)
    assert not belongs(MINE, live, RULES)


@pytest.mark.practice("S71")
def test_three_of_a_batch_in_a_day_are_sev1() -> None:
    """Two are none; three within 24 hours are, and to the second."""
    assert alarm(seen(2)) is None
    assert alarm(seen(2), seen(3)) == (Alarm.BATCH_DAY, Severity.SEV1, 3)
    assert alarm(seen(2), seen(3, DAY - timedelta(seconds=1))) == (Alarm.BATCH_DAY, Severity.SEV1, 3)
    assert alarm(seen(2), seen(3, DAY)) is None


@pytest.mark.practice("S71")
def test_five_of_a_batch_in_a_week_are_sev2() -> None:
    """However slowly they come: four are none, the fifth makes it."""
    slow = [seen(number, number * DAY) for number in range(2, 6)]
    assert alarm(*slow[:3]) is None
    assert alarm(*slow) == (Alarm.BATCH_WEEK, Severity.SEV2, 5)
    assert alarm(*slow[:3], seen(5, 7 * DAY)) is None


def test_a_batch_alone_is_not_enough() -> None:
    """The trouble must be of one kind, and a date that stands on two products is no one batch."""
    assert alarm(seen(2, category=Category.DELIVERY), seen(3)) is None
    assert alarm(seen(2, product="milk"), seen(3)) is None
    assert alarm(seen(2, product=""), seen(3, product="")) == (Alarm.BATCH_DAY, Severity.SEV1, 3)


@pytest.mark.practice("S71")
def test_any_two_hurt_by_one_batch_are_sev1() -> None:
    """Months apart, of whatever kind; one hurt and one not are none."""
    mine = seen(1, timedelta(), harmed=True, category=Category.QUALITY)
    assert alarm(seen(2, 200 * DAY, harmed=True), mine=mine) == (Alarm.HARMED, Severity.SEV1, 2)
    assert alarm(seen(2, 200 * DAY), mine=mine) is None


def test_cases_of_one_complainant_count_once() -> None:
    """Whoever complains ten times is one complainant."""
    assert alarm(*(seen(number, customer=UserId(1)) for number in range(2, 12))) is None


def test_what_is_a_part_of_an_incident_counts_for_no_other() -> None:
    """No two incidents of the same cases."""
    linked = [seen(number, incident=IncidentNo(1)) for number in (2, 3, 4)]
    assert alarm(*linked) is None


@pytest.mark.practice("S71")
def test_without_a_batch_stores_and_like_words_count_higher() -> None:
    """Five of one store, or five who tell of one product in much the same words; other words are another matter."""
    same, other = sketch(["打开发现吐司里有一条虫子"]), sketch(["送来的时候盒子全压扁了"])
    mine = seen(1, timedelta(), batch="", words=same)
    like = [seen(number, batch="", words=sketch([f"吐司里有虫子，第{number}片"])) for number in range(2, 6)]
    assert alarm(*like[:3], mine=mine) is None
    assert alarm(*like, mine=mine) == (Alarm.ALIKE_DAY, Severity.SEV2, 5)
    assert alarm(*like[:3], seen(5, batch="", words=other), mine=mine) is None
    shop = [seen(number, batch="", store="一店", product=f"p{number}") for number in range(1, 6)]
    assert alarm(*shop[1:], mine=shop[0]) == (Alarm.STORE_DAY, Severity.SEV2, 5)
    week = [seen(number, number * DAY / 2, batch="", store="一店") for number in range(2, 9)]
    assert alarm(*week, mine=shop[0]) == (Alarm.STORE_WEEK, Severity.SEV2, 8)


@pytest.mark.practice("S71")
def test_one_who_tells_of_many_needs_no_others() -> None:
    """E15; where food is the matter it is the gravest."""
    assert alarm(mine=seen(1, many=True)) == (Alarm.TOLD, Severity.SEV1, 1)
    assert alarm(mine=seen(1, many=True, category=Category.DELIVERY)) == (Alarm.TOLD, Severity.SEV2, 1)


@pytest.mark.practice("S68")
def test_a_limit_of_complaints_in_a_million_is_an_incident_with_its_cases() -> None:
    """Volumes known elsewhere make one as well."""
    found = over_limit("Toast", "l-1", [seen(2), seen(1)])
    assert (found.alarm, found.matter) == (Alarm.PPM, Matter(product="toast", batch="L1"))
    assert [one.case_no for one in found.cases] == ["000-0001", "000-0002"]


def incident(**changes: object) -> Incident:
    """One on batch L1."""
    matter = Matter(product="toast", batch="L1", category=Category.FOOD_SAFETY)
    first = Incident(no=IncidentNo(1), matter=matter, alarm=Alarm.BATCH_DAY, opened_at=NOW)
    return first.evolve(**changes)


def test_later_cases_join_by_the_matter() -> None:
    """By batch; by store; by likeness to what was told; an incident without a matter takes nobody by itself."""
    assert belongs(MINE, incident(), RULES)
    assert not belongs(seen(1, batch="L2"), incident(), RULES)
    assert not belongs(seen(1, category=Category.DELIVERY), incident(), RULES)
    shop = incident(matter=Matter(store="一店"))
    assert belongs(seen(1, store="一店"), shop, RULES)
    told = incident(matter=Matter(product="toast"), sketches=(sketch(["有一条虫子"]),))
    assert belongs(seen(1, words=sketch(["里面有一条虫子"])), told, RULES)
    assert not belongs(seen(1, words=sketch(["盒子压扁了"])), told, RULES)
    assert not belongs(MINE, incident(matter=Matter()), RULES)


def test_what_was_dismissed_lately_is_remembered() -> None:
    """For seven days; one that lives goes before it; closed ones take nobody."""
    dismissed = incident(state=IncidentState.DISMISSED, changed_at=NOW - 6 * DAY)
    assert home_of(MINE, [dismissed], RULES, NOW) == dismissed
    assert home_of(MINE, [dismissed.evolve(changed_at=NOW - 7 * DAY)], RULES, NOW) is None
    assert home_of(MINE, [dismissed, incident(no=IncidentNo(2))], RULES, NOW) == incident(no=IncidentNo(2))
    assert home_of(MINE, [incident(state=IncidentState.CLOSED)], RULES, NOW) is None


def a_case(**changes: object) -> Case:
    """A complaint about toast."""
    person = Person(id=UserId(7), name="周敏")
    case = Case(no=CaseNo("000-0007"), chat=ChatId(7), customer=person, opened_at=NOW)
    return case.evolve(category=Category.QUALITY, facts=Facts(product="吐司")).evolve(**changes)


def test_a_case_is_seen_by_what_is_known_of_it() -> None:
    """Product by its one name, batch without signs, store from the order; suggestions and merged cases are not seen."""
    order = Order(order_no="1", product="吐司", price=Cents(100), store="一店")
    case = a_case(facts=Facts(batch_no="ｌ-2026 0701", order=order, harmed=True))
    found = sighting_of(case, {"吐司": "toast"}.__getitem__)
    assert found is not None
    assert (found.product, found.batch, found.store, found.harmed) == ("toast", "L20260701", "一店", True)
    assert sighting_of(a_case(category=Category.SUGGESTION)) is None
    assert sighting_of(a_case(facts=Facts())) is None
    assert sighting_of(a_case(status=Status.MERGED)) is None
    assert bare_code("  ") == ""


def test_nobody_looks_again_while_nothing_has_changed() -> None:
    """Words alone change nothing; a batch, a store, an injury, many others do."""
    before = common_ground(a_case())
    assert common_ground(a_case(story=("又说了一遍",))) == before
    flag = Flag(family=Family.MASS, cue="全班", at=NOW)
    for change in ({"facts": Facts(product="吐司", batch_no="L1")}, {"flags": (flag,)}):
        assert common_ground(a_case(**change)) != before


def test_a_brand_may_have_its_own_numbers() -> None:
    """But one case alone is never a cluster."""
    assert cluster(MINE, [seen(2)], ClusterRules(batch_day=2), NOW) is not None
    with pytest.raises(ValueError, match="at least 2"):
        ClusterRules(batch_day=1)


WORDS = st.text(alphabet="有虫子吐司里面一条发现打开abc ", max_size=60)


@given(one=WORDS, other=WORDS)
def test_likeness_goes_both_ways_between_none_and_whole(one: str, other: str) -> None:
    """The same is 1, likeness goes both ways and never beyond 0 and 1, sketches stay small."""
    mine, theirs = sketch([one]), sketch([other])
    assert likeness(mine, theirs) == likeness(theirs, mine)
    assert 0 <= likeness(mine, theirs) <= 1
    assert likeness(mine, mine) == (1 if mine else 0)
    assert len(mine) <= SIZE


def test_a_sketch_is_the_same_everywhere() -> None:
    """It is stored: no start of the program may change it."""
    assert sketch(["有虫子！"]) == sketch(["有 虫子"]) == (1227268226, 3004080311)


@pytest.mark.practice("R48")
def test_recall_clocks_run_by_class_or_by_working_days() -> None:
    """Food 24, 48, 72 hours; other goods are reported in two working days."""
    food = recall_clocks(Rules(), NOW, food=True)
    assert [(one.name, one.due - NOW) for one in food] == [
        ("food_class_1", 24 * HOUR),
        ("food_class_2", 48 * HOUR),
        ("food_class_3", 72 * HOUR),
    ]
    (goods,) = recall_clocks(Rules(), NOW, food=False)
    assert goods.due.isoformat() == "2026-07-03T18:00:00+08:00"
