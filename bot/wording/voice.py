"""What replies may say of the brand: its name, phone, hours, time zone and currency."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from bot.complaint.reading import Language

Worded = str | Mapping[str, str]
"""One wording for every language, or one a language (`zh`, `en`)."""


@cache
def fallbacks(language: Language) -> tuple[Language, ...]:
    """The languages to try for a reply, best first; Traditional falls back to Simplified."""
    return tuple(dict.fromkeys((language, Language.ZH)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What every reply may use of the brand without it being passed as a field.

    `zone` is the clock by which times are told; `currency` is the ISO code of the amounts in `Cents`.
    """

    brand: Worded = "Demo"
    hotline: str = "400-800-8820"
    hours: Worded = "9:00–21:00"
    zone: str = "Asia/Shanghai"
    currency: str = "CNY"

    def clock(self) -> ZoneInfo:
        """The brand's time zone."""
        return ZoneInfo(self.zone)

    def words(self, language: Language) -> dict[str, str]:
        """The brand's own words in one language, as templates name them."""
        return {
            "brand": said(self.brand, language),
            "hotline": self.hotline,
            "hours": said(self.hours, language),
        }


def said(words: Worded, language: Language) -> str:
    """The text in this language, or the nearest there is."""
    if isinstance(words, str):
        return words
    found = next((words[one] for one in fallbacks(language) if one in words), None)
    return found if found is not None else next(iter(words.values()), "")
