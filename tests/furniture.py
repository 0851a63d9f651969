"""Expensive objects that never change, made once per process on first use."""

from functools import cache

from bot.config import load_rules
from bot.office.phrases import load_catalogue, voice_of
from bot.policy.rules import Rules
from bot.reading import Reader, built_in_cues
from bot.wording.catalogue import Catalogue


@cache
def the_reader() -> Reader:
    """The real reader."""
    return Reader(built_in_cues())


@cache
def the_rules() -> Rules:
    """The demo brand's rules."""
    return load_rules()


@cache
def the_catalogue() -> Catalogue:
    """The real replies in the demo brand's voice; each is compiled when it is first said."""
    return load_catalogue(the_rules(), None)


def catalogue_for(rules: Rules) -> Catalogue | None:
    """The same, for a brand that differs in nothing that a reply says of it; None for any other."""
    return the_catalogue() if voice_of(rules) == voice_of(the_rules()) else None
