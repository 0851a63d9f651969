"""Lessons and marks, as every kind of database keeps them."""

from datetime import date, timedelta

import pytest

from bot.complaint.errors import SomeoneWasFirst
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.complaint.lessons import Caused, Lesson, LessonNo, LessonState, Mark
from bot.complaint.records import Round
from bot.store import Store
from bot.store.keeping import FactsRow
from tests.contract.store import NO, NOW, a_case, opened

LESSON = Lesson(
    no=LessonNo(1),
    cause="packaging",
    product="kettle",
    what="改封口温度",
    owner="王珂",
    made_at=NOW,
    by="林晓",
    due_at=NOW + timedelta(days=7),
    case_no=NO,
)
MARK = Mark(case_no=NO, week="2026-W27", agent=UserId(7), by="陈岚", at=NOW, points={"heard": True})


async def test_a_lesson_is_kept_as_it_became(store: Store) -> None:
    """Written, changed and read again; numbers come in order."""
    await store.write(Round(at=NOW, lessons=[replace(LESSON, no=LessonNo(2)), LESSON]))
    first, second = await store.lessons()
    assert (first, second.no) == (replace(LESSON, version=1), 2)
    done = first.evolve(state=LessonState.DONE, proof="照片", in_force=date(2026, 7, 9), ended_at=NOW)
    await store.write(Round(at=NOW, lessons=[done]))
    assert (await store.lessons())[0] == done.evolve(version=2)


async def test_of_two_who_change_a_lesson_the_first_one_counts(store: Store) -> None:
    """Also of two who give the same number away."""
    await store.write(Round(at=NOW, lessons=[LESSON]))
    with pytest.raises(SomeoneWasFirst):
        await store.write(Round(at=NOW, lessons=[LESSON]))
    await store.write(Round(at=NOW, lessons=[LESSON.evolve(version=1, what="a")]))
    with pytest.raises(SomeoneWasFirst):
        await store.write(Round(at=NOW, lessons=[LESSON.evolve(version=1, what="b")]))
    assert [one.what for one in await store.lessons()] == ["a"]


async def test_a_mark_is_changed_in_its_place(store: Store) -> None:
    """One for each case and week; other weeks are left out."""
    await opened(store, a_case())
    await store.write(Round(at=NOW, marks=[MARK, replace(MARK, done=True), replace(MARK, week="2026-W28")]))
    await store.write(Round(at=NOW, marks=[replace(MARK, points={"heard": False})]))
    assert await store.marks(["2026-W27", "2026-W01"]) == [replace(MARK, points={"heard": False})]


async def test_cases_of_a_cause_are_counted_by_the_hour(store: Store) -> None:
    """Those without a cause are left out, and so are those that were opened before, or whose row is damaged."""
    numbers = [CaseNo(f"000-000{one}") for one in range(6)]
    await opened(store, *(a_case(no, chat=ChatId(int(no[-1]) + 1)) for no in numbers))
    caused = '{"cause":"packaging","product":"kettle"}'
    bodies = [caused, caused, '{"cause":"delivery","batch":"L1"}', "{}", caused, "{damaged"]
    starts = [NOW, NOW, NOW, NOW, NOW - timedelta(days=9), NOW]
    await store.book(
        [
            FactsRow(no=no, mark=0, opened_at=at, last_at=at, form="x", body=body)
            for no, at, body in zip(numbers, starts, bodies, strict=True)
        ]
    )
    hour = NOW.replace(minute=0, second=0, microsecond=0)
    assert sorted(await store.caused(NOW - timedelta(days=1)), key=lambda one: one.cause) == [
        Caused(cause="delivery", product="", batch="L1", hour=hour, count=1),
        Caused(cause="packaging", product="kettle", batch="", hour=hour, count=2),
    ]
