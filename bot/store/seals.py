"""What makes the audit tamper-evident: each line's seal is a hash of the line and of the seal before it."""

from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Final

import msgspec

from bot.complaint.deskwork import Deed
from bot.complaint.errors import RecordUnreadable
from bot.store.rows import Row, found_by

FIRST_SEAL: Final = "0" * 64
"""The seal before the first line."""

_deed: Final = msgspec.json.Decoder(Deed)


def seal_of(before: str, body: str) -> str:
    """The seal of a line with this body, after the line with the seal `before`."""
    return sha256(f"{before}\n{body}".encode()).hexdigest()


def deed_from(body: str, number: int) -> Deed:
    """The deed of a line of the audit.

    Raises:
        RecordUnreadable: it is not what was written.
    """
    try:
        return _deed.decode(body)
    except (msgspec.DecodeError, ValueError) as error:
        raise RecordUnreadable(f"line {number} of the audit: {error}") from error


async def first_broken(lines: AsyncIterator[Row]) -> int | None:
    """The number of the first audit line that was altered; None if none was.

    Lines come in order, as their number, body, seal, and what they are found by.
    """
    before, expected = FIRST_SEAL, 1
    async for number, body, seal, *columns in lines:
        if number != expected or seal != seal_of(before, body):
            return int(number)
        try:
            deed = deed_from(body, number)
        except RecordUnreadable:
            return int(number)
        if tuple(columns) != found_by(deed):
            return int(number)
        before, expected = seal, number + 1
    return None
