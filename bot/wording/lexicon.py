"""The tables beside the templates: buttons, terms and commands of one language."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from pathlib import Path

from bot.complaint.errors import ReplyWrong

Table = Mapping[str, object]

Spell = Mapping[str, Callable[..., object]]
"""Ways to spell a value, by name."""

FIELD = re.compile(r"\{(?P<field>\w+)(?::(?P<spelling>\w+))?(?:\|(?P<otherwise>[^{}]*))?\}")


def table_from(files: Sequence[Path]) -> dict[str, object]:
    """One table from these files; earlier files win, group by group.

    Raises:
        ReplyWrong: a file is not TOML.
    """
    whole: dict[str, object] = {}
    for file in reversed(files):
        try:
            said = tomllib.loads(file.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            raise ReplyWrong(f"{file}: {wrong}. Correct the file, or remove it to use ours.") from wrong
        for key, value in said.items():
            ours = whole.get(key)
            whole[key] = {**ours, **value} if isinstance(ours, dict) and isinstance(value, dict) else value
    return whole


def key_of(key: object) -> str:
    """The key of a value in a table: its own value, or its lower-case name if that is a number."""
    if isinstance(key, Enum) and not isinstance(key, StrEnum):
        return key.name.lower()
    return str(key)


_GAP = re.compile(r" +(?=[ ,.;，。；]|$)")
"""What an empty optional field leaves behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The tables of one language; `name` is used in error messages."""

    name: str
    buttons: Table
    terms: Table
    commands: Table
    samples: Table
    own: frozenset[str]
    """What is written in this very language, as `terms.group.key` and `buttons.name`; the rest is fallen back on."""

    def term(self, group: str, key: object) -> str:
        """The word for a value, such as a kind of remedy.

        Raises:
            ReplyWrong: there is none.
        """
        return str(self._entry(group, key))

    def terms_for(self, group: str, key: object) -> tuple[str, ...]:
        """The list of words for a value, such as the possible causes in a category; one word makes a list.

        Raises:
            ReplyWrong: there is none.
        """
        found = self._entry(group, key)
        return tuple(str(one) for one in found) if isinstance(found, list) else (str(found),)

    def has(self, group: str, key: object) -> bool:
        """Whether there is a word for this value."""
        words = self.terms.get(group)
        return isinstance(words, Mapping) and key_of(key) in words

    def always(self) -> Mapping[str, object]:
        """Sample values of the fields that every reply has."""
        found = self.samples.get("always", {})
        return found if isinstance(found, Mapping) else {}

    def variants(self) -> tuple[Mapping[str, object], ...]:
        """Other values that those fields may take; what stands under `without` is then missing."""
        rows = self.samples.get("also", [])
        return (
            tuple(_variant(row) for row in rows if isinstance(row, Mapping)) if isinstance(rows, list) else ()
        )

    def label(
        self, button: str, fields: Mapping[str, object], spell: Mapping[str, Callable[..., object]]
    ) -> str:
        """What stands on a button: `{field}` is filled in, `{field:money}` after spelling it out.

        Raises:
            ReplyWrong: no such button, or a field is missing.
        """
        text = self.buttons.get(button)
        if not isinstance(text, str):
            raise ReplyWrong(
                f"{self.name}/buttons.toml: there is no button '{button}'. Add a line: {button} = \"…\"."
            )
        label = filled(text, fields, spell)
        if label is None:
            raise ReplyWrong(
                f"{self.name}/buttons.toml: '{button}' lacks a field of “{text}”. Check their names."
            )
        return label

    def worded(self, thing: Mapping[str, object], group: str, spell: Spell) -> list[str]:
        """The phrase for a thing by its `kind`, with its fields filled in; lines without their field are left out.

        Raises:
            ReplyWrong: there are no words for this kind.
        """
        said = (filled(line, thing, spell) for line in self.terms_for(group, thing.get("kind", "")))
        return [line for line in said if line]

    def _entry(self, group: str, key: object) -> object:
        words = self.terms.get(group)
        name = key_of(key)
        if not isinstance(words, Mapping) or name not in words:
            raise ReplyWrong(
                f"{self.name}/terms.toml: there is no word for '{name}' in [{group}]. Add one there."
            )
        return words[name]


def filled(text: str, fields: Mapping[str, object], spell: Spell) -> str | None:
    """A text with its fields: `{worth}`, formatted `{worth:money}`, with a default `{product|it}`.

    None if a field is missing that has nothing to stand for it, or no such spelling exists.
    """
    lacking = False

    def value(match: re.Match[str]) -> str:
        nonlocal lacking
        found, spelling = fields.get(match["field"]), match["spelling"]
        if found in (None, "", False) or (spelling and spelling not in spell):
            lacking = lacking or match["otherwise"] is None
            return match["otherwise"] or ""
        return str(spell[spelling](found) if spelling else found)

    whole = FIELD.sub(value, text)
    return None if lacking else _GAP.sub("", whole).strip()


def entries(table: str, words: Table) -> frozenset[str]:
    """The names of all entries of a table, with those of its groups."""
    grouped = {
        f"{table}.{key}.{one}" for key, value in words.items() if isinstance(value, Mapping) for one in value
    }
    single = {f"{table}.{key}" for key, value in words.items() if not isinstance(value, Mapping)}
    return frozenset(grouped | single)


def _variant(row: Mapping[str, object]) -> Mapping[str, object]:
    given = {name: value for name, value in row.items() if name != "without"}
    without = row.get("without", [])
    return {**given, **(dict.fromkeys(without) if isinstance(without, list) else {})}
