"""Recognises, in plain words, a request for what is kept of somebody, or for its deletion (R53)."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from bot.reading.folding import simplified


def asked_of_data(text: str) -> str | None:
    """What these words ask for, and nothing else: `delete` or `mydata`, as the commands are called.

    >>> asked_of_data("把我的信息删掉"), asked_of_data("What data do you have on me?")
    ('delete', 'mydata')
    >>> asked_of_data("你们泄露我的信息，我要告你们") is None
    True
    """
    words = simplified(text).replace("’", "'").strip()
    if not 0 < len(words) <= _raw()["longest"] or _never().search(words):
        return None
    return next(
        (kind for kind, forms in _forms().items() if any(one.fullmatch(words) for one in forms)), None
    )


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads((files("bot.reading") / "datawords.toml").read_text(encoding="utf-8"))


@cache
def _never() -> re.Pattern[str]:
    return re.compile(_raw()["never"]["words"], re.IGNORECASE)


@cache
def _forms() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {
        kind: tuple(re.compile(_filled(form), re.IGNORECASE) for form in forms)
        for kind, forms in _raw()["says"].items()
    }


def _filled(form: str) -> str:
    for name, part in _raw()["parts"].items():
        form = form.replace(f"{{{name}}}", part)
    return form
