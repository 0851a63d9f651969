"""Checks calls against the Bot API's documentation (`bot_api.toml`).

Telegram ignores parameters that it does not know, so nothing is refused here. Differences are collected in
`World.odd`, and tests require that there are none.
"""

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

import msgspec

from bot.sandbox.errors import Json
from bot.sandbox.markup import parse_html

_INFINITE: Final = float("inf")
_WORDS: Final = frozenset({"true", "false", "True", "False", "0", "1"})


class Bounds(NamedTuple):
    """The allowed length of a text or list, or range of a number; `measure` is how a text is counted."""

    least: float = -_INFINITE
    most: float = _INFINITE
    measure: str = ""


_UNBOUND: Final = Bounds()


@dataclass(frozen=True, slots=True)
class Rule:
    """One parameter: what it may be, and whether it must be there."""

    kinds: tuple[str, ...]
    required: bool
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Shape:
    """A method, or an object inside a call."""

    rules: Mapping[str, Rule]
    needs: tuple[tuple[frozenset[str], ...], ...] = ()
    """Of each, one half must be there whole."""
    one_of: frozenset[str] = frozenset()
    """Exactly one of these must be there."""
    most_one_of: frozenset[str] = frozenset()

    @property
    def required(self) -> frozenset[str]:
        """What must be there."""
        return frozenset(name for name, rule in self.rules.items() if rule.required)


@dataclass(frozen=True, slots=True)
class Documented:
    """The documentation as far as we need it."""

    version: str
    methods: Mapping[str, Shape]
    objects: Mapping[str, Shape]


@cache
def documented() -> Documented:
    """Read the table."""
    table = tomllib.loads(files("bot.sandbox").joinpath("bot_api.toml").read_text(encoding="utf-8"))
    groups = table["groups"]
    return Documented(
        version=table["version"],
        methods={name: _shape(one, groups) for name, one in table["methods"].items()},
        objects={name: _shape(one, groups) for name, one in table["objects"].items()},
    )


def _shape(written: Json, groups: Mapping[str, Json]) -> Shape:
    own = dict(written)
    left_out = set(own.pop("without", ()))
    one_of, most_one_of = own.pop("one_of", ()), own.pop("most_one_of", ())
    needs = [tuple(frozenset(half.split()) for half in line.split("|")) for line in own.pop("needs", ())]
    taken: Json = {}
    for group in own.pop("with", ()):
        taken |= groups[group]
    rules = {name: _rule(text) for name, text in (taken | own).items() if name not in left_out}
    return Shape(rules, tuple(needs), frozenset(one_of), frozenset(most_one_of))


def _rule(text: str) -> Rule:
    kinds, _, bounds = text.removeprefix("!").partition(" ")
    span, _, measure = bounds.partition(" ")
    least, _, most = span.partition("..")
    limits = Bounds(float(least or -_INFINITE), float(most or _INFINITE), measure)
    return Rule(tuple(kinds.split("|")), text.startswith("!"), limits)


