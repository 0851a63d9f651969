"""Every field of a case is either told to stay when it becomes anonymous, or its words are gone."""

import re
import types
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any

import msgspec
import pytest

from bot.complaint.case import Case
from bot.policy.retention import retired
from bot.policy.rules import Rules

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
STAY = {
    # which case, where it came in, and to what it belongs
    *("no", "channel", "merged_into", "merged[]", "steps[]", "cause"),
    # kinds, states and names out of lists of ours
    *("evidence[].kind", "leaves[].what", "wishes[].currency", "wishes[].basis", "escalations[].reason"),
    *("offers[].state", "offers[].note", "offers[].item", "promises[].kind", "corrections[].read"),
    *("corrections[].now", "facts.order.product", "facts.order.store", "facts.batch_no"),
    # what goes with what
    *("offers[].id", "offers[].ref", "offers[].approval_id", "agreement.offer_id", "promises[].id"),
    *("escalations[].id", "escalations[].promise_id", "fulfilments[].id", "fulfilments[].promise_id"),
    *("approvals[].id", "approvals[].offer_id", "tasks[].id", "tasks[].promise_id"),
    # our own people
    *(f"{who}.{what}" for who in ("logged_by", "decided_by", "holder") for what in ("name", "username")),
    *(f"{who}.language_code" for who in ("logged_by", "decided_by", "holder")),
    *("offers[].by", "promises[].owner", "fulfilments[].owner", "approvals[].name"),
    *("approvals[].votes[].name", "tasks[].owner", "corrections[].name", "idea.owner"),
}


PLAIN: dict[Any, Any] = {bool: True, int: 1, float: 1.0, timedelta: timedelta(), Mapping: {}}
PLAIN |= {datetime: NOW, date: NOW.date()}


def filled(kind: Any, place: str) -> Any:  # noqa: ANN401 - a value of any type
    """A value of this type in which every text says where it stands."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if isinstance(kind, typing.NewType):
        return filled(kind.__supertype__, place)
    if origin in (typing.Union, types.UnionType):
        return filled(next(one for one in inner if one is not types.NoneType), place)
    if origin is tuple:
        return tuple(filled(one, f"{place}[]") for one in inner if one is not Ellipsis)
    if kind is str:
        return f"<{place}>"
    return PLAIN[origin or kind] if (origin or kind) in PLAIN else _made(kind, place)


def _made(kind: Any, place: str) -> Any:  # noqa: ANN401 - of a class of ours
    if issubclass(kind, Enum):
        return next(iter(kind))
    hints = typing.get_type_hints(kind)
    names = [one.name for one in msgspec.structs.fields(kind)]
    return kind(**{name: filled(hints[name], f"{place}.{name}" if place else name) for name in names})


@pytest.mark.practice("R17", "R53")
def test_no_words_are_left_but_those_that_are_told_to_stay() -> None:
    """A new field of a case, however deep, is decided upon before anybody's words can stay in it."""
    before = filled(Case, "").evolve(retired_at=None)
    words = re.compile(r"<([^<>]+)>")
    left = set(words.findall(msgspec.json.encode(retired(before, Rules(), NOW)).decode()))
    assert left - STAY == set()
    assert set(words.findall(msgspec.json.encode(before).decode())) >= STAY
