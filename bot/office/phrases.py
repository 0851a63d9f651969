"""The replies as this brand says them."""

from pathlib import Path

from bot.complaint.reading import Language
from bot.policy.rules import Rules
from bot.wording.catalogue import Catalogue, our_replies
from bot.wording.voice import Voice


def voice_of(rules: Rules) -> Voice:
    """The brand's own words, as every reply may use them."""
    spoken = (Language.ZH, Language.EN)
    hours = {language.value: rules.hotline_times(language) for language in spoken}
    names = {language.value: rules.brand(language) for language in spoken}
    return Voice(brand=names, hotline=rules.hotline, hours=hours, zone=rules.zone, currency=rules.currency)


def load_catalogue(rules: Rules, override: Path | None) -> Catalogue:
    """Every reply: the brand's own folder first, ours behind it."""
    folders = [override, our_replies()] if override is not None else [our_replies()]
    return Catalogue.load(folders, voice_of(rules))
