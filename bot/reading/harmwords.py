"""How urgently somebody who is hurt needs help, as far as their words tell; in doubt, at once."""

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

from bot.reading.folding import fold


class Help(StrEnum):
    """The help that is named first: the emergency number, a doctor, first aid, a vet, or none any more.

    Where somebody died, there is only sympathy.
    """

    EMERGENCY = "emergency"
    DOCTOR = "doctor"
    WOUND = "wound"
    VET = "vet"
    OVER = "better"
    DIED = "died"


def help_for(words: str, *, animal: bool = False) -> Help:
    """The help that these words call for. Whatever they do not tell clearly is an emergency."""
    an_animal = animal or of_an_animal(words)
    if _names("died", words) or (an_animal and _names("animal_died", words)):
        return Help.DIED
    if an_animal:
        return Help.VET
    if feels_better(words):
        return Help.OVER
    if is_knock(words):
        return Help.WOUND
    if is_small_wound(words):
        return Help.DOCTOR if _names("frail", words) else Help.WOUND
    return Help.DOCTOR if _is_mild(words) else Help.EMERGENCY


def is_small_wound(words: str) -> bool:
    """Whether skin, gum or mouth is a little cut or bleeds a little, and nothing else is told.

    >>> is_small_wound("牙龈有点出血"), is_small_wound("手划破了，血止不住")
    (True, False)
    """
    return _bleeds_little(words) and not _grave_beside(words, "small", "slight", "mouth")


def is_for_a_doctor_at_once(words: str) -> bool:
    """Whether a child, an old or a pregnant person ate of food with a hard splinter in it, or of a bulging tin.

    >>> is_for_a_doctor_at_once("米粉里有塑料片，女儿吃了半碗"), is_for_a_doctor_at_once("面里有根头发，女儿吃了")
    (True, False)
    """
    return _names("frail", words) and _names("unsafe_inside", words)


def is_knock(words: str) -> bool:
    """Whether a limb was squeezed or knocked a little, and nothing else is told: whoever it is, that is for cold water.

    >>> is_knock("孩子手夹了一下有点红"), is_knock("孩子头磕了一下有点红"), is_knock("手夹了一下，骨头疼得厉害")
    (True, False, False)
    """
    rest = fold(words)
    for one in _words()["knocked_limb"]:
        rest = rest.replace(one, " ")
    knocked = _names("knock", words) and _names("faint_mark", words)
    told = any(_names(kind, rest) for kind in ("grave", "more", "not_a_limb"))
    return knocked and not told


def _bleeds_little(words: str) -> bool:
    return _names("small", words) and _names("cut", words) and not _names("more", words)


def _is_mild(words: str) -> bool:
    """Whether a doctor is enough."""
    slight = any(one in fold(words) for one in _words()["slight"])
    told = slight or _names("mild", words)
    return told and not sounds_grave(words) and (not _names("frail", words) or _is_of_the_skin(words))


def _is_of_the_skin(words: str) -> bool:
    return _names("skin", words) and not _names("deeper", words)


def tells_of_harm(words: str) -> bool:
    """Whether the words themselves say what the trouble is."""
    return any(_names(one, words) for one in ("grave", "mild", "slight", "small", "deeper", "died", "over"))


def is_cared_for(words: str) -> bool:
    """Whether somebody looks after them already: then they are not sent anywhere."""
    return _names("cared", words)


def sounds_grave(words: str) -> bool:
    """Whether a word stands there that calls for the emergency number."""
    return _grave_beside(words, "slight", *(("small",) if _bleeds_little(words) else ()))


def _grave_beside(words: str, *harmless: str) -> bool:
    """Whether a grave word stands beside what only sounds so."""
    rest = fold(words)
    for one in (two for kind in harmless for two in _words()[kind]):
        rest = rest.replace(one, " ")
    return _names("grave", rest)


def of_an_animal(words: str) -> bool:
    """Whether an animal was harmed, and no human being."""
    return _names("animal", words) and not speaks_of_people(words)


def speaks_of_people(words: str) -> bool:
    """Whether the harm may be a human being's."""
    return _names("human", words)


def happened_at_a_place(words: str) -> bool:
    """Whether somebody fell or was hurt somewhere: then there is no thing to take along."""
    return _names("place", words)


def is_in_the_mouth(words: str) -> bool:
    """Whether it is the mouth that is hurt: that is rinsed, and looked at by a dentist."""
    return _names("oral", words) or _names("mouth", words)


def feels_better(words: str) -> bool:
    """Whether they say that it is over; a thing that was swallowed is not."""
    return _names("over", words) and not _names("inside", words)


def threatens_people(words: str) -> bool:
    """Whether they speak of violence."""
    return _names("violence", words)


def _names(kind: str, words: str) -> bool:
    folded = fold(words)
    return any(one in folded for one in _words()[kind])


@cache
def _words() -> dict[str, tuple[str, ...]]:
    raw = tomllib.loads((files("bot.reading") / "harmwords.toml").read_text(encoding="utf-8"))
    return {kind: tuple(map(fold, words)) for kind, words in raw.items()}
