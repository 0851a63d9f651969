"""Facts as text and back; default values are left out, so that a hundred thousand load in seconds."""

from collections.abc import Iterable
from dataclasses import MISSING, fields
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
    moments = [
        *(facts.opened_at, facts.told_at, facts.fulfilled_at, facts.decided_at),
        *(facts.first_closed_at, facts.closed_at, facts.reopened_at),
        *(moment for one in facts.transfers for moment in (one.at, one.answered_at)),
        *(moment for one in facts.milestones for moment in (one.due_at, one.met_at)),
        *(moment for one in facts.promises for moment in (one.due_at, one.settled_at)),
        *(one.asked_at for one in facts.opinions),
    ]
    return max(moment for moment in moments if moment is not None)


def form_of(*made_by: object) -> str:
    """A hash of the row format: it changes with the fields of facts, and with these settings."""
    shape = [(one.name, str(one.type)) for one in fields(CaseFacts)]
    return blake2b(repr((shape, made_by)).encode(), digest_size=6).hexdigest()


@cache
def _usual(kind: Any) -> tuple[tuple[str, Any], ...]:  # noqa: ANN401 - any dataclass
    return tuple((one.name, one.default) for one in fields(kind))


def _lean(value: Any) -> dict[str, object]:  # noqa: ANN401 - any of our dataclasses
    """The same without what is as it always is."""
    told: dict[str, object] = {}
    for name, usual in _usual(value.__class__):
        one = getattr(value, name)
        if one is usual or (usual is not MISSING and one == usual):
            continue
        told[name] = [_lean(part) for part in one] if one.__class__ is tuple else one
    return told
