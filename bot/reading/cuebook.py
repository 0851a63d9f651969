"""Parses cue files into one frozen set of cues."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from bot.reading.folding import fold

_NOT_CUES = frozenset({"traditional.toml", "grammar.toml", "offers.toml", "kinds.toml", "scope.toml"})
_CONTEXTS = frozenset({"negated", "supposed", "asked", "quoted", "hearsay"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The cues for one thing: `strong` ones suffice, `weak` ones need a second, `never` ones cancel.

    `unless` names the surroundings in which a cue does not count (see `surroundings`).
    """

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cues:
    """Labels by theme and name (`risk.injury`), and the plain word lists."""

    labels: Mapping[str, Label]
    words: Mapping[str, tuple[str, ...]]


def _folded(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(line) for line in lines))


def _joined(old: Label | None, table: Mapping[str, Any], where: str) -> Label:
    unless = frozenset(table.get("unless", ()))
    unknown = (set(table) - {"strong", "weak", "never", "unless"}) | (unless - _CONTEXTS)
    if unknown:
        raise ValueError(f"{where}: unknown {', '.join(sorted(unknown))}")
    old = old or Label()
    return Label(
        strong=_folded((*old.strong, *table.get("strong", ()))),
        weak=_folded((*old.weak, *table.get("weak", ()))),
        never=_folded((*old.never, *table.get("never", ()))),
        unless=old.unless | unless,
    )


def _tables(texts: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Every table of the texts, as `theme.name`."""
    for text in texts:
        for theme, tables in tomllib.loads(text).items():
            yield from ((f"{theme}.{name}", table) for name, table in tables.items())


def cues_from(texts: Iterable[str]) -> Cues:
    """The cues of these TOML texts together; later texts add to earlier ones.

    Raises:
        ValueError: a text is not TOML, or holds a key that means nothing.
    """
    labels: dict[str, Label] = {}
    words: dict[str, tuple[str, ...]] = {}
    for where, table in _tables(texts):
        if isinstance(table, list):
            words[where] = _folded((*words.get(where, ()), *table))
        else:
            labels[where] = _joined(labels.get(where), table, where)
    return Cues(MappingProxyType(labels), MappingProxyType(words))


def built_in_cues(*more: str) -> Cues:
    """The cues that come with the bot; `more` are TOML texts of a brand, added on top."""
    folder = files("bot.reading") / "cues"
    ours = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml") and file.name not in _NOT_CUES),
        key=lambda file: file.name,
    )
    return cues_from((*(file.read_text(encoding="utf-8") for file in ours), *more))
