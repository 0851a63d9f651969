"""Parses a model's answer; what is not one of our labels, or not of its type, is dropped."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

import msgspec

from bot.complaint.reading import Category, Emotion, Family, RemedyKind
from bot.reading.second.asking import HAZARD, RAISED, SLOTS, WANTED
from bot.reading.second.hiding import Hidden

_MOST_SIGNS = 20
_MOST_VALUES = 10
_LONGEST = 400
_Label = TypeVar("_Label", bound=Enum)


@dataclass(frozen=True, slots=True)
class Sign:
    """A danger named by the model, with its words; without `family` it is a hazard."""

    family: Family | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the model says is asked for."""

    kinds: tuple[RemedyKind, ...]
    words: str
    amount: float | None = None
    multiple: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The well-typed parts of an answer, not trusted yet: `merged` checks them against the text."""

    category: Category | None = None
    is_complaint: bool = False
    emotion: Emotion = Emotion.CALM
    danger: tuple[Sign, ...] = ()
    wish: Wish | None = None
    slots: tuple[tuple[str, tuple[str, ...]], ...] = ()


def answer_from(content: str, hidden: Hidden) -> Answer | None:
    """The parsed answer; None if there is no JSON object in it.

    Words around the object, and a fence, are left aside: they would be thrown away in any case.
    """
    start, end = content.find("{"), content.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        raw = msgspec.json.decode(content[start : end + 1].encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        return None
    if not isinstance(raw, dict):
        return None
    return Answer(
        category=_label(Category, raw.get("category")),
        is_complaint=raw.get("is_complaint") is True,
        emotion=_emotion(raw.get("emotion")),
        danger=tuple(_signs(raw.get("danger"), hidden))[:_MOST_SIGNS],
        wish=_wish(raw.get("remedy"), hidden),
        slots=tuple(_slots(raw.get("slots"), hidden)),
    )


def _label(labels: type[_Label], value: object) -> _Label | None:
    return next((one for one in labels if isinstance(value, str) and one.value == value), None)


def _emotion(value: object) -> Emotion:
    return next((one for one in Emotion if type(value) is int and one == value), Emotion.CALM)


def _words(value: object, hidden: Hidden) -> str:
    return hidden.back(value.strip()[:_LONGEST]) if isinstance(value, str) else ""


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and number > 0 else None


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _signs(value: object, hidden: Hidden) -> Iterator[Sign]:
    for one in _items(value):
        kind = one.get("kind") if isinstance(one, dict) else None
        family = _label(Family, kind)
        if kind == HAZARD or family in RAISED:
            yield Sign(family, _words(one.get("words"), hidden))


def _wish(value: object, hidden: Hidden) -> Wish | None:
    if not isinstance(value, dict):
        return None
    named = (_label(RemedyKind, one) for one in _items(value.get("kinds")))
    return Wish(
        kinds=tuple(dict.fromkeys(one for one in named if one in WANTED)),
        words=_words(value.get("words"), hidden),
        amount=_number(value.get("amount")),
        multiple=_number(value.get("multiple")),
    )


def _slots(value: object, hidden: Hidden) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(value, dict):
        for name in SLOTS:
            words = (_words(one, hidden) for one in _items(value.get(name))[:_MOST_VALUES])
            yield name, tuple(dict.fromkeys(one for one in words if one))
