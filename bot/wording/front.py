"""The TOML note at the head of a template: when it is said, its fields, and what it commits to.

It is TOML inside a Jinja comment, so that people can read it, and lint and review pages can render it:

    {#
    when = "the remedy is agreed and booked"
    promise = true
    optional = ["hotline"]
    [fields]
    due = 2026-07-03T18:00:00+08:00
    #}
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType

_HEAD = re.compile(r"\A\s*\{#-?(?P<note>.*?)-?#\}", re.DOTALL)

KINDS = frozenset({"", "opening", "explanation", "notice", "part", "danger"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The front note of a template.

    `fields` are sample values; those in `optional` may also be None, or left out, which is
    the same. `promise`: it commits the brand, so the dialogue writes a promise with it. `level` is the
    highest level of apology it speaks (0 thanks, 1 sorrow, 2 our process failed, 3 our fault). `most` is the
    length it may have, in code points. `title` is what a list of ready lines calls it.
    """

    when: str = ""
    title: str = ""
    kind: str = ""
    promise: bool = False
    level: int = 1
    most: int | None = None
    optional: frozenset[str] = frozenset()
    fields: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def given(self, fields: Mapping[str, object]) -> Mapping[str, object]:
        """The fields to render with: an optional one that is left out is empty."""
        return {**dict.fromkeys(self.optional), **fields} if self.optional else fields

    def samples(self) -> Iterator[Mapping[str, object]]:
        """The sample fields to render with: all, each optional one empty, and all optional ones empty."""
        yield self.fields
        for name in sorted(self.optional):
            yield {**self.fields, name: None}
        if len(self.optional) > 1:
            yield {**self.fields, **dict.fromkeys(self.optional)}


def front_of(source: str) -> Front:
    """The note at the head of a template's source; an empty one if there is none.

    Raises:
        ValueError: the note is not TOML, or says something that no note can say.
    """
    found = _HEAD.match(source)
    if found is None:
        return Front()
    said = tomllib.loads(found["note"])
    unknown = set(said) - {one.name for one in fields(Front)}
    if unknown:
        raise ValueError(f"the note at its head has an unknown entry: {', '.join(sorted(unknown))}")
    if said.get("kind", "") not in KINDS:
        raise ValueError(
            f"the note at its head has an unknown kind; it is one of {', '.join(sorted(KINDS - {''}))}"
        )
    return Front(**{**said, "optional": frozenset(said.get("optional", ()))})
