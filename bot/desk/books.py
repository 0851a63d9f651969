"""Tables of commands, buttons and timers: every desk module lists its own, and `acting` joins them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.desk.rights import Right
from bot.desk.sheet import Sheet

Effect = Callable[[Sheet, str], None]
"""Does something to the case on the sheet; the second is what was written behind the command, or the button's
value."""


@dataclass(frozen=True, slots=True)
class Way:
    """The meaning of a command or press: the permission it needs, and the function that does it."""

    act: Right
    do: Effect


@dataclass(frozen=True, slots=True)
class Book:
    """The commands, presses and timers of one module, by their names."""

    commands: Mapping[str, Way] = field(default_factory=dict)
    presses: Mapping[str, Way] = field(default_factory=dict)
    dues: Mapping[str, Effect] = field(default_factory=dict)
    """What the desk does for a kind of timer; called with the timer's key."""


NOTHING: Final = Book()


def bound(*books: Book) -> Book:
    """All books joined into one.

    Raises:
        ValueError: two of them list the same name.
    """
    columns = (
        [name for book in books for name in book.commands],
        [name for book in books for name in book.presses],
        [name for book in books for name in book.dues],
    )
    for names in columns:
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"listed twice: {', '.join(sorted(twice))}")
    return Book(
        commands={name: way for book in books for name, way in book.commands.items()},
        presses={name: way for book in books for name, way in book.presses.items()},
        dues={name: do for book in books for name, do in book.dues.items()},
    )
