"""Adds a list of options to a command."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def all_of(options: Sequence[Callable[[Any], Any]]) -> Callable[[F], F]:
    """A decorator that adds these options; `--help` lists them in this order."""

    def add(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return add
