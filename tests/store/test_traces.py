"""What delivered letters leave behind."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.complaint.actions import Lane
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId, MessageRef, ThreadId
from bot.complaint.letters import Letter, LetterKind, Outcome, Receipt
from bot.store.rows import json_text
from bot.store.traces import Traces, followed, leaves_nothing

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
THERE = MessageRef(ChatId(7), MessageId(1))


@pytest.mark.parametrize("kind", list(LetterKind))
@pytest.mark.parametrize(
    "aims",
    [
        {},
        {"source": THERE},
        {"sources": (THERE,)},
        {"part_of": THERE},
        {"place": "card:583-2716"},
        {"topic": CaseNo("583-2716"), "case_no": CaseNo("583-2716")},
        {"reply_to": THERE, "target_of": THERE, "below": "the talk so far"},
    ],
)
def test_what_nobody_looks_for_is_not_there(kind: LetterKind, aims: dict[str, Any]) -> None:
    """A letter whose row is not read again on delivery leaves no mirror, place or topic behind."""
    letter = Letter(
        id=LetterId(1), kind=kind, chat=ChatId(5), lane=Lane.TALK, written_at=NOW, html="x", **aims
    )
    receipt = Receipt(
        letter=letter.id, outcome=Outcome.SENT, at=NOW, message=MessageId(9), thread=ThreadId(3)
    )
    left = followed([(letter.id, json_text(letter))], {letter.id: receipt})
    assert left == Traces() or not leaves_nothing(letter)
    assert leaves_nothing(letter) == (
        kind is LetterKind.TEXT and not aims.keys() & {"source", "sources", "part_of", "place"}
    )
