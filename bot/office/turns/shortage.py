"""What the machine may lack for a while: then nothing is wrong with the row that is being worked."""

from errno import EMFILE, ENFILE, ENOMEM
from typing import Final

SHORTAGES: Final = frozenset({EMFILE, ENFILE, ENOMEM})
"""No file descriptor left for this program, or for any; no memory."""


def is_shortage(error: Exception) -> bool:
    """Whether this failed for want of something that comes back: the row is tried until it does."""
    return isinstance(error, OSError) and error.errno in SHORTAGES
