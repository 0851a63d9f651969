"""Nouns are frozen; what changes is their next version."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.complaint.case import Case, Person
from bot.complaint.dealings import Promise
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, UserId

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CASE = Case(
    no=CaseNo("583-2716"), chat=ChatId(7), customer=Person(id=UserId(7), name="王小明"), opened_at=NOON
)


def test_the_next_version_of_a_case_differs_in_what_was_named() -> None:
    """The case before stays as it was."""
    later = CASE.evolve(story=("盖子漏水",))
    assert later.story == ("盖子漏水",)
    assert CASE.story == ()
    assert later.evolve(story=()) == CASE


def test_a_case_has_only_its_own_fields() -> None:
    """A misspelt field is refused, and so is a change in place."""
    with pytest.raises(TypeError, match="colour"):
        CASE.evolve(colour="red")
    with pytest.raises(AttributeError):
        CASE.rung = 3  # type: ignore[misc]


def test_every_version_of_a_promise_is_checked() -> None:
    """None is due before it was made."""
    promise = Promise(id="p1", kind="refund", text="", owner="bot", made_at=NOON, due_at=NOON)
    with pytest.raises(ValueError, match="due after"):
        replace(promise, due_at=NOON - timedelta(minutes=1))
