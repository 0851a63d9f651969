"""Turns a parsed brand file into rules: fills in defaults, and names unknown fields with a suggestion."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from typing import Any

import msgspec

from bot.complaint.errors import BrandFileWrong
from bot.policy.rules import Rules

_CLOCK_KEYS = frozenset({"opens", "closes", "begins", "ends"})
_CLOCK_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_AS_THEY_ARE = (date, time, datetime)


def rules_from(raw: Mapping[str, Any]) -> Rules:
    """The rules that a parsed brand file states, on top of our defaults.

    Raises:
        BrandFileWrong: the message names the field, and what to write.
    """
    for needed in ("name", "hotline"):
        if needed not in raw:
            raise BrandFileWrong(f"{needed}: it is missing. Every brand file states its own.")
    # a brand that names no gestures gives none: vouchers that nobody redeems must not be promised
    stated = {"goodwill": []} | dict(raw)
    try:
        rules = msgspec.convert(_laid_over(Rules(), stated), Rules, str_keys=True)
    except msgspec.ValidationError as wrong:
        raise BrandFileWrong(_in_our_words(str(wrong))) from wrong
    for problem in (*_unknown(dict(raw), rules, ""), *_nameless(rules)):
        raise BrandFileWrong(problem)
    return rules


def _laid_over(default: object, raw: object) -> object:
    """The brand file on top of the defaults: tables field by field, everything else as a whole."""
    if is_dataclass(default) and isinstance(raw, dict):
        ours = {one.name: getattr(default, one.name) for one in fields(default)}
    elif (
        isinstance(default, Mapping)
        and isinstance(raw, dict)
        and any(is_dataclass(one) for one in default.values())
    ):
        ours = dict(default)
    else:
        return _clock_times(raw)
    plain: dict[str, object] = {
        key: msgspec.to_builtins(value, builtin_types=_AS_THEY_ARE)
        for key, value in ours.items()
        if key not in raw
    }
    return plain | {
        key: _clock_time(value) if key in _CLOCK_KEYS else _laid_over(ours.get(key), value)
        for key, value in raw.items()
    }


def _clock_times(raw: object) -> object:
    if isinstance(raw, dict):
        return {
            key: _clock_time(one) if key in _CLOCK_KEYS else _clock_times(one) for key, one in raw.items()
        }
    return [_clock_times(one) for one in raw] if isinstance(raw, list) else raw


def _clock_time(raw: object) -> object:
    # TOML itself wants 09:00:00; people write "9:00"
    match = _CLOCK_TIME.fullmatch(raw) if isinstance(raw, str) else None
    return time(int(match[1]), int(match[2])) if match else raw


def _unknown(raw: object, known: object, where: str) -> tuple[str, ...]:
    """Every unknown field of the file, so that no misspelt field is silently ignored."""
    if isinstance(raw, list) and isinstance(known, tuple):
        pairs = zip(raw, known, strict=False)
        return tuple(one for place, (a, b) in enumerate(pairs) for one in _unknown(a, b, f"{where}[{place}]"))
    if not isinstance(raw, dict):
        return ()
    if isinstance(known, Mapping):
        return tuple(
            one for key, value in raw.items() for one in _unknown(value, known.get(key), _dotted(where, key))
        )
    if not is_dataclass(known):
        return ()
    names = [one.name for one in fields(known)]
    wrong = [_stranger(_dotted(where, key), key, names) for key in raw if key not in names]
    right = (
        one
        for key in raw
        if key in names
        for one in _unknown(raw[key], getattr(known, key), _dotted(where, key))
    )
    return (*wrong, *right)


def _stranger(where: str, key: str, names: list[str]) -> str:
    near = difflib.get_close_matches(key, names, 1)
    return f"{where}: there is no such field" + (
        f'. Did you mean "{near[0]}"?' if near else f": {', '.join(names)}."
    )


def _nameless(rules: Rules) -> tuple[str, ...]:
    """Names that complainants would read in a language in which the brand gave none."""
    named = [("name", rules.name), *((f"goodwill {one.key}: names", one.names) for one in rules.goodwill)]
    return tuple(
        f"{what}: write it in {language} too, since languages has it."
        for what, names in named
        for language in rules.languages
        if not names.get(language) and language.value.split("-")[0] not in names
    )


def _dotted(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _in_our_words(sentence: str) -> str:
    what, _, where = sentence.partition(" - at `")
    place = where.removesuffix("`").removeprefix("key` in `").removeprefix("$").removeprefix(".")
    place, what = place.replace("[...]", ""), what.replace("`", "").replace("null", "nothing")
    if what.startswith("Invalid enum value"):
        what = f"{what.split()[-1]} is no word we know here; the file that `complaint-bot init` writes shows them"
    return f"{place}: {what}." if place else f"{what}."
