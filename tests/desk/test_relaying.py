"""What the desk sees of the complainant's side."""

import pytest

from bot.complaint.actions import React, Relay, Remark, Tell
from bot.complaint.case import Case, Facts
from bot.complaint.events import CustomerEdited, CustomerReacted, CustomerWrote, Undelivered
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId
from bot.desk import customer_relay, undelivered
from tests.desk.desk_scene import (
    NOW,
    PHOTO,
    ZHANG,
    a_talk,
    held_case,
    of,
    promise,
    quiet_case,
    told,
    waiting_case,
)

CHAT = ChatId(501)
CLOSED = held_case(closed_at=NOW)


def _wrote(text: str = "还没到") -> CustomerWrote:
    return CustomerWrote(
        at=NOW,
        chat=CHAT,
        sender=ZHANG,
        message=MessageId(9),
        text=text,
        media=PHOTO,
        album="a",
        reply_to=MessageId(3),
    )


@pytest.mark.practice("R31")
@pytest.mark.parametrize("case", [waiting_case(), held_case()])
def test_the_topic_sees_what_the_customer_writes(case: Case) -> None:
    """While people have the case, or are called to it, the complainant's words, media and replies are shown them."""
    (relay,) = customer_relay(_wrote(), case)
    assert isinstance(relay, Relay)
    assert (relay.to_customer, relay.text, relay.media, relay.album) == (False, "还没到", PHOTO, "a")
    assert relay.reply_to is not None
    assert relay.reply_to.message == 3


@pytest.mark.parametrize("case", [quiet_case(), waiting_case(at_desk=False), CLOSED])
def test_the_topic_is_not_filled_while_the_bot_talks(case: Case) -> None:
    """While the bot has the case, or it is closed, the group's few messages are spared."""
    assert customer_relay(_wrote(), case) == ()


@pytest.mark.practice("S32")
def test_an_edit_shows_both_versions() -> None:
    """A message that the complainant changed is shown in both versions, and the copy of the first stays."""
    event = CustomerEdited(at=NOW, chat=CHAT, sender=ZHANG, message=MessageId(9), text="五万")
    (line,) = customer_relay(event, held_case(), before="三千")
    assert isinstance(line, Tell)
    assert (line.fields["before"], line.fields["text"]) == ("三千", "五万")


def test_a_customers_reaction_shows_at_the_desk() -> None:
    """A reaction of the complainant shows on the desk's copy."""
    event = CustomerReacted(at=NOW, chat=CHAT, sender=ZHANG, message=MessageId(9), emoji="❤")
    (react,) = customer_relay(event, held_case())
    assert isinstance(react, React)
    assert not react.to_customer


def _lost(outcome: str, chat: ChatId = CHAT) -> Undelivered:
    return Undelivered(
        at=NOW, chat=chat, case_no=CaseNo("583-2716"), letter=LetterId(4), outcome=outcome, reason="Forbidden"
    )


@pytest.mark.practice("S53")
def test_a_blocked_bot_is_said_with_another_way() -> None:
    """When the complainant blocked the bot the desk hears it, with number and promises, which now go by phone."""
    case = held_case(promises=(promise(1),), facts=Facts(phone="138"))
    turn = undelivered(_lost("blocked"), case, a_talk())
    (line,) = of(turn, Tell)
    assert (line.name, line.fields["phone"]) == ("undelivered", "138")
    assert turn.conversation is not None
    assert turn.conversation.blocked
    assert "call_instead" in [one.what for one in of(turn, Remark)]
    assert turn.case == case


def test_a_refused_letter_is_said_and_blocks_nothing() -> None:
    """A letter that Telegram refused is said at the desk, and the complainant counts as reachable."""
    turn = undelivered(_lost("refused"), held_case(), a_talk())
    assert told(turn) == ["undelivered"]
    assert turn.conversation == a_talk()


def test_a_letter_to_the_desk_that_is_lost_starts_no_circle() -> None:
    """That a line did not reach the desk is kept, and not told by another line to the desk."""
    turn = undelivered(_lost("gone", ChatId(-1001)), held_case())
    assert [type(one) for one in turn.actions] == [Remark]


def test_a_lost_letter_of_no_case_is_said_in_general() -> None:
    """A letter that belongs to no case is said in General."""
    (line,) = undelivered(_lost("blocked"), None).actions
    assert isinstance(line, Tell)
    assert line.general


@pytest.mark.practice("S32")
def test_an_edit_is_one_line_of_its_own() -> None:
    """An edit by the complainant never changes the desk's copy of the first version."""
    event = CustomerEdited(at=NOW, chat=CHAT, sender=ZHANG, message=MessageId(9), text="五万")
    assert not any(isinstance(one, Relay) for one in customer_relay(event, held_case()))
