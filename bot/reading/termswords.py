"""Recognises questions about how an offer is carried out: who pays the postage, what goes back, and when."""

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.reading.folding import fold


class Term(StrEnum):
    """What is asked about an offer."""

    POSTAGE = "postage"
    BACK = "back"
    WHEN = "when"


_BETWEEN: Final = re.compile(r"(?<=[?。！!；;\n])")
_MOST: Final = 3


def asked_terms(text: str) -> tuple[Term, ...]:
    """What these words ask, each sentence one thing; empty if any of them says something else.

    >>> asked_terms("运费谁出？要寄回吗")
    (<Term.POSTAGE: 'postage'>, <Term.BACK: 'back'>)
    >>> asked_terms("运费你们出")
    ()
    """
    pieces = [one.strip() for one in _BETWEEN.split(fold(text)) if one.strip(" ,~.?!。;")]
    if not 0 < len(pieces) <= _MOST or any(len(one) > _raw()["longest"] for one in pieces):
        return ()
    found = [_term(one) for one in pieces]
    return tuple(dict.fromkeys(one for one in found if one)) if all(found) else ()


def _term(piece: str) -> Term | None:
    return next((term for term in Term if any(form.fullmatch(piece) for form in _forms(term))), None)


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads((files("bot.reading") / "termswords.toml").read_text(encoding="utf-8"))


@cache
def _forms(term: Term) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_filled(form)) for form in _raw()["says"][term])


def _filled(form: str) -> str:
    for name, part in _raw()["parts"].items():
        form = form.replace(f"{{{name}}}", part)
    return form
