"""What a signed start link or printed code says about a complaint before the first word."""

from dataclasses import dataclass, fields

from bot.complaint.evolving import swift


@swift
@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a signed link says. An order in it is no more than an order that was typed: the order book decides."""

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
        """Whether it says anything."""
        return any(getattr(self, one.name) for one in fields(self))