def departures(
    method: str, values: Json, uploads: Collection[str] = (), *, strict: bool = False
) -> list[str]:
    """The differences between a call and the documentation; none if it is correct.

    A form carries numbers and objects as text, and Telegram takes them so in JSON too; `strict` does not.
    """
    shape = documented().methods.get(method)
    if shape is None:
        return [f"{method}: no such method"]
    given = {**values, **dict.fromkeys(uploads, "attach://")} if uploads else values
    known = {name: one for name, one in given.items() if name in shape.rules or name not in uploads}
    html = str(values.get("parse_mode") or "").upper() == "HTML"
    return [f"{method}: {one}" for one in _in_object(shape, known, _Eye(strict=strict, html=html))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Eye:
    """How strict the check is."""

    strict: bool
    html: bool


def _in_object(shape: Shape, values: Json, eye: _Eye) -> Iterator[str]:
    for name in shape.required - values.keys():
        yield f"{name} is missing"
    for name, value in values.items():
        rule = shape.rules.get(name)
        if rule is None:
            yield f"there is no {name}"
        else:
            yield from _in_value(name, rule, value, eye)
    for halves in shape.needs:
        if not any(half <= values.keys() for half in halves):
            yield f"{' or '.join('+'.join(sorted(half)) for half in halves)} is missing"
    if shape.one_of and len(shape.one_of & values.keys()) != 1:
        yield f"exactly one is wanted of {', '.join(sorted(shape.one_of))}"
    if len(shape.most_one_of & values.keys()) > 1:
        yield f"one at most is wanted of {', '.join(sorted(shape.most_one_of))}"


def _in_value(name: str, rule: Rule, value: object, eye: _Eye) -> Iterator[str]:
    """What is odd about it as the kind that fits it best."""
    found: list[str] = []
    for kind in rule.kinds:
        found = list(_as_kind(name, kind, rule.bounds, value, eye))
        if not found or _is_meant(kind, value):
            break
    yield from found


def _is_meant(kind: str, value: object) -> bool:
    """Whether an object has what this kind of it cannot be without."""
    shape = documented().objects.get(kind)
    return shape is not None and isinstance(value, dict) and shape.required <= value.keys()


def _as_kind(name: str, kind: str, bounds: Bounds, value: object, eye: _Eye) -> Iterator[str]:
    if kind == "Any":
        return
    simple = _SIMPLE.get(kind)
    if simple is not None:
        if not simple(value, eye.strict):
            yield f"{name} is no {kind}: {value!r:.60}"
        else:
            yield from _beyond(name, kind, bounds, value, eye)
        return
    value = _unpacked(value, eye)
    if kind.startswith("Array<"):
        yield from _in_list(name, kind, bounds, value, eye)
    elif isinstance(value, dict):
        yield from (f"{name}: {one}" for one in _in_object(documented().objects[kind], value, eye))
    else:
        yield f"{name} is no {kind}: {value!r:.60}"


def _unpacked(value: object, eye: _Eye) -> object:
    """An object or list that came as text."""
    if eye.strict or not isinstance(value, str):
        return value
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return value


def _in_list(name: str, kind: str, bounds: Bounds, value: object, eye: _Eye) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{name} is no list: {value!r:.60}"
        return
    if not bounds.least <= len(value) <= bounds.most:
        yield f"{name} has {len(value)} items"
    inside = Rule((kind.removeprefix("Array<")[:-1],), required=True, bounds=Bounds())
    for number, one in enumerate(value):
        yield from _in_value(f"{name}[{number}]", inside, one, eye)


def _beyond(name: str, kind: str, bounds: Bounds, value: Any, eye: _Eye) -> Iterator[str]:  # noqa: ANN401 - as it came
    if bounds == _UNBOUND or kind not in ("String", "Integer", "Float"):
        return
    size: float = _length(value, bounds, eye) if kind == "String" else float(value)
    if not bounds.least <= size <= bounds.most:
        yield f"{name} is {size:g}, and may be {bounds.least:g} to {bounds.most:g}"


def _length(value: object, bounds: Bounds, eye: _Eye) -> int:
    text = str(value)
    if bounds.measure == "bytes":
        return len(text.encode())
    if bounds.measure == "shown" and eye.html and len(text) > bounds.most:
        return len(parse_html(text)[0])
    return len(text)


def _is_integer(value: object, strict: bool) -> bool:  # noqa: FBT001 - one of a table's columns
    if isinstance(value, str):
        return not strict and value.removeprefix("-").isdecimal()
    return isinstance(value, int) and not isinstance(value, bool)


def _is_float(value: object, strict: bool) -> bool:  # noqa: FBT001 - as above
    if isinstance(value, str):
        return not strict and value.removeprefix("-").replace(".", "", 1).isdecimal()
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_boolean(value: object, strict: bool) -> bool:  # noqa: FBT001 - as above
    return isinstance(value, bool) or (not strict and value in _WORDS)


def _is_string(value: object, strict: bool) -> bool:  # noqa: FBT001 - as above
    return isinstance(value, str) or (not strict and isinstance(value, int | float))


def _is_chat(value: object, strict: bool) -> bool:  # noqa: FBT001 - as above
    return _is_integer(value, strict) or (isinstance(value, str) and value.startswith("@"))


def _is_file(value: object, _strict: bool) -> bool:  # noqa: FBT001 - as above
    return isinstance(value, str) and value != ""


_SIMPLE: Final[Mapping[str, Callable[[object, bool], bool]]] = {
    "Integer": _is_integer,
    "Float": _is_float,
    "Boolean": _is_boolean,
    "String": _is_string,
    "Chat": _is_chat,
    "File": _is_file,
    "InputFile": _is_file,
}
