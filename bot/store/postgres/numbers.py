"""Numbers for letters: unique and rising over all replicas, mostly without a query.

The statement that reads the state for a round also takes a block of numbers. Everything in that state was written by
rounds with earlier blocks; and a round that missed another's write is refused by its version check and starts again
with a newer block. So of two writers about one chat the later one always has the higher numbers, on any replica.
"""

from typing import Final

from bot.complaint.errors import RecordRefused
from bot.complaint.ids import LetterId

BLOCK: Final = 65_536
"""Numbers in a block: more than a round can use. 2^47 blocks last longer than any desk."""


class Numbers:
    """The newest block of numbers, as far as it is unused."""

    def __init__(self, block: int) -> None:
        self._block = block
        self._used = 0

    def take(self, block: int) -> None:
        """Use a newer block; an older one that arrives late is ignored."""
        if block > self._block:
            self._block, self._used = block, 0

    def next(self, count: int) -> list[LetterId]:
        """Fresh numbers.

        Raises:
            RecordRefused: the round has used up its block; half a round will not.
        """
        if self._used + count > BLOCK:
            raise RecordRefused(f"A round may write {BLOCK} letters at most.")
        first = self._block * BLOCK + self._used
        self._used += count
        return [LetterId(number) for number in range(first, first + count)]
