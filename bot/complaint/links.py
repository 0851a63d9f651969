"""What a signed start link or printed code says about a complaint before the first word."""

from msgspec import Struct
from msgspec.structs import fields


class Link(Struct, frozen=True, kw_only=True):
    """The content of a signed link. An order number in it still has to be found in the order book."""

    product: str = ""
    """The product's key in the brand file."""
    batch: str = ""
    store: str = ""
    order: str = ""
    case: str = ""
    """The number of a case that was logged for them, which this chat joins."""
    source: str = ""
    """Where the link was found, in one word of the house: `pack`, `group` and so on."""
    ref: str = ""
    """What the one who made it wants to find again."""

    def __bool__(self) -> bool:
        """Whether it holds anything."""
        return any(getattr(self, one.name) for one in fields(self))
