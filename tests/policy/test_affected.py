"""Whom one update to all reaches, and whom not."""

import pytest

from bot.complaint.axes import Status
from bot.complaint.case import Case, Flag, Person
from bot.complaint.conversation import Conversation
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.complaint.reading import Family
from bot.policy.affected import not_to_hear, reached
from tests.handclock import START as NOW


def case(number: int = 1, chat: int = 7, **changes: object) -> Case:
    """An open case."""
    person = Person(id=UserId(chat), name="周敏")
    no = CaseNo(f"000-{number:04d}")
    return Case(no=no, chat=ChatId(chat), customer=person, opened_at=NOW).evolve(**changes)


def talk(**changes: object) -> Conversation:
    """Their talk."""
    return Conversation(chat=ChatId(7)).evolve(**changes)


@pytest.mark.practice("S40")
def test_who_may_not_be_written_to() -> None:
    """Blocked, withdrawn, merged, erased, extorting; closed unless they agreed to hear more, as they said last."""
    flag = Flag(family=Family.EXTORTION, cue="给钱就删", at=NOW)
    closed = case(closed_at=NOW, status=Status.CLOSED)
    assert not_to_hear(case(), talk()) == ""
    assert not_to_hear(case(), None) == ""
    assert not_to_hear(case(), talk(blocked=True)) == "blocked"
    assert not_to_hear(case(status=Status.WITHDRAWN, closed_at=NOW), talk(contact=True)) == "withdrawn"
    assert not_to_hear(case(merged_into=CaseNo("000-0002")), talk()) == "merged"
    assert not_to_hear(case(erase_asked=NOW), talk()) == "erased"
    assert not_to_hear(case(flags=(flag,)), talk()) == "legal"
    assert not_to_hear(closed, talk()) == "closed"
    assert not_to_hear(closed.evolve(follow_up_consent=True), talk()) == ""
    taken_back = talk(contact=False, contact_at=NOW)
    assert not_to_hear(closed.evolve(follow_up_consent=True), taken_back) == "closed"


def test_each_complainant_is_reached_once() -> None:
    """Of two cases of one complainant the open one counts; the other is told as left out."""
    closed = case(1, follow_up_consent=True, closed_at=NOW)
    found = reached(
        [(closed, None), (case(2), None), (case(3, chat=8), None), (case(4, chat=9), talk(blocked=True))]
    )
    assert [one.no for one in found.cases] == ["000-0002", "000-0003"]
    assert found.left_out == {"again": 1, "blocked": 1}
