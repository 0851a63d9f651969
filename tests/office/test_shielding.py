"""What is masked before anybody sees it, and what must come through as it is (R26)."""

from datetime import UTC, datetime

import pytest

from bot.complaint.case import Person
from bot.complaint.events import Commanded
from bot.complaint.ids import ChatId, MessageId, UserId
from bot.office.incoming.shielding import shielded

CUSTOMER = Person(id=UserId(7), name="王小姐", language_code="zh")


def commanded(name: str, argument: str) -> Commanded:
    return Commanded(
        chat=ChatId(7),
        at=datetime(2026, 3, 2, 10, tzinfo=UTC),
        sender=CUSTOMER,
        message=MessageId(1),
        name=name,
        argument=argument,
    )


@pytest.mark.practice("R26", "S49")
@pytest.mark.parametrize(
    "payload", ["EBpYjhrPzWF_pWdyb3Vw0C0xMDAyMDAwMDAwMDAyLjM", "pin2PWD3aaa-otp4829", "p8841_b240512"]
)
def test_a_link_comes_through_whatever_chance_spells_in_it(payload: str) -> None:
    """A signed link holds any letters; masked where they read "pwd", it would open a plain chat and lose its case."""
    assert shielded(commanded("start", payload)) == commanded("start", payload)


@pytest.mark.practice("R26")
@pytest.mark.parametrize(("name", "argument"), [("start", "6222021234567890128"), ("new", "密码是abc12345")])
def test_what_is_typed_behind_a_command_is_masked(name: str, argument: str) -> None:
    """No command is a way around the mask."""
    event = shielded(commanded(name, argument))
    assert isinstance(event, Commanded)
    assert "*****" in event.argument
