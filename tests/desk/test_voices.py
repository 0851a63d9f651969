"""Customers' words that everybody at the desk may read: short, varied, and nobody's."""

from datetime import UTC, datetime

import pytest

from bot.complaint.case import Case, Flag, Person
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.complaint.reading import Category, Family, Language
from bot.desk.overview.voices import voices

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)


def case(*story: str, **changes: object) -> Case:
    """A complaint of 周敏's in these words."""
    who = Person(id=UserId(7), name="周敏", username="zhoumin")
    row = Case(no=CaseNo("100-0001"), chat=ChatId(7), customer=who, opened_at=NOW, story=story)
    return row.evolve(**changes)


def test_what_leads_to_nobody_is_quoted() -> None:
    """A short sentence about the matter is worth showing."""
    assert voices([case("壶嘴一倒就漏，台面全是水")]) == ("壶嘴一倒就漏，台面全是水",)


@pytest.mark.practice("R16")
@pytest.mark.parametrize(
    "words",
    [
        "我叫王大明，壶漏水",
        "周敏的壶又漏水了",
        "张先生送来的壶漏水",
        "订单 2026 0621 的壶漏水",
        "打 13912345678 找我说壶的事",
        "壶放在阳光小区三号楼门口",
        "加我微信说壶漏水的事",
        "发到 zhou@example.com 说清楚",
        "看 https://example.com 上的壶",
        "去医院看了手上的烫伤",
    ],
)
def test_what_leads_to_somebody_is_not(words: str) -> None:
    """Names, numbers, addresses, and what is nobody's business."""
    assert voices([case(words)]) == ()


def test_an_english_name_is_seen_by_its_capital() -> None:
    """In the middle of a sentence a capital begins a name."""
    said = case("The kettle leaks all over the counter", language=Language.EN)
    named = case("I told Margaret at the till that it leaks", language=Language.EN)

    assert voices([said, named]) == ("The kettle leaks all over the counter",)


def test_who_is_hurt_or_asked_to_be_forgotten_is_not_quoted() -> None:
    """Neither is who swears: nobody is shown at their worst."""
    hurt = case("面包里有玻璃，嘴划破了", flags=(Flag(family=Family.INJURY, cue="划破", at=NOW),))
    gone = case("壶嘴一倒就漏水", erase_asked=NOW)

    assert voices([hurt, gone]) == ()


def test_three_are_enough_and_each_is_another_matter_where_there_are_several() -> None:
    """Different sorts of complaints take turns; the same words stand once."""
    many = [case(f"壶嘴漏水{sign}擦都擦不完", category=Category.QUALITY) for sign in "又还老总"]
    late = replace(case("说好周三送到，等到周六"), category=Category.DELIVERY)

    found = voices([*many, many[0], late])

    assert len(found) == 3
    assert "说好周三送到，等到周六" in found[:2]
