"""Checks the tables: every value has its word, every button its labels, and terms keep the tone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum

from bot.complaint.case import Control, Level, PromiseStatus, Queue, Severity, Status, Verdict
from bot.complaint.reading import Category, Emotion, Family, Language, RemedyKind
from bot.wording.catalogue import Catalogue, Shelf
from bot.wording.finding import WRITTEN, Finding
from bot.wording.lexicon import FIELD, key_of
from bot.wording.rules import rulebook, script

WORDED: Mapping[str, type[Enum]] = {
    "remedy": RemedyKind,
    "category": Category,
    "status": Status,
    "options": RemedyKind,
    "items": RemedyKind,
    "done": RemedyKind,
    "sorrow": Category,
    "interim": Category,
    "ways": Category,
    "teams": Queue,
}
"""Groups of terms that customers read, and the values that each must have a word for."""

WORDED_AT_THE_DESK: Mapping[str, type[Enum]] = {
    "remedy": RemedyKind,
    "status": Status,
    "emotion": Emotion,
    "family": Family,
    "queue": Queue,
    "severity": Severity,
    "control": Control,
    "verdict": Verdict,
    "level": Level,
    "promise_status": PromiseStatus,
}
"""As above for agents. Customers never read what family of risk, rung or severity they were put into."""


def table_findings(
    catalogue: Catalogue, *, desk: bool, simplified: Callable[[str], str] = str
) -> Iterator[Finding]:
    """All that is wrong with the tables of one audience; `simplified` reads Traditional as Simplified."""
    shelves = [catalogue.shelf(language, desk=desk) for language in WRITTEN]
    everything = frozenset[str]().union(*(shelf.lexicon.own for shelf in shelves))
    for shelf in shelves:
        needed = _needed(WORDED_AT_THE_DESK if desk else WORDED)
        for entry in sorted(needed - everything):
            yield _missing(shelf, entry, "missing word", "add it, so that no message has to do without")
        for entry in sorted(everything - shelf.lexicon.own):
            yield _missing(shelf, entry, "missing language", "the other language has it")
        if not desk:
            yield from _long_labels(shelf)
            yield from _tone(shelf, str)
    if not desk and (own := _traditional(catalogue)):
        yield from _long_labels(own)
        yield from _tone(own, simplified)


def _traditional(catalogue: Catalogue) -> Shelf | None:
    """The shelf of a brand that writes Traditional itself; what it does not write is read in Simplified."""
    shelf = catalogue.shelf(Language.ZH_HANT)
    return shelf if shelf.lexicon.own else None


def named_findings(names: Iterable[tuple[str, Language, str]]) -> list[Finding]:
    """Findings about names in the brand file that customers read, with place and language.

    They stand in messages as terms do, and keep the same rules.
    """
    return [
        Finding(
            file="the brand file",
            rule=rule.name,
            source=rule.source,
            words=f"{place}: {found}",
            hint=f"{rule.why}; rather: {rule.instead}",
        )
        for place, language, text in names
        for rule, found in rulebook().breaches(text, language, "name", promise=True)
    ]


def _needed(worded: Mapping[str, type[Enum]]) -> frozenset[str]:
    return frozenset(f"terms.{group}.{key_of(value)}" for group, values in worded.items() for value in values)


def _missing(shelf: Shelf, entry: str, rule: str, hint: str) -> Finding:
    table, _, words = entry.partition(".")
    return _of(shelf, table, rule, "S24, S76", words, hint)


def _long_labels(shelf: Shelf) -> Iterator[Finding]:
    most = rulebook().lengths[f"button_{script(shelf.language)}"]
    for label in map(str, shelf.lexicon.buttons.values()):
        if len(FIELD.sub("", label)) > most:
            yield _of(
                shelf, "buttons", "label too long", "S13", label, f"at most {most}: it is one line on a phone"
            )


def _tone(shelf: Shelf, simplified: Callable[[str], str]) -> Iterator[Finding]:
    """Labels, terms and the menu are read by customers: what may not be said may not be said there either."""
    for table, key, text in _read_by_customers(shelf):
        said = simplified(FIELD.sub(lambda field: field["otherwise"] or "○", text))
        for rule, found in rulebook().breaches(said, shelf.language, "name", promise=True):
            hint = f"{rule.why}; rather: {rule.instead}"
            yield _of(shelf, table, rule.name, rule.source, f"{key}: {found}", hint)


def _read_by_customers(shelf: Shelf) -> Iterator[tuple[str, str, str]]:
    """Every word of the tables: in which table, under which key."""
    lexicon = shelf.lexicon
    for group, words in lexicon.terms.items():
        for key in words if isinstance(words, Mapping) else ():
            for text in lexicon.terms_for(group, key):
                yield "terms", f"{group}.{key}", text
    for table, entries in (("buttons", lexicon.buttons), ("commands", lexicon.commands)):
        yield from ((table, key, str(text)) for key, text in entries.items())


def _of(shelf: Shelf, table: str, rule: str, source: str, words: str, hint: str) -> Finding:
    return Finding(
        file=f"{shelf.lexicon.name}/{table}.toml", rule=rule, source=source, words=words, hint=hint
    )
