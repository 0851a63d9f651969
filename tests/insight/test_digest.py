"""What a digest counts: what rises, what is missed, whom it may quote."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.complaint.axes import PromiseStatus, Severity
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo
from bot.complaint.reading import Category
from bot.insight.digest import digest, due_today, quotable, rising
from bot.insight.facts import CaseFacts, Pledge
from bot.insight.frame import Period

ZONE = ZoneInfo("Asia/Shanghai")
WEEK = Period(first=date(2026, 6, 22), until=date(2026, 6, 29), zone=ZONE)
MONDAY = datetime(2026, 6, 29, 1, 0, tzinfo=UTC)


def cases(product: str, count: int, day: datetime, **more: object) -> list[CaseFacts]:
    """So many cases of a product on a day."""
    made = [
        CaseFacts(no=CaseNo(f"{product}{number}{day:%d}"), opened_at=day, product=product)
        for number in range(count)
    ]
    return [replace(one, **more) for one in made]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("usual", "now", "rises"), [(4, 3, True), (0, 3, True), (0, 2, False), (8, 5, False), (8, 6, True)]
)
def test_a_product_rises_when_twice_as_many_come_and_more_than_chance(
    usual: int,
    now: int,
    rises: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """`usual` are the cases of the 28 days before; a week usually has a quarter of them."""
    facts = cases("tea", usual, MONDAY - timedelta(days=20)) + cases("tea", now, MONDAY - timedelta(days=3))

    assert bool(rising(facts, WEEK)) is rises


def test_due_today_ends_with_the_brands_day() -> None:
    """What is due at a quarter to midnight in Shanghai is due today; what is due later, or was kept, is not."""
    midnight = datetime(2026, 6, 29, 16, 0, tzinfo=UTC)
    owed = (
        Pledge(due_at=midnight - timedelta(minutes=15), status=PromiseStatus.OPEN),
        Pledge(due_at=midnight, status=PromiseStatus.OPEN),
        Pledge(due_at=midnight - timedelta(minutes=15), status=PromiseStatus.KEPT),
    )

    assert due_today(cases("tea", 1, MONDAY, promises=owed), WEEK, MONDAY) == 1


def test_of_every_category_somebody_may_be_quoted_and_nobody_in_danger() -> None:
    """Cases take turns by category, the newest first."""
    day = MONDAY - timedelta(days=2)
    facts = [
        *cases("a", 3, day, category=Category.QUALITY),
        *cases("b", 1, day - timedelta(days=1), category=Category.DELIVERY),
        *cases("c", 1, day, severity=Severity.SEV1),
    ]

    found = quotable(facts)

    assert {one[0] for one in found[:2]} == {"a", "b"}
    assert len(found) == 4


def test_values_are_called_by_their_names() -> None:
    """Categories, causes and products are worded by whoever knows the words."""
    facts = cases("tea", 4, MONDAY - timedelta(days=2), category=Category.QUALITY)

    told = digest(facts, WEEK, MONDAY, lambda group, key: f"{group}:{key}")

    assert told["subjects"] == [{"name": "category:quality", "count": 4}]
    assert told["rising"] == [{"name": "product:tea", "count": 4, "usual": 0.0}]
