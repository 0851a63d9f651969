"""The next value from a frozen one. It is done a dozen times a message, so it is done the short way."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")
_COPIERS: dict[type[Any], Callable[[Any], Any]] = {}
"""How each kind is copied, found out once."""


def evolved(one: T, changes: dict[str, Any]) -> T:
    """The same value with some fields changed, many times as fast as `dataclasses.replace`.

    The copy is written while it is of a look-alike class with the same slots that is not frozen, and becomes one
    of the real class when it is done: nobody else sees it before.

    Only for frozen dataclasses with slots and without a check at birth: none is made here.

    Raises:
        TypeError: there is no such field.
    """
    kind = type(one)
    new = (_COPIERS.get(kind) or _copier(kind))(one)
    for name, value in changes.items():
        try:
            setattr(new, name, value)
        except AttributeError:
            raise TypeError(f"{kind.__name__} has no field {name}") from None
    new.__class__ = kind
    real: T = new
    return real


def _copier(kind: type[Any]) -> Callable[[Any], Any]:
    """Copies every field of a value of this class into a look-alike; written out, as dataclasses write theirs."""
    names = [one.name for one in fields(kind)]
    alike = type(kind.__name__, (), {"__slots__": tuple(names)})
    lines = [
        "def copied(one):",
        "    new = blank(alike)",
        *(f"    new.{name} = one.{name}" for name in names),
    ]
    room: dict[str, Any] = {"blank": object.__new__, "alike": alike}
    exec("\n".join([*lines, "    return new"]), room)  # noqa: S102 - names of our own fields
    copied: Callable[[Any], Any] = room["copied"]
    _COPIERS[kind] = copied
    return copied
