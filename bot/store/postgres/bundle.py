"""Combines all changes of a round into one statement: one trip to the server, all or nothing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.store.postgres.troubles import REFUSED, WAS_FIRST
from bot.store.rows import Row

CHANNEL = "complaint_bot"

SHOWN_NUL = "\N{SYMBOL FOR NULL}"
"""Replaces NUL, the one character that PostgreSQL's text cannot hold."""

_PLACE = re.compile(r"\$(\d+)")


@dataclass(frozen=True, slots=True)
class Part:
    """A change of many rows, which come as columns: `$1`, `$2` and so on.

    One that names what it is `sure` of (and ends in RETURNING) must touch as many rows as it is given;
    otherwise the whole statement fails with SomeoneWasFirst, or with RecordRefused if it is `fresh`.
    """

    text: str
    sure: str = ""
    fresh: bool = False


def columns(rows: Iterable[Row]) -> list[list[object]]:
    """Rows transposed into columns."""
    return [[held(value) for value in column] for column in zip(*rows, strict=True)]


def held(value: object) -> object:
    """The value in a form that PostgreSQL can store."""
    if isinstance(value, str) and "\0" in value:
        return value.replace("\0", SHOWN_NUL)
    return value


@dataclass(slots=True)
class Bundle:
    """Changes collected for one statement. No two of them may touch the same row."""

    parts: list[Part] = field(default_factory=list)
    values: list[object] = field(default_factory=list)
    wanted: list[int] = field(default_factory=list)
    news: str = ""

    def add(self, part: Part, rows: Sequence[Row], *more: object) -> None:
        """Change these rows; `more` are values that all of them share."""
        if rows:
            self.parts.append(part)
            self.values += [*columns(rows), *more]
            if part.sure:
                self.wanted.append(len(rows))

    def statement(self) -> tuple[str, list[object]]:
        """The statement and its values; nothing to do gives an empty one."""
        if not self.parts:
            return "SELECT", []
        text = _combined(tuple(self.parts), CHANNEL if self.news else None)
        return text, [*self.values, *self.wanted, *([self.news] if self.news else [])]


@lru_cache(maxsize=2048)
def _combined(parts: tuple[Part, ...], channel: str | None) -> str:
    """The parts as one statement, with their parameters renumbered."""
    before, written = 0, []
    for number, part in enumerate(parts):
        count = max(int(place) for place in _PLACE.findall(part.text))
        shifted = _PLACE.sub(lambda found, by=before: f"${int(found[1]) + by}", part.text)  # type: ignore[misc]
        written.append(f"part{number} AS ({shifted.strip()})")
        before += count
    checks = []
    for number, part in enumerate(parts):
        if part.sure:
            before += 1
            state = REFUSED if part.fresh else WAS_FIRST
            touched = f"SELECT count(*) FROM part{number}"  # noqa: S608 - a number of our own
            checks.append(f"must_be(({touched}), ${before}, '{part.sure}', '{state}')")
    if channel:
        checks.append(f"pg_notify('{channel}', ${before + 1})")
    return f"WITH {', '.join(written)} SELECT {', '.join(checks) or '1'}"
