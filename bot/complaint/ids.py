"""Identifiers, each with a type of its own so that a chat can never be taken for a case."""

import re
import unicodedata
from typing import NewType

from msgspec import Struct

CaseNo = NewType("CaseNo", str)
"""What the complainant reads out on the phone: seven digits, "583-2716"; random, so not guessable."""

ChatId = NewType("ChatId", int)
"""A Telegram chat. Private chats are positive and equal the user's id; groups are negative."""

UserId = NewType("UserId", int)
MessageId = NewType("MessageId", int)
"""A Telegram message, unique only within its chat."""

ThreadId = NewType("ThreadId", int)
"""A topic of the desk's forum."""

LetterId = NewType("LetterId", int)
"""A row of the outbox."""

Cents = NewType("Cents", int)
"""Money in hundredths of the brand's currency."""


class MessageRef(Struct, frozen=True):
    """One message in one chat."""

    chat: ChatId
    message: MessageId


class ThreadRef(Struct, frozen=True):
    """One topic in one of the desk's groups."""

    chat: ChatId
    thread: ThreadId


def case_no_from(digits: int) -> CaseNo:
    """Spell a number below ten million the way a case number is written.

    >>> case_no_from(42)
    '000-0042'
    """
    text = f"{digits % 10_000_000:07d}"
    return CaseNo(f"{text[:3]}-{text[3:]}")


def bare_code(written: str) -> str:
    """An order or batch number as it is compared: letters and digits alone, half width, upper case.

    >>> bare_code(" ｌ-2026 0701 ")
    'L20260701'
    """
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", written).upper())
