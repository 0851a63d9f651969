"""Checks an agent's words before they are sent. Help in danger is never held."""

import re
from collections.abc import Iterator

from bot.complaint.reading import Language
from bot.wording.finding import Finding
from bot.wording.rules import Rule, Rulebook, rulebook, script

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")


def draft_findings(text: str, language: Language = Language.ZH, *, level: int = 1) -> list[Finding]:
    """The findings in a draft (S26, S55, S85); `level` is the level of apology that is allowed.

    The words themselves tell their language; `language` counts where they do not. Nothing is found in help
    for somebody in danger: no word about tone is worth a minute of theirs (R27).
    """
    book = rulebook()
    columns = _columns(text) or (script(language),)
    if any(book.words[f"help_{one}"].search(text) for one in columns):
        return []
    found = (one for column in columns for one in _breaches(book, text, column, level))
    return [
        Finding(
            file="draft",
            rule=rule.name,
            source=rule.source,
            words=words,
            hint=f"{rule.why}; rather: {rule.instead}",
        )
        for rule, words in found
    ]


def draft_rules() -> list[str]:
    """The names of all rules that these words are read by: another book finds other things."""
    return [one.name for one in rulebook().rules if one.binds("draft", level=0, promise=False)]


def _columns(text: str) -> tuple[str, ...]:
    """In which languages this is written."""
    written = (("zh", _HAN), ("en", _LATIN))
    return tuple(column for column, sign in written if sign.search(text))


def _breaches(book: Rulebook, text: str, column: str, level: int) -> Iterator[tuple[Rule, str]]:
    dated = book.words[f"dated_{column}"].search(text) is not None
    for rule in book.rules:
        if (rule.dated and dated) or not rule.binds("draft", level=level, promise=True):
            continue
        words = rule.breach_by_agent(text, column)
        if words is not None:
            yield rule, words
