"""Selects short quotations of customers that identify nobody (S41, R16)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.complaint.case import Case
from bot.complaint.reading import Category, Family, Language
from bot.reading.deskwords import names_somebody

MOST: Final = 3
_END: Final = re.compile(r"[。!！?？;；\n]|\.(?=\s|\Z)")
_NUMBER: Final = re.compile(r"\d{3,}|\d+[-－]\d+|[@#＠]|https?:|www\.|[A-Za-z]{1,4}\d{2,}")
_CAPITAL: Final = re.compile(r"(?<=[\w,;] )(?!I\b)[A-Z]\w*")
"""A capital inside an English sentence, which may begin a name."""
_LENGTHS: Final = {Language.EN: (18, 90)}
_SHORT: Final = (7, 36)
"""Characters: fewer say nothing, more nobody reads."""


def voices(cases: Iterable[Case]) -> tuple[str, ...]:
    """A few quotations, each from another sort of complaint where there are several."""
    found: dict[Category, list[str]] = {}
    for case in cases:
        if not _may_be_quoted(case):
            continue
        said = next(_harmless(case), None)
        if said is not None:
            found.setdefault(case.category, []).append(said)
    return _by_turns(list(found.values()))


def _by_turns(groups: Sequence[list[str]]) -> tuple[str, ...]:
    rounds = max((len(one) for one in groups), default=0)
    ordered = [group[place] for place in range(rounds) for group in groups if place < len(group)]
    return tuple(dict.fromkeys(ordered))[:MOST]


def _may_be_quoted(case: Case) -> bool:
    """Whether this complainant may be quoted: not if they are hurt, threaten, insult, or asked to be forgotten."""
    if case.erase_asked is not None or case.retired_at is not None:
        return False
    return case.families().isdisjoint(
        {Family.INJURY, Family.SELF_HARM, Family.ABUSE, Family.VULNERABLE, Family.PRIVACY, Family.EXTORTION}
    )


def _harmless(case: Case) -> Iterator[str]:
    least, most = _LENGTHS.get(case.language, _SHORT)
    for told in case.story:
        for part in _END.split(told):
            words = " ".join(part.split())
            if least <= len(words) <= most and not _leads_to_somebody(words, case):
                yield words


def _leads_to_somebody(words: str, case: Case) -> bool:
    if _NUMBER.search(words) or names_somebody(words):
        return True
    if case.language is Language.EN and _CAPITAL.search(words):
        return True
    facts, person = case.facts, case.customer
    known = (person.name, person.username, facts.on_behalf_of, facts.store)
    return any(one and one.casefold() in words.casefold() for one in known)
