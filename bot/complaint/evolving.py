"""Fast construction and copying of frozen dataclasses: one message makes about a hundred of them.

Python fills a frozen value slowly, through one `object.__setattr__` per field. Here the fields are set on an instance
of a twin class that has the same slots and is not frozen; then its `__class__` is set to the real class.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import Any, Final, TypeVar

T = TypeVar("T")
_COPIERS: dict[type[Any], Callable[[Any], Any]] = {}
"""How each kind is copied, found out once."""
_FRESH: Final = object()
"""In the place of what is made anew for each value."""


def swift(kind: type[T]) -> type[T]:
    """Class decorator: a frozen, slotted, keyword-only dataclass whose values are built several times as fast."""
    room: dict[str, Any] = {
        "_become": object.__setattr__,
        "_alike": _alike(kind),
        "_kind": kind,
        "_fresh": _FRESH,
    }
    given = [_given(one, room) for one in fields(kind)]  # type: ignore[arg-type]
    filled = [f"    self.{one.name} = {_value(one)}" for one in fields(kind)]  # type: ignore[arg-type]
    checked = ["    self.__post_init__()"] if hasattr(kind, "__post_init__") else []
    lines = [
        f"def __init__(self, *, {', '.join(given)}):",
        "    _become(self, '__class__', _alike)",
        *filled,
        "    self.__class__ = _kind",
        *checked,
    ]
    made = _written(lines, room, "__init__")
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    kind.__init__ = made  # type: ignore[method-assign]
    return kind


def _given(one: Field[Any], room: dict[str, Any]) -> str:
    """A field as a keyword of its class, with what it is when it is not given."""
    if one.default_factory is not MISSING:
        room[f"_new_{one.name}"] = one.default_factory
        return f"{one.name}=_fresh"
    if one.default is not MISSING:
        room[f"_is_{one.name}"] = one.default
        return f"{one.name}=_is_{one.name}"
    return one.name


def _value(one: Field[Any]) -> str:
    if one.default_factory is MISSING:
        return one.name
    return f"_new_{one.name}() if {one.name} is _fresh else {one.name}"


def evolved(one: T, changes: dict[str, Any]) -> T:
    """The same value with some fields changed, many times as fast as `dataclasses.replace`.

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
    lines = [
        "def copied(one):",
        "    new = _blank(_alike)",
        *(f"    new.{one.name} = one.{one.name}" for one in fields(kind)),
        "    return new",
    ]
    copied = _COPIERS[kind] = _written(lines, {"_blank": object.__new__, "_alike": _alike(kind)}, "copied")
    return copied


def _alike(kind: type[Any]) -> type[Any]:
    return type(kind.__name__, (), {"__slots__": tuple(one.name for one in fields(kind))})


def _written(lines: list[str], room: dict[str, Any], name: str) -> Callable[..., Any]:
    exec("\n".join(lines), room)  # noqa: S102 - names of our own fields
    made: Callable[..., Any] = room[name]
    return made
