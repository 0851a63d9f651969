"""The wording rules: what may not be said, why, and the source. The patterns are in a data file."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.complaint.reading import Language

_FILE = Path(__file__).with_name("rules.toml")
_SPOKEN = frozenset({"customer", "name", "draft"})
_NOTHING = r"(?!)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A wording rule: what may not be said, why, what to say instead, and its source."""

    name: str
    source: str
    why: str
    instead: str
    where: frozenset[str]
    level: int | None
    promise: bool
    patterns: Mapping[str, str]
    """The expressions of each language; each is compiled when first searched for, since all take 40 ms."""
    by_agents: Mapping[str, str]
    """The narrower patterns for what a person writes; a column that is missing here reads as `patterns`."""
    dated: bool = False
    """Void for a person's words that name a day or a time."""

    def breach(self, text: str, language: Language) -> str | None:
        """The words of this plain text that break the rule, if any."""
        pattern = self.patterns.get(script(language))
        found = _compiled(pattern).search(text) if pattern is not None else None
        return found.group() if found is not None else None

    def breach_by_agent(self, text: str, column: str) -> str | None:
        """The words of an agent's draft that break the rule; `column` is `zh` or `en`."""
        pattern = self.by_agents.get(column) or self.patterns.get(column)
        found = _compiled(pattern).search(text) if pattern is not None else None
        return None if found is None else found.groupdict().get("word") or found.group()

    def binds(self, where: str, *, level: int, promise: bool) -> bool:
        """Whether the rule applies to this kind of message."""
        freed = (self.promise and promise) or (self.level is not None and level >= self.level)
        return where in self.where and not freed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """All rules and their limits."""

    rules: tuple[Rule, ...]
    lengths: Mapping[str, int]
    opening: Mapping[str, Mapping[str, re.Pattern[str]]]
    words: Mapping[str, re.Pattern[str]]

    def breaches(
        self, text: str, language: Language, where: str, *, level: int = 1, promise: bool = False
    ) -> Iterator[tuple[Rule, str]]:
        """Every rule that a plain text breaks, with the words that do."""
        for rule in self.rules:
            found = rule.breach(text, language) if rule.binds(where, level=level, promise=promise) else None
            if found is not None:
                yield rule, found


def script(language: Language) -> str:
    """The column of the rules for a language."""
    return "en" if language is Language.EN else "zh"


@cache
def rulebook() -> Rulebook:
    """The rules, read once."""
    said = tomllib.loads(_FILE.read_text("utf-8"))
    return Rulebook(
        rules=tuple(_rule(row) for row in said["rule"]),
        lengths=said["length"],
        opening={
            language: {part: _compiled(pattern) for part, pattern in parts.items()}
            for language, parts in said["opening"].items()
        },
        words={name: _compiled(pattern) for name, pattern in said["words"].items()},
    )


def _rule(row: Mapping[str, object]) -> Rule:
    where, level = row.get("where"), row.get("level")
    columns = {language: row[language] for language in ("zh", "en") if language in row}
    return Rule(
        name=str(row["name"]),
        source=str(row["source"]),
        why=str(row["why"]),
        instead=str(row["instead"]),
        where=frozenset(str(where).split(", ")) if where else _SPOKEN,
        level=level if isinstance(level, int) else None,
        promise=bool(row.get("promise")),
        patterns=_patterns(columns),
        by_agents=_patterns({one: row[f"agent_{one}"] for one in ("zh", "en") if f"agent_{one}" in row}),
        dated=bool(row.get("dated")),
    )


def _patterns(columns: Mapping[str, object]) -> Mapping[str, str]:
    """Each column as one pattern; without rows it matches nothing."""
    return {
        column: "|".join(f"(?:{one})" for one in rows) or _NOTHING
        for column, rows in columns.items()
        if isinstance(rows, list)
    }


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)
