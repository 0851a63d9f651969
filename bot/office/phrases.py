"""Loads the replies of a brand, with the brand's name and numbers in them."""

from collections.abc import Sequence
from pathlib import Path

from bot.complaint.reading import Language
from bot.policy.rules import Rules
from bot.wording.catalogue import Catalogue, our_replies
from bot.wording.voice import Voice


def voice_of(rules: Rules) -> Voice:
    """The brand's name, hours and numbers, as replies use them."""
    spoken = (Language.ZH, Language.EN)
    hours = {language.value: rules.hotline_times(language) for language in spoken}
    names = {language.value: rules.brand(language) for language in spoken}
    return Voice(brand=names, hotline=rules.hotline, hours=hours, zone=rules.zone, currency=rules.currency)


def catalogue_of(own: Rules, common: Sequence[Path]) -> Catalogue:
    """The replies of an account's brand: those that it has of its own, before the common ones.

    Raises:
        ReplyWrong: one of them cannot be read.
    """
    folders = [Path(own.replies), *common] if own.replies else list(common)
    return Catalogue.load(folders, voice_of(own))


def load_catalogue(rules: Rules, override: Path | None) -> Catalogue:
    """Every reply: the brand's own folder first, ours behind it."""
    folders = [override, our_replies()] if override is not None else [our_replies()]
    return Catalogue.load(folders, voice_of(rules))
