"""Numbers for letters: unique and rising over all replicas, mostly without a query.

A block of numbers is taken by the very statement that reads the state a round decides on. Whatever that state
holds was written by rounds whose blocks were taken before; and a round that overlooked somebody's writing is
refused by its versions and begins anew, with a newer block. So the later of two writers about one chat always
has the higher numbers, whichever replica it is.
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
