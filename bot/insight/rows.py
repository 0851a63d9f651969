"""Facts as text, and back: what is as it always is, is left out, so that a hundred thousand are read in seconds."""

from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache
from hashlib import blake2b
from typing import Any, Final

import msgspec

from bot.insight.facts import CaseFacts

_decoder: Final = msgspec.json.Decoder(CaseFacts)
_all: Final = msgspec.json.Decoder(list[CaseFacts])
_encode: Final = msgspec.json.Encoder(order="deterministic").encode


class WrongRow(ValueError):
    """A row of facts is not what was written."""


def body_of(facts: CaseFacts) -> str:
    """The row of a case, as JSON."""
    return _encode(_lean(facts)).decode()


def facts_from(body: str) -> CaseFacts:
    """The facts of a row.

    Raises:
        WrongRow: it is not what was written.
    """
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, ValueError) as error:
        raise WrongRow(str(error)) from error


def all_facts(bodies: Iterable[str]) -> list[CaseFacts]:
    """The facts of many rows, read in one go.

    Raises:
        WrongRow: one of them is not what was written.
    """
    try:
        return _all.decode(f"[{','.join(bodies)}]")
    except (msgspec.DecodeError, ValueError) as error:
        raise WrongRow(str(error)) from error


def last_at(facts: CaseFacts) -> datetime:
    """The last moment of anything in it that a figure counts."""
    return max(_moments(facts))


def form_of(*made_by: object) -> str:
    """A short name for the way in which rows are made: it changes with the shape of facts, and with these."""
    shape = [(one.name, str(one.type)) for one in fields(CaseFacts)]
    return blake2b(repr((shape, made_by)).encode(), digest_size=6).hexdigest()


def _moments(value: object) -> Iterator[datetime]:
    if isinstance(value, datetime):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _moments(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _moments(getattr(value, one.name))


@cache
def _usual(kind: Any) -> tuple[tuple[str, Any], ...]:  # noqa: ANN401 - any dataclass
    return tuple((one.name, one.default) for one in fields(kind))


def _lean(value: object) -> object:
    """The same without what is as it always is."""
    if isinstance(value, tuple):
        return [_lean(one) for one in value]
    if not is_dataclass(value):
        return value
    told = ((name, getattr(value, name), usual) for name, usual in _usual(value.__class__))
    return {name: _lean(one) for name, one, usual in told if usual is MISSING or one != usual}
