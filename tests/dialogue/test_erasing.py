"""Deletion on request stops before everything that is held, by whatever way it would be reached."""

from datetime import UTC, datetime

import pytest

from bot.complaint.case import Case, Person
from bot.complaint.conversation import Conversation
from bot.complaint.events import Pressed
from bot.complaint.ids import CaseNo, ChatId, MessageId, UserId
from bot.config import load_rules
from bot.dialogue.acts.mydata import Kept, serve_data

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CHAT = ChatId(7001)
PERSON = Person(id=UserId(7001), name="周敏")
PART, MAIN = CaseNo("100-0001"), CaseNo("100-0002")


def erased(*cases: Case) -> dict[CaseNo, bool]:
    """Which of these cases are anonymous after their owner has said yes."""
    data = f"c|erase_yes|{int(NOW.timestamp())}|1"
    event = Pressed(at=NOW, chat=CHAT, sender=PERSON, message=MessageId(9), query="q", data=data)
    talk = Conversation(chat=CHAT)
    turn, _ = serve_data(event, talk, Kept(cases=cases), rules=load_rules(), now=NOW)
    after = [one for one in (turn.case, *turn.others) if one is not None]
    return {one.no: one.retired_at is not None for one in after}


def a_case(no: CaseNo, **changes: object) -> Case:
    """A case of this customer."""
    return Case(no=no, chat=CHAT, customer=PERSON, opened_at=NOW, closed_at=NOW).evolve(**changes)


@pytest.mark.practice("R53", "S32")
@pytest.mark.parametrize(
    "why", [{"legal_hold": True}, {"evidence_hold": True}, {"closed_at": None}], ids=repr
)
def test_a_part_of_a_held_case_is_held_with_it(why: dict[str, object]) -> None:
    """What was joined to a case that a court may ask for is its evidence: it goes when that case goes."""
    part = a_case(PART, merged_into=MAIN)
    assert erased(a_case(MAIN, merged=(PART,), **why), part) == {MAIN: False, PART: False}
    assert erased(part, a_case(MAIN, merged=(PART,))) == {MAIN: True, PART: True}
