"""What a reader says to a message, in the outside labels, whichever reader it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final

from bot.complaint.reading import Family
from bot.reading import Reader, as_contract
from bot.reading.learned import Learned

SELF_HARM: Final = "self_harm"
"""No label of the outside form, which has nine risks; but the gravest of all, so it is measured with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One message, read: `remedy` and `slots` as in `complaint-bot read`."""

    category: str = "none"
    is_complaint: bool = False
    risks: frozenset[str] = frozenset()
    remedy: dict[str, Any] | None = None
    slots: dict[str, list[Any]] = field(default_factory=dict)


Reads = Callable[[str], Answer]


def reads(reader: Reader) -> Reads:
    """The product's reader."""

    def read(text: str) -> Answer:
        reading = reader.read(text)
        line = as_contract("", reading)
        despair = {SELF_HARM} if reading.may_show(Family.SELF_HARM) else set[str]()
        return Answer(
            category=line["category"],
            is_complaint=line["is_complaint"],
            risks=frozenset(line["risks"]) | despair,
            remedy=line["remedy"],
            slots=line["slots"],
        )

    return read


def by_cues_alone() -> Reader:
    """The product's reader without anything learned."""
    reader: Any = import_module("bot.reading.reader")
    whole = reader.learned
    reader.learned = lambda: Learned((), (), {})
    try:
        return Reader(remembered=0)
    finally:
        reader.learned = whole
