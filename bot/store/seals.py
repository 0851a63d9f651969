"""What makes the audit tamper-evident: each line's seal is a hash of the line and of the seal before it."""

from hashlib import sha256
from typing import Final

import msgspec

from bot.complaint.deskwork import Deed
from bot.complaint.errors import RecordUnreadable

FIRST_SEAL: Final = "0" * 64
"""What the first line is sealed with."""

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
