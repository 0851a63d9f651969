"""Tables of commands, buttons and timers: every desk module lists its own in `ACTS`, and `acting` joins them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.desk.rights import Right
from bot.desk.sheet import Sheet

Effect = Callable[[Sheet, str], None]
"""Does something to the case on the sheet; the second is what was written behind the command, or the button's
value."""


@dataclass(frozen=True, slots=True)
class Act:
    """The meaning of a command or press: the right it needs, and the function that does it."""

    right: Right
    do: Effect


@dataclass(frozen=True, slots=True)
class Acts:
    """The commands, presses and timers of one module, by their names."""

    commands: Mapping[str, Act] = field(default_factory=dict)
    presses: Mapping[str, Act] = field(default_factory=dict)
    dues: Mapping[str, Effect] = field(default_factory=dict)
    """What the desk does for a kind of timer; called with the timer's key."""


def joined(*tables: Acts) -> Acts:
    """All tables as one.

    Raises:
        ValueError: two of them list the same name.
    """
    columns = (
        [name for table in tables for name in table.commands],
        [name for table in tables for name in table.presses],
        [name for table in tables for name in table.dues],
    )
    for names in columns:
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"listed twice: {', '.join(sorted(twice))}")
    return Acts(
        commands={name: one for table in tables for name, one in table.commands.items()},
        presses={name: one for table in tables for name, one in table.presses.items()},
        dues={name: do for table in tables for name, do in table.dues.items()},
    )
