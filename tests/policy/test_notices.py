"""The terms of official notices, with holidays around them."""

from datetime import date, datetime

import pytest

from bot.complaint.evolving import replace
from bot.complaint.notices import Notice, NoticeKind
from bot.policy.hours import OFFICE, Hours
from bot.policy.notices import day_before, last_day, notice_due, source_of
from bot.policy.rules import Rules

GOLDEN_WEEK = replace(
    OFFICE,
    holidays=tuple(date(2026, 10, day) for day in range(1, 8)),
    make_up_days=(date(2026, 9, 27), date(2026, 10, 10)),
)

pytestmark = pytest.mark.practice("R49")


@pytest.mark.parametrize(
    ("kind", "received", "last"),
    [
        # a Monday: Tuesday is the first day, the weekend is none
        (NoticeKind.TRANSFER, date(2026, 6, 29), date(2026, 7, 8)),
        (NoticeKind.ODR, date(2026, 6, 29), date(2026, 7, 13)),
        # what comes on a Saturday begins on Monday
        (NoticeKind.TRANSFER, date(2026, 7, 4), date(2026, 7, 14)),
        # seven days of holidays in between, a Sunday and a Saturday worked for them
        (NoticeKind.TRANSFER, date(2026, 9, 25), date(2026, 10, 10)),
        (NoticeKind.ODR, date(2026, 9, 30), date(2026, 10, 20)),
        # sixty days run through, and end on a working day as they are
        (NoticeKind.MEDIATION, date(2026, 7, 2), date(2026, 8, 31)),
        # the sixtieth is within the holidays: the first working day after them
        (NoticeKind.MEDIATION, date(2026, 8, 3), date(2026, 10, 8)),
        # the sixtieth is a Saturday that is worked
        (NoticeKind.MEDIATION, date(2026, 8, 11), date(2026, 10, 10)),
    ],
)
def test_the_day_it_came_is_not_counted_and_a_holidays_end_rolls_on(
    kind: NoticeKind, received: date, last: date
) -> None:
    """Order 121 art. 45, on the country's calendar."""
    assert last_day(GOLDEN_WEEK, kind, received) == last


def test_a_shop_that_opens_on_sundays_gains_no_day_by_it() -> None:
    """The authority's days count, not the brand's hours."""
    shop = Hours(weekdays=(1, 2, 3, 4, 5, 6, 7))
    assert last_day(shop, NoticeKind.TRANSFER, date(2026, 6, 29)) == date(2026, 7, 8)


def test_a_day_that_the_notice_names_is_kept_as_it_is() -> None:
    """Even on a Sunday: whoever named it meant it."""
    named = date(2026, 7, 5)
    assert last_day(OFFICE, NoticeKind.INQUIRY, date(2026, 7, 1), named) == named
    assert last_day(OFFICE, NoticeKind.TRANSFER, date(2026, 7, 1), named) == named
    assert source_of(NoticeKind.TRANSFER, named) == "notice"


def test_an_inquiry_without_a_day_has_no_end() -> None:
    """Nobody guesses a term that no rule gives."""
    with pytest.raises(ValueError, match="names its day"):
        last_day(OFFICE, NoticeKind.INQUIRY, date(2026, 7, 1))


def test_it_is_due_when_our_desk_closes_and_called_out_the_working_day_before() -> None:
    """In the brand's zone; the day before a Monday is Friday."""
    rules = Rules(hours=GOLDEN_WEEK)
    notice = Notice(
        kind=NoticeKind.MEDIATION, authority="A", received=date(2026, 8, 3), source="SAMR Order 121, art. 23"
    )
    due = notice_due(rules, notice)
    assert due == datetime(2026, 10, 8, 18, tzinfo=rules.clock)
    assert day_before(rules, due) == datetime(2026, 9, 30, 9, tzinfo=rules.clock)
