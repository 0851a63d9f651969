"""The next value from a frozen one. It is done a dozen times a message, so it is done the short way."""

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")
Slots = tuple[dict[str, Callable[[Any, Any], None]], Callable[[Any], tuple[Any, ...]]]
_KNOWN: dict[type[Any], Slots] = {}
"""How each kind's fields are read and written, found out once."""


def evolved(one: T, changes: dict[str, Any]) -> T:
    """The same value with some fields changed, twice as fast as `dataclasses.replace`.

    Only for frozen dataclasses with slots and without a check at birth: none is made here.

    Raises:
        TypeError: there is no such field.
    """
    kind: type[Any] = type(one)
    writers, read = _slots(kind)
    new: T = object.__new__(kind)
    for write, value in zip(writers.values(), read(one), strict=True):
        write(new, value)
    for name, value in changes.items():
        if name not in writers:
            raise TypeError(f"{type(one).__name__} has no field {name}")
        writers[name](new, value)
    return new


def _slots(kind: type[Any]) -> Slots:
    known = _KNOWN.get(kind)
    if known is None:
        names = [one.name for one in fields(kind)]
        known = _KNOWN[kind] = ({name: getattr(kind, name).__set__ for name in names}, attrgetter(*names))
    return known
