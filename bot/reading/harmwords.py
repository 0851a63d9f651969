"""How urgently somebody who is hurt needs help, as far as their words tell; in doubt, at once."""

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

from bot.reading.folding import fold


class Help(StrEnum):
    """The help that is named first: the emergency number, a doctor, a vet, or none any more."""

    EMERGENCY = "emergency"
    DOCTOR = "doctor"
    VET = "vet"
    OVER = "better"


def help_for(words: str) -> Help:
    """The help that these words call for. Whatever they do not tell clearly is an emergency."""
    if _names("animal", words) and not _names("human", words):
        return Help.VET
    if feels_better(words):
        return Help.OVER
    mild = _names("mild", words) and not _names("grave", words)
    return Help.DOCTOR if mild else Help.EMERGENCY


def feels_better(words: str) -> bool:
    """Whether they say that it is over; a thing that was swallowed is not."""
    return _names("over", words) and not _names("inside", words)


def _names(kind: str, words: str) -> bool:
    folded = fold(words)
    return any(one in folded for one in _words()[kind])


@cache
def _words() -> dict[str, tuple[str, ...]]:
    raw = tomllib.loads((files("bot.reading") / "harmwords.toml").read_text(encoding="utf-8"))
    return {kind: tuple(map(fold, words)) for kind, words in raw.items()}
