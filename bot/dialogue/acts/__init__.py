"""The acts that the table names, by theme. `ACTS` finds an act by its name."""

from collections.abc import Callable
from typing import Final

from bot.dialogue import restricted
from bot.dialogue.acts import (
    afterwards,
    agreeing,
    answers,
    behalf,
    calls,
    clarifying,
    consenting,
    danger,
    linked,
    listening,
    mending,
    offers,
    opening,
    people,
    press,
    several,
    surveying,
    terms,
    unclear,
    voices,
    wishes,
)
from bot.dialogue.draft import Draft

Act = Callable[[Draft], None]

ACTS: Final[dict[str, Act]] = {
    act.__name__: act
    for module in (
        opening,
        linked,
        answers,
        behalf,
        calls,
        listening,
        clarifying,
        mending,
        danger,
        wishes,
        agreeing,
        offers,
        people,
        press,
        several,
        afterwards,
        consenting,
        surveying,
        terms,
        unclear,
        voices,
        restricted,
    )
    for act in module.ACTS
}
"""Every act of the table, by name."""
